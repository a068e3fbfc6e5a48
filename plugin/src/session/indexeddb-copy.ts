/** The copy in the browser's store. */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { DRAFTS_MAX } from '@auzolan/shared/limits.ts'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import { NOTHING, isAhead, type CopiedEntry, type LocalCopy, type Marker, type OwnEdit } from './copy.ts'
import type { Draft } from './draft.ts'
import { LastWords } from './last-words.ts'

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
  drafts: { key: string; value: Draft }
}

const openDatabase = (name: string, onLost: () => void): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>(name, 2, {
    upgrade(db, before) {
      if (before < 1) {
        db.createObjectStore('entries', { autoIncrement: true }).createIndex('channel', 'channel')
        db.createObjectStore('markers')
      }
      if (before < 2) db.createObjectStore('drafts', { keyPath: 'id' })
    },
    // Holding on would keep another tab from upgrading, or the person from clearing the browser's data.
    blocking: (_current, _blocked, event) => {
      ;(event.target as IDBDatabase).close()
      onLost()
    },
    terminated: onLost,
  })

export async function openIndexedDbCopy(name: string): Promise<LocalCopy> {
  const copy = new IndexedDbCopy(name)
  await copy.open()
  return copy
}

class IndexedDbCopy implements LocalCopy {
  readonly durable = true
  readonly #name: string
  readonly #lastWords: LastWords
  #db: Promise<IDBPDatabase<Schema>> | null = null
  /** What the store must at least hold: less means that it was deleted under us. */
  readonly #written = new Map<ChannelName, Marker>()

  constructor(name: string) {
    this.#name = name
    this.#lastWords = new LastWords(name)
  }

  /** The browser may have closed the database under us; it is opened again by whoever needs it next. */
  open(): Promise<IDBPDatabase<Schema>> {
    if (this.#db) return this.#db
    const lost = (): void => void (this.#db = null)
    const opening = openDatabase(this.#name, lost)
    opening.catch(lost)
    return (this.#db = opening)
  }

  async load(channel: ChannelName): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }> {
    const left = await this.#lastWords.find(channel)
    const transaction = (await this.open()).transaction(['entries', 'markers'], 'readwrite')
    const store = transaction.objectStore('entries')
    const marker = (await transaction.objectStore('markers').get(channel)) ?? NOTHING
    this.#written.set(channel, marker)
    for (const update of left.updates) void store.add({ channel, update, waiting: true })
    const entries: CopiedEntry[] = []
    for (let c = await store.index('channel').openCursor(channel); c; c = await c.continue()) {
      entries.push({ key: c.primaryKey, update: c.value.update, waiting: c.value.waiting })
    }
    const stored = entries.filter((e) => !e.waiting)
    if (stored.length > SQUASH_ABOVE_ROWS) {
      const update = mergedUpdates(stored.map((e) => e.update))
      for (const { key } of stored) void store.delete(key)
      const key = await store.add({ channel, update, waiting: false })
      await transaction.done
      left.forget()
      return { marker, entries: [{ key, update, waiting: false }, ...entries.filter((e) => e.waiting)] }
    }
    await transaction.done
    left.forget()
    return { marker, entries }
  }

  async addOwn(channel: ChannelName, update: Uint8Array): Promise<number> {
    return (await this.open()).add('entries', { channel, update, waiting: true })
  }

  keepAtOnce(channel: ChannelName, updates: readonly Uint8Array[]): void {
    this.#lastWords.keep(channel, updates)
  }

  onLeft(listener: (channel: ChannelName, entries: readonly CopiedEntry[]) => void): void {
    this.#lastWords.onLate((name) => {
      const channel = name as ChannelName
      void this.#takeLeft(channel).then(
        (entries) => entries.length > 0 && listener(channel, entries),
        (error: unknown) => console.error('what a page left behind waits for the next one', error),
      )
    })
  }

