/**
 * Tools that somebody in the house knows and uses, or asks about, and nobody has evaluated yet (DOMAIN C.1, C-06) [SEED L281]: a need, not an
 * offence. What stands of one follows from what was said and done; only what a person decided is kept.
 */
import { fold } from '../reference/list.ts'
import { partsOf } from '../find/alike.ts'
import { hasHidden } from './signs.ts'

/** Somebody uses it, or would like to know whether they may. */
export const VOICE_KINDS = ['uses', 'asks'] as const
export type VoiceKind = (typeof VOICE_KINDS)[number]

/** What is put into it, in the words of whoever puts it there. */
export const SUGGESTED_DATA = ['public', 'internal', 'personal', 'unsure'] as const
export type SuggestedData = (typeof SUGGESTED_DATA)[number]

export const SUGGESTION_STATUSES = [
  'new',
  'shared',
  'under_evaluation',
  'evaluated',
  'declined',
  'duplicate',
] as const
export type SuggestionStatus = (typeof SUGGESTION_STATUSES)[number]

/** What became of the evaluation it was turned into; one that is archived or in the trash is none. */
export type EvaluationOf = 'none' | 'begun' | 'in_force'

export interface SuggestionFacts {
  readonly mergedInto: string | null
  readonly evaluation: EvaluationOf
  /** The reason, where somebody has declined it. */
  readonly declined: string | null
  /** How many people have a voice on it. */
  readonly people: number
}

export function suggestionStatus({
  mergedInto,
  evaluation,
  declined,
  people,
}: SuggestionFacts): SuggestionStatus {
  if (mergedInto !== null) return 'duplicate'
  if (evaluation === 'in_force') return 'evaluated'
  if (evaluation === 'begun') return 'under_evaluation'
  if (declined !== null) return 'declined'
  return people > 1 ? 'shared' : 'new'
}

/** Two names with the same are of one tool: without case, accents, blanks, points and dashes. Empty where nothing can be read. */
export const suggestionKey = (name: string): string => partsOf(name).key

export const isPlainName = (name: string): boolean =>
  !hasHidden(name) && suggestionKey(name) !== '' && fold(name) !== ''
