/** Bytes of files, named by their hash: written whole or not at all, and on a disk before anybody is told. Here those in the data folder. */
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { QueryExecutorProvider } from 'kysely'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { FILE_MAX_BYTES, FILE_WRITE_BYTES } from '@auzolan/shared/limits.ts'
import { isSha256 } from '@auzolan/shared/protocol/files.ts'
import { FILES, placeOf } from '../journal/file-place.ts'

/** What came in, in a place of its own until it is known what it is. */
export interface Received {
  readonly path: string
  readonly sha256: string
  readonly bytes: number
}

export interface FileStore {
  /** Begins with nothing half-written: what was on its way when the server ended is gone. */
  open(): Promise<void>
  /** Piece by piece to the disk, as it comes; what is too long or breaks off leaves nothing behind. The stream stays open. */
  receive(body: Readable): Promise<Received | Refusal>
  read(received: Received): Promise<Buffer>
  drop(path: string): Promise<void>
  /** Lasts when it resolves, under its hash. */
  keep(pieces: readonly Uint8Array[], sha256: string): Promise<Refusal | null>
  /** @param rows of the transaction that asks, if there is one */
  has(sha256: string, bytes: number, rows?: QueryExecutorProvider): Promise<boolean>
  /** Where it can be read from: a path below `folder`. Of what is not there it is one where nothing is. */
  pathOf(sha256: string): Promise<string>
  readonly folder: string
  /** What no row of `file` names. */
  remove(sha256: string): Promise<void>
  /** The hashes of all that is kept; what is no file of ours is left alone. */
  all(): AsyncIterable<string>
  /** Lets go of copies of what no row of `file` names any more. Gives how many. */
  tidy(): Promise<number>
  /** What this user may still write; `null` where the system does not say. */
  freeBytes(): Promise<number | null>
}

/** Beside them, below their folder; never part of a backup. */
const INCOMING = 'incoming'

export class FolderStore implements FileStore {
  readonly folder: string
  constructor(dataFolder: string, name = FILES) {
    this.folder = join(dataFolder, name)
  }

  async open(): Promise<void> {
    await rm(join(this.folder, INCOMING), { recursive: true, force: true })
    await mkdir(join(this.folder, INCOMING), { recursive: true })
  }

  async receive(body: Readable): Promise<Received | Refusal> {
    const path = join(this.folder, INCOMING, randomUUID())
    const hash = createHash('sha256')
    let bytes = 0
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        // Whoever sends must still hear why it was no good.
        for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          bytes += chunk.length
          if (bytes > FILE_MAX_BYTES) throw new TooLarge()
          hash.update(chunk)
          await file.writeFile(chunk)
        }
      } finally {
        await file.close()
      }
      return { path, sha256: hash.digest('hex'), bytes }
    } catch (error) {
      await this.drop(path)
      if (error instanceof TooLarge) return refusal('TOO_LARGE', `a file above ${FILE_MAX_BYTES} bytes`)
      if (isFull(error)) return refusal('STORAGE_FULL', 'no room on the disk')
      if (body.errored) return refusal('MALFORMED', 'the body broke off')
      throw error
    }
  }

  read(received: Received): Promise<Buffer> {
    return readFile(received.path)
  }

  drop(path: string): Promise<void> {
    return rm(path, { force: true })
  }

  /** With the folders that lead to it. */
  async keep(pieces: readonly Uint8Array[], sha256: string): Promise<Refusal | null> {
    const path = join(this.folder, INCOMING, randomUUID())
    const folder = join(this.folder, sha256.slice(0, 2))
    try {
      const file = await open(path, 'wx', 0o600)
      try {
        for (const piece of inLargePieces(pieces)) await file.writeFile(piece)
        await file.sync()
      } finally {
        await file.close()
      }
      if ((await mkdir(folder, { recursive: true })) !== undefined) await syncFolder(this.folder)
      await rename(path, join(this.folder, placeOf(sha256)))
      await syncFolder(folder)
      return null
    } catch (error) {
      await this.drop(path)
      if (isFull(error)) return refusal('STORAGE_FULL', 'no room on the disk')
      throw error
    }
  }

  async has(sha256: string, bytes: number): Promise<boolean> {
    const found = await stat(join(this.folder, placeOf(sha256))).catch(() => null)
    return found?.size === bytes
  }

  pathOf(sha256: string): Promise<string> {
    return Promise.resolve(placeOf(sha256))
  }

  remove(sha256: string): Promise<void> {
    return this.drop(join(this.folder, placeOf(sha256)))
  }

  async *all(): AsyncIterable<string> {
    for (const start of await readdir(this.folder)) {
      if (!/^[0-9a-f]{2}$/.test(start)) continue
      for (const rest of await readdir(join(this.folder, start)))
        if (isSha256(start + rest)) yield start + rest
    }
  }

  /** There are no copies here: the only ones wait for their time (`unnamed.ts`). */
  tidy(): Promise<number> {
    return Promise.resolve(0)
  }

  async freeBytes(): Promise<number | null> {
    const found = await statfs(this.folder).catch(() => null)
    return found && found.bavail * found.bsize
  }
}

/** Of thousands of tiny pieces a file may be made; each write takes its turn at the disk. */
export function* inLargePieces(pieces: readonly Uint8Array[]): Iterable<Uint8Array> {
  let small: Uint8Array[] = []
  let bytes = 0
  for (const piece of pieces) {
    small.push(piece)
    bytes += piece.length
    if (bytes < FILE_WRITE_BYTES) continue
    yield small.length === 1 ? piece : Buffer.concat(small)
    small = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(small)
}

class TooLarge extends Error {}

const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException).code ?? '')

/** A name in a folder lasts when the folder was written, too. Not every system lets one do so. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  try {
    await handle?.sync()
  } catch (error) {
    if (!['EINVAL', 'EPERM', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle?.close()
  }
}
