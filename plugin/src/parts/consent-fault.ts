/** What is wrong with a consent that somebody writes down, in words. */
import type { ConsentFault } from '@auzolan/shared/posts/consent.ts'
import { t } from '../l10n.ts'

export function explainConsentFault(fault: ConsentFault): string {
  switch (fault) {
    case 'P-32':
      return t('Only a consent that was given freely counts: saying no must have no consequence.')
    case 'guardian':
      return t('A child below the age of consent cannot give it: a parent or guardian does.')
    case 'no scope':
      return t('Say what the person agrees to: image, voice, name or tagging.')
    case 'no network':
      return t('Say on which networks it holds, or that it holds on all.')
    case 'ends before it begins':
      return t('It ends before it was given.')
    case 'not obtained yet':
      return t('The day on which it was given is yet to come.')
    case 'names somebody':
      return t(
        'Write a pseudonym here, not an account, an address or a number of an identity card or a telephone.',
      )
  }
}
