/**
 * Who changed which field, and when, between two versions: noted when the worker reads on, by the author of each entry as
 * the log has it. A name that stands in the text is never asked.
 */
import type { Transaction } from 'kysely'
import { channelId, channelNameOf, documentOf, type ChannelId, type DocumentId } from '@auzolan/shared/ids.ts'
import { PATH_MAX_CHARACTERS, TOUCHED_ROWS_MAX, TOUCHED_ROWS_OF_ONE_MAX } from '@auzolan/shared/limits.ts'
import type { Touched, Touches } from '@auzolan/shared/protocol/history.ts'
import { SYSTEM } from '../compaction/compaction.ts'
import type { EntryRead } from '../compaction/readers.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { contributionsNow, contributionsOf, type Versions } from '../review/versions.ts'
import type { Names } from './names.ts'

interface Row {
  readonly document: string
  readonly since: number
  readonly path: string
  readonly person: string
  readonly seq: number
  readonly at: string
}
/** Rows in one statement: a store takes only so many parameters. */
const ROWS_AT_ONCE = 100
/** People named for one field. */
const PEOPLE_MAX = 5

export class Attribution {
  readonly #journal: Journal
  readonly #versions: Versions
  readonly #names: Names
  constructor(journal: Journal, versions: Versions, names: Names) {
    this.#journal = journal
    this.#versions = versions
    this.#names = names
  }

  /** Called again with the same entries it changes nothing. */
  async read(channel: ChannelId, entries: readonly EntryRead[]): Promise<void> {
    if (channelNameOf(channel) !== 'content') return
    const touching = entries.filter(({ paths }) => paths.length > 0)
    if (touching.length === 0) return
    const document = documentOf(channel)
    const { rows } = this.#journal
    // Beside each version, or beside none, how much is kept: one question instead of two, each second of a busy hour.
    const state = await rows
      .selectFrom('channel')
      .leftJoin('version', (join) => join.on('version.document', '=', document))
      .select(({ selectFrom }) => [
        'version.n',
        'version.seq',
        selectFrom('touched')
          .select(({ fn }) => fn.countAll().as('count'))
          .where('document', '=', document)
          .as('kept'),
      ])
      .where('channel.id', '=', channel)
      .orderBy('version.n')
      .execute()
    const found = new Map<string, Row>()
    for (const { seq, at, person, paths } of touching) {
      const since = state.findLast((version) => version.seq !== null && version.seq < seq)?.n ?? 0
      for (const path of paths)
        found.set(`${since} ${path} ${person}`, { document, since, path, person, seq, at })
    }
    await this.#store(document, [...found.values()], Number(state[0]?.kept ?? 0))
  }

  /** @param kept rows of the document that are there already */
  async #store(document: DocumentId, found: readonly Row[], kept: number): Promise<void> {
    if (found.length === 0 || kept + found.length > TOUCHED_ROWS_MAX) return
    const { rows } = this.#journal
    for (let i = 0; i < found.length; i += ROWS_AT_ONCE)
      await rows
        .insertInto('touched')
        .values(found.slice(i, i + ROWS_AT_ONCE))
        .onConflict((conflict) =>
          conflict
            .columns(['document', 'since', 'path', 'person'])
            .doUpdateSet((row) => ({ seq: row.ref('excluded.seq'), at: row.ref('excluded.at') }))
            .whereRef('excluded.seq', '>', 'touched.seq'),
        )
        .execute()
    if (kept + found.length <= TOUCHED_ROWS_OF_ONE_MAX) return
    for (const person of new Set(found.map((row) => row.person))) await this.#giveUpEarliest(document, person)
  }

  /** What one person has touched longest ago, beyond what is kept of one: their entries are still counted. */
  async #giveUpEarliest(document: DocumentId, person: string): Promise<void> {
    const over = await this.#journal.rows
      .selectFrom('touched')
      .select(['since', 'path'])
      .where('document', '=', document)
      .where('person', '=', person)
      .orderBy('seq', 'desc')
      .orderBy('path')
      .offset(TOUCHED_ROWS_OF_ONE_MAX)
      .limit(TOUCHED_ROWS_MAX)
      .execute()
    for (const { since, path } of over)
      await this.#journal.rows
        .deleteFrom('touched')
        .where('document', '=', document)
        .where('person', '=', person)
        .where('since', '=', since)
        .where('path', '=', path)
        .execute()
  }

  /** What was touched after version `from` (0: since the beginning) and up to version `to` (`null`: until now). */
  async between(document: DocumentId, from: number, to: number | null): Promise<Touches> {
    const { rows } = this.#journal
    const found = await rows
      .selectFrom('touched')
      .select(['path', 'person', 'at'])
      .where('document', '=', document)
      .where('since', '>=', from)
      .$if(to !== null, (query) => query.where('since', '<', to))
      .orderBy('seq', 'desc')
      .execute()
    const contributors = await this.#contributors(document, from, to)
    const nameOf = await this.#names.of([...new Set([...found.map(({ person }) => person), ...contributors])])
    const fields: { [path: string]: Touched[] } = {}
    for (const { path, person, at } of found) {
      const known = (fields[path] ??= [])
      if (known.length >= PEOPLE_MAX || known.some(({ by }) => by.id === person)) continue
      known.push({ by: { id: person, name: nameOf(person) }, at })
    }
    return { fields, contributors: contributors.map((id) => ({ id, name: nameOf(id) })) }
  }

  /** Everybody with an entry in that time: what is left to say of a field whose log was put together before it was read. */
  async #contributors(document: DocumentId, from: number, to: number | null): Promise<string[]> {
    const { rows } = this.#journal
    const [before, after] = await Promise.all([
      from === 0 ? undefined : this.#versions.row(rows, document, from),
      to === null ? undefined : this.#versions.row(rows, document, to),
    ])
    const was = before ? contributionsOf(before) : new Map<string, number>()
    const now = after ? contributionsOf(after) : await contributionsNow(rows, document)
    return [...now].filter(([id, entries]) => id !== SYSTEM && entries > (was.get(id) ?? 0)).map(([id]) => id)
  }
}

/**
 * Whoever suggested what somebody else is about to put into the text: the entry that brings it is the other's, the words are
 * theirs as well. It stands where the log has come to.
 */
export async function touch(
  rows: Transaction<Tables>,
  document: DocumentId,
  path: string,
  person: string,
  at: string,
): Promise<void> {
  if (path.length > PATH_MAX_CHARACTERS) return
  const log = await rows
    .selectFrom('channel')
    .select('seq')
    .where('id', '=', channelId(document, 'content'))
    .executeTakeFirst()
  const seq = log?.seq ?? 0
  const version = await rows
    .selectFrom('version')
    .select(({ fn }) => fn.max('n').as('n'))
    .where('document', '=', document)
    .executeTakeFirst()
  await rows
    .insertInto('touched')
    .values({ document, since: version?.n ?? 0, path, person, seq, at })
    .onConflict((conflict) =>
      conflict.columns(['document', 'since', 'path', 'person']).doUpdateSet({ seq, at }),
    )
    .execute()
}
