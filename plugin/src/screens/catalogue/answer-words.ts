/** What an answer to “may I use this tool?” says: the verdict, what decided it, and what it was decided for instead. */
import {
  mdiCheckCircleOutline,
  mdiCloseCircleOutline,
  mdiHelpCircleOutline,
  mdiPlaylistCheck,
  mdiProgressClock,
} from '@mdi/js'
import { allows, type Answer, type Case, type Verdict } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { SuggestionStatus } from '@auzolan/shared/catalogue/suggestion.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { formatDate, n, t, today } from '../../l10n.ts'
import { shownName } from '../../parts/names.ts'
import { levelChoices } from './questions.ts'
import { dataNames, purposeNames } from './words.ts'

export const VERDICT_ICONS: { readonly [verdict in Verdict | 'unknown']: string } = {
  yes: mdiCheckCircleOutline,
  conditions: mdiPlaylistCheck,
  wait: mdiProgressClock,
  ask: mdiHelpCircleOutline,
  no: mdiCloseCircleOutline,
  unknown: mdiHelpCircleOutline,
}

/** What nobody has decided on, as far as somebody has begun to. */
function undecidedSaid(status: SuggestionStatus | null): string {
  switch (status) {
    case 'under_evaluation':
      return t('It is being evaluated: nothing is decided yet')
    case 'declined':
      return t('It was not evaluated: somebody has said why')
    default:
      return t('Nobody has evaluated it yet')
  }
}
/**
 * @param answer `null` where nothing was evaluated under that name
 * @param known what stands of it among what colleagues have named
 */
export function verdictSaid(answer: Answer | null, asked: Case, known: SuggestionStatus | null): string {
  if (!answer) return undecidedSaid(known)
  const { verdict, entry, instead } = answer
  switch (verdict) {
    case 'yes':
      return asked.purpose === null ? t('Yes, for what it was evaluated for') : t('Yes')
    case 'conditions':
      return entry.conditions.length > 0
        ? n('Yes, with %n condition', 'Yes, with %n conditions', entry.conditions.length)
        : t('Yes, within what was decided')
    case 'wait':
      return t('Wait: it is being looked at again')
    case 'ask':
      return t('Ask first: it was evaluated for something else')
    case 'no':
      return instead[0] ? t('No; use {tool}', { tool: instead[0].name }) : t('No, not for this')
  }
}

/** What decided, said so that one can disagree with it; '' where the verdict says it all. */
export function ruleSaid({ entry, by }: Answer, asked: Case): string {
  switch (by) {
    case 'withdrawn':
      return withdrawnSaid(entry.exitOn)
    case 'not_recommended':
      return t('It was evaluated, and is not recommended.')
    case 'under_review':
      return t(
        'What the decision rests on has changed, or nobody has looked again in time. Whoever uses it goes on with care; nothing new is begun.',
      )
    case 'data_not_allowed':
      return t('What decides is what you would put into it: “{answer}”.', {
        answer: dataNames([asked.data]).join(''),
      })
    case 'level_not_allowed':
      return t('What decides is who would use it: “{answer}”.', {
        answer: levelNames([asked.level]).join(''),
      })
    case 'purpose_not_evaluated':
      return t('What decides is what you want to do with it: “{answer}”.', {
        answer: asked.purpose === null ? '' : purposeNames([asked.purpose]).join(''),
      })
    case 'conditions':
    case 'recommended':
      return ''
  }
}
function withdrawnSaid(exitOn: string | null): string {
  if (exitOn === null) return t('It was withdrawn.')
  return exitOn > today()
    ? t('It is being withdrawn: take out what you have in it by {day}, and begin nothing new.', {
        day: formatDate(exitOn),
      })
    : t('It was withdrawn: nobody uses it any more from {day} on.', { day: formatDate(exitOn) })
}

/** What it was decided for instead, or is held to while it is looked at again, in the words in which it is asked. */
export function decidedFor(
  { entry, by }: Answer,
  { purpose }: Case,
): { readonly of: string; readonly words: readonly string[] } | null {
  const decided = t('It was decided for:')
  switch (by) {
    case 'data_not_allowed':
    case 'under_review':
      return entry.allowedDataClasses.length > 0
        ? { of: decided, words: dataNames(entry.allowedDataClasses) }
        : { of: t('It was decided for no data.'), words: [] }
    case 'level_not_allowed':
      return { of: decided, words: levelNames(entry.allowedLevels) }
    case 'purpose_not_evaluated':
      return { of: t('It was evaluated for:'), words: purposeNames(entry.classes) }
    case 'conditions':
    case 'recommended':
      return purpose === null ? { of: t('It was evaluated for:'), words: purposeNames(entry.classes) } : null
    default:
      return null
  }
}
const levelNames = (ids: readonly string[]): readonly string[] =>
  levelChoices()
    .filter(({ id }) => ids.includes(id))
    .map(({ label }) => label)

/** Why it is not to be used at all; why it may be used for something else is no reason for a no. */
export const reasonSaid = ({ entry, by }: Answer): string =>
  by === 'withdrawn' || by === 'not_recommended' ? shownName(entry.justification) : ''

/** Data that are never put into it; of what is not used at all there is no need to say it. */
export const neverIn = ({ entry, verdict }: Answer): readonly string[] =>
  verdict === 'no'
    ? []
    : dataNames(DATA_CLASSES.map(({ id }) => id).filter((id) => !allows(entry.allowedDataClasses, id)))
