/** A copy of the database as it was before its tables change: whoever goes back to the older program puts it in its place. */
import {
  closeSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  statfsSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type Database from 'better-sqlite3'

/** Long enough to find out that one wants to go back; what was erased of somebody is in there until then. */
export const UPGRADE_COPY_KEPT_MS = 30 * 24 * 60 * 60 * 1000

/** @param schema the version of the tables in the copy */
export const upgradeCopy = (path: string, schema: number): string => `${path}.before-upgrade-${schema}`

/**
 * @param path of the database, which nobody else writes
 * @throws with a sentence, when there is no room; then nothing is left behind, and the database is as it was
 */
export function copyBeforeUpgrade(
  db: Database.Database,
  path: string,
  schema: number,
  free = freeBytesAt(dirname(path)),
): void {
  const bytes = ['', '-wal'].reduce(
    (sum, end) => sum + (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0),
    0,
  )
  const copy = upgradeCopy(path, schema)
  if (free !== null && free < bytes)
    throw new Error(
      `this version of Auzolan changes its tables, and there is no room for a copy of before (${copy}): ${bytes} bytes are needed, ${free} are free`,
    )
  const part = `${copy}.part`
  rmSync(part, { force: true })
  // Empty and for this account alone before anything is in it.
  closeSync(openSync(part, 'wx', 0o600))
  try {
    db.prepare('VACUUM INTO ?').run(part)
    const file = openSync(part, 'r+')
    fsyncSync(file)
    closeSync(file)
    renameSync(part, copy)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}

/** Takes away the copies that nobody will go back to. */
export function removeOldUpgradeCopies(path: string, now: number): void {
  for (const file of upgradeCopies(path))
    if (now - statSync(file).mtimeMs > UPGRADE_COPY_KEPT_MS) rmSync(file, { force: true })
}

/** Those that lie beside the database. */
export function upgradeCopies(path: string): string[] {
  const prefix = basename(upgradeCopy(path, 0)).replace(/0$/, '')
  return readdirSync(dirname(path))
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(dirname(path), name))
}

function freeBytesAt(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
