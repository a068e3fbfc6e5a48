/**
 * When a backup was made last, and when one was tried out: beside the data, for the doctor and the page of the administrators.
 * It says nothing an archive could be read with, and is in no archive.
 */
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { DATABASE } from '../journal/file-place.ts'

export const BACKUP_STATE = 'backups.json'

const Made = z.object({
  at: z.iso.datetime(),
  path: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  encrypted: z.boolean(),
  faults: z.int(),
})
const Tested = z.object({
  at: z.iso.datetime(),
  /** When the archive was made. */
  madeAt: z.iso.datetime(),
  path: z.string(),
  faults: z.int(),
})
const State = z.object({ made: Made.nullable().default(null), tested: Tested.nullable().default(null) })
export type BackupState = Readonly<z.infer<typeof State>>

/** Nothing where nothing was noted, or what was noted cannot be read. */
export async function readBackupState(folder: string): Promise<BackupState> {
  try {
    return State.parse(JSON.parse(await readFile(join(folder, BACKUP_STATE), 'utf8')))
  } catch {
    return { made: null, tested: null }
  }
}

/**
 * Where the folder is none of ours, or may not be written, nothing is noted: the backup itself is what counts.
 * @returns whether it was noted
 */
export async function noteBackup(folder: string, news: Partial<BackupState>): Promise<boolean> {
  if (!existsSync(join(folder, DATABASE))) return false
  const path = join(folder, BACKUP_STATE)
  const next = `${path}.next`
  try {
    await writeFile(next, JSON.stringify({ ...(await readBackupState(folder)), ...news }, null, 1), {
      mode: 0o600,
    })
    // Whoever is root makes backups for the account of the server, which reads this.
    const { uid, gid } = await stat(folder)
    if (process.getuid?.() === 0) await chown(next, uid, gid)
    await rename(next, path)
    return true
  } catch {
    await rm(next, { force: true }).catch(() => {})
    return false
  }
}
