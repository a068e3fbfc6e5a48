/** What an answer to “may I use this tool?” says: the verdict, what decided it, and what it was decided for instead. */
import {
  mdiCheckCircleOutline,
  mdiCloseCircleOutline,
  mdiHelpCircleOutline,
  mdiPlaylistCheck,
  mdiProgressClock,
} from '@mdi/js'
import { allows, coverOf, type Answer, type Case, type Verdict } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import type { SuggestionStatus } from '@auzolan/shared/catalogue/suggestion.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { formatDate, n, say, t, today } from '../../l10n.ts'
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
      return t('Wait: it has to be looked at again')
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

/** Why these data or this reach were left out: what stands against it, else whether it was looked at. */
export function whyNot({ entry, by }: Answer, { data, level }: Case): readonly string[] {
  if (by === 'level_not_allowed')
    return level === 'individual' && entry.allowedLevels.includes('collective')
      ? [
          t(
            'What a group has agreed on is no leave for one of them to put data of citizens there ({rule}).',
            {
              rule: 'E-K7',
            },
          ),
        ]
      : []
  const out = by === 'data_not_allowed' ? entry.leftOut.find((one) => one.data === data) : undefined
  if (!out) return []
  if (out.blocks.length > 0) return out.blocks.map(({ id, message }) => `${say(message)} (${id})`)
  return [
    out.evaluated
      ? t('It was looked at for these data, and the decision leaves them out.')
      : t('Nobody has evaluated it for these data.'),
  ]
}

/** Of a decision that sets limits, the words that say why it does; of one that sets none they praise the tool, and explain no limit. */
export const limitsSaid = ({ entry, by }: Answer): string =>
  (by === 'data_not_allowed' || by === 'level_not_allowed') && entry.outcome === 'recommended_with_conditions'
    ? shownName(entry.justification)
    : ''

/** What of the decision covers the case, where it may be used; while it is looked at again, only how far, since what it was decided for is said anyway. */
export function coverSaid({ entry, by }: Answer, asked: Case): string {
  const cover = coverOf(entry, asked)
  if (!cover || (by !== 'recommended' && by !== 'conditions' && by !== 'under_review')) return ''
  const reach = reachSaid(asked.level, cover.level)
  if (by === 'under_review') return cover.level === asked.level ? '' : reach
  const data = dataNames([asked.data]).join('')
  return [
    cover.data === 'named'
      ? t('It was decided for this: “{answer}”.', { answer: data })
      : t('It was decided for data that ask for more care, and so also for this: “{answer}”.', {
          answer: data,
        }),
    asked.purpose === null
      ? ''
      : t('It was evaluated for this: “{answer}”.', { answer: purposeNames([asked.purpose]).join('') }),
    reach,
  ]
    .filter(Boolean)
    .join(' ')
}
function reachSaid(asked: UseLevel, decided: UseLevel): string {
  switch (decided) {
    case 'individual':
      return t('It was decided for one person’s own work.')
    case 'collective':
      return asked === 'collective'
        ? t('It was decided for groups.')
        : t('It was decided for groups, and that covers each person in them.')
    case 'institutional':
      return asked === 'institutional'
        ? t('It was decided for the whole organisation.')
        : asked === 'collective'
          ? t('It was decided for the whole organisation, and that covers a group of it.')
          : t('It was decided for the whole organisation, and that covers you.')
  }
}

/** Whether it helps to ask for it to be evaluated for this: not where it is left, and not where something stands against it that no evaluation moves. */
export function isWorthAsking(answer: Answer, asked: Case): boolean {
  const { entry, by, verdict } = answer
  if (verdict === 'ask') return true
  if (by === 'data_not_allowed')
    return entry.leftOut.every(({ data, blocks }) => data !== asked.data || blocks.length === 0)
  return by === 'level_not_allowed' && whyNot(answer, asked).length === 0
}

/** The shelves, as far as they can be narrowed to the case. */
export const shelvesFor = ({ purpose, data, level }: Case) => ({
  name: 'tools',
  query: { ...(purpose === null ? {} : { class: purpose }), data, level },
})

/** How far somebody of the house has got with a condition. */
export function conditionSaid({ dueOn, doneOn }: CatalogueEntry['conditions'][number]): string {
  if (doneOn) return t('Done on {day}', { day: formatDate(doneOn) })
  if (!dueOn) return ''
  return dueOn < today()
    ? t('It was to be seen to by {day}; the decision does not say that it was.', { day: formatDate(dueOn) })
    : t('By {day}; not done when this was decided', { day: formatDate(dueOn) })
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
