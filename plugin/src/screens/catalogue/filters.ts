/** Which tools are shown, on shelves and in the table: by words, by what somebody needs, and by what a tool is. In the address, so that it can be sent. Pure. */
import { STATUS_ORDER } from '@auzolan/shared/catalogue/entry.ts'
import { allows } from '@auzolan/shared/catalogue/may-i-use.ts'
import { isInEea, isInUnion } from '@auzolan/shared/location/zones.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { access } from '@auzolan/shared/schema/evaluation/access.ts'
import { cost } from '@auzolan/shared/schema/evaluation/cost.ts'
import { features } from '@auzolan/shared/schema/evaluation/features.ts'
import { USE_LEVELS, reaches, type UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES, type DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { foundAmong, wordsOf, type Words } from '@auzolan/shared/search/among.ts'

export const FILTERS = ['personal', 'offline', 'eea', 'open'] as const
export type FilterId = (typeof FILTERS)[number]

export const isUsable = ({ status }: Pick<OnShelf, 'status'>): boolean =>
  status === 'recommended' || status === 'conditional'
/** Wherever something is done with them; what runs on our own servers, no law of elsewhere reaches. */
const isInEeaAlone = ({ location: { own, worst, exposed } }: Pick<OnShelf, 'location'>): boolean =>
  worst === null ? own : isInEea(worst) && (own || !exposed)
const isOpen = ({ openness }: OnShelf): boolean => openness === 'open' || openness === 'open_core'

const FITS: { readonly [id in FilterId]: (tool: OnShelf) => boolean } = {
  personal: (tool) => isUsable(tool) && allows(tool.allowedDataClasses, 'personal_citizen'),
  offline: ({ offline }) => offline === 'full_edit' || offline === 'read_only',
  eea: isInEeaAlone,
  open: isOpen,
}
/** Whoever has a need takes up nothing that is being left. */
const meets = (tool: OnShelf, need: FilterId): boolean => tool.status !== 'withdrawn' && FITS[need](tool)

/** Where the data of a tool are at worst, from what is nearest to us. */
export const PLACES = ['own', 'union', 'eea', 'adequate', 'third', 'unknown'] as const
export type PlaceId = (typeof PLACES)[number]
export function placeOf({ location: { own, worst } }: Pick<OnShelf, 'location'>): PlaceId {
  if (worst !== null && isInUnion(worst)) return own ? 'own' : 'union'
  switch (worst) {
    case 'EEA':
      return 'eea'
    case 'ADEQUATE':
    case 'ADEQUATE_PARTIAL':
      return 'adequate'
    case 'THIRD':
      return 'third'
    default:
      return own && worst === null ? 'own' : 'unknown'
  }
}
export const LICENCES = ['open', 'closed', 'unsaid'] as const
export const licenceOf = (tool: OnShelf): (typeof LICENCES)[number] =>
  tool.openness === null ? 'unsaid' : isOpen(tool) ? 'open' : 'closed'

/** Those that say they use it; until one has, those it was decided for. */
export const departmentsOf = ({
  usedBy,
  departmentsUsing,
}: Pick<OnShelf, 'usedBy' | 'departmentsUsing'>): readonly string[] =>
  usedBy.length > 0 ? usedBy : departmentsUsing

interface Aspect {
  /** What can be chosen; null where the organisation says what there is. */
  readonly values: readonly string[] | null
  readonly fits: (tool: OnShelf, value: string) => boolean
}
const ids = (options: readonly { readonly id: string }[]): readonly string[] => options.map(({ id }) => id)
/** What a tool is, one choice of each: a column of the table, and a filter of both views. */
export const ASPECTS = {
  status: { values: STATUS_ORDER, fits: ({ status }, value) => status === value },
  level: {
    values: ids(USE_LEVELS),
    fits: ({ allowedLevels }, value) => reaches(allowedLevels, value as UseLevel),
  },
  class: {
    values: ids(features.fields.classes.options),
    fits: ({ classes }, value) => classes.includes(value),
  },
  data: {
    values: ids(DATA_CLASSES),
    fits: ({ allowedDataClasses }, value) => allows(allowedDataClasses, value as DataClass),
  },
  place: {
    values: PLACES,
    fits: (tool, value) => (value === 'eea' ? isInEeaAlone(tool) : placeOf(tool) === value),
  },
  licence: { values: LICENCES, fits: (tool, value) => licenceOf(tool) === value },
  cost: { values: ids(cost.fields.model.options), fits: ({ costModel }, value) => costModel === value },
  offline: { values: ids(access.fields.offline.options), fits: ({ offline }, value) => offline === value },
  department: { values: null, fits: (tool, value) => departmentsOf(tool).includes(value) },
} as const satisfies { readonly [aspect: string]: Aspect }
export type AspectId = keyof typeof ASPECTS
export const ASPECT_IDS = Object.keys(ASPECTS) as readonly AspectId[]

export interface Narrowing {
  readonly words: string
  readonly needs: readonly FilterId[]
  readonly aspects: { readonly [aspect in AspectId]?: string }
}
export const EVERYTHING: Narrowing = { words: '', needs: [], aspects: {} }
export const isNarrowed = ({ words, needs, aspects }: Narrowing): boolean =>
  words !== '' || needs.length > 0 || Object.keys(aspects).length > 0

type Query = { readonly [key: string]: unknown }
const WORDS_MAX = 200
const one = (value: unknown): string => (typeof value === 'string' ? value : '')
/** What an address says; what this build does not know is left out. */
export function narrowingIn(query: Query): Narrowing {
  const needs = one(query['need']).split(',')
  return {
    words: one(query['q']).slice(0, WORDS_MAX),
    needs: FILTERS.filter((id) => needs.includes(id)),
    aspects: Object.fromEntries(
      ASPECT_IDS.flatMap((id) => {
        const value = one(query[id])
        const { values }: Aspect = ASPECTS[id]
        return value !== '' && (values === null || values.includes(value)) ? [[id, value]] : []
      }),
    ),
  }
}
export const queryOf = ({ words, needs, aspects }: Narrowing): { readonly [key: string]: string } => ({
  ...(words === '' ? {} : { q: words }),
  ...(needs.length === 0 ? {} : { need: needs.join(',') }),
  ...aspects,
})

type KindOf = (tool: OnShelf) => string
/** Of thousands the words are cut once, and again when a kind of tool is called something else. */
const cut = new WeakMap<OnShelf, { readonly kind: string; readonly words: Words }>()
function wordsIn(tool: OnShelf, kind: string): Words {
  const known = cut.get(tool)
  if (known?.kind === kind) return known.words
  const texts = [tool.intendedUse, tool.description, tool.tags].flatMap((text) => Object.values(text))
  const words = wordsOf(tool.name, [kind, tool.vendor, ...texts, tool.words])
  cut.set(tool, { kind, words })
  return words
}

export const hasWords = (typed: string): boolean => /[\p{L}\p{N}]/u.test(typed)
/**
 * @param kindOf what its kind of tool is called
 * @returns as they stood; where words were typed, those first whose name it is
 */
export function shown(
  tools: readonly OnShelf[],
  { words, needs, aspects }: Narrowing,
  kindOf: KindOf,
): readonly OnShelf[] {
  const chosen = Object.entries(aspects) as [AspectId, string][]
  const fitting = tools.filter(
    (tool) =>
      needs.every((id) => meets(tool, id)) && chosen.every(([id, value]) => ASPECTS[id].fits(tool, value)),
  )
  if (!hasWords(words)) return fitting
  // Behind a name that fits, what one may take comes before what one leaves alone.
  const inOrder = fitting.toSorted((a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status))
  return foundAmong(inOrder, (tool) => wordsIn(tool, kindOf(tool)), words)
}

export interface Need {
  readonly kind: string
  readonly tools: number
}
/** Where nothing is like that: the kinds of tool in which most of what was asked for is met, and there the most tools; none that meets nothing of it. */
export function nearestNeeds(
  tools: readonly OnShelf[],
  { words, needs, aspects }: Narrowing,
  kindOf: KindOf,
  most = 2,
): readonly Need[] {
  const chosen = Object.entries(aspects) as [AspectId, string][]
  const met = new Map<OnShelf, number>()
  for (const word of words.split(/\s+/).filter(Boolean))
    for (const tool of foundAmong(tools, (tool) => wordsIn(tool, kindOf(tool)), word))
      met.set(tool, (met.get(tool) ?? 0) + 1)
  const scored = tools.map((tool) => ({
    kind: kindOf(tool),
    score:
      (met.get(tool) ?? 0) +
      needs.filter((id) => meets(tool, id)).length +
      chosen.filter(([id, value]) => ASPECTS[id].fits(tool, value)).length,
  }))
  return [...Map.groupBy(scored, ({ kind }) => kind)]
    .map(([kind, of]) => ({ kind, tools: of.length, best: Math.max(...of.map(({ score }) => score)) }))
    .filter(({ best }) => best > 0)
    .sort((a, b) => b.best - a.best || b.tools - a.tools)
    .slice(0, most)
    .map(({ kind, tools }) => ({ kind, tools }))
}
