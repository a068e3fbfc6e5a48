/** Rounds of scores, as the screen asks the server for them. A sealed sheet is its writer's alone. */
import type {
  ConflictGiven,
  HandedIn,
  RoundGiven,
  Scoring,
  SheetGiven,
  WeightSet,
  WeightsGiven,
} from '@auzolan/shared/protocol/scoring.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}/scoring`

export const getScoring = (id: string): Promise<Scoring> => get(at(id))
export const openRound = (id: string, n: number, given: RoundGiven): Promise<void> =>
  send('PUT', `${at(id)}/${n}`, given)
export const revealRound = (id: string, n: number): Promise<void> => send('POST', `${at(id)}/${n}/reveal`, {})
export const closeRound = (id: string, n: number): Promise<void> => send('POST', `${at(id)}/${n}/close`, {})
export const sheetAt = (id: string, n: number): string => `${at(id)}/${n}/sheet`
export const saveSheet = (id: string, n: number, given: SheetGiven): Promise<void> =>
  send('PUT', sheetAt(id, n), given)
export const handIn = (id: string, n: number, given: HandedIn): Promise<void> =>
  send('POST', `${at(id)}/${n}/sheet/hand-in`, given)
export const takeBack = (id: string, n: number): Promise<void> =>
  send('POST', `${at(id)}/${n}/sheet/take-back`, {})
export const declareConflict = (id: string, n: number, given: ConflictGiven): Promise<void> =>
  send('PUT', `${at(id)}/${n}/sheet/conflict`, given)

/** Every version of the organisation's weights, the one of now first. */
export const listWeights = (): Promise<WeightSet[]> => get('/weights')
/** @throws with `CHANGED_MEANWHILE` when somebody has saved others since */
export const saveWeights = (given: WeightsGiven): Promise<WeightSet> =>
  send<WeightSet>('PUT', '/weights', given)
