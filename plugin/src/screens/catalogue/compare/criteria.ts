/** What tools are compared by, row by row: each cell a word with a sign, the same rule for every tool. */
import {
  mdiAlertOutline,
  mdiCheckCircleOutline,
  mdiClockAlertOutline,
  mdiCloseCircleOutline,
  mdiHelpCircleOutline,
} from '@mdi/js'
import { isLeft, isOverdue, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import { isInEea } from '@auzolan/shared/location/zones.ts'
import type { ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { formatDate, formatFixed, languageName, n, t } from '../../../l10n.ts'
import { shownName } from '../../../parts/names.ts'
import { costName, dataName, licenceSaid, offlineName } from '../columns.ts'
import { farthestLevel, highestData } from '../sorting.ts'
import { levelName } from '../words.ts'

export type Look = 'good' | 'care' | 'no' | 'unknown' | 'late' | 'plain'
export const LOOKS: { readonly [look in Exclude<Look, 'plain'>]: string } = {
  good: mdiCheckCircleOutline,
  care: mdiAlertOutline,
  no: mdiCloseCircleOutline,
  unknown: mdiHelpCircleOutline,
  late: mdiClockAlertOutline,
}
export interface Cell {
  readonly text: string
  readonly look: Look
  readonly score?: CatalogueEntry['score']
}
export interface Criterion {
  readonly id: string
  readonly label: string
  readonly cells: readonly Cell[]
  /** They all say the same. */
  readonly same: boolean
}

export interface Ground {
  /** ISO date. */
  readonly today: string
  /** Official languages of the house. */
  readonly languages: readonly string[]
  readonly where: (entry: CatalogueEntry) => string
}

const cell = (text: string, look: Look = 'plain'): Cell => ({ text, look })
const orUnsaid = (text: string): Cell => (text === '' ? cell(t('Not said'), 'unknown') : cell(text))

function dataCell(entry: CatalogueEntry): Cell {
  const highest = DATA_CLASSES[highestData(entry)]?.id
  if (!highest) return cell(t('None'), 'no')
  return cell(dataName(highest), highest === 'public' || highest === 'internal' ? 'care' : 'good')
}
function placeCell(entry: CatalogueEntry, { where }: Ground): Cell {
  const { worst, exposed, own } = entry.location
  const said = where(entry)
  if (worst === 'UNKNOWN' || (worst === null && !own)) return cell(said, 'unknown')
  return cell(said, (worst === null || isInEea(worst)) && !exposed ? 'good' : 'care')
}
function offlineCell({ offline }: CatalogueEntry): Cell {
  const text = offlineName(offline)
  return text === ''
    ? orUnsaid('')
    : cell(text, offline === 'full_edit' ? 'good' : offline === 'read_only' ? 'care' : 'no')
}
function languagesCell({ interfaceLanguages }: CatalogueEntry, { languages }: Ground): Cell {
  const spoken = languages.filter((tag) => interfaceLanguages.includes(tag))
  if (spoken.length === 0) return cell(t('None of them'), 'no')
  return cell(spoken.map(languageName).join(' · '), spoken.length === languages.length ? 'good' : 'care')
}
/** That nothing is asked for is good of what one may use, and says nothing of what one may not. */
function conditionsCell({ conditions, outcome }: CatalogueEntry): Cell {
  return conditions.length === 0
    ? cell(t('None'), isLeft(outcome) ? 'plain' : 'good')
    : cell(n('%n condition', '%n conditions', conditions.length), 'care')
}
function reviewCell(entry: CatalogueEntry, { today }: Ground): Cell {
  if (entry.exitOn)
    return cell(t('Nobody uses it any more from {day} on.', { day: formatDate(entry.exitOn) }), 'no')
  return isOverdue(entry, today)
    ? cell(t('Overdue since {day}', { day: formatDate(entry.nextReviewOn) }), 'late')
    : cell(formatDate(entry.nextReviewOn))
}
function scoreCell({ score }: CatalogueEntry): Cell {
  return score ? { ...cell(formatFixed(score.overall, 1)), score } : cell(t('Not scored'))
}

export function criteriaOf(cards: readonly ToolCard[], ground: Ground): readonly Criterion[] {
  const row = (id: string, label: string, of: (entry: CatalogueEntry) => Cell): Criterion => {
    const cells = cards.map(({ entry }) => of(entry))
    const told = new Set(cells.map(({ text, score }) => JSON.stringify([text, score?.low, score?.high])))
    return { id, label, cells, same: told.size === 1 }
  }
  return [
    row('use', t('What for'), ({ intendedUse }) => orUnsaid(shownName(intendedUse))),
    row('data', t('Data, at most'), dataCell),
    row('place', t('Where is the data?'), (entry) => placeCell(entry, ground)),
    row('level', t('How far it is used'), (entry) => {
      const level = farthestLevel(entry)
      return level === null ? cell(t('Not at all'), 'no') : cell(levelName(level))
    }),
    row('offline', t('Without network'), offlineCell),
    row('languages', t('In our languages'), (entry) => languagesCell(entry, ground)),
    row('cost', t('Cost'), ({ costModel }) => orUnsaid(costName(costModel))),
    row('licence', t('Licence'), ({ licence }) => orUnsaid(licenceSaid(licence))),
    row('conditions', t('Conditions'), conditionsCell),
    row('score', t('Score'), scoreCell),
    row('review', t('To be looked at again by'), (entry) => reviewCell(entry, ground)),
  ]
}
