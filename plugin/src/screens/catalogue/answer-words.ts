/** What an answer to “may I use this tool?” says: the verdict, what decided it, and what it was decided for instead. */
import {
  mdiCheckCircleOutline,
  mdiCloseCircleOutline,
  mdiHelpCircleOutline,
  mdiPlaylistCheck,
  mdiProgressClock,
} from '@mdi/js'
import type { Answer, Verdict } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { formatDate, n, t } from '../../l10n.ts'
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

/** @param answer `null` where nothing was evaluated under that name */
export function verdictSaid(answer: Answer | null): string {
  if (!answer) return t('Nobody has evaluated it yet')
  const { verdict, entry, instead } = answer
  switch (verdict) {
    case 'yes':
      return t('Yes')
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
export function ruleSaid({ entry, by }: Answer): string {
  switch (by) {
    case 'withdrawn':
      return entry.exitOn
        ? t('It was withdrawn: nobody uses it any more from {day} on.', { day: formatDate(entry.exitOn) })
        : t('It was withdrawn.')
    case 'not_recommended':
      return t('It was evaluated, and is not recommended.')
    case 'under_review':
      return t(
        'What the decision rests on has changed, or nobody has looked again in time. Whoever uses it goes on with care; nothing new is begun.',
      )
    case 'data_not_allowed':
      return entry.allowedDataClasses.length > 0 ? t('It was decided for:') : t('It was decided for no data.')
    case 'level_not_allowed':
      return t('It was decided for:')
    case 'purpose_not_evaluated':
      return t('It was evaluated for:')
    case 'conditions':
    case 'recommended':
      return ''
  }
}

/** What it was decided for instead, in the words in which it is asked. */
export function decidedFor({ entry, by }: Answer): readonly string[] {
  switch (by) {
    case 'data_not_allowed':
      return dataNames(entry.allowedDataClasses)
    case 'level_not_allowed':
      return levelChoices()
        .filter(({ id }) => entry.allowedLevels.includes(id))
        .map(({ label }) => label)
    case 'purpose_not_evaluated':
      return purposeNames(entry.classes)
    default:
      return []
  }
}

/** Why it is not to be used at all; why it may be used for something else is no reason for a no. */
export const reasonSaid = ({ entry, by }: Answer): string =>
  by === 'withdrawn' || by === 'not_recommended' ? shownName(entry.justification) : ''

/** What the decision says to use instead, where that is no tool of the catalogue. */
export function insteadSaid({ entry, verdict, instead }: Answer): string {
  if (verdict !== 'no') return ''
  const names = instead.map(({ name }) => name)
  const words = Object.values(entry.useInstead)
  return words.some((one) => names.includes(one.trim())) ? '' : shownName(entry.useInstead)
}

const MOST_GUARDED: readonly DataClass[] = [
  'vulnerable_or_minors',
  'special_art9',
  'criminal_art10',
  'secret_or_classified',
]
/** Of the most guarded data those that are never put into it; of what is not used at all there is no need to say it. */
export const neverIn = ({ entry, verdict }: Answer): readonly string[] =>
  verdict === 'no' ? [] : dataNames(MOST_GUARDED.filter((id) => !entry.allowedDataClasses.includes(id)))
