/** Figures that are asked about: a question that can be answered, never a refusal. */
import type { Figures } from './figures.ts'
import { addingOf, indicatorIn } from './metrics.ts'

/** About three times as much, or a third. */
export const DOUBTFUL_TIMES = 2.75
/** Among small figures three times as much is nothing to ask about. */
export const DOUBTFUL_FROM = 20

export type Doubt =
  /** `times` is rounded, at least 3. */
  | { readonly kind: 'many' | 'few'; readonly times: number; readonly before: number }
  /** Nothing at all, after so many. */
  | { readonly kind: 'nothing'; readonly before: number }
  /** The month before ended with another number than this one begins with. */
  | { readonly kind: 'other_start'; readonly before: number }
  /** More answered than received, more with a text than there are. */
  | { readonly kind: 'more_than_all'; readonly all: number }

/** What a figure is a part of. */
const WHOLE: { readonly [metric: string]: string } = { answered: 'answerable', media_alt: 'media' }

export function doubtOf(metric: string, now: Figures, before: Figures): Doubt | null {
  const value = now(metric)
  if (value === null) return null
  const all = WHOLE[metric] === undefined ? null : now(WHOLE[metric])
  if (all !== null && value > all) return { kind: 'more_than_all', all }
  if (metric === 'followers_start') {
    const ended = before('followers_end')
    if (ended !== null && ended !== value) return { kind: 'other_start', before: ended }
  }
  const earlier = before(metric)
  // Of what is small or no count, any change is possible.
  if (earlier === null || indicatorIn(metric) !== null || Math.max(value, earlier) < DOUBTFUL_FROM)
    return null
  if (addingOf(metric) === 'median' && value === 0) return null
  if (value === 0) return { kind: 'nothing', before: earlier }
  if (earlier > 0 && value / earlier >= DOUBTFUL_TIMES)
    return { kind: 'many', times: Math.round(value / earlier), before: earlier }
  if (earlier / value >= DOUBTFUL_TIMES)
    return { kind: 'few', times: Math.round(earlier / value), before: earlier }
  return null
}
