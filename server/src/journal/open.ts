/** Opens the store that the settings name. */
import { existsSync } from 'node:fs'
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
  if (databaseUrl !== null) {
    beNobodys(dataFolder)
    return PostgresJournal.open(databaseUrl, now)
  }
  return SqliteJournal.open(join(dataFolder, DATABASE), now).catch((error: Error) => {
    throw new ConfigError(
      `The data in ${dataFolder} cannot be opened: ${error.message}.\nauzolan-server doctor says what to do.`,
    )
  })
}

/**
 * Whoever forgot to carry it would see an empty house; and its files are the only ones until somebody has looked at those in the database.
 * @throws {ConfigError} with a sentence
 */
export function beNobodys(dataFolder: string): void {
  if (existsSync(join(dataFolder, DATABASE)))
    throw new ConfigError(
      `AUZOLAN_DATABASE_URL is set, and ${dataFolder} holds the data of a server without it (${DATABASE}).\n` +
        'Carry it into the database if it is not there yet (auzolan-server migrate), then move the folder away, or set AUZOLAN_DATA to another one.',
    )
}
