/**
 * The lists of reference data: what comes with the program, or the edition an administrator has put in its place. Editions are
 * only ever added, so what held on any day can be looked up.
 */
import { createHash } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import {
  BUILTIN_EDITION,
  type Edition,
  type EditionGiven,
  type EditionSummary,
  type ReferenceAnswer,
} from '@auzolan/shared/protocol/reference.ts'
import { differences } from '@auzolan/shared/reference/differences.ts'
import { emptyEntry, type Content, type Entry } from '@auzolan/shared/reference/list.ts'
import {
  LIST_IDS,
  LISTS,
  referencesIn,
  type ListId,
  type References,
} from '@auzolan/shared/reference/references.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { VersionRow } from '../review/versions.ts'

type Rows = Pick<Transaction<Tables>, 'selectFrom'>
type EditionRow = Selectable<Tables['reference_edition']>

/** A list as it would be, and all of them before and after. */
export interface Would {
  readonly now: Edition
  readonly content: Content
  readonly before: References
  readonly after: References
}
export type Beside = (
  rows: Transaction<Tables>,
  would: Would,
) => Promise<((edition: Edition) => Promise<void>) | Refusal>

export class ReferenceLists {
  readonly #journal: Journal
  readonly #now: () => Date
  constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  async read(rows: Rows = this.#journal.rows): Promise<ReferenceAnswer> {
    const lists = Object.fromEntries(
      await Promise.all(LIST_IDS.map(async (id) => [id, await current(rows, id)] as const)),
    ) as ReferenceAnswer['lists']
    return { version: fingerprint(LIST_IDS.map((id) => [id, lists[id].n, lists[id].sha256])), lists }
  }

  /** What checks go by now. */
  async now(rows: Rows = this.#journal.rows): Promise<References> {
    const { lists } = await this.read(rows)
    return referencesIn((id) => lists[id].entries)
  }

  /** Every edition of a list, the newest first, the one of the program last. */
  async history(list: ListId): Promise<EditionSummary[]> {
    const saved = await this.#journal.rows
      .selectFrom('reference_edition')
      .select(['n', 'verified_on', 'source', 'sha256', 'count', 'person', 'name', 'at', 'back_to'])
      .where('list', '=', list)
      .orderBy('n', 'desc')
      .execute()
    const { entries: _, ...program } = builtin(list)
    return [...saved.map(summaryOf), program]
  }

  async edition(list: ListId, n: number, rows: Rows = this.#journal.rows): Promise<Edition | Refusal> {
    if (n === BUILTIN_EDITION) return builtin(list)
    const row = await rows
      .selectFrom('reference_edition')
      .selectAll()
      .where('list', '=', list)
      .where('n', '=', n)
      .executeTakeFirst()
    return row ? editionOf(list, row) : refusal('NOT_FOUND', 'no such edition')
  }

  /** What would hold instead; nothing changes. Of an edition that is no longer the present one, nothing can be said. */
  async would(list: ListId, given: EditionGiven, rows: Rows): Promise<Would | Refusal> {
    const now = await current(rows, list)
    if (now.n !== given.edition) return refusal('CHANGED_MEANWHILE', `edition ${now.n} was saved meanwhile`)
    const content: Content | Refusal =
      'backTo' in given ? await this.edition(list, given.backTo, rows) : given
    if (isRefusal(content)) return content
    const before = await this.now(rows)
    return { now, content, before, after: { ...before, [list]: content.entries } }
  }

