/** Files beside a document: taken in, cleaned, counted, handed out, and let go (docs/adr/0030). */
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Selectable } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { FILES_PER_DOCUMENT_MAX, FILE_MAX_BYTES, STORAGE_LOW_BYTES } from '@auzolan/shared/limits.ts'
import type { FileType, KeptFile } from '@auzolan/shared/protocol/files.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { whileStill } from '../journal/while-still.ts'
import type { Standing, Standings } from '../review/standing.ts'
import { CLEAN } from './cleaning/clean.ts'
import type { Size } from './cleaning/cleaned.ts'
import { sniff } from './sniff.ts'
import type { FileStore, Received } from './store.ts'

export interface FilePorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly store: FileStore
  /** What of the document shows which file. */
  readonly usage: (document: DocumentId) => Promise<Usage>
  /** How much one person sends, and how much at a time, has an end. */
  readonly portion: (person: PersonId, bytes: number) => Portion | Refusal
  /** All files of one document. */
  readonly documentMaxBytes: number
  readonly now: () => Date
}
export interface Usage {
  shows(sha256: string): boolean
  /** Whether nothing has been written since it was read that could show it. */
  isStill(rows: Rows, sha256: string): Promise<boolean>
}
export interface Portion {
  /** It was sent, or came to nothing. */
  end(): void
}

export interface Sent {
  /** Of what is being sent, as the sender says. */
  readonly sha256: string
  readonly name: string
  /** How long the sender says it is; `null` when it does not. */
  readonly length: number | null
}
export interface Taken {
  readonly file: KeptFile
  /** It was not there before. */
  readonly isNew: boolean
}
type FileRow = Selectable<Tables['file']>

export class Files {
  readonly #ports: FilePorts
  /** One file after the other is in memory, and gets its row; in between, what nobody names may be taken away. */
  #turn: Promise<unknown> = Promise.resolve()
  constructor(ports: FilePorts) {
    this.#ports = ports
  }

  /** For the team. */
  async list(id: DocumentId): Promise<KeptFile[]> {
    const found = await this.#ports.journal.rows
      .selectFrom('file')
      .selectAll()
      .where('document', '=', id)
      .orderBy('at', 'desc')
      .orderBy('sha256')
      .execute()
    return found.map(keptOf)
  }

  /** For the team. */
  async find(id: DocumentId, sha256: string): Promise<KeptFile | Refusal> {
    const row = await this.#row(this.#ports.journal.rows, id, sha256)
    return row ? keptOf(row) : refusal('NOT_FOUND', 'no such file in this document')
  }

