/**
 * What each person thinks of a tool, for themselves. Until their round is revealed a sheet is its writer's alone: nobody else reads it
 * by whatever way. Neither the audit nor a refusal says a word of it, nor who has handed in, taken back or has a conflict of interest (DOMAIN B.14).
 */
import type { Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type {
  ConflictGiven,
  HandedIn,
  OwnSheet,
  Round,
  Scoring,
  SheetGiven,
} from '@auzolan/shared/protocol/scoring.ts'
import { resultOf } from '@auzolan/shared/scoring/result.ts'
import { lacking } from '@auzolan/shared/scoring/rounds.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { Standings } from '../review/standing.ts'
import {
  countedSheets,
  counts,
  evaluatorsOf,
  inConflict,
  reasonsOf,
  roundsOf,
  scoresOf,
  sheetsOf,
  stateOf,
  thresholdsOf,
  weightsOf,
  type RoundRow,
  type SheetRow,
} from './rows.ts'
import { tellSheet } from './score-tasks.ts'

export interface SheetPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly now: () => Date
}
interface Place {
  readonly id: DocumentId
  readonly n: number
}

export class Sheets {
  readonly #ports: SheetPorts
  constructor(ports: SheetPorts) {
    this.#ports = ports
  }

  /** For the team, and for who decides: of an open round numbers and one's own sheet, of the others everything that was handed in. */
  async read(claims: Claims, id: DocumentId): Promise<Scoring | Refusal> {
    const { journal, standings } = this.#ports
    const { rows } = journal
    const standing = await standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    const sees = standing.inTeam || (await standings.isApprover(rows, id, standing, claims))
    if (!sees) return { rounds: null }
    const rounds: Round[] = []
    // Rounds first: one that is revealed meanwhile is still read as open, and never the other way round.
    for (const round of await roundsOf(rows, id))
      rounds.push(seenBy(claims.person, round, await sheetsOf(rows, id, round.n)))
    return { rounds }
  }

  /** As a draft: what is missing may be missing. */
  save(claims: Claims, at: Place, given: SheetGiven): Promise<Refusal | null> {
    const scores = canonicalJson(given.scores as Json)
    const reasons = canonicalJson(
      Object.fromEntries(Object.entries(given.reasons).filter(([, reason]) => reason !== '')) as Json,
    )
    return this.#own(claims, at, async (rows, round, sheet) => {
      if (sheet?.entry === given.id)
        return sheet.scores === scores && sheet.reasons === reasons
          ? null
          : refusal('CHANGED_MEANWHILE', 'something else was saved with this id')
      const refused = notWritable(round, sheet)
      if (refused) return refused
      if ((sheet?.revision ?? 0) !== given.revision)
        return refusal('CHANGED_MEANWHILE', 'it was saved elsewhere since')
      await put(rows, {
        ...(sheet ?? blank(at, claims.person)),
        scores,
        reasons,
        entry: given.id,
        revision: given.revision + 1,
      })
      return null
    })
  }

  /** From now on it counts, unless it is taken back. */
  handIn(claims: Claims, at: Place, { revision }: HandedIn): Promise<Refusal | null> {
    return this.#own(claims, at, async (rows, round, sheet, moment) => {
      if (sheet && counts(sheet) && sheet.revision === revision) return null
      const refused = notWritable(round, sheet)
      if (refused) return refused
      if (!sheet || sheet.revision !== revision)
        return refusal('CHANGED_MEANWHILE', 'it was saved elsewhere since')
      if (lacking(scoresOf(sheet), reasonsOf(sheet)).length > 0)
        return refusal('GATE_CLOSED', 'not everything has its score, or its reason')
      await put(rows, { ...sheet, submitted_at: moment })
      return null
    })
  }

  takeBack(claims: Claims, at: Place): Promise<Refusal | null> {
    return this.#own(claims, at, async (rows, round, sheet) => {
      if (stateOf(round) !== 'open') return refusal('ILLEGAL_MOVE', 'the round is revealed')
      if (!sheet || !counts(sheet)) return null
      await put(rows, { ...sheet, submitted_at: null })
      return null
    })
  }

  /** Nothing is left of what they thought: it would have been thought with that interest. */
  declare(claims: Claims, at: Place, { text }: ConflictGiven): Promise<Refusal | null> {
    return this.#own(claims, at, async (rows, round, sheet) => {
      if (sheet?.conflict === text) return null
      if (stateOf(round) !== 'open') return refusal('ILLEGAL_MOVE', 'the round is revealed')
      if (sheet && inConflict(sheet)) return refusal('ILLEGAL_MOVE', 'it is declared already')
      const revision = (sheet?.revision ?? 0) + 1
      await put(rows, { ...blank(at, claims.person), conflict: text, revision })
      return null
    })
  }

  /** By whoever is named in that round, and still is in the team. */
  #own(
    claims: Claims,
    { id, n }: Place,
    work: (
      rows: Transaction<Tables>,
      round: RoundRow,
      sheet: SheetRow | undefined,
      moment: string,
    ) => Promise<Refusal | null>,
  ): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    const moment = now().toISOString()
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
      const round = (await roundsOf(rows, id)).find((one) => one.n === n)
      if (!round) return refusal('NOT_FOUND', 'no such round')
      if (!evaluatorsOf(round).some(({ person }) => person === claims.person))
        return refusal('NOT_ALLOWED', 'for those who score it')
      if (standing.flow.archived) return refusal('ILLEGAL_MOVE', 'an archived document')
      const sheet = (await sheetsOf(rows, id, n)).find(({ person }) => person === claims.person)
      const refused = await work(rows, round, sheet, moment)
      if (!refused) await tellSheet(rows, moment, round, claims.person)
      return refused
    })
  }
}

