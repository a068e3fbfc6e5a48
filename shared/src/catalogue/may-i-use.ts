/**
 * “May I use this tool?” (DOMAIN C; PRODUCT H): an answer to an employee’s case, each with the rule that decided and what it rests on. The same
 * answer for the same case, whoever asks.
 */
import { likeness, partsOf } from '../find/alike.ts'
import { slipsBetween } from '../find/slips.ts'
import type { DataClass } from '../schema/evaluation/privacy.ts'
import { DATA_CLASSES } from '../schema/evaluation/privacy.ts'
import type { CLASSES } from '../schema/evaluation/features.ts'
import { USE_LEVELS, type UseLevel } from '../schema/evaluation/levels.ts'
import type { Translated } from '../schema/fields.ts'
import type { CatalogueEntry, EntryStatus } from './entry.ts'

export type Purpose = (typeof CLASSES)[number]['id']
export interface Case {
  /** What it would be used for; null where that is none of those that tools are evaluated for, or is not known. */
  readonly purpose: Purpose | null
  readonly data: DataClass
  /** How far it would be used: by oneself, in a group, by the house or with citizens. */
  readonly level: UseLevel
}
export interface Listed {
  readonly entry: CatalogueEntry
  readonly status: EntryStatus
}

/** What decided, in the order in which it is asked. */
export type DecidedBy =
  | 'withdrawn'
  | 'not_recommended'
  | 'under_review'
  | 'data_not_allowed'
  | 'level_not_allowed'
  | 'purpose_not_evaluated'
  | 'conditions'
  | 'recommended'
export type Verdict = 'yes' | 'conditions' | 'wait' | 'ask' | 'no'
export interface Answer {
  readonly verdict: Verdict
  readonly by: DecidedBy
  readonly entry: CatalogueEntry
  /** What else of the same kind may be used in this case, with a kinder answer, the best first. */
  readonly instead: readonly CatalogueEntry[]
  /** Where a no has none of the same kind: what is for the same purpose and may be used in this case, the best first. */
  readonly otherKinds: readonly CatalogueEntry[]
  /** What the decision says to use instead, where that is no tool of the catalogue: its own words. */
  readonly insteadWords: Translated<string>
}

/** What is evaluated under a name, however it is written. */
export function calledLike(name: string, all: readonly Listed[]): readonly Listed[] {
  const { key } = partsOf(name)
  return all.filter(({ entry }) => key !== '' && partsOf(entry.name).key === key)
}

/** Names that somebody who wrote this one may have meant. */
const NEAR_MAX = 3
/** Names that are nearly this one; none where one of them is it. */
export function nearlyCalled(name: string, names: readonly string[]): readonly string[] {
  const parts = partsOf(name)
  const alike = names.map((one) => ({ one, how: likeness(parts, partsOf(one)) }))
  if (alike.some(({ how }) => how === 'same')) return []
  const near = alike.filter(({ how }) => how === 'similar').map(({ one }) => one)
  return [...new Set(near)].slice(0, NEAR_MAX)
}

/** A name that may have been meant, and whether the tool is in the catalogue. */
export interface Meant {
  readonly name: string
  readonly evaluated: boolean
}
/**
 * Who asks for one tool is asked back sooner than who proposes one: before a second request is made for it, names are offered that begin or end
 * otherwise by a sign, short ones too. Nothing is answered for them unasked.
 * @param evaluated names of the catalogue
 * @param suggested names that colleagues have given and nobody has evaluated
 */
export function meantBy(
  name: string,
  evaluated: readonly string[],
  suggested: readonly string[],
): readonly Meant[] {
  const { joined } = partsOf(name)
  const isThis = (one: string): boolean => partsOf(one).joined === joined
  if (joined === '' || evaluated.some(isThis)) return []
  const offered = (names: readonly string[], isEvaluated: boolean): Meant[] =>
    names.map((one) => ({ name: one, evaluated: isEvaluated }))
  const known = offered(nearlyCalled(name, evaluated), true)
  // It is a name that colleagues have given: only what is plainly like it is asked for.
  if (suggested.some(isThis)) return known
  const near = [
    ...known,
    ...offered(nearlyCalled(name, suggested), false),
    ...offered(
      evaluated.filter((one) => isShortlyLike(joined, one)),
      true,
    ),
    ...offered(
      suggested.filter((one) => isShortlyLike(joined, one)),
      false,
    ),
  ]
  const first = new Map<string, Meant>()
  for (const one of near) if (!first.has(partsOf(one.name).joined)) first.set(partsOf(one.name).joined, one)
  return [...first.values()].slice(0, NEAR_MAX)
}
/** Signs of a beginning, and of a name in which one may be wrong. */
const BEGINNING_MIN = 3
const SLIP_MIN = 4
function isShortlyLike(joined: string, other: string): boolean {
  const one = partsOf(other).joined
  const [short, long] = joined.length <= one.length ? [joined, one] : [one, joined]
  if (short.length >= BEGINNING_MIN && long.startsWith(short)) return true
  return short.length >= SLIP_MIN && short[0] === long[0] && slipsBetween(short, long, 1) <= 1
}

const VERDICTS = {
  withdrawn: 'no',
  not_recommended: 'no',
  under_review: 'wait',
  data_not_allowed: 'no',
  level_not_allowed: 'no',
  purpose_not_evaluated: 'ask',
  conditions: 'conditions',
  recommended: 'yes',
} as const satisfies { readonly [by in DecidedBy]: Verdict }
const BEST_FIRST: readonly Verdict[] = ['yes', 'conditions', 'wait', 'ask', 'no']
const INSTEAD_MAX = 3

