/**
 * Finds what somebody may read by the words in it. Grants are part of the question (ARCHITECTURE "search"): what is not theirs is not
 * counted, not compared with, and no word of it is proposed.
 */
import { sql, type RawBuilder } from 'kysely'
import { snippetOf } from '@auzolan/shared/find/find.ts'
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import {
  SEARCH_HITS_MAX,
  SEARCH_MEANT_MAX,
  SEARCH_RESULTS_MAX,
  SEARCH_ROWS_MAX,
} from '@auzolan/shared/limits.ts'
import type { SearchAnswer, SearchHit, SearchResult } from '@auzolan/shared/protocol/search.ts'
import { placesOf, slipsIn, termsOf } from '@auzolan/shared/search/terms.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'
import { wordsOf } from './which-words.ts'
import { END, type Wanted, type Words } from './words.ts'

type Row = Pick<
  Tables['passage'],
  'document' | 'path' | 'section' | 'label' | 'language' | 'record' | 'text' | 'folded'
> & { readonly kind: SearchHit['kind'] }

/** Words that are looked for in one question. */
const TOGETHER = 200

export class Search {
  readonly #journal: Journal
  readonly #documents: Documents
  readonly #teams: Teams
  readonly #words: Words
  constructor(journal: Journal, documents: Documents, teams: Teams) {
    this.#journal = journal
    this.#words = wordsOf(journal.rows)
    this.#documents = documents
    this.#teams = teams
  }

  async find(claims: Claims, query: string): Promise<Omit<SearchAnswer, 'tools' | 'suggestions'>> {
    const readable = await this.#readable(claims)
    const wanted = await Promise.all(termsOf(query).map((word) => this.#meant(word, readable)))
    const nothing = wanted.length === 0 || wanted.some(({ meant }) => meant.length === 0)
    if (nothing) return { meant: [], results: [], more: false }
    const rows = await this.#matching(wanted, readable)
    const found = grouped(rows)
    if (wanted.length > 1 && found.size <= SEARCH_RESULTS_MAX) {
      // One word in the title, another one further down.
      const apart = await this.#apart(wanted, readable, [...found.keys()])
      for (const [document, rows] of grouped(apart)) found.set(document, rows)
    }
    const terms = wanted.flatMap(({ meant }) => meant)
    const titled = new Map(
      (await this.#documents.summaries([...found.keys()], claims)).map((one) => [one.id, one]),
    )
    const shownRows = new Map([...found].map(([id, rows]) => [id, rows.slice(0, SEARCH_HITS_MAX)]))
    const names = await this.#names([...shownRows.values()].flat())
    const results = [...shownRows].flatMap(([id, rows]): SearchResult[] => {
      const document = titled.get(id)
      if (!document) return []
      const { type, kind, title, work, archived, team } = document
      return [
        {
          document: { id, type, kind, title, work, archived, team },
          hits: rows.map((row) => hitOf(row, terms, names(row))),
        },
      ]
    })
    const first = (one: SearchResult): number => (isTitled(one, wanted) ? 0 : 1)
    results.sort((a, b) => first(a) - first(b))
    const shown = results.slice(0, SEARCH_RESULTS_MAX)
    return { meant: insteadOf(wanted, shown), results: shown, more: results.length > shown.length }
  }

  /**
   * What stands in nothing that the person reads, nearly as it was typed: the first sign is taken as meant. A word that only others read
   * changes nothing, neither what is proposed nor in which order: that would tell that it is there.
   */
  async #meant(word: string, readable: RawBuilder<boolean>): Promise<Wanted> {
    const asTyped = { word, meant: [word] }
    if (await this.#stands(asTyped, readable)) return asTyped
    const slips = slipsIn(word)
    const near = slips === 0 ? [] : await this.#words.near(word, slips)
    const meant = new Set<string>()
    for (let at = 0; at < near.length && meant.size < SEARCH_MEANT_MAX; at += TOGETHER) {
      const here = near.slice(at, at + TOGETHER)
      for (const term of await this.#readableOf(here, readable)) meant.add(term)
    }
    return { word, meant: near.filter((term) => meant.has(term)).slice(0, SEARCH_MEANT_MAX) }
  }

  /** Those of some words that stand where the person may read, as many as stand for one at most. */
  async #readableOf(terms: readonly string[], readable: RawBuilder<boolean>): Promise<Set<string>> {
    const found = new Set<string>()
    let left = terms
    while (left.length > 0 && found.size < SEARCH_MEANT_MAX) {
      const here = await this.#words.readableOf(left, readable, SEARCH_MEANT_MAX)
      if (here.length === 0) break
      for (const term of here) found.add(term)
      left = left.filter((term) => !found.has(term))
    }
    return found
  }

  /** Whether it is anywhere that may be read. */
  async #stands(wanted: Wanted, readable: RawBuilder<boolean>): Promise<boolean> {
    const { from, where } = this.#words.holding([wanted])
    const { rows } = await sql`
      select 1 from ${from} join document d on d.id = p.document
      where ${where} and ${readable} limit 1`.execute(this.#journal.rows)
    return rows.length > 0
  }

  /** As `grant` says and `Access` applies it, but for what somebody has only lent: that is found where it waits for them. */
  async #readable(claims: Claims): Promise<RawBuilder<boolean>> {
    const roles = await this.#teams.rolesOf(claims)
    const some = (teams: readonly string[]): RawBuilder<unknown> => sql.join(teams.length > 0 ? teams : [''])
    const mine = sql`d.team_id in (${some([...roles.keys()])})`
    const coordinated = [...roles].filter(([, held]) => held.includes('coordinator')).map(([team]) => team)
    const below = sql`d.parent in (select id from document where trashed_at is null and team_id in (${some(coordinated)}))`
    const open = sql`d.visibility != 'team'`
    return sql<boolean>`d.trashed_at is null and (${mine}
      or (p.kind = 'content' and p.restricted = 0 and (${open} or ${below}))
      or (p.kind = 'comments' and (${below} or (${open} and d.commenting = 'readers' and d.archived = 0))))`
  }

  /**
   * The shortest texts first, a few of each document, so that none pushes another one out. Not by the rank of the index: that weighs a word by
   * all texts, and so would tell of those that only others read.
   * @param each rows of a document, at most
   */
  async #matching(
    wanted: readonly Wanted[],
    readable: RawBuilder<boolean>,
    each = SEARCH_HITS_MAX,
    among: readonly string[] | null = null,
  ): Promise<Row[]> {
    const only = among === null ? sql`` : sql`and p.document in (${sql.join([...among])})`
    const { from, where } = this.#words.holding(wanted)
    const { rows } = await sql<Row>`
      select document, kind, path, section, label, language, record, text, folded from (
        select p.*, row_number() over (partition by p.document order by octet_length(p.folded), p.id) as place
        from ${from} join document d on d.id = p.document
        where ${where} and ${readable} ${only}) as placed
      where place <= ${each} order by octet_length(folded), id limit ${SEARCH_ROWS_MAX}`.execute(
      this.#journal.rows,
    )
    return rows
  }

  /** What the records are called in other languages than the one they were read in: whoever looks reads another one. Only what is open to all who read the text. */
  async #names(rows: readonly Row[]): Promise<(row: Row) => Translated<string>> {
    const within = rows.filter(({ kind, record }) => kind !== 'comments' && record !== '')
    const named = await Promise.all(
      within.map(async (row): Promise<readonly [Row, Translated<string>]> => {
        const of = recordOf(row.path)
        const texts = await this.#journal.rows
          .selectFrom('passage')
          .select(['path', 'language', 'text'])
          .where('document', '=', row.document)
          .where('kind', '=', row.kind)
          .where('restricted', '=', 0)
          .where('path', '>=', of)
          .where('path', '<', of + END)
          .where('language', 'is not', null)
          .execute()
        const field = texts.find(({ text }) => text === row.record)?.path.replace(/:[^:]*$/, ':')
        const said = texts.filter(({ path }) => field !== undefined && path.startsWith(field))
        return [row, Object.fromEntries(said.map(({ language, text }) => [language!, text]))]
      }),
    )
    const known = new Map(named)
    return (row) => known.get(row) ?? {}
  }

