/** What of a mention is called how, for people. */
import { mdiEmoticonHappyOutline, mdiEmoticonNeutralOutline, mdiEmoticonSadOutline } from '@mdi/js'
import {
  ELSEWHERE,
  type ActionTaken,
  type MentionFault,
  type Sentiment,
  type SourceKind,
} from '@auzolan/shared/listening/mention.ts'
import type { Cause } from '../../../session/connection.ts'
import { t } from '../../../l10n.ts'
import { explain } from '../../../parts/refusals.ts'
import { networkName } from '../../../references.ts'

export const sentiments: { readonly [one in Sentiment]: { readonly word: string; readonly icon: string } } = {
  positive: { word: t('Positive'), icon: mdiEmoticonHappyOutline },
  neutral: { word: t('Neutral'), icon: mdiEmoticonNeutralOutline },
  negative: { word: t('Negative'), icon: mdiEmoticonSadOutline },
}
export const sourceWords: { readonly [one in SourceKind]: string } = {
  citizen: t('A citizen'),
  media: t('A medium'),
  administration: t('Another administration'),
  party: t('A party'),
  association: t('An association'),
  company: t('A company'),
  other: t('Somebody else'),
}
export const actionWords: { readonly [one in ActionTaken]: string } = {
  none: t('Nothing, on purpose'),
  thanked: t('We gave thanks'),
  informed: t('We informed'),
  corrected_fact: t('We corrected a fact'),
  escalated: t('We passed it on'),
}
export const faultWords: { readonly [one in MentionFault]: string } = {
  'says nothing': t('Say what it is about and, in one line, what was said.'),
  'P-54': t('A corrected fact needs its official source: the address of our page that says how it is.'),
  'P-55': t('Of citizens, parties and associations no account is kept.'),
  'names an account': t('Leave the account out: who said it is not kept.'),
  'personal data': t('It has the number of an identity card or of a bank account in it: leave it out.'),
  'not said yet': t('That day is yet to come.'),
  'closed before it was said': t('It cannot have been dealt with before it was said.'),
  'closed without a word of what was done': t('Say what was done about it.'),
}
/** What a refusal means here. */
export const refusedWords: { readonly [cause in Cause]?: string } = {
  INVALID_INPUT: t('The server does not take it as it is. Nothing was noted.'),
  CHANGED_MEANWHILE: t('Somebody has corrected it meanwhile. Close this, and look at it again.'),
  ILLEGAL_MOVE: t('Nothing is noted here any more: the plan is archived, or the words of this are gone.'),
  DOCUMENT_FULL: t('The log is full.'),
}
export const whyRefused = (cause: Cause): string => refusedWords[cause] ?? explain(cause)

export const placeName = (network: string): string =>
  network === ELSEWHERE ? t('Elsewhere') : networkName(network)
