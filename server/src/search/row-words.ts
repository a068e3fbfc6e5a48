/**
 * The words in PostgreSQL: a row for each word of a text, parted as what is typed is parted. Its own search parts texts otherwise in each
 * language of the server, and weighs words that only others read.
 */
import { sql, type RawBuilder, type Transaction } from 'kysely'
import { slipsBetween } from '@auzolan/shared/find/slips.ts'
import { wordsIn } from '@auzolan/shared/search/terms.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import { END, mayGoOn, type Added, type Wanted, type Words } from './words.ts'

export class RowWords implements Words {
  readonly #rows: Journal['rows']
  constructor(rows: Journal['rows']) {
    this.#rows = rows
  }

  holding(wanted: readonly Wanted[]): { from: RawBuilder<unknown>; where: RawBuilder<boolean> } {
    const each = wanted.map(
      (one) => sql<boolean>`exists (select 1 from passage_word w where w.passage = p.id and (${isOne(one)}))`,
    )
    return { from: sql`passage p`, where: sql<boolean>`(${sql.join(each, sql` and `)})` }
  }

  async near(word: string, slips: number): Promise<string[]> {
    const first = [...word][0] ?? ''
    const { rows } = await sql<{ word: string }>`
      select distinct word from passage_word where word >= ${first} and word < ${first + END}
        and length(word) between ${word.length - slips} and ${word.length + slips} order by word`.execute(
      this.#rows,
    )
    return rows
      .map((row) => ({ term: row.word, away: slipsBetween(word, row.word, slips) }))
      .filter(({ away }) => away <= slips)
      .sort((a, b) => a.away - b.away)
      .map(({ term }) => term)
  }

  async readableOf(terms: readonly string[], readable: RawBuilder<boolean>, most: number): Promise<string[]> {
    const { rows } = await sql<{ word: string }>`
      select distinct w.word from passage_word w join passage p on p.id = w.passage join document d on d.id = p.document
      where w.word in (${sql.join(terms)}) and ${readable} limit ${most}`.execute(this.#rows)
    return rows.map(({ word }) => word)
  }

  async added(rows: Transaction<Tables>, passages: readonly Added[]): Promise<void> {
    const pairs = passages.flatMap((passage) =>
      [...wordsIn(passage.folded)].map((word) => ({ ...passage, word })),
    )
    if (pairs.length === 0) return
    const each = (column: 'document' | 'kind' | 'path' | 'word') => pairs.map((pair) => pair[column])
    await sql`
      insert into passage_word (word, passage)
      select one.word, p.id
      from unnest(${each('document')}::text[], ${each('kind')}::text[], ${each('path')}::text[], ${each('word')}::text[])
        as one (document, kind, path, word)
      join passage p on p.document = one.document and p.kind = one.kind and p.path = one.path`.execute(rows)
  }
}

const isOne = ({ word, meant }: Wanted): RawBuilder<boolean> =>
  sql<boolean>`${sql.join(
    meant.map((term) =>
      mayGoOn(word, term) ? sql`(w.word >= ${term} and w.word < ${term + END})` : sql`w.word = ${term}`,
    ),
    sql` or `,
  )}`