function notWritable(round: RoundRow, sheet: SheetRow | undefined): Refusal | null {
  if (stateOf(round) !== 'open') return refusal('ILLEGAL_MOVE', 'the round is revealed')
  if (sheet && inConflict(sheet)) return refusal('ILLEGAL_MOVE', 'a conflict of interest is declared')
  return sheet && counts(sheet) ? refusal('ILLEGAL_MOVE', 'it is handed in') : null
}

export const blank = ({ id, n }: Place, person: string): SheetRow => ({
  document: id,
  round: n,
  person,
  scores: '{}',
  reasons: '{}',
  conflict: '',
  submitted_at: null,
  revision: 0,
  entry: null,
})

async function put(rows: Transaction<Tables>, sheet: SheetRow): Promise<void> {
  await rows
    .insertInto('score_sheet')
    .values(sheet)
    .onConflict((conflict) => conflict.columns(['document', 'round', 'person']).doUpdateSet(sheet))
    .execute()
}

/** The one place where sheets leave the rows. */
function seenBy(person: string, round: RoundRow, sheets: readonly SheetRow[]): Round {
  const state = stateOf(round)
  const evaluators = evaluatorsOf(round)
  const own = sheets.find((sheet) => sheet.person === person)
  const open = state === 'open'
  return {
    n: round.n,
    state,
    weights: weightsOf(round),
    weightSet: round.weight_set,
    thresholds: thresholdsOf(round),
    evaluators,
    opened: { at: round.opened_at, by: { id: round.opened_by, name: round.opened_by_name } },
    revealed: stampOf(round.revealed_at, round.revealed_by, round.revealed_by_name),
    closed: stampOf(round.closed_at, round.closed_by, round.closed_by_name),
    handedIn: sheets.filter(counts).length,
    // That somebody has a conflict of interest is sealed, too: with few people, a smaller number says who.
    awaited: evaluators.length - (open ? 0 : sheets.filter(inConflict).length),
    own: evaluators.some((one) => one.person === person) ? ownOf(own) : null,
    sheets: open
      ? null
      : evaluators.flatMap((evaluator) => {
          const sheet = sheets.find((one) => one.person === evaluator.person)
          if (!sheet || (!counts(sheet) && !inConflict(sheet))) return []
          const { conflict } = sheet
          return [{ evaluator, scores: scoresOf(sheet), reasons: reasonsOf(sheet), conflict }]
        }),
    result: open
      ? null
      : resultOf(
          countedSheets(round, sheets).map((one) => ({ evaluator: one.person, scores: one.scores })),
          weightsOf(round),
          thresholdsOf(round),
        ),
  }
}

const ownOf = (sheet: SheetRow | undefined): OwnSheet =>
  sheet
    ? {
        scores: scoresOf(sheet),
        reasons: reasonsOf(sheet),
        conflict: sheet.conflict,
        handedInAt: sheet.submitted_at,
        revision: sheet.revision,
      }
    : { scores: {}, reasons: {}, conflict: '', handedInAt: null, revision: 0 }

const stampOf = (at: string | null, by: string | null, name: string | null): Round['revealed'] =>
  at === null || by === null ? null : { at, by: { id: by, name: name ?? by } }