  /**
   * @param given its entries are read; if `edition` is no longer the present one, nothing happens [RD3]
   * @param beside what else it means: looked at before anything is written, done in the same transaction
   */
  async change(
    list: ListId,
    given: EditionGiven,
    by: Claims,
    beside: Beside = async () => async () => {},
  ): Promise<Edition | Refusal> {
    const at = this.#now().toISOString()
    return this.#journal.transact(async (rows) => {
      const would = await this.would(list, given, rows)
      if (isRefusal(would)) return would
      const { now: before, content } = would
      const done = await beside(rows, would)
      if (isRefusal(done)) return done
      const backTo = 'backTo' in given ? given.backTo : null
      const last = await latest(rows, list)
      const row: EditionRow = {
        list,
        n: (last?.n ?? BUILTIN_EDITION) + 1,
        verified_on: content.verifiedOn,
        source: content.source,
        entries: canonicalJson(content.entries as unknown as Json),
        sha256: fingerprint(content.entries as unknown as Json),
        count: content.entries.length,
        person: by.person,
        name: by.name,
        at,
        back_to: backTo,
      }
      await rows.insertInto('reference_edition').values(row).execute()
      const after = editionOf(list, row)
      const { added, changed, removed } = differences(LISTS[list], before.entries, after.entries)
      const detail = {
        edition: after.n,
        from: before.n,
        before: before.sha256,
        after: after.sha256,
        verifiedOn: after.verifiedOn,
        added: added.length,
        changed: changed.length,
        removed: removed.length,
        ...(backTo === null ? {} : { backTo }),
      }
      await record(rows, { at, actor: by.person, action: 'reference.change', subject: list, detail })
      await done(after)
      return after
    })
  }

  /** Keeps the lists as they are now for a version that is checked with them; the same ones are kept once. */
  async keep(rows: Transaction<Tables>): Promise<string> {
    const json = canonicalJson((await this.now(rows)) as unknown as Json)
    const sha256 = createHash('sha256').update(json).digest('hex')
    await rows
      .insertInto('reference_set')
      .values({ sha256, json })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return sha256
  }

  /** The lists a version is checked with: those of when it was sent, unless what it relies on was lost while it was in review (E-30). */
  async of(version: Pick<VersionRow, 'document' | 'n' | 'checked_with'>, rows: Rows): Promise<References> {
    const moved = await rows
      .selectFrom('reopening')
      .select('checked_with')
      .where('document', '=', version.document)
      .where('version', '=', version.n)
      .where('in_force', '=', 0)
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    return this.kept(moved?.checked_with ?? version.checked_with, rows)
  }

  /** Lists as they were kept once; those of now for a version of before any were. */
  async kept(sha256: string, rows: Rows): Promise<References> {
    const kept = await rows
      .selectFrom('reference_set')
      .select('json')
      .where('sha256', '=', sha256)
      .executeTakeFirst()
    if (!kept) return this.now(rows)
    const then = JSON.parse(kept.json) as Partial<References>
    return referencesIn((id) => then[id] ?? LISTS[id].builtin.entries)
  }
}

const latest = (rows: Rows, list: ListId): Promise<EditionRow | undefined> =>
  rows
    .selectFrom('reference_edition')
    .selectAll()
    .where('list', '=', list)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()

async function current(rows: Rows, list: ListId): Promise<Edition> {
  const row = await latest(rows, list)
  if (!row) return builtin(list)
  const saved = editionOf(list, row)
  // Back to what comes with the program means also: to what newer programs bring.
  if (saved.backTo !== BUILTIN_EDITION) return saved
  const { verifiedOn, source, entries, sha256, count } = builtin(list)
  return { ...saved, verifiedOn, source, entries, sha256, count }
}

function builtin(list: ListId): Edition {
  const { verifiedOn, source, entries } = LISTS[list].builtin
  const sha256 = fingerprint(entries as unknown as Json)
  const nobody = { by: null, at: null, backTo: null }
  return { n: BUILTIN_EDITION, ...nobody, verifiedOn, source, sha256, count: entries.length, entries }
}

const summaryOf = (row: Omit<EditionRow, 'list' | 'entries'>): EditionSummary => ({
  n: row.n,
  verifiedOn: row.verified_on,
  source: row.source,
  sha256: row.sha256,
  count: row.count,
  by: { id: row.person, name: row.name },
  at: row.at,
  backTo: row.back_to,
})

function editionOf(list: ListId, row: EditionRow): Edition {
  const empty = emptyEntry(LISTS[list].columns)
  const entries = JSON.parse(row.entries) as readonly Entry[]
  // One of before a column was added has nothing there.
  return { ...summaryOf(row), entries: entries.map((entry) => ({ ...empty, ...entry })) }
}

const fingerprint = (value: Json): string => createHash('sha256').update(canonicalJson(value)).digest('hex')