/** What is of nobody in particular may be wherever data of people may. */
const HARMLESS: readonly DataClass[] = ['public', 'internal']
export const allows = (allowed: readonly DataClass[], data: DataClass): boolean =>
  allowed.includes(data) ||
  (HARMLESS.includes(data) && allowed.some((one) => severityOf(one) > severityOf(data)))

/**
 * The level decided on that covers this one, the nearest; null where none does: what is for all of the house is for a group of it and for one
 * person in it. Alone, with data of citizens, only what the house has decided for that or stands for itself: what a group has agreed on among them
 * is no leave for one of them (DOMAIN E-K7).
 */
function levelCovering(
  { allowedLevels }: Pick<CatalogueEntry, 'allowedLevels'>,
  level: UseLevel,
  data: DataClass,
): UseLevel | null {
  const levels = USE_LEVELS.map(({ id }) => id)
  const alone = level === 'individual' && severityOf(data) >= severityOf('personal_citizen')
  return (
    levels
      .slice(levels.indexOf(level))
      .find((one) => allowedLevels.includes(one) && !(alone && one === 'collective')) ?? null
  )
}
/** What of a decision covers a case: a class of data by its name or by one that asks for more, and a level, perhaps a wider one. */
export interface Cover {
  readonly data: 'named' | 'harmless'
  readonly level: UseLevel
}
/** Null where the decision does not cover it. */
export function coverOf(
  entry: Pick<CatalogueEntry, 'allowedDataClasses' | 'allowedLevels'>,
  { data, level }: Pick<Case, 'data' | 'level'>,
): Cover | null {
  const covering = levelCovering(entry, level, data)
  if (covering === null || !allows(entry.allowedDataClasses, data)) return null
  return { data: entry.allowedDataClasses.includes(data) ? 'named' : 'harmless', level: covering }
}
const severityOf = (one: DataClass): number => DATA_CLASSES.findIndex(({ id }) => id === one)

function decidedBy({ entry, status }: Listed, { purpose, data, level }: Case): DecidedBy {
  if (status === 'withdrawn' || status === 'not_recommended') return status
  // Whatever it was decided for: what it was not decided for is a no also while it is looked at again.
  if (!allows(entry.allowedDataClasses, data)) return 'data_not_allowed'
  if (levelCovering(entry, level, data) === null) return 'level_not_allowed'
  if (purpose !== null && !entry.classes.includes(purpose)) return 'purpose_not_evaluated'
  if (status === 'under_review') return 'under_review'
  return status === 'conditional' || entry.conditions.length > 0 ? 'conditions' : 'recommended'
}

/** The tool of the catalogue that a decision leads to, in the place of the one it is about; null where it has only words. */
export const leadsTo = (
  { id, useInstead }: Pick<CatalogueEntry, 'id' | 'useInstead'>,
  all: readonly Listed[],
): Listed | null =>
  Object.values(useInstead)
    .flatMap((words) => calledLike(words, all))
    .find(({ entry }) => entry.id !== id) ?? null

/** Others of the same kind that may be used: the need counts, and not the brand (DOMAIN C-08). */
export const sameNeed = (
  { id, category }: Pick<CatalogueEntry, 'id' | 'category'>,
  all: readonly Listed[],
): readonly Listed[] =>
  all.filter(
    ({ entry, status }) =>
      entry.id !== id &&
      category !== '' &&
      entry.category === category &&
      (status === 'recommended' || status === 'conditional'),
  )

/**
 * @param tool what is evaluated under this name: of several uses the kindest answer holds
 * @param all the whole catalogue
 * @returns null where nothing was evaluated
 */
export function mayIUse(tool: readonly Listed[], wanted: Case, all: readonly Listed[]): Answer | null {
  const answers = tool
    .map(({ entry, status }) => {
      const by = decidedBy({ entry, status }, wanted)
      return { entry, by, verdict: VERDICTS[by] }
    })
    .sort(
      (a, b) =>
        BEST_FIRST.indexOf(a.verdict) - BEST_FIRST.indexOf(b.verdict) ||
        (a.entry.decidedOn < b.entry.decidedOn ? 1 : -1),
    )
  const [best] = answers
  if (!best) return null
  const names = new Set(tool.map(({ entry }) => entry.id))
  const named = leadsTo(best.entry, all)?.entry.id
  // What serves the same need; or, where the tool is for something else, what is for what it would be used for.
  const serves = ({ category, classes }: CatalogueEntry): boolean =>
    best.by === 'purpose_not_evaluated' ? classes.includes(wanted.purpose!) : category === best.entry.category
  const worst = Math.min(BEST_FIRST.indexOf(best.verdict), BEST_FIRST.indexOf('wait'))
  const usable = (is: (entry: CatalogueEntry) => boolean): readonly CatalogueEntry[] =>
    all
      .filter(({ entry }) => is(entry) && !names.has(entry.id))
      .map((one) => ({ entry: one.entry, rank: BEST_FIRST.indexOf(VERDICTS[decidedBy(one, wanted)]) }))
      .filter(({ rank }) => rank < worst)
      .sort(
        (a, b) =>
          // What was decided on first.
          Number(b.entry.id === named) - Number(a.entry.id === named) ||
          a.rank - b.rank ||
          (b.entry.score?.overall ?? 0) - (a.entry.score?.overall ?? 0),
      )
      .slice(0, INSTEAD_MAX)
      .map(({ entry }) => entry)
  const instead = usable((entry) => entry.id === named || serves(entry))
  const { purpose } = wanted
  return {
    ...best,
    insteadWords: best.verdict === 'no' && named === undefined ? best.entry.useInstead : {},
    instead,
    otherKinds:
      best.verdict === 'no' && instead.length === 0 && purpose !== null
        ? usable(({ classes }) => classes.includes(purpose))
        : [],
  }
}
