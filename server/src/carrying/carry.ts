/**
 * Carries everything from a data folder into a database, and back: tables, files, the keys that sign. What arrived is compared with what was
 * there by number and hash, table by table, before it counts. The epochs stay as they are: it is the same log, and pages go on in it.
 */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fillFolder } from '../backup/filling.ts'
import type { Progress } from '../backup/progress.ts'
import { RefusedBackup } from '../backup/refused.ts'
import { DATABASE, FILES, placeOf } from '../journal/file-place.ts'
import { holdOnly } from '../journal/sqlite/only-one.ts'
import { ConfigError } from '../settings.ts'
import { SIGNING_KEYS_FILE } from '../review/signing-keys.ts'
import { fillDatabase, readDatabase } from './database.ts'
import { CarriedFolder } from './folder.ts'
import { carriedTables, compare, type Sum, type Sums } from './rows.ts'

export interface Carried {
  readonly sums: Sums
  readonly files: number
  /** What had been lost before, in sentences. Empty is good. */
  readonly faults: readonly string[]
}

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * @param folder on which no server runs; it is only read
 * @param url of an empty database, which is filled whole or not at all
 * @throws {RefusedBackup | ConfigError} with a sentence; then the database is as empty as it was
 */
export async function carryToDatabase(options: {
  readonly folder: string
  readonly url: string
  readonly progress: Progress
}): Promise<Carried> {
  const { folder, url, progress } = options
  const from = CarriedFolder.reading(folder)
  const letGo = hold(folder)
  try {
    const keys = await readFile(join(folder, SIGNING_KEYS_FILE), 'utf8').catch(() => null)
    return await fillDatabase(url, async (to) => {
      const tables = carriedTables()
      const faults: string[] = []
      for (const [i, table] of tables.entries()) {
        await to.put(table, from.rowsOf(table))
        if (table.numbered === 'counted') await to.setCount(table.name, from.count(table.name))
        progress('database', i + 1, tables.length)
      }
      const named = from.files()
      let files = 0
      for (const [i, sha256] of named.entries()) {
        const bytes = await from.file(sha256)
        if (bytes === null) faults.push(`file ${sha256} is missing, or may not be read`)
        else if (shaOf(bytes) !== sha256)
          faults.push(`file ${sha256} holds something else than when it was kept`)
        else {
          await to.putFile(sha256, bytes)
          if (shaOf(await to.file(sha256)) !== sha256)
            throw new Error(`the file ${sha256} did not arrive as it was`)
          files += 1
        }
        progress('files', i + 1, named.length)
      }
      if (keys !== null) await to.putKeys(keys)
      const sums = new Map(tables.map((table) => [table.name, from.sumOf(table)]))
      const arrived = new Map<string, Sum>()
      for (const table of tables) arrived.set(table.name, await to.sumOf(table))
      compare(sums, arrived)
      return { sums, files, faults }
    })
  } catch (error) {
    if (error instanceof ConfigError) throw error
    throw new RefusedBackup(`Nothing was carried: ${(error as Error).message}.`)
  } finally {
    letGo()
    from.close()
  }
}

/**
 * One moment of a database, on which nodes may be working, as a data folder.
 * @param folder as `fillFolder` wants it
 * @throws {RefusedBackup | ConfigError} with a sentence; then the folder is as it was
 */
export const carryToFolder = (options: {
  readonly url: string
  readonly folder: string
  readonly progress: Progress
}): Promise<Carried> =>
  fillFolder(options.folder, (beside) => intoFolder(options.url, beside, options.progress))

/** @param folder empty, and nobody else's */
export function intoFolder(url: string, folder: string, progress: Progress): Promise<Carried> {
  return readDatabase(url, async (from) => {
    const to = CarriedFolder.made(folder)
    try {
      const tables = carriedTables()
      for (const [i, table] of tables.entries()) {
        await to.put(table, from.rowsOf(table))
        if (table.numbered === 'counted') to.setCount(table.name, await from.count(table.name))
        progress('database', i + 1, tables.length)
      }
      const faults: string[] = []
      let files = 0
      const named = to.files()
      for (const [i, sha256] of named.entries()) {
        const bytes = await from.file(sha256)
        if (shaOf(bytes) === sha256) {
          const place = join(folder, FILES, placeOf(sha256))
          await mkdir(dirname(place), { recursive: true, mode: 0o700 })
          await writeFile(place, bytes, { mode: 0o600 })
          files += 1
        } else
          faults.push(
            bytes.length === 0
              ? `file ${sha256} is missing`
              : `file ${sha256} holds something else than when it was kept`,
          )
        progress('files', i + 1, named.length)
      }
      const keys = await from.keys()
      if (keys !== null) await writeFile(join(folder, SIGNING_KEYS_FILE), keys, { mode: 0o600 })
      const sums = new Map(tables.map((table) => [table.name, to.sumOf(table)]))
      for (const table of tables) compare(new Map([[table.name, await from.sumOf(table)]]), sums)
      to.checkReferences()
      return { sums, files, faults }
    } finally {
      to.close()
    }
  })
}

function hold(folder: string): () => void {
  try {
    return holdOnly(join(folder, DATABASE), 0)
  } catch {
    throw new RefusedBackup(`${folder} is in use: stop the server that runs on it first.`)
  }
}