  /** Of documents that have each of the words somewhere. */
  async #apart(
    wanted: readonly Wanted[],
    readable: RawBuilder<boolean>,
    known: readonly string[],
  ): Promise<Row[]> {
    const each = wanted.map((one) => {
      const { from, where } = this.#words.holding([one])
      return sql`select p.document from ${from} join document d on d.id = p.document where ${where} and ${readable}`
    })
    const { rows } = await sql<{ document: string }>`
      ${sql.join(each, sql` intersect `)} limit ${SEARCH_RESULTS_MAX + known.length}`.execute(
      this.#journal.rows,
    )
    const fresh = rows.map(({ document }) => document).filter((id) => !known.includes(id))
    if (fresh.length === 0) return []
    // Of each word the best place, so that one sees that they are all there.
    const places = await Promise.all(wanted.map((one) => this.#matching([one], readable, 1, fresh)))
    return [...new Map(places.flat().map((row) => [`${row.document} ${row.kind} ${row.path}`, row])).values()]
  }
}

/** Where the texts of its record stand: `audiences/<id>/`. */
const recordOf = (path: string): string => `${path.split('/').slice(0, 2).join('/')}/`

function grouped(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.document, [...(found.get(row.document) ?? []), row])
  return found
}

function hitOf(
  { folded, text, document: _, ...row }: Row,
  terms: readonly string[],
  names: Translated<string>,
): SearchHit {
  return { ...row, names, snippet: snippetOf(text, foldWithOffsets(text), placesOf(folded, terms)) }
}

const isTitled = ({ document }: SearchResult, wanted: readonly Wanted[]): boolean =>
  Object.values(document.title).some((title) => {
    const words = foldWithOffsets(title ?? '').text
    return wanted.every(({ meant }) => placesOf(words, meant).length > 0)
  })

/** Only words that stand in what is shown: others may be of texts that the person does not read. */
function insteadOf(wanted: readonly Wanted[], shown: readonly SearchResult[]): SearchAnswer['meant'] {
  const marked = new Set(
    shown.flatMap(({ hits }) =>
      hits.flatMap(({ snippet }) =>
        snippet.filter(({ found }) => found).map(({ text }) => foldWithOffsets(text).text),
      ),
    ),
  )
  return wanted.flatMap(({ word, meant }) => {
    const instead = meant.filter((term) => term !== word && marked.has(term))
    return instead.length === 0 ? [] : [{ word, instead }]
  })
}