  /** Takes what a writer sends. Everything that can be refused before the first byte is. */
  async take(claims: Claims, id: DocumentId, sent: Sent, body: Readable): Promise<Taken | Refusal> {
    const { journal, standings, store } = this.#ports
    const refused =
      notWriter(await standings.of(journal.rows, id, claims)) ??
      ((sent.length ?? 0) > FILE_MAX_BYTES ? refusal('TOO_LARGE', 'a file that is too large') : null)
    if (refused) return refused
    const known = await this.#known(id, sent.sha256)
    if (known) return { file: keptOf(known), isNew: false }
    const bytes = sent.length ?? FILE_MAX_BYTES
    const noRoom = (await this.#full(journal.rows, id, sent.length ?? 1)) ?? (await this.#lacksDisk(bytes))
    if (noRoom) return noRoom
    const portion = this.#ports.portion(claims.person, bytes)
    if (isRefusal(portion)) return portion
    try {
      const received = await store.receive(body)
      if (isRefusal(received)) return received
      try {
        if (received.sha256 !== sent.sha256)
          return refusal('FILE_DIFFERS', 'what arrived does not have the hash of the address')
        return await this.inTurn(() => this.#keep(claims, id, sent, received))
      } finally {
        await store.drop(received.path)
      }
    } finally {
      portion.end()
    }
  }

  /** Takes it out of the document. Its bytes go when no document has named them for some time. */
  async takeOut(claims: Claims, id: DocumentId, sha256: string): Promise<Refusal | null> {
    const { journal, standings, usage } = this.#ports
    const reading = {
      read: () => usage(id),
      isStill: (rows: Rows, used: Usage) => used.isStill(rows, sha256),
    }
    return whileStill<Usage, null>(journal, reading, async (rows, used) => {
      const refused = notWriter(await standings.of(rows, id, claims))
      if (refused) return refused
      if (!(await this.#row(rows, id, sha256))) return refusal('NOT_FOUND', 'no such file in this document')
      if (used.shows(sha256)) return refusal('FILE_IN_USE', 'a medium shows it')
      await rows.deleteFrom('file').where('document', '=', id).where('sha256', '=', sha256).execute()
      return null
    })
  }

  /** Runs when no file is being given its row. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work)
    this.#turn = mine.catch(() => {})
    return mine
  }

  async #keep(claims: Claims, id: DocumentId, sent: Sent, received: Received): Promise<Taken | Refusal> {
    const { journal, standings, store, now } = this.#ports
    const bytes = await store.read(received)
    const type = sniff(bytes)
    if (type === null) return refusal('FILE_TYPE', 'a type that is not taken')
    const cleaned = CLEAN[type](bytes)
    if (cleaned === null) return refusal('FILE_DAMAGED', `cannot be read as ${type}`)
    const kept = measured(cleaned.pieces)
    const refused = (await store.has(kept.sha256, kept.bytes))
      ? null
      : await store.keep(cleaned.pieces, kept.sha256)
    if (refused) return refused
    const row = rowOf(claims, id, sent, type, kept, cleaned.size, now().toISOString())
    const written = await journal
      .transact(async (rows): Promise<Taken | Refusal> => {
        // Asked again: a body may take its time.
        const late = notWriter(await standings.of(rows, id, claims))
        if (late) return late
        const known = await this.#row(rows, id, kept.sha256)
        if (known) return { file: keptOf(known), isNew: false }
        const full = await this.#full(rows, id, kept.bytes)
        if (full) return full
        // What no row names goes after a time: another node may have taken it away since we looked.
        if (!(await store.has(kept.sha256, kept.bytes, rows)))
          return refusal('TRY_AGAIN', 'its bytes have just been taken away')
        await rows.insertInto('file').values(row).execute()
        await rows.deleteFrom('file_unnamed').where('sha256', '=', kept.sha256).execute()
        return { file: keptOf(row), isNew: true }
      })
      .catch((error: Error) => {
        if (/database or disk is full/.test(error.message))
          return refusal('STORAGE_FULL', 'no room for the row')
        throw error
      })
    return written
  }

  /** By what is kept, or by what was once sent for it. */
  #known(id: DocumentId, sha256: string): Promise<FileRow | undefined> {
    return this.#ports.journal.rows
      .selectFrom('file')
      .selectAll()
      .where('document', '=', id)
      .where((either) => either.or([either('sha256', '=', sha256), either('sent', '=', sha256)]))
      .limit(1)
      .executeTakeFirst()
  }

  #row(rows: Rows, id: DocumentId, sha256: string): Promise<FileRow | undefined> {
    return rows
      .selectFrom('file')
      .selectAll()
      .where('document', '=', id)
      .where('sha256', '=', sha256)
      .executeTakeFirst()
  }

  async #full(rows: Rows, id: DocumentId, bytes: number): Promise<Refusal | null> {
    const { documentMaxBytes } = this.#ports
    const { count, sum } = await rows
      .selectFrom('file')
      .select(({ fn }) => [fn.countAll().as('count'), fn.sum('bytes').as('sum')])
      .where('document', '=', id)
      .executeTakeFirstOrThrow()
    return Number(count) >= FILES_PER_DOCUMENT_MAX || Number(sum ?? 0) + bytes > documentMaxBytes
      ? refusal('FILES_FULL', 'the document has as many files as it can have')
      : null
  }

  /** Pictures must not take the room that people's words need. It is there twice while it is cleaned. */
  async #lacksDisk(bytes: number): Promise<Refusal | null> {
    const free = await this.#ports.store.freeBytes()
    return free !== null && free - 2 * bytes < STORAGE_LOW_BYTES
      ? refusal('STORAGE_FULL', 'too little room on the disk')
      : null
  }
}

function notWriter(standing: Standing | Refusal): Refusal | null {
  if (isRefusal(standing)) return standing
  if (!standing.roles.some((role) => WRITERS.includes(role)))
    return refusal('NOT_ALLOWED', 'for those who write it')
  return standing.flow.archived ? refusal('ILLEGAL_MOVE', 'an archived document') : null
}

function measured(pieces: readonly Uint8Array[]): { readonly sha256: string; readonly bytes: number } {
  const hash = createHash('sha256')
  let bytes = 0
  for (const piece of pieces) {
    hash.update(piece)
    bytes += piece.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

const rowOf = (
  claims: Claims,
  document: DocumentId,
  sent: Sent,
  type: FileType,
  kept: { readonly sha256: string; readonly bytes: number },
  size: Size | null,
  at: string,
): FileRow => ({
  document,
  ...kept,
  sent: sent.sha256,
  name: sent.name,
  type,
  width: size?.width ?? null,
  height: size?.height ?? null,
  person: claims.person,
  person_name: claims.name,
  at,
})

const keptOf = (row: FileRow): KeptFile => ({
  sha256: row.sha256,
  name: row.name,
  type: row.type as FileType,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  by: { id: row.person as PersonId, name: row.person_name },
  at: row.at,
})
