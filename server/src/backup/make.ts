/**
 * A backup of a data folder while the server works on it: one moment of the database, the files that this moment names, and
 * the keys, in one archive (tar) that any machine can read; encrypted in the `age` format where a recipient is given.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import {
  copyFile,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
  type FileHandle,
} from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import Database from 'better-sqlite3'
import { create } from 'tar'
import { VERSION } from '@auzolan/shared/build.ts'
import { DATABASE, FILES, placeOf } from '../journal/file-place.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { SIGNING_KEYS_FILE, WITNESS, usableKeys, witnessed } from '../review/signing-keys.ts'
import { ConfigError } from '../settings.ts'
import { encryptTo } from './encryption.ts'
import { measure } from '../journal/file-reading.ts'
import { ARCHIVE_NAME, FORMAT, MANIFEST, type BackupEntry, type Manifest } from './manifest.ts'
import { sweep, withPassing } from './passing.ts'
import type { Progress } from './progress.ts'
import { RefusedBackup } from './refused.ts'

/** Pages a step: between two of them the process does what else it has to. */
const PAGES_A_STEP = 2_000
/** Of an archive that is not whole yet. */
const PART = '.part'

export interface BackupMade {
  readonly path: string
  readonly bytes: number
  /** Of the archive as it lies there; also in the file beside it, as `sha256sum -c` reads it. */
  readonly sha256: string
  readonly encrypted: boolean
  readonly manifest: Manifest
  /** What the database names and the folder does not have, or not as it was kept. Empty is good. */
  readonly faults: readonly string[]
  /** Archives of before that were taken away, since only so many are kept; none where there are faults. */
  readonly removed: readonly string[]
}

/**
 * @param to a folder; it is made, for this account alone, where there is none
 * @param recipients public keys of `age`; none: not encrypted
 * @param keep how many archives there may be in `to` afterwards; `null`: all stay
 * @throws {RefusedBackup} with a sentence for whoever typed the command; then nothing is left behind
 */
