/** What of its scores goes into a version of an evaluation: the last round, and of an open one only that there is one. */
import type { Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { frozenScoring } from '@auzolan/shared/scoring/frozen.ts'
import { demandsOf } from '@auzolan/shared/scoring/rounds.ts'
import { readOrganisation } from '../organisation/described.ts'
import type { AttachedTo } from '../review/versions.ts'
import { countedSheets, roundsOf, sheetsOf, stateOf, thresholdsOf, weightsOf } from './rows.ts'

export const scoresAttached: AttachedTo = async (rows, document, text) => {
  const { level } = (text as unknown as Evaluation).useLevel
  const demands = demandsOf(level, (await readOrganisation(rows)).policy)
  const last = (await roundsOf(rows, document)).at(-1)
  if (!last) return { scoring: frozenScoring(null, demands) }
  const state = stateOf(last)
  const sheets = state === 'open' ? [] : countedSheets(last, await sheetsOf(rows, document, last.n))
  const weighed = {
    weights: weightsOf(last),
    weightSet: last.weight_set,
    thresholds: thresholdsOf(last),
  }
  return { scoring: frozenScoring({ n: last.n, state, ...weighed, sheets }, demands) }
}
