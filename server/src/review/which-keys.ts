/** Where the keys are that sign receipts: in the data folder, or beside everything else in a database that nodes share. */
import type { Journal } from '../journal/journal.ts'
import { isPostgres } from '../journal/which-store.ts'
import { SharedSigningKeys } from './shared-signing-keys.ts'
import { SigningKeys, type ReceiptKeys } from './signing-keys.ts'

/** @throws {ConfigError} when what is stored is damaged, readable by others, or less than once was there */
export const keysOf = (journal: Journal, folder: string, now: () => Date): Promise<ReceiptKeys> =>
  isPostgres(journal.rows)
    ? SharedSigningKeys.open(folder, journal, now)
    : SigningKeys.open(folder, journal, now)
