/** Weights of the organisation: each time they are saved they are another version, and rounds keep the one they were opened with (DOMAIN B.14). */
import type { Selectable } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { WeightSet, WeightsGiven } from '@auzolan/shared/protocol/scoring.ts'
import { DEFAULT_WEIGHTS, type Weights } from '@auzolan/shared/scoring/criteria.ts'
import { areWeights } from '@auzolan/shared/scoring/rounds.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'

const OF_THE_PROGRAM: WeightSet = { n: 0, weights: DEFAULT_WEIGHTS, saved: null }

export class WeightSets {
  readonly #journal: Journal
  readonly #now: () => Date
  constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  /** The one of now first, the one of the program last. */
  async list(): Promise<WeightSet[]> {
    return [...(await rowsIn(this.#journal.rows)).map(setOf), OF_THE_PROGRAM]
  }

  /** Nothing happens when somebody has saved others meanwhile; the same ones are no other version. */
  async save({ person, name }: Claims, given: WeightsGiven): Promise<WeightSet | Refusal> {
    const at = this.#now().toISOString()
    if (!areWeights(given.weights)) return refusal('INVALID_INPUT', 'weights are whole and come to 100')
    return this.#journal.transact(async (rows) => {
      const before = await currentWeights(rows)
      if (before.n !== given.from)
        return refusal('CHANGED_MEANWHILE', `version ${before.n} was saved meanwhile`)
      const weights = canonicalJson(given.weights as unknown as Json)
      if (weights === canonicalJson(before.weights as unknown as Json)) return before
      const row = { n: before.n + 1, weights, at, person, person_name: name }
      await rows.insertInto('weight_set').values(row).execute()
      const detail = { version: row.n, weights: given.weights }
      await record(rows, { at, actor: person, action: 'weights.change', subject: 'organisation', detail })
      return setOf(row)
    })
  }
}

export async function currentWeights(rows: Rows): Promise<WeightSet> {
  const [last] = await rowsIn(rows)
  return last ? setOf(last) : OF_THE_PROGRAM
}

const rowsIn = (rows: Rows): Promise<Row[]> =>
  rows.selectFrom('weight_set').selectAll().orderBy('n', 'desc').execute()

type Row = Selectable<Tables['weight_set']>
const setOf = ({ n, weights, at, person, person_name }: Row): WeightSet => ({
  n,
  weights: JSON.parse(weights) as Weights,
  saved: { at, by: { id: person, name: person_name } },
})