export async function makeBackup(options: {
  readonly folder: string
  readonly to: string
  readonly recipients: readonly string[]
  readonly keep: number | null
  readonly now: () => Date
  readonly progress: Progress
}): Promise<BackupMade> {
  const { folder, recipients, now, progress } = options
  const to = resolve(options.to)
  if (!existsSync(join(folder, DATABASE)))
    throw new RefusedBackup(`There is no database of Auzolan in ${folder}.`)
  if (!relative(resolve(folder), to).startsWith('..'))
    throw new RefusedBackup(
      `${to} is in the data folder: what takes that takes the backup too. Name another place.`,
    )
  const encryption = encryptTo(recipients)
  await mkdir(to, { recursive: true, mode: 0o700 })
  await sweep(to, (name) => name.endsWith(PART) && ARCHIVE_NAME.test(name.slice(0, -PART.length)))
  const name = `auzolan-${stamp(now())}.tar${encryption ? '.age' : ''}`
  const path = join(to, name)
  const part = `${path}${PART}`
  if (existsSync(path) || existsSync(part)) throw new RefusedBackup(`${path} is there already.`)
  try {
    // In the data folder: what is not encrypted yet stays where it is not encrypted anyway.
    return await withPassing(folder, '.backup-', async (staging, goesToo) => {
      const about = await snapshot(folder, join(staging, DATABASE), progress)
      const { contents, faults } = await gather(folder, staging, about, progress)
      const manifest: Manifest = {
        format: FORMAT,
        version: 1,
        madeAt: now().toISOString(),
        program: VERSION,
        schema: about.schema,
        counts: {
          documents: about.documents,
          files: contents.filter((one) => one.path.startsWith(FILES)).length,
          auditRows: about.auditRows,
        },
        auditHead: about.auditHead,
        contents,
      }
      await writeFile(join(staging, MANIFEST), JSON.stringify(manifest, null, 1))
      // Whoever makes another one at this moment holds the name already: what is theirs does not go with ours.
      const out = await open(part, 'wx', 0o600)
      goesToo(part)
      const { bytes, sha256 } = await pack(staging, out, contents, encryption, progress)
      await rm(`${path}.sha256`, { force: true })
      goesToo(`${path}.sha256`)
      await writeFile(`${path}.sha256`, `${sha256}  ${name}\n`, { mode: 0o600, flag: 'wx' })
      await rename(part, path)
      await onDisk(to)
      // An older archive may be the only one that has what this one lacks.
      const removed =
        options.keep === null || faults.length > 0 ? [] : await removeOlder(to, name, options.keep)
      return { path, bytes, sha256, encrypted: encryption !== null, manifest, faults, removed }
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new RefusedBackup(`There is no room for a backup in ${to} or ${folder}.`)
    if (code === 'EEXIST') throw new RefusedBackup(`${path} is there already.`)
    throw error
  }
}

interface About {
  readonly schema: number
  readonly documents: number
  readonly auditRows: number
  readonly auditHead: string
  readonly files: readonly { readonly sha256: string; readonly bytes: number }[]
  /** The keys that have signed here, as `usableKeys` wants them. */
  readonly signedWith: ReturnType<typeof witnessed>
}

/** One moment of the database as a file of its own; whoever writes meanwhile is not held up, and is not in it. */
export async function snapshot(folder: string, to: string, progress: Progress): Promise<About> {
  const db = new Database(join(folder, DATABASE), { readonly: true, fileMustExist: true })
  try {
    const schema = db.pragma('user_version', { simple: true }) as number
    if (schema < 1 || schema > MIGRATIONS.length)
      throw new RefusedBackup(
        schema < 1
          ? `The database in ${folder} is empty: the server has not been started on it yet.`
          : `The data in ${folder} is of a newer version of Auzolan: use the program of that version.`,
      )
    // A read that stays open keeps the moment: without it every write of the server would begin the copy anew.
    db.exec('BEGIN')
    const one = (sql: string): unknown => db.prepare(sql).pluck().get()
    const tables = new Set(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all())
    const about: About = {
      schema,
      documents: tables.has('document') ? (one('SELECT count(*) FROM document') as number) : 0,
      auditRows: tables.has('audit') ? (one('SELECT count(*) FROM audit') as number) : 0,
      auditHead: tables.has('audit')
        ? ((one('SELECT hash FROM audit ORDER BY n DESC LIMIT 1') as string | undefined) ?? '')
        : '',
      files: tables.has('file')
        ? (db
            .prepare('SELECT DISTINCT sha256, bytes FROM file ORDER BY sha256')
            .all() as About['files'][number][])
        : [],
      signedWith: tables.has('setting')
        ? witnessed(
            db.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(WITNESS) as string | undefined,
          )
        : [],
    }
    await db.backup(to, {
      progress: ({ totalPages, remainingPages }) => {
        progress('database', totalPages - remainingPages, totalPages)
        return PAGES_A_STEP
      },
    })
    return about
  } finally {
    db.close()
  }
}

/** Links what belongs into the archive into the staging folder, and takes its hashes. Files never change; the keys may, and are copied. */
async function gather(
  folder: string,
  staging: string,
  { files, signedWith }: About,
  progress: Progress,
): Promise<{ contents: BackupEntry[]; faults: string[] }> {
  const contents: BackupEntry[] = []
  const faults: string[] = []
  contents.push({ path: DATABASE, ...(await measure(join(staging, DATABASE)))! })
  await copyFile(join(folder, SIGNING_KEYS_FILE), join(staging, SIGNING_KEYS_FILE)).catch(() => {})
  const keys = await measure(join(staging, SIGNING_KEYS_FILE))
  if (keys) contents.push({ path: SIGNING_KEYS_FILE, ...keys })
  // The keys as of a moment after the database's: they may have one more, and lack none.
  await usableKeys(staging, signedWith).catch((error: unknown) => {
    if (!(error instanceof ConfigError)) throw error
    faults.push(error.message.split('\n')[0]!.replace(staging, folder))
  })
  await symlink(resolve(folder, FILES), join(staging, FILES))
  for (const [i, { sha256, bytes }] of files.entries()) {
    const found = await measure(join(folder, FILES, placeOf(sha256)))
    if (found === null) faults.push(`file ${sha256} is missing, or may not be read`)
    else if (found.sha256 !== sha256 || found.bytes !== bytes)
      faults.push(`file ${sha256} holds something else than when it was kept`)
    else contents.push({ path: `${FILES}/${placeOf(sha256)}`, ...found })
    progress('files', i + 1, files.length)
  }
  return { contents, faults }
}

async function pack(
  staging: string,
  to: FileHandle,
  contents: readonly BackupEntry[],
  encryption: Awaited<ReturnType<typeof encryptTo>>,
  progress: Progress,
): Promise<{ bytes: number; sha256: string }> {
  const total = contents.reduce((sum, { bytes }) => sum + bytes, 0)
  const hash = createHash('sha256')
  let readBytes = 0
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _, done) {
      readBytes += chunk.length
      progress('archive', Math.min(readBytes, total), total)
      done(null, chunk)
    },
  })
  const hashed = new Transform({
    transform(chunk: Buffer, _, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(null, chunk)
    },
  })
  // Links are followed: what they lead to is in the archive, not where it lies.
  const tar = create({ cwd: staging, follow: true, portable: true }, [
    MANIFEST,
    ...contents.map(({ path }) => path),
  ])
  const read = Readable.from(tar as unknown as AsyncIterable<Buffer>)
  tar.on('error', (error) => read.destroy(error as Error))
  const out = to.createWriteStream({ flush: true })
  if (encryption) {
    const packed = pipeline(read, counted)
    const sealed = await encryption(Readable.toWeb(counted) as ReadableStream<Uint8Array>)
    await Promise.all([
      packed,
      pipeline(Readable.fromWeb(sealed as Parameters<typeof Readable.fromWeb>[0]), hashed, out),
    ])
  } else await pipeline(read, counted, hashed, out)
  return { bytes, sha256: hash.digest('hex') }
}

/** @param made the one that stays, whatever the clock said when the others were made */
async function removeOlder(folder: string, made: string, keep: number): Promise<string[]> {
  const others = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isFile() && ARCHIVE_NAME.test(entry.name) && entry.name !== made)
    .map(({ name }) => name)
    .sort()
  const older = others.slice(0, Math.max(0, others.length + 1 - keep))
  for (const name of older) {
    await rm(join(folder, name))
    await rm(join(folder, `${name}.sha256`), { force: true })
  }
  return older.map((name) => join(folder, name))
}

async function onDisk(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}

/** `20261126T224501Z`: sorted by name is sorted by time. */
const stamp = (at: Date): string => at.toISOString().replace(/[-:]/g, '').replace(/\.\d+/, '')
