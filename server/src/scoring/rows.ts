/** Rounds of scores and their sheets as rows, and what is read of them. Whoever reads sheets says who may see them. */
import type { Selectable } from 'kysely'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Evaluator, RoundState } from '@auzolan/shared/protocol/scoring.ts'
import type { Weights } from '@auzolan/shared/scoring/criteria.ts'
import type { Sheet, Thresholds } from '@auzolan/shared/scoring/result.ts'
import type { demandsOf, Reasons, Scores } from '@auzolan/shared/scoring/rounds.ts'
import type { Rows, Tables } from '../journal/journal.ts'

export type RoundRow = Selectable<Tables['scoring_round']>
export type SheetRow = Selectable<Tables['score_sheet']>

export type Demands = ReturnType<typeof demandsOf>

export const stateOf = ({ state }: RoundRow): RoundState => state as RoundState
export const evaluatorsOf = ({ evaluators }: RoundRow): Evaluator[] => JSON.parse(evaluators) as Evaluator[]
export const weightsOf = ({ weights }: RoundRow): Weights => JSON.parse(weights) as Weights
export const thresholdsOf = ({ thresholds }: RoundRow): Thresholds => JSON.parse(thresholds) as Thresholds
export const demandsIn = ({ demands }: RoundRow): Demands => JSON.parse(demands) as Demands
export const scoresOf = ({ scores }: SheetRow): Scores => JSON.parse(scores) as Scores
export const reasonsOf = ({ reasons }: SheetRow): Reasons => JSON.parse(reasons) as Reasons

/** Of a document, the first one first. */
export const roundsOf = (rows: Rows, document: DocumentId): Promise<RoundRow[]> =>
  rows.selectFrom('scoring_round').selectAll().where('document', '=', document).orderBy('n').execute()

export const sheetsOf = (rows: Rows, document: DocumentId, round: number): Promise<SheetRow[]> =>
  rows
    .selectFrom('score_sheet')
    .selectAll()
    .where('document', '=', document)
    .where('round', '=', round)
    .orderBy('person')
    .execute()

/** Handed in, so that it counts: everything in it was looked at then. */
export const counts = ({ submitted_at }: SheetRow): boolean => submitted_at !== null
export const inConflict = ({ conflict }: SheetRow): boolean => conflict !== ''

/** Those that count, each with whose they are, in the order in which people were named. */
export const countedSheets = (
  round: RoundRow,
  sheets: readonly SheetRow[],
): readonly (Evaluator & Pick<Sheet, 'scores'>)[] =>
  evaluatorsOf(round).flatMap((one) => {
    const own = sheets.find(({ person }) => person === one.person)
    return own && counts(own) ? [{ ...one, scores: scoresOf(own) as Sheet['scores'] }] : []
  })

/** Who has scored a tool, or said why they would not, in a round that was revealed by then (DOMAIN W-02). */
export async function evaluatorsBefore(rows: Rows, document: DocumentId, at: string): Promise<string[]> {
  const found = await rows
    .selectFrom('score_sheet')
    .innerJoin('scoring_round', (join) =>
      join
        .onRef('scoring_round.document', '=', 'score_sheet.document')
        .onRef('scoring_round.n', '=', 'score_sheet.round'),
    )
    .select('score_sheet.person')
    .distinct()
    .where('score_sheet.document', '=', document)
    .where('scoring_round.revealed_at', '<=', at)
    .where((row) =>
      row.or([row('score_sheet.submitted_at', 'is not', null), row('score_sheet.conflict', '!=', '')]),
    )
    .execute()
  return found.map(({ person }) => person)
}
