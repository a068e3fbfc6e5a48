/**
 * What a person has entered on this device and the server has not confirmed: figures, mentions, moderations, sheets of
 * scores. One database a person and house, so that nobody's entry is ever sent, or read, by somebody else.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import type { SendState } from '../sending/pace.ts'
import type { Cause } from '../session/connection.ts'

export type EntryKind = 'figures' | 'mention' | 'moderation' | 'sheet'

export interface QueuedEntry {
  /** The same in the body: however often it is sent, the server counts it once. */
  readonly id: string
  readonly document: string
  readonly kind: EntryKind
  /** Where it is posted, below the interface of the server. */
  readonly path: string
  /** Without one it is posted. */
  readonly method?: 'PUT'
  /** `null` once the person may not read the document any more: nothing of it stays here. */
  readonly body: object | null
  /** When it was entered, milliseconds. */
  readonly at: number
  readonly state: SendState
}

interface Schema extends DBSchema {
  entries: { key: string; value: QueuedEntry }
}

export class Entries {
  readonly #db: IDBPDatabase<Schema>
  readonly #onChange: () => void
  private constructor(db: IDBPDatabase<Schema>, onChange: () => void) {
    this.#db = db
    this.#onChange = onChange
  }

  /** @param onChange an entry has come, gone or changed */
  static async open(instance: string, person: string, onChange: () => void = () => {}): Promise<Entries> {
    const db = await openDB<Schema>(`auzolan/entries/${instance}/${person}`, 1, {
      upgrade: (fresh) => void fresh.createObjectStore('entries', { keyPath: 'id' }),
      // Holding on would keep another tab from upgrading, or the person from clearing the browser's data.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new Entries(db, onChange)
  }

  /** In the order in which they were entered. */
  async all(): Promise<readonly QueuedEntry[]> {
    return (await this.#db.getAll('entries')).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
  }

  /** An id that is here already is the same entry, and stays as it is unless it was refused and has been mended. */
  async keep(entry: QueuedEntry): Promise<void> {
    const { store, done } = this.#db.transaction('entries', 'readwrite')
    const before = await store.get(entry.id)
    if (before === undefined || before.state.kind === 'refused') await store.put(entry)
    await done
    this.#onChange()
  }

  /**
   * In the place of what waits for the same address: of what replaces itself only the last state has to arrive. What was sent and has
   * no answer stays before it.
   * @param make from what is here for that address, in its order; with `null` nothing changes
   */
  async replace(
    path: string,
    make: (before: readonly QueuedEntry[]) => QueuedEntry | null,
  ): Promise<boolean> {
    const { store, done } = this.#db.transaction('entries', 'readwrite')
    const before = (await store.getAll()).filter((one) => one.path === path).sort((a, b) => a.at - b.at)
    const entry = make(before)
    if (entry) {
      for (const one of before) if (one.state.kind === 'waiting') await store.delete(one.id)
      await store.put(entry)
    }
    await done
    if (entry) this.#onChange()
    return entry !== null
  }

  /** A new state, if the entry is still here and due; else nothing changes and it says so. */
  become(id: string, state: SendState): Promise<boolean> {
    return this.#step(id, ['waiting', 'asked'], (found) => ({ ...found, state }))
  }

  /** As refused, and without anything of a document that the person may not read any more. */
  async strip(id: string, cause: Cause): Promise<void> {
    const state: SendState = { kind: 'refused', cause }
    await this.#step(id, ['waiting', 'asked'], (found) => ({ ...found, body: null, state }))
  }

  /** The server has it. */
  async settle(id: string): Promise<void> {
    await this.#step(id, ['waiting', 'asked', 'refused'], () => null)
  }

  /** Takes it back, or puts away one that was refused. False when it may have arrived already. */
  withdraw(id: string): Promise<boolean> {
    return this.#step(id, ['waiting', 'refused'], () => null)
  }

  close(): void {
    this.#db.close()
  }

  /** Tabs share what waits: each step is one transaction that asks what there is. */
  async #step(
    id: string,
    from: readonly SendState['kind'][],
    change: (found: QueuedEntry) => QueuedEntry | null,
  ): Promise<boolean> {
    const { store, done } = this.#db.transaction('entries', 'readwrite')
    const found = await store.get(id)
    const may = found !== undefined && from.includes(found.state.kind)
    if (may) {
      const next = change(found)
      await (next ? store.put(next) : store.delete(id))
    }
    await done
    if (may) this.#onChange()
    return may
  }
}
