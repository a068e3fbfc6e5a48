/** Brings a backup back into a folder, and tries one out without touching anything. */
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import Database from 'better-sqlite3'
import { DATABASE } from '../journal/file-place.ts'
import { SYSTEM } from '../compaction/compaction.ts'
import { record } from '../journal/audit.ts'
import { SqliteJournal } from '../journal/sqlite/journal.ts'
import { SIGNING_KEYS_FILE, SigningKeys } from '../review/signing-keys.ts'
import { verifyFolder } from '../verify/data-folder.ts'
import { fillFolder } from './filling.ts'
import { MANIFEST, type Manifest } from './manifest.ts'
import { withPassing } from './passing.ts'
import type { Progress } from './progress.ts'
import { unpack } from './read.ts'
import { RefusedBackup } from './refused.ts'

export interface Tried {
  readonly manifest: Manifest
  /** What is not whole, in sentences. Empty is good. */
  readonly faults: readonly string[]
  /** What was compared with what. */
  readonly whole: readonly string[]
}

/**
 * Restores into a folder of its own and looks at everything there is: each file by its hash, the database by its own check, and all
 * that vouches for something else (the audit's chain, versions, receipts, files).
 * @param scratch where there is room for it; by default the system's folder for what is passing
 * @throws {RefusedBackup}
 */
export async function tryBackup(options: {
  readonly archive: string
  readonly keyFile: string | null
  readonly scratch: string | null
  readonly now: () => Date
  readonly progress: Progress
}): Promise<Tried> {
  return withPassing(options.scratch ?? tmpdir(), 'auzolan-verify-', async (folder) => {
    const { manifest, faults } = await unpack(options.archive, folder, options.keyFile, options.progress)
    const broken = faults.some((fault) => fault.startsWith(DATABASE))
    const read = broken ? null : await look(folder, options.now)
    return {
      manifest,
      faults: [...faults, ...(read?.faults ?? [])],
      whole: [
        `archive: ${manifest.contents.length} files compared with their hashes`,
        ...(read?.whole ?? []),
      ],
    }
  })
}

/** Of a folder that nobody works on: it is brought to the tables of this program first, as a start would. */
async function look(folder: string, now: () => Date): Promise<{ faults: string[]; whole: string[] }> {
  const faults: string[] = []
  const db = new Database(join(folder, DATABASE))
  for (const line of db.pragma('integrity_check(20)') as { integrity_check: string }[])
    if (line.integrity_check !== 'ok') faults.push(`${DATABASE}: ${line.integrity_check}`)
  db.close()
  if (faults.length > 0) return { faults, whole: [] }
  const journal = await SqliteJournal.open(join(folder, DATABASE), now)
  await SigningKeys.open(folder, journal, now)
    .catch((error: Error) => faults.push(`${SIGNING_KEYS_FILE}: ${error.message.split('\n')[0]!}`))
    .finally(() => journal.close())
  const found = await verifyFolder(folder, null)
  if (found.kind === 'unreadable') return { faults: [...faults, found.why], whole: [] }
  return {
    faults: [...faults, ...found.faults],
    whole: ['database: whole by its own check', ...found.whole],
  }
}

/**
 * Brings a backup back. Every channel begins a new epoch: a browser that holds more than the backup does keeps it as a draft
 * instead of mixing it in, since the server knows nothing of what it had acknowledged later.
 * @param folder as `fillFolder` wants it
 * @throws {RefusedBackup} then the folder is as it was
 */
export async function restoreBackup(options: {
  readonly archive: string
  readonly folder: string
  readonly keyFile: string | null
  readonly now: () => Date
  readonly progress: Progress
}): Promise<{ readonly manifest: Manifest; readonly channels: number }> {
  return fillFolder(options.folder, async (beside) => {
    const { manifest, faults } = await unpack(options.archive, beside, options.keyFile, options.progress)
    if (faults.length > 0)
      throw new RefusedBackup(
        ['The archive is damaged, and nothing was brought back:', ...faults.slice(0, 20)].join('\n  '),
      )
    const channels = await beginAnew(beside, manifest, options.now)
    await rm(join(beside, MANIFEST))
    return { manifest, channels }
  })
}

/** The new epochs are numbered by the clock: higher than any that began between the backup and now. */
async function beginAnew(folder: string, manifest: Manifest, now: () => Date): Promise<number> {
  const journal = await SqliteJournal.open(join(folder, DATABASE), now)
  try {
    const at = now()
    const seconds = Math.floor(at.getTime() / 1000)
    return await journal.transact(async (rows) => {
      const { numUpdatedRows } = await rows
        .updateTable('channel')
        .set({ epoch: sql<number>`max(epoch + 1, ${seconds})`, epoch_cause: 'restore' })
        .executeTakeFirst()
      const channels = Number(numUpdatedRows)
      await record(rows, {
        at: at.toISOString(),
        actor: SYSTEM,
        action: 'data.restore',
        subject: '',
        detail: {
          madeAt: manifest.madeAt,
          program: manifest.program,
          auditHead: manifest.auditHead,
          channels,
        },
      })
      return channels
    })
  } finally {
    await journal.close()
  }
}
