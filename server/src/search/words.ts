/** The words of all texts that can be found: an index of the store, asked in the store's own words. */
import type { RawBuilder, Transaction } from 'kysely'
import type { Tables } from '../journal/journal.ts'

/** A word that was typed, and what is looked for: itself as a beginning, or whole words that it may have been meant for. */
export interface Wanted {
  readonly word: string
  readonly meant: readonly string[]
}

/** What was typed may go on, but for one sign alone; what stands in its place is whole. */
export const mayGoOn = (word: string, term: string): boolean => term === word && term.length > 1

/** Behind every word that begins like this. */
export const END = '\u{10ffff}'

export interface Words {
  /** The rows `p` of `passage` in which each of the words is: where they come from, and what holds of them. */
  holding(wanted: readonly Wanted[]): {
    readonly from: RawBuilder<unknown>
    readonly where: RawBuilder<boolean>
  }
  /** Words of the whole index that begin with the same sign and are at most so many slips away, the nearest first. */
  near(word: string, slips: number): Promise<string[]>
  /** Some of the words that stand in rows `p` of documents `d` which are readable, not more than `most`; none when none does. */
  readableOf(terms: readonly string[], readable: RawBuilder<boolean>, most: number): Promise<string[]>
  /** Takes in what was put into `passage`; what is taken out of it goes by itself. */
  added(rows: Transaction<Tables>, passages: readonly Added[]): Promise<void>
}
export type Added = Pick<Tables['passage'], 'document' | 'kind' | 'path' | 'folded'>
