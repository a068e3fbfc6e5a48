/**
 * Whom a round of scores waits for: those who are named and have not handed in, and those who coordinate, once all have (DOMAIN D.7).
 * Nobody learns by it how anybody scored, nor who has handed in, nor that somebody has a conflict of interest: who coordinates sees how many are in, and decides.
 */
import type { Transaction } from 'kysely'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { ScoringTask, Someone } from '@auzolan/shared/protocol/review.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { post } from '../outbox/outbox.ts'
import { holders } from '../review/deciders.ts'
import type { Teams } from '../teams/teams.ts'
import { counts, evaluatorsOf, inConflict, sheetsOf, stateOf, type RoundRow, type SheetRow } from './rows.ts'

type Writing = Transaction<Tables>

const of = (sheets: readonly SheetRow[], person: string): SheetRow | undefined =>
  sheets.find((sheet) => sheet.person === person)
/** Nothing more is waited for from them. */
const isDone = (sheet: SheetRow | undefined): boolean =>
  sheet !== undefined && (counts(sheet) || inConflict(sheet))
/** Everybody who is named: without those who have a conflict of interest, being told beside “3 of 4” would say that somebody has. */
const allHandedIn = (round: RoundRow, sheets: readonly SheetRow[]): boolean =>
  evaluatorsOf(round).every(({ person }) => sheets.some((sheet) => sheet.person === person && counts(sheet)))

/** Everything that was said of a round begins like this; people by their place in it, since an account may have a slash in its name. */
const everything = ({ document, n }: RoundRow): string => `scoring/${document}/${n}`
const askedKey = (round: RoundRow, person: string): string =>
  `${everything(round)}/${evaluatorsOf(round).findIndex((one) => one.person === person)}`
const allKey = (round: RoundRow): string => `${everything(round)}/all`

/** A round was opened, or says something else of itself by now. Whoever has begun their sheet need not be asked for it. */
export async function tellRound(rows: Writing, at: string, round: RoundRow, by: Someone): Promise<void> {
  if (stateOf(round) !== 'open') return post(rows, at, { kind: 'dismiss', key: everything(round) })
  const sheets = await sheetsOf(rows, round.document as DocumentId, round.n)
  for (const { person } of evaluatorsOf(round)) {
    const begun = (of(sheets, person)?.revision ?? 0) > 0
    const key = askedKey(round, person)
    if (person === by.id || begun || (await isTold(rows, key))) continue
    await tell(rows, at, round, { key, kind: 'score', to: [{ kind: 'person', id: person }], by })
  }
  await tellWhetherAll(rows, at, round, sheets)
}

/** Something is another with somebody’s sheet. Who takes theirs back knows that it is open. */
export async function tellSheet(rows: Writing, at: string, round: RoundRow, person: string): Promise<void> {
  // The same sent again after the reveal.
  if (stateOf(round) !== 'open') return
  const sheets = await sheetsOf(rows, round.document as DocumentId, round.n)
  if (isDone(of(sheets, person))) await post(rows, at, { kind: 'dismiss', key: askedKey(round, person) })
  await tellWhetherAll(rows, at, round, sheets)
}

async function tellWhetherAll(
  rows: Writing,
  at: string,
  round: RoundRow,
  sheets: readonly SheetRow[],
): Promise<void> {
  const key = allKey(round)
  if (!allHandedIn(round, sheets)) return post(rows, at, { kind: 'dismiss', key })
  if (await isTold(rows, key)) return
  // By nobody: whose the last sheet was is nobody's business.
  await tell(rows, at, round, { key, kind: 'scored', to: 'coordinators', by: null })
}

const isTold = async (rows: Writing, key: string): Promise<boolean> =>
  (await rows.selectFrom('told').select('n').where('key', '=', key).executeTakeFirst()) !== undefined

async function tell(
  rows: Writing,
  at: string,
  { document }: RoundRow,
  given: Pick<Notice, 'key' | 'kind' | 'by'> & { readonly to: Notice['to'] | 'coordinators' },
): Promise<void> {
  const { title, team_id } = await rows
    .selectFrom('document')
    .select(['title', 'team_id'])
    .where('id', '=', document)
    .executeTakeFirstOrThrow()
  const to = given.to === 'coordinators' ? await holders(rows, team_id, ['coordinator']) : given.to
  const about = { document, title: JSON.parse(title) as Translated<string>, version: null, due: null }
  await post(rows, at, { kind: 'notify', notice: { ...given, ...about, to } })
}

export class ScoreTasks {
  readonly #journal: Journal
  readonly #teams: Teams
  constructor({ journal, teams }: { readonly journal: Journal; readonly teams: Teams }) {
    this.#journal = journal
    this.#teams = teams
  }

  async list(claims: Claims): Promise<ScoringTask[]> {
    const { rows } = this.#journal
    const roles = await this.#teams.rolesOf(claims)
    const open = await rows
      .selectFrom('scoring_round')
      .innerJoin('document', 'document.id', 'scoring_round.document')
      .selectAll('scoring_round')
      .select(['document.title', 'document.team_id'])
      .where('scoring_round.state', '=', 'open')
      .where('document.team_id', 'in', ['', ...roles.keys()])
      .where('document.archived', '=', 0)
      .where('document.trashed_at', 'is', null)
      .execute()
    const tasks: ScoringTask[] = []
    for (const { title, team_id, ...round } of open) {
      const sheets = await sheetsOf(rows, round.document as DocumentId, round.n)
      const about = { document: round.document, title: JSON.parse(title) as Translated<string>, due: null }
      const named = evaluatorsOf(round).some(({ person }) => person === claims.person)
      const by: Someone = { id: round.opened_by, name: round.opened_by_name }
      if (named && !isDone(of(sheets, claims.person)))
        tasks.push({ kind: 'score', ...about, by, since: round.opened_at })
      const coordinates = roles.get(team_id as TeamId)?.includes('coordinator') ?? false
      if (coordinates && allHandedIn(round, sheets)) {
        const since =
          sheets
            .map(({ submitted_at }) => submitted_at ?? '')
            .toSorted()
            .at(-1) ?? ''
        tasks.push({ kind: 'scored', ...about, by: null, since })
      }
    }
    return tasks
  }
}
