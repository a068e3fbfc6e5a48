/** Opens the store that the settings name. */
import { join } from 'node:path'
import { ConfigError } from '../settings.ts'
import { DATABASE } from './file-place.ts'
import type { Journal } from './journal.ts'
import { PostgresJournal } from './postgres/journal.ts'
import { SqliteJournal } from './sqlite/journal.ts'

/** @throws {ConfigError} with a sentence for the person at the keyboard */
export async function openJournal(
  { dataFolder, databaseUrl }: { readonly dataFolder: string; readonly databaseUrl: string | null },
  now: () => Date,
): Promise<Journal> {
  if (databaseUrl !== null) return PostgresJournal.open(databaseUrl, now)
  return SqliteJournal.open(join(dataFolder, DATABASE), now).catch((error: Error) => {
    throw new ConfigError(
      `The data in ${dataFolder} cannot be opened: ${error.message}.\nauzolan-server doctor says what to do.`,
    )
  })
}
