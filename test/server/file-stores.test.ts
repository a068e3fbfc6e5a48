/** What holds of the bytes of files wherever they lie: in the data folder, or in a database that nodes share. */
import { createHash } from 'node:crypto'
import { readFile, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { FILE_MAX_BYTES, FILE_WRITE_BYTES } from '@auzolan/shared/limits.ts'
import { SharedStore } from '@auzolan/server/src/files/shared-store.ts'
import { FolderStore, type FileStore, type Received } from '@auzolan/server/src/files/store.ts'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { NO_POSTGRES, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { temporaryFolder } from '../support/server.ts'

const shaOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const some = (length: number, fill: number): Buffer => Buffer.alloc(length, fill)
/** Of a document, but for the hash. */
const ROW = {
  ...{ document: 'd', sent: '', name: 'a', type: '', bytes: 10, width: null, height: null },
  ...{ person: '', person_name: '', at: '' },
}
const handedOut = async (store: FileStore, sha256: string): Promise<Buffer> =>
  readFile(join(store.folder, await store.pathOf(sha256)))

function contract(open: () => Promise<{ store: FileStore; close(): Promise<void> }>): void {
  let store: FileStore
  let close: () => Promise<void>
  beforeEach(async () => void ({ store, close } = await open()))
  afterEach(() => close())
  const kept = async (bytes: Buffer): Promise<string> => {
    const sha256 = shaOf(bytes)
    expect(await store.keep([bytes], sha256)).toBeNull()
    return sha256
  }

  it.each([1, FILE_WRITE_BYTES - 1, FILE_WRITE_BYTES, FILE_WRITE_BYTES + 1, 5 * FILE_WRITE_BYTES + 7])(
    'hands out %i bytes as they were kept',
    async (length) => {
      const bytes = some(length, 7)
      const sha256 = shaOf(bytes)
      // Of however many pieces it is made.
      const pieces = [bytes.subarray(0, 3), bytes.subarray(3, length >> 1), bytes.subarray(length >> 1)]
      await store.keep(length > 6 ? pieces : [bytes], sha256)
      expect((await handedOut(store, sha256)).equals(bytes)).toBe(true)
    },
  )

  it('knows what it has, by hash and length', async () => {
    const sha256 = await kept(some(10, 1))
    expect(await store.has(sha256, 10)).toBe(true)
    expect(await store.has(sha256, 9)).toBe(false)
    expect(await store.has(shaOf(some(10, 2)), 10)).toBe(false)
    expect(await store.has(shaOf(some(0, 0)), 0)).toBe(false)
  })

  it('lists all of it, each once, and has nothing any more of what was removed', async () => {
    const [a, b] = [await kept(some(10, 1)), await kept(some(3 * FILE_WRITE_BYTES, 2))]
    const listed = async (): Promise<string[]> => {
      const found: string[] = []
      for await (const sha256 of store.all()) found.push(sha256)
      return found.sort()
    }
    expect(await listed()).toEqual([a, b].sort())
    await handedOut(store, b)
    await store.remove(b)
    expect(await listed()).toEqual([a])
    expect(await store.has(b, 3 * FILE_WRITE_BYTES)).toBe(false)
    await expect(handedOut(store, b)).rejects.toThrow('ENOENT')
  })

  it('takes the same again', async () => {
    await kept(some(10, 1))
    const sha256 = await kept(some(10, 1))
    expect((await handedOut(store, sha256)).equals(some(10, 1))).toBe(true)
  })

  it('receives what may be a file, and leaves nothing of what is too long or was dropped', async () => {
    const received = (await store.receive(Readable.from([some(5, 1), some(6, 2)]))) as Received
    expect(received).toMatchObject({ bytes: 11, sha256: shaOf(Buffer.concat([some(5, 1), some(6, 2)])) })
    expect(await store.read(received)).toHaveLength(11)
    await store.drop(received.path)
    const refused = await store.receive(Readable.from([some(FILE_MAX_BYTES, 1), some(1, 1)]))
    expect(isRefusal(refused) && refused.refused).toBe('TOO_LARGE')
    expect(await readdir(join(store.folder, 'incoming'))).toEqual([])
  })
}

describe('files in the data folder', () => {
  contract(async () => {
    const folder = await temporaryFolder()
    const store = new FolderStore(folder)
    await store.open()
    return { store, close: () => rm(folder, { recursive: true }) }
  })
})

describe.skipIf(NO_POSTGRES)('files in a database', () => {
  let database: TestDatabase
  let journal: PostgresJournal
  let folders: string[]
  beforeEach(async () => {
    database = await freshDatabase()
    journal = await PostgresJournal.open(database.url, () => new Date())
    folders = []
  })
  afterEach(async () => {
    await journal.close()
    await database.drop()
    for (const folder of folders) await rm(folder, { recursive: true })
  })
  const node = async (nearMaxBytes?: number): Promise<SharedStore> => {
    const folder = await temporaryFolder()
    folders.push(folder)
    const store = new SharedStore(journal.rows, folder, nearMaxBytes)
    await store.open()
    return store
  }
  contract(async () => ({ store: await node(), close: async () => {} }))

  it('are near in a folder of their own: those of a server without a database are the only ones there are', async () => {
    const bytes = some(10, 1)
    const shared = await node()
    const folder = folders.at(-1)
    const before = new FolderStore(folder!)
    await before.open()
    await before.keep([bytes], shaOf(bytes))
    await shared.open()
    expect((await handedOut(before, shaOf(bytes))).equals(bytes)).toBe(true)
  })

  it('are handed out by a node that was not there when they came, also to many at once', async () => {
    const bytes = some(2 * FILE_WRITE_BYTES + 5, 3)
    await (await node()).keep([bytes], shaOf(bytes))
    const other = await node()
    const all = await Promise.all([1, 2, 3].map(() => handedOut(other, shaOf(bytes))))
    for (const one of all) expect(one.equals(bytes)).toBe(true)
  })

  it('stay near a node up to a limit: then the one nobody asks for goes, and comes again when it is asked for', async () => {
    const store = await node(25)
    const [a, b, c, d] = await Promise.all(
      [1, 2, 3, 4].map(async (fill) => {
        await store.keep([some(10, fill)], shaOf(some(10, fill)))
        return shaOf(some(10, fill))
      }),
    )
    const near = async (): Promise<string[]> => {
      const starts = (await readdir(store.folder)).filter((name) => name !== 'incoming')
      const names = await Promise.all(
        starts.map(async (start) => (await readdir(join(store.folder, start))).map((rest) => start + rest)),
      )
      return names.flat().sort()
    }
    for (const one of [a, b]) await handedOut(store, one!)
    expect(await near()).toEqual([a, b].sort())
    await handedOut(store, c!)
    await handedOut(store, a!)
    await handedOut(store, d!)
    expect(await near()).toHaveLength(3)
    expect(await near()).toContain(a)
    for (const one of [a, b, c, d]) expect(await handedOut(store, one!)).toHaveLength(10)
  })

  it('are asked for in the transaction that names them: it waits for no connection beside its own', async () => {
    const store = await node()
    const sha256 = shaOf(some(10, 1))
    await journal.transact(async (rows) => {
      await sql`insert into file_bytes (sha256, n, bytes) values (${sha256}, 0, ${some(10, 1)})`.execute(rows)
      expect(await store.has(sha256, 10, rows)).toBe(true)
      expect(await store.has(sha256, 10)).toBe(false)
    })
  })

  it('go from the folder of every node when no document names them any more, and only then', async () => {
    const [one, other] = [await node(), await node()]
    const [kept, gone] = [some(10, 1), some(10, 2)]
    for (const bytes of [kept, gone]) {
      await one.keep([bytes], shaOf(bytes))
      await journal.rows
        .insertInto('file')
        .values({ ...ROW, sha256: shaOf(bytes) })
        .execute()
      await handedOut(other, shaOf(bytes))
    }
    expect(await other.tidy()).toBe(0)
    await journal.rows.deleteFrom('file').where('sha256', '=', shaOf(gone)).execute()
    await one.remove(shaOf(gone))
    expect(await other.tidy()).toBe(1)
    await expect(handedOut(other, shaOf(gone))).rejects.toThrow('ENOENT')
    expect((await handedOut(other, shaOf(kept))).equals(kept)).toBe(true)
  })

  it('are not handed out when a piece has gone meanwhile', async () => {
    const store = await node()
    const bytes = some(2 * FILE_WRITE_BYTES, 3)
    await store.keep([bytes.subarray(0, FILE_WRITE_BYTES), bytes.subarray(FILE_WRITE_BYTES)], shaOf(bytes))
    await sql`delete from file_bytes where n = 0`.execute(journal.rows)
    await expect(handedOut(store, shaOf(bytes))).rejects.toThrow('ENOENT')
    expect(await readdir(join(store.folder, 'incoming'))).toEqual([])
  })

  it('that a document names are not removed', async () => {
    const store = await node()
    const sha256 = shaOf(some(10, 1))
    await store.keep([some(10, 1)], sha256)
    await journal.rows
      .insertInto('file')
      .values({ ...ROW, sha256 })
      .execute()
    await store.remove(sha256)
    expect(await store.has(sha256, 10)).toBe(true)
    await journal.rows.deleteFrom('file').execute()
    await store.remove(sha256)
    expect(await store.has(sha256, 10)).toBe(false)
  })
})
