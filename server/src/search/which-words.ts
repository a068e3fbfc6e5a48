/** Which index of words the store has. */
import type { Journal } from '../journal/journal.ts'
import { isPostgres } from '../journal/which-store.ts'
import { RowWords } from './row-words.ts'
import { SqliteWords } from './sqlite-words.ts'
import type { Words } from './words.ts'

export const wordsOf = (rows: Journal['rows']): Words =>
  isPostgres(rows) ? new RowWords(rows) : new SqliteWords(rows)
