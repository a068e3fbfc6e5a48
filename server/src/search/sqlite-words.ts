/** The words in SQLite: its index for full text, which follows `passage` by itself. */
import { sql, type RawBuilder } from 'kysely'
import type { Journal } from '../journal/journal.ts'
import { END, mayGoOn, type Wanted, type Words } from './words.ts'

/** Around a word that was found; in no text that was folded. */
const MARK = '\u0001'

export class SqliteWords implements Words {
  readonly #rows: Journal['rows']
  constructor(rows: Journal['rows']) {
    this.#rows = rows
  }

  holding(wanted: readonly Wanted[]): { from: RawBuilder<unknown>; where: RawBuilder<boolean> } {
    return {
      from: sql`passage_words join passage p on p.id = passage_words.rowid`,
      where: sql<boolean>`passage_words match ${wanted.map(matchOf).join(' AND ')}`,
    }
  }

  async near(word: string, slips: number): Promise<string[]> {
    const first = [...word][0] ?? ''
    const { rows } = await sql<{ term: string }>`
      select term from (
        select term, slips_between(${word}, term, ${slips}) as away from passage_term
        where term >= ${first} and term < ${first + END}
          and length(term) between ${word.length - slips} and ${word.length + slips})
      where away <= ${slips} order by away, term`.execute(this.#rows)
    return rows.map(({ term }) => term)
  }

  async readableOf(terms: readonly string[], readable: RawBuilder<boolean>, most: number): Promise<string[]> {
    const { from, where } = this.holding([{ word: '', meant: terms }])
    const { rows } = await sql<{ marked: string }>`
      select highlight(passage_words, 0, ${MARK}, ${MARK}) as marked
      from ${from} join document d on d.id = p.document
      where ${where} and ${readable} order by p.id limit ${most}`.execute(this.#rows)
    return rows.flatMap(({ marked }) => marked.split(MARK).filter((_, i) => i % 2 === 1))
  }

  async added(): Promise<void> {}
}

/** Letters and digits only: nothing has to be escaped. */
const matchOf = ({ word, meant }: Wanted): string =>
  `(${meant.map((term) => (mayGoOn(word, term) ? `"${term}"*` : `"${term}"`)).join(' OR ')})`
