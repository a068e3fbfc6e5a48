/** What is said of a suggestion: needs, not offences (DOMAIN C-06). */
import {
  mdiAccountMultipleOutline,
  mdiCheckCircleOutline,
  mdiCommentQuestionOutline,
  mdiHelpCircleOutline,
  mdiProgressClock,
  mdiSetMerge,
} from '@mdi/js'
import type { AddressFault } from '@auzolan/shared/catalogue/address.ts'
import type { ImportFault } from '@auzolan/shared/catalogue/imported.ts'
import type { SuggestedData, SuggestionStatus } from '@auzolan/shared/catalogue/suggestion.ts'
import type { SuggestionSummary } from '@auzolan/shared/protocol/suggestions.ts'
import type { PersonalKind } from '@auzolan/shared/posts/personal-data.ts'
import { LINK_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { formatNumber, n, t } from '../../l10n.ts'

export const STATUS_LOOKS: { readonly [status in SuggestionStatus]: string } = {
  new: mdiHelpCircleOutline,
  shared: mdiAccountMultipleOutline,
  under_evaluation: mdiProgressClock,
  evaluated: mdiCheckCircleOutline,
  declined: mdiCommentQuestionOutline,
  duplicate: mdiSetMerge,
}
export const statusName = (status: SuggestionStatus): string => {
  switch (status) {
    case 'new':
    case 'shared':
      return t('Not evaluated')
    case 'under_evaluation':
      return t('Being evaluated')
    case 'evaluated':
      return t('Evaluated')
    case 'declined':
      return t('Answered without an evaluation')
    case 'duplicate':
      return t('The same as another one')
  }
}
export const dataName = (data: SuggestedData): string => {
  switch (data) {
    case 'public':
      return t('Public data')
    case 'internal':
      return t('Internal data')
    case 'personal':
      return t('Personal data')
    case 'unsure':
      return t('I do not know')
  }
}
/** As it is said of others. */
export const dataSaid = (data: SuggestedData): string => {
  switch (data) {
    case 'public':
      return t('public data')
    case 'internal':
      return t('internal data')
    case 'personal':
      return t('personal data')
    case 'unsure':
      return t('data: not known')
  }
}

export const usesSaid = (uses: number): string => n('%n colleague uses it', '%n colleagues use it', uses)
/** Whom it was taken over from, where nobody here has said anything of it yet. */
export const broughtSaid = (from: string): string =>
  from === '' ? t('brought in from elsewhere') : t('brought in from {source}', { source: from })
/** How many know it, ask for it and can teach it. */
export const countsOf = ({
  uses,
  asks,
  teachers,
  broughtFrom,
}: Pick<SuggestionSummary, 'uses' | 'asks' | 'teachers' | 'broughtFrom'>): string[] =>
  [
    uses + asks === 0 && broughtFrom !== null ? broughtSaid(broughtFrom) : '',
    uses > 0 ? usesSaid(uses) : '',
    asks > 0 ? n('%n has asked for it', '%n have asked for it', asks) : '',
    teachers > 0 ? n('%n can teach it', '%n can teach it', teachers) : '',
  ].filter(Boolean)

export const addressFault = (fault: AddressFault): string => {
  switch (fault) {
    case 'long':
      return t('An address has {most} signs at most.', { most: formatNumber(LINK_MAX_CHARACTERS) })
    case 'credentials':
      return t('There is a name or a password in this address. Take it out.')
    case 'form':
      return t('This is no address of a website. Write it as in the browser, or leave it empty.')
  }
}
export const personalName = (kind: PersonalKind): string => {
  switch (kind) {
    case 'iban':
      return t('account number')
    case 'nif':
      return t('identity number')
    case 'email':
      return t('e-mail address')
    case 'phone':
      return t('telephone number')
  }
}
export const importFault = (fault: ImportFault): string => {
  switch (fault) {
    case 'large':
      return t('That is more than 1 MB: it cannot be a list of tools.')
    case 'yaml':
      return t('This cannot be read as YAML. Look at the indentation and the quotes, or get the file again.')
    case 'json':
      return t('This cannot be read as JSON. Get the file again, whole.')
    case 'aliases':
      return t(
        'It has aliases (*) in it, which a publiccode.yml does not need. For safety they are not followed.',
      )
    case 'shape':
      return t(
        'No tool was found in it. What can be taken over is an entry of a published catalogue (JSON) or a publiccode.yml.',
      )
    case 'version':
      return t('It was written for an edition that this program does not know yet.')
    case 'name':
      return t('It does not say what the tool is called.')
    case 'many':
      return t('There are more tools in it than can be taken over at once.')
  }
}
/** Why nothing more is taken over from elsewhere. */
export const FULL_OF_SOURCES = {
  get DOCUMENT_FULL() {
    return t(
      'There is no room for it: one tool has ten sources at most, three of them from one person, and the list of suggestions has an end.',
    )
  },
}
/** Why nothing more is taken, where it is not the page that is full. */
export const FULL = {
  get DOCUMENT_FULL() {
    return t('There is no room for more suggestions. Whoever watches tools should answer some first.')
  },
}
