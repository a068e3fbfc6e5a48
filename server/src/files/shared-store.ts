/**
 * Bytes of files in a database that many nodes share, in pieces, named by their hash. What a node has handed out stays in its folder for a
 * while: what a hash names never changes.
 */
import { mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { createHash, randomUUID } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { sql, type QueryExecutorProvider } from 'kysely'
import type { Refusal } from '@auzolan/shared/codes.ts'
import { FILES_NEAR_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { NEAR, placeOf } from '../journal/file-place.ts'
import type { Journal } from '../journal/journal.ts'
import { FolderStore, inLargePieces, type FileStore, type Received } from './store.ts'

/** Hashes asked for at once. */
const STEP = 1_000

export class SharedStore implements FileStore {
  readonly #rows: Journal['rows']
  /** What is on its way in, and what was handed out. */
  readonly #near: FolderStore
  readonly #nearMaxBytes: number
  readonly #coming = new Map<string, Promise<void>>()
  constructor(rows: Journal['rows'], dataFolder: string, nearMaxBytes = FILES_NEAR_MAX_BYTES) {
    this.#rows = rows
    this.#near = new FolderStore(dataFolder, NEAR)
    this.#nearMaxBytes = nearMaxBytes
  }

  get folder(): string {
    return this.#near.folder
  }

  async open(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true })
    await this.#near.open()
  }

  receive(body: Readable): Promise<Received | Refusal> {
    return this.#near.receive(body)
  }
  read(received: Received): Promise<Buffer> {
    return this.#near.read(received)
  }
  drop(path: string): Promise<void> {
    return this.#near.drop(path)
  }

  /** A piece at a time, so that nobody waits for all of it; who breaks off leaves what no row names, and that goes. */
  async keep(pieces: readonly Uint8Array[], sha256: string): Promise<Refusal | null> {
    let n = 0
    for (const bytes of inLargePieces(pieces))
      await sql`insert into file_bytes (sha256, n, bytes) values (${sha256}, ${n++}, ${bytes})
        on conflict (sha256, n) do update set bytes = excluded.bytes`.execute(this.#rows)
    return null
  }

  async has(sha256: string, bytes: number, rows: QueryExecutorProvider = this.#rows): Promise<boolean> {
    const found = await sql<{ bytes: number }>`
      select coalesce(sum(length(bytes)), 0) as bytes from file_bytes where sha256 = ${sha256}`.execute(rows)
    // An empty one is no file of any type that is taken.
    return bytes > 0 && found.rows[0]!.bytes === bytes
  }

  async pathOf(sha256: string): Promise<string> {
    const path = placeOf(sha256)
    const [now, there] = [new Date(), join(this.folder, path)]
    const isNear = await utimes(there, now, now).then(
      () => true,
      () => false,
    )
    if (isNear) return path
    const coming = this.#coming.get(sha256) ?? this.#bringNear(sha256, there)
    this.#coming.set(sha256, coming)
    try {
      await coming
    } finally {
      this.#coming.delete(sha256)
    }
    return path
  }

  /** Another node may give it a row at the same moment: it goes where none is there, in one statement. */
  async remove(sha256: string): Promise<void> {
    await sql`delete from file_bytes where sha256 = ${sha256}
      and not exists (select 1 from file where file.sha256 = file_bytes.sha256)`.execute(this.#rows)
    await this.#near.remove(sha256)
  }

  async *all(): AsyncIterable<string> {
    for (let after = ''; ;) {
      const { rows } = await sql<{ sha256: string }>`
        select distinct sha256 from file_bytes where sha256 > ${after} order by sha256 limit ${STEP}`.execute(
        this.#rows,
      )
      for (const { sha256 } of rows) yield sha256
      const last = rows.at(-1)
      if (!last) return
      after = last.sha256
    }
  }

  /** Another node has removed it, and knows nothing of what is near here. */
  async tidy(): Promise<number> {
    const near: string[] = []
    for await (const sha256 of this.#near.all()) near.push(sha256)
    let gone = 0
    for (let from = 0; from < near.length; from += STEP) {
      const some = near.slice(from, from + STEP)
      const named = await this.#rows.selectFrom('file').select('sha256').where('sha256', 'in', some).execute()
      const unnamed = new Set(some).difference(new Set(named.map(({ sha256 }) => sha256)))
      for (const sha256 of unnamed) await this.#near.remove(sha256)
      gone += unnamed.size
    }
    return gone
  }

  freeBytes(): Promise<number | null> {
    return this.#near.freeBytes()
  }

  async #pieces(sha256: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from file_bytes where sha256 = ${sha256}`.execute(this.#rows)
    return rows[0]!.n
  }

  /** Under its name when it is whole. Of what is not there nothing comes to be. */
  async #bringNear(sha256: string, there: string): Promise<void> {
    const pieces = await this.#pieces(sha256)
    if (pieces === 0) return
    await this.#makeRoom()
    const part = join(this.folder, 'incoming', randomUUID())
    const file = await open(part, 'wx', 0o600)
    const hash = createHash('sha256')
    try {
      for (let n = 0; n < pieces; n++) {
        const { rows } = await sql<{ bytes: Uint8Array }>`
          select bytes from file_bytes where sha256 = ${sha256} and n = ${n}`.execute(this.#rows)
        const bytes = rows[0]?.bytes ?? new Uint8Array()
        hash.update(bytes)
        await file.writeFile(bytes)
      }
    } finally {
      await file.close()
    }
    // Another node may have removed it meanwhile.
    if (hash.digest('hex') !== sha256) return this.drop(part)
    await mkdir(dirname(there), { recursive: true })
    await rename(part, there)
  }

  /** Those that nobody has asked for the longest go first. */
  async #makeRoom(): Promise<void> {
    const near: { path: string; bytes: number; at: number }[] = []
    for (const start of await readdir(this.folder)) {
      if (!/^[0-9a-f]{2}$/.test(start)) continue
      for (const rest of await readdir(join(this.folder, start))) {
        const path = join(this.folder, start, rest)
        const found = await stat(path).catch(() => null)
        if (found) near.push({ path, bytes: found.size, at: found.mtimeMs })
      }
    }
    let bytes = near.reduce((sum, one) => sum + one.bytes, 0)
    for (const one of near.sort((a, b) => a.at - b.at)) {
      if (bytes <= this.#nearMaxBytes) return
      await rm(one.path, { force: true })
      bytes -= one.bytes
    }
  }
}
