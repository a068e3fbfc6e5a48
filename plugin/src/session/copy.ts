/**
 * The copy of a channel on this device: what came from the server, and what still waits to go there.
 * An entry and the marker that counts it are written in one transaction, so a crash in between cannot
 * skip an entry for ever (a missing deletion would not even show in a state vector).
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { mergeUpdates } from 'yjs'
import type { ChannelName } from '@auzolan/shared/ids.ts'

export interface CopiedEntry {
  readonly key: number
  readonly update: Uint8Array
  /** Not yet acknowledged by the server. */
  readonly waiting: boolean
}

export interface Marker {
  /** 0: nothing has ever come from the server. */
  readonly epoch: number
  /** Everything up to here is in the copy. */
  readonly afterSeq: number
}

export interface OwnEdit {
  /** `null`: the device did not take it. */
  readonly key: number | null
  readonly update: Uint8Array
}

export interface LocalCopy {
  /** False when the browser keeps nothing: private windows, forbidden or full storage. */
  readonly durable: boolean
  load(channel: ChannelName): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }>
  /** Keeps an edit of this person until the server has it. Returns its key. */
  addOwn(channel: ChannelName, update: Uint8Array): Promise<number>
  addEntries(channel: ChannelName, marker: Marker, updates: readonly Uint8Array[]): Promise<void>
  /** Marks own edits as acknowledged; one that could not be kept before is kept now, since the marker counts it. */
  acknowledge(channel: ChannelName, marker: Marker, done: readonly OwnEdit[]): Promise<void>
  /** Gives up what the server will never take, so that the page can begin again from the server's text. */
  discard(keys: readonly number[]): Promise<void>
  close(): void
}

const NOTHING: Marker = { epoch: 0, afterSeq: 0 }
/** Stored rows beyond which a copy is put together into one when it is opened. */
const SQUASH_ABOVE_ROWS = 200

interface Row {
  channel: ChannelName
  update: Uint8Array
  waiting: boolean
}
interface Schema extends DBSchema {
  entries: { key: number; value: Row; indexes: { channel: ChannelName } }
  markers: { key: ChannelName; value: Marker }
}

/** One database per person and document, so that one person's copy is never another's. */
export async function openLocalCopy(instance: string, person: string, document: string): Promise<LocalCopy> {
  try {
    const db = await openDB<Schema>(`auzolan/${instance}/${person}/${document}`, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('entries', { autoIncrement: true }).createIndex('channel', 'channel')
        fresh.createObjectStore('markers')
      },
    })
    return new IndexedDbCopy(db)
  } catch {
    return new MemoryCopy()
  }
}

class IndexedDbCopy implements LocalCopy {
  readonly durable = true
  readonly #db: IDBPDatabase<Schema>
  constructor(db: IDBPDatabase<Schema>) {
    this.#db = db
  }

  async load(channel: ChannelName): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }> {
    const transaction = this.#db.transaction(['entries', 'markers'], 'readwrite')
    const store = transaction.objectStore('entries')
    const marker = (await transaction.objectStore('markers').get(channel)) ?? NOTHING
    const entries: CopiedEntry[] = []
    for (let c = await store.index('channel').openCursor(channel); c; c = await c.continue()) {
      entries.push({ key: c.primaryKey, update: c.value.update, waiting: c.value.waiting })
    }
    const stored = entries.filter((e) => !e.waiting)
    if (stored.length > SQUASH_ABOVE_ROWS) {
      const update = mergeUpdates(stored.map((e) => e.update))
      for (const { key } of stored) void store.delete(key)
      const key = await store.add({ channel, update, waiting: false })
      await transaction.done
      return { marker, entries: [{ key, update, waiting: false }, ...entries.filter((e) => e.waiting)] }
    }
    await transaction.done
    return { marker, entries }
  }

  addOwn(channel: ChannelName, update: Uint8Array): Promise<number> {
    return this.#db.add('entries', { channel, update, waiting: true })
  }

  async addEntries(channel: ChannelName, marker: Marker, updates: readonly Uint8Array[]): Promise<void> {
    const transaction = this.#db.transaction(['entries', 'markers'], 'readwrite')
    for (const update of updates) {
      void transaction.objectStore('entries').add({ channel, update, waiting: false })
    }
    await advance(transaction.objectStore('markers'), channel, marker)
    await transaction.done
  }

  async acknowledge(channel: ChannelName, marker: Marker, done: readonly OwnEdit[]): Promise<void> {
    const transaction = this.#db.transaction(['entries', 'markers'], 'readwrite')
    const store = transaction.objectStore('entries')
    for (const { key, update } of done) {
      const row = { channel, update, waiting: false }
      // Another tab may have removed the row, or the device refused it: it is put back either way.
      if (key === null) void store.add(row)
      else void store.put(row, key)
    }
    await advance(transaction.objectStore('markers'), channel, marker)
    await transaction.done
  }

  async discard(keys: readonly number[]): Promise<void> {
    const transaction = this.#db.transaction('entries', 'readwrite')
    for (const key of keys) void transaction.store.delete(key)
    await transaction.done
  }

  close(): void {
    this.#db.close()
  }
}

/** Two tabs share a copy: the one that is behind must not set the marker back. */
async function advance(
  markers: {
    get(key: ChannelName): Promise<Marker | undefined>
    put?(value: Marker, key: ChannelName): Promise<unknown>
  },
  channel: ChannelName,
  marker: Marker,
): Promise<void> {
  const before = await markers.get(channel)
  if (!before || before.epoch !== marker.epoch || before.afterSeq < marker.afterSeq)
    await markers.put?.(marker, channel)
}

/** Keeps nothing beyond the page; the ledger then says so. */
export class MemoryCopy implements LocalCopy {
  readonly durable = false
  #lastKey = 0
  async load(): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }> {
    return { marker: NOTHING, entries: [] }
  }
  async addOwn(): Promise<number> {
    return ++this.#lastKey
  }
  async addEntries(): Promise<void> {}
  async acknowledge(): Promise<void> {}
  async discard(): Promise<void> {}
  close(): void {}
}