  async #takeLeft(channel: ChannelName): Promise<readonly CopiedEntry[]> {
    const { updates, forget } = await this.#lastWords.find(channel)
    const entries: CopiedEntry[] = []
    for (const update of updates)
      entries.push({ key: await this.addOwn(channel, update), update, waiting: true })
    forget()
    return entries
  }

  async addEntries(channel: ChannelName, marker: Marker, updates: readonly Uint8Array[]): Promise<void> {
    const transaction = (await this.open()).transaction(['entries', 'markers'], 'readwrite')
    for (const update of updates) {
      void transaction.objectStore('entries').add({ channel, update, waiting: false })
    }
    await this.#advance(transaction.objectStore('markers'), channel, marker)
    await transaction.done
  }

  async acknowledge(channel: ChannelName, marker: Marker, done: readonly OwnEdit[]): Promise<void> {
    const transaction = (await this.open()).transaction(['entries', 'markers'], 'readwrite')
    const store = transaction.objectStore('entries')
    for (const { key, update } of done) {
      const row = { channel, update, waiting: false }
      // Another tab may have removed the row, or the device refused it: it is put back either way.
      if (key === null) void store.add(row)
      else void store.put(row, key)
    }
    await this.#advance(transaction.objectStore('markers'), channel, marker)
    await transaction.done
  }

  async rewrite(channel: ChannelName, marker: Marker, state: Uint8Array): Promise<void> {
    const transaction = (await this.open()).transaction(['entries', 'markers'], 'readwrite')
    const store = transaction.objectStore('entries')
    // What another tab keeps there is not ours to drop; what is there twice does no harm.
    void store.add({ channel, update: state, waiting: false })
    await transaction.objectStore('markers').put(marker, channel)
    await transaction.done
    this.#written.set(channel, marker)
  }

  async putAside(keys: readonly number[], draft: Draft): Promise<void> {
    const transaction = (await this.open()).transaction(['entries', 'drafts'], 'readwrite')
    const entries = transaction.objectStore('entries')
    let found = 0
    for (const key of keys) {
      if (!(await entries.get(key))?.waiting) continue
      found += 1
      void entries.delete(key)
    }
    if (found > 0 || keys.length === 0) await keep(transaction.objectStore('drafts'), draft)
    await transaction.done
  }

  async beginAgain(
    channel: ChannelName,
    epoch: number,
    keys: readonly number[],
    draft: Draft | null,
  ): Promise<void> {
    const transaction = (await this.open()).transaction(['entries', 'markers', 'drafts'], 'readwrite')
    const entries = transaction.objectStore('entries')
    // No marker, or a newer one: another tab was here first, and what is stored since is of the new epoch.
    const marker = await transaction.objectStore('markers').get(channel)
    const first = marker !== undefined && marker.epoch <= epoch
    let found = 0
    for (let c = await entries.index('channel').openCursor(channel); c; c = await c.continue()) {
      if (keys.includes(c.primaryKey)) found += 1
      else if (!first) continue
      await c.delete()
    }
    if (first) await transaction.objectStore('markers').delete(channel)
    this.#written.delete(channel)
    if (draft && (found > 0 || first)) await keep(transaction.objectStore('drafts'), draft)
    await transaction.done
  }

  async drafts(): Promise<readonly Draft[]> {
    return (await (await this.open()).getAll('drafts')).sort((a, b) => b.at - a.at)
  }

  async keepDraft(draft: Draft): Promise<void> {
    await (await this.open()).put('drafts', draft)
  }

  async throwAway(draft: string): Promise<void> {
    await (await this.open()).delete('drafts', draft)
  }

  async erase(): Promise<void> {
    this.#lastWords.erase()
    const transaction = (await this.open()).transaction(['entries', 'markers', 'drafts'], 'readwrite')
    void transaction.objectStore('entries').clear()
    void transaction.objectStore('markers').clear()
    void transaction.objectStore('drafts').clear()
    await transaction.done
  }

  async #advance(
    markers: {
      get(key: ChannelName): Promise<Marker | undefined>
      put?(m: Marker, key: ChannelName): unknown
    },
    channel: ChannelName,
    marker: Marker,
  ): Promise<void> {
    const before = await markers.get(channel)
    const written = this.#written.get(channel)
    // A marker put into an emptied store would claim what is not there.
    if (written && written.afterSeq > 0 && !before) throw new Error('the copy was deleted')
    if (isAhead(marker, before)) await markers.put?.(marker, channel)
    this.#written.set(channel, marker)
  }

  close(): void {
    this.#lastWords.close()
    void this.#db?.then(
      (db) => db.close(),
      () => {},
    )
    this.#db = null
  }
}

interface DraftStore {
  getAll(): Promise<Draft[]>
  put?(draft: Draft): Promise<unknown>
  delete?(id: string): Promise<unknown>
}
/** Beyond the limit the oldest go. */
async function keep(store: DraftStore, draft: Draft): Promise<void> {
  await store.put?.(draft)
  const all = (await store.getAll()).sort((a, b) => b.at - a.at)
  for (const old of all.slice(DRAFTS_MAX)) await store.delete?.(old.id)
}
