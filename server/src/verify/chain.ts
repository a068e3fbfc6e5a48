/** Reads a chain row by row, holding only the last one, and says what does not fit. */
import { hashOf, hashWithoutNumber, type ChainRow } from '../journal/audit.ts'

export class Chain {
  #last: { readonly n: number; readonly hash: string }
  /** Rows in order that follow each other; a part (the rows of one document) has gaps. */
  readonly #whole: boolean
  readonly #noted: string | null
  #count = 0
  #notedAt: number | null = null

  /**
   * @param begins what the first row follows; `null` when that is not known
   * @param noted a hash somebody has written down elsewhere, to be found again
   */
  constructor(whole: boolean, begins: string | null, noted: string | null) {
    this.#whole = whole
    this.#last = { n: 0, hash: begins ?? '' }
    this.#noted = noted
  }

  get count(): number {
    return this.#count
  }
  get head(): { readonly n: number; readonly hash: string } {
    return this.#last
  }
  /** The row whose hash was noted; `null` when no row has it. */
  get notedAt(): number | null {
    return this.#notedAt
  }

  /** What does not fit, in words; `null` when the row does. Goes on after a row that does not. */
  next(row: ChainRow): string | null {
    const last = this.#last
    this.#last = { n: row.n, hash: row.hash }
    this.#count += 1
    if (row.hash === this.#noted) this.#notedAt = row.n
    if (row.hash !== hashOf(row) && row.hash !== hashWithoutNumber(row))
      return `row ${row.n} was changed after it was written`
    if (this.#whole && last.hash !== '' && row.prev_hash !== last.hash)
      return last.n === 0
        ? `row ${row.n} is the first one here, and rows before it are missing`
        : `row ${row.n} does not follow row ${last.n}: between them rows are missing, added or in another order`
    if (this.#whole && this.#count > 1 && row.n !== last.n + 1)
      return `row ${row.n} comes after row ${last.n}: between them rows are missing, or their numbers were changed`
    if (!this.#whole && row.n <= last.n) return `row ${row.n} stands behind row ${last.n}`
    return null
  }
}
