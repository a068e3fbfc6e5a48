/** Rounds of scores, as those who coordinate an evaluation open, reveal and close them (DOMAIN B.14). */
import type { Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { EVALUATORS_MAX, SCORING_ROUNDS_MAX } from '@auzolan/shared/limits.ts'
import type { Evaluator, RoundGiven } from '@auzolan/shared/protocol/scoring.ts'
import type { Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import { areWeights, demandsOf, departmentsAmong } from '@auzolan/shared/scoring/rounds.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { digestOf, sheetsHash } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { whileStill } from '../journal/while-still.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { claimsOf } from '../review/delegations.ts'
import type { Standing, Standings } from '../review/standing.ts'
import type { Frozen, Versions } from '../review/versions.ts'
import {
  countedSheets,
  counts,
  demandsIn,
  evaluatorsOf,
  inConflict,
  roundsOf,
  sheetsOf,
  stateOf,
  type RoundRow,
} from './rows.ts'
import { tellRound } from './score-tasks.ts'
import { blank } from './sheets.ts'
import { currentWeights } from './weight-sets.ts'

export interface ScoringRoundPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  /** Groups and Teams of a person, as Nextcloud said within the last minute. */
  readonly belonging: (person: string) => Promise<Belonging | Refusal>
  readonly now: () => Date
}

export class ScoringRounds {
  readonly #ports: ScoringRoundPorts
  constructor(ports: ScoringRoundPorts) {
    this.#ports = ports
  }

  /**
   * Opens the round of this number, the one after the last, or adds people to it and says of which departments they are. Of the round before everybody finds what they had
   * written; it stays as it was, and is closed.
   */
  async open(claims: Claims, id: DocumentId, n: number, given: RoundGiven): Promise<Refusal | null> {
    const { journal, now } = this.#ports
    const at = now().toISOString()
    const { evaluators } = given
    if (given.weights !== undefined && !areWeights(given.weights))
      return refusal('INVALID_INPUT', 'weights are whole and come to 100')
    if (
      evaluators.length > EVALUATORS_MAX ||
      new Set(evaluators.map((one) => one.person)).size < evaluators.length
    )
      return refusal('INVALID_INPUT', 'very many people, or one of them twice')
    // Before Nextcloud is asked about anybody: it would tell who has an account.
    const { rows: present } = journal
    const allowed = await this.#coordinated(present, id, claims)
    if (isRefusal(allowed)) return allowed
    // Somebody who was named and has no account any more keeps nobody from adding others.
    const named = evaluatorsNamed(await roundsOf(present, id), n)
    const known = await this.#belongingOf(evaluators.filter((one) => !isNamed(named, one)))
    if (isRefusal(known)) return known
    const frozen = await this.#ports.versions.freeze(id)
    if (isRefusal(frozen)) return frozen
    const { level } = (JSON.parse(frozen.json) as Evaluation).useLevel
    return this.#told(
      id,
      await journal.transact(async (rows) => {
        const standing = await this.#coordinated(rows, id, claims)
        if (isRefusal(standing)) return standing
        const rounds = await roundsOf(rows, id)
        const there = rounds.find((one) => one.n === n)
        const before = evaluatorsNamed(rounds, n)
        if (before.some(({ person }) => !evaluators.some((one) => one.person === person)))
          return refusal('ILLEGAL_MOVE', 'nobody is taken out of a round')
        // Whoever gives the very weights of the organisation gives none of their own.
        const set = await currentWeights(rows)
        const weights = canonicalJson((given.weights ?? set.weights) as unknown as Json)
        const weightSet = weights === canonicalJson(set.weights as unknown as Json) ? set.n : null
        if (there && given.weights !== undefined && there.weights !== weights)
          return refusal('ILLEGAL_MOVE', 'the weights of a round stay')
        // Whoever was named without a department, or with another one, has it from then on.
        const fresh = evaluators.filter((one) => !isNamed(before, one))
        if (there && fresh.length === 0) return null
        if (there && stateOf(there) !== 'open') return refusal('ILLEGAL_MOVE', 'the round is revealed')
        const refused = await this.#notOfThem(rows, standing, fresh, known)
        if (refused) return refused
        if (there) {
          const again = before.map((one) => fresh.find(({ person }) => person === one.person) ?? one)
          const added = fresh.filter(({ person }) => !before.some((one) => one.person === person))
          const more = { ...there, evaluators: JSON.stringify([...again, ...added]) }
          return this.#put(rows, more, claims, at, 'scoring.name')
        }
        const last = rounds.at(-1)
        if (n !== (last?.n ?? 0) + 1) return refusal('CHANGED_MEANWHILE', `${last?.n ?? 0} rounds by now`)
        if (n > SCORING_ROUNDS_MAX) return refusal('DOCUMENT_FULL', 'very many rounds')
        if (last && stateOf(last) === 'open') return refusal('ILLEGAL_MOVE', 'one is open')
        if (last && stateOf(last) === 'revealed')
          await this.#put(rows, closedBy(last, claims, at), claims, at, 'scoring.close')
        const { policy } = await this.#ports.organisation.read(rows)
        const round: RoundRow = {
          document: id,
          n,
          state: 'open',
          weights,
          evaluators: JSON.stringify(evaluators),
          opened_at: at,
          opened_by: claims.person,
          opened_by_name: claims.name,
          revealed_at: null,
          revealed_by: null,
          revealed_by_name: null,
          closed_at: null,
          closed_by: null,
          closed_by_name: null,
          sheets_sha256: null,
          weight_set: weightSet,
          thresholds: canonicalJson(policy.thresholds as Json),
          demands: canonicalJson(demandsOf(level, policy) as Json),
        }
        if (last)
          for (const { person, scores, reasons } of (await sheetsOf(rows, id, last.n)).filter(
            (sheet) => !inConflict(sheet) && evaluators.some((one) => one.person === sheet.person),
          ))
            await rows
              .insertInto('score_sheet')
              .values({ ...blank({ id, n }, person), scores, reasons })
              .execute()
        return this.#put(rows, round, claims, at, 'scoring.open')
      }),
    )
  }

  /**
   * All at once, for the team; enough have handed in for the level of use that the text says now, and for that of the day it was opened:
   * whoever writes the level must not come at the first sheet by it.
   */
  async reveal(claims: Claims, id: DocumentId, n: number): Promise<Refusal | null> {
    const { journal, versions, organisation, now } = this.#ports
    const at = now().toISOString()
    const reading = {
      read: () => versions.freeze(id),
      isStill: (rows: Rows, frozen: Frozen) => versions.isStill(rows, id, frozen),
    }
    return this.#told(
      id,
      await whileStill<Frozen, null>(journal, reading, async (rows, { json }) => {
        const round = await this.#round(rows, id, n, claims)
        if (isRefusal(round)) return round
        if (stateOf(round) !== 'open') return null
        const { level } = (JSON.parse(json) as Evaluation).useLevel
        const [now, then] = [demandsOf(level, (await organisation.read(rows)).policy), demandsIn(round)]
        const needed = {
          evaluators: Math.max(now.evaluators, then.evaluators),
          departments: Math.max(now.departments, then.departments),
        }
        const all = await sheetsOf(rows, id, n)
        const sheets = countedSheets(round, all)
        if (sheets.length < needed.evaluators)
          return refusal('GATE_CLOSED', `${sheets.length} of at least ${needed.evaluators} have handed in`)
        if (departmentsAmong(sheets) < needed.departments)
          return refusal('GATE_CLOSED', `of fewer than ${needed.departments} departments`)
        const revealed = {
          ...round,
          state: 'revealed',
          revealed_at: at,
          revealed_by: claims.person,
          revealed_by_name: claims.name,
          sheets_sha256: sheetsHash(all),
        }
        await this.#put(rows, revealed, claims, at, 'scoring.reveal')
        // Who took part is on record from now on, and not before.
        for (const sheet of all) {
          const action = inConflict(sheet) ? 'scoring.conflict' : counts(sheet) ? 'scoring.hand_in' : null
          const detail = { round: n, ...(sheet.submitted_at ? { handedInAt: sheet.submitted_at } : {}) }
          if (action) await record(rows, { at, actor: sheet.person, action, subject: id, detail })
        }
        return null
      }),
    )
  }

  /** The talking is over; what it came to stays. */
  async close(claims: Claims, id: DocumentId, n: number): Promise<Refusal | null> {
    const { journal, now } = this.#ports
    const at = now().toISOString()
    return this.#told(
      id,
      await journal.transact(async (rows) => {
        const round = await this.#round(rows, id, n, claims)
        if (isRefusal(round)) return round
        if (stateOf(round) === 'open') return refusal('ILLEGAL_MOVE', 'it is not revealed')
        if (stateOf(round) === 'closed') return null
        return this.#put(rows, closedBy(round, claims, at), claims, at, 'scoring.close')
      }),
    )
  }

  async #coordinated(rows: Rows, id: DocumentId, claims: Claims): Promise<Standing | Refusal> {
    const standing = await this.#ports.standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.roles.includes('coordinator')) return refusal('NOT_ALLOWED', 'for those who coordinate it')
    if (standing.kind === 'template') return refusal('ILLEGAL_MOVE', 'nobody scores a template')
    return standing.flow.archived ? refusal('ILLEGAL_MOVE', 'an archived document') : standing
  }

  async #round(rows: Rows, id: DocumentId, n: number, claims: Claims): Promise<RoundRow | Refusal> {
    const standing = await this.#coordinated(rows, id, claims)
    if (isRefusal(standing)) return standing
    return (await roundsOf(rows, id)).find((one) => one.n === n) ?? refusal('NOT_FOUND', 'no such round')
  }

  async #belongingOf(people: readonly Evaluator[]): Promise<ReadonlyMap<string, Claims> | Refusal> {
    const found = new Map<string, Claims>()
    for (const { person, name } of people) {
      const belonging = await this.#ports.belonging(person)
      if (isRefusal(belonging))
        return belonging.refused === 'ACCESS_ENDED'
          ? refusal('INVALID_INPUT', 'an account that has ended')
          : belonging
      found.set(person, claimsOf(person, name, belonging))
    }
    return found
  }

  /** Of the team, and of departments there are: a department that somebody invents would count as another one. */
  async #notOfThem(
    rows: Transaction<Tables>,
    { team }: Standing,
    people: readonly Evaluator[],
    known: ReadonlyMap<string, Claims>,
  ): Promise<Refusal | null> {
    const { standings, organisation } = this.#ports
    const { departments } = await organisation.read(rows)
    for (const { person, department } of people) {
      const whole = known.get(person)
      if (!whole) return refusal('CHANGED_MEANWHILE', 'somebody else has named people since')
      if ((await standings.rolesIn(rows, team, whole)).length === 0)
        return refusal('INVALID_INPUT', `${person} is not in the team`)
      if (department !== null && !departments.some(({ id }) => id === department))
        return refusal('INVALID_INPUT', `no department ${department}`)
    }
    return null
  }

  async #put(
    rows: Transaction<Tables>,
    round: RoundRow,
    { person: actor, name }: Claims,
    at: string,
    action: string,
  ): Promise<null> {
    await rows
      .insertInto('scoring_round')
      .values(round)
      .onConflict((conflict) => conflict.columns(['document', 'n']).doUpdateSet(round))
      .execute()
    const detail = { round: round.n, digest: digestOf('scoring_round', round) }
    await record(rows, { at, actor, action, subject: round.document, detail })
    await tellRound(rows, at, round, { id: actor, name })
    return null
  }

  /** What stands beside the text is another by now: whoever has it open asks again. */
  #told(id: DocumentId, refused: Refusal | null): Refusal | null {
    if (!refused) this.#ports.documents.standingChanged(id)
    return refused
  }
}

/** In the round of this number, if it is there. */
const evaluatorsNamed = (rounds: readonly RoundRow[], n: number): readonly Evaluator[] => {
  const there = rounds.find((one) => one.n === n)
  return there ? evaluatorsOf(there) : []
}
const isNamed = (named: readonly Evaluator[], { person, department }: Evaluator): boolean =>
  named.some((one) => one.person === person && one.department === department)

const closedBy = (round: RoundRow, { person, name }: Claims, at: string): RoundRow => ({
  ...round,
  state: 'closed',
  closed_at: at,
  closed_by: person,
  closed_by_name: name,
})
