/**
 * What a person's desk on this device holds: reviews as the server last told them, and decisions that the server has not
 * confirmed. One database a person and house, so that nobody's decision is ever sent, or read, by somebody else.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { REVIEWS_REMEMBERED_MAX } from '@auzolan/shared/limits.ts'
import type { AnyTask, DecisionGiven, Review, Version } from '@auzolan/shared/protocol/review.ts'
import type { DocumentEnvelope, Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { SendState } from '../sending/pace.ts'
import type { Cause } from '../session/connection.ts'

export interface KnownReview {
  readonly review: Review
  readonly envelope: DocumentEnvelope
  readonly organisation: Organisation
  /** When the server told it, milliseconds. */
  readonly at: number
}

export interface QueuedDecision {
  readonly document: string
  readonly title: Translated<string>
  readonly given: DecisionGiven
  /** The text that was read; `null` once the person may not read the document any more. */
  readonly read: Version | null
  /** When it was decided, milliseconds. */
  readonly at: number
  readonly state: SendState
}

interface Schema extends DBSchema {
  reviews: { key: string; value: KnownReview }
  tasks: { key: 'tasks'; value: readonly AnyTask[] }
  /** One a document: whoever decides anew has seen what became of the one before. */
  decisions: { key: string; value: QueuedDecision }
}

export class Desk {
  readonly #db: IDBPDatabase<Schema>
  readonly #onChange: () => void
  private constructor(db: IDBPDatabase<Schema>, onChange: () => void) {
    this.#db = db
    this.#onChange = onChange
  }

  /** @param onChange a decision has come, gone or changed */
  static async open(instance: string, person: string, onChange: () => void = () => {}): Promise<Desk> {
    const db = await openDB<Schema>(`auzolan/desk/${instance}/${person}`, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('reviews')
        fresh.createObjectStore('tasks')
        fresh.createObjectStore('decisions', { keyPath: 'document' })
      },
      // Holding on would keep another tab from upgrading, or the person from clearing the browser's data.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return new Desk(db, onChange)
  }

  async remember(document: string, known: KnownReview): Promise<void> {
    const { store, done } = this.#db.transaction('reviews', 'readwrite')
    await store.put(known, document)
    const [keys, all] = await Promise.all([store.getAllKeys(), store.getAll()])
    const oldest = keys.map((key, i) => ({ key, at: all[i]!.at })).sort((a, b) => b.at - a.at)
    for (const { key } of oldest.slice(REVIEWS_REMEMBERED_MAX)) await store.delete(key)
    await done
  }

  recall(document: string): Promise<KnownReview | undefined> {
    return this.#db.get('reviews', document)
  }

  /** Access has ended: nothing that was read there stays. A decision that waits is the server's to refuse. */
  forget(document: string): Promise<void> {
    return this.#db.delete('reviews', document)
  }

  async rememberTasks(tasks: readonly AnyTask[]): Promise<void> {
    await this.#db.put('tasks', tasks, 'tasks')
  }

  async recallTasks(): Promise<readonly AnyTask[]> {
    return (await this.#db.get('tasks', 'tasks')) ?? []
  }

  /** The oldest first. */
  async decisions(): Promise<readonly QueuedDecision[]> {
    return (await this.#db.getAll('decisions')).sort((a, b) => a.at - b.at)
  }

  /** In the place of the one before on this document, if that is settled; false when it is not. */
  async queue(decision: QueuedDecision): Promise<boolean> {
    const { store, done } = this.#db.transaction('decisions', 'readwrite')
    const before = await store.get(decision.document)
    const free =
      before === undefined || before.state.kind === 'refused' || before.given.id === decision.given.id
    if (free) await store.put(decision)
    await done
    if (free) this.#onChange()
    return free
  }

  /** A new state, if this very decision is still here and may get there; else nothing changes and it says so. */
  async become(
    { document, given }: QueuedDecision,
    state: SendState,
    from: readonly SendState['kind'][] = ['waiting', 'asked'],
  ): Promise<boolean> {
    return this.#step(document, given.id, from, (found) => ({ ...found, state }))
  }

  /** As refused, and without anything of a text that the person may not read any more. */
  async strip(decision: QueuedDecision, cause: Cause): Promise<void> {
    await this.forget(decision.document)
    await this.#step(decision.document, decision.given.id, ['waiting', 'asked'], (found) => ({
      ...found,
      title: {},
      read: null,
      given: { ...found.given, comment: '', conditions: '', overrides: [], waivers: [] },
      state: { kind: 'refused', cause },
    }))
  }

  /** The server has it. */
  async settle({ document, given }: QueuedDecision): Promise<void> {
    await this.#step(document, given.id, ['waiting', 'asked', 'refused'], () => null)
  }

  /** Takes it back, or puts away one that was refused. False when it may have arrived already. */
  withdraw({ document, given }: QueuedDecision): Promise<boolean> {
    return this.#step(document, given.id, ['waiting', 'refused'], () => null)
  }

  close(): void {
    this.#db.close()
  }

  /** Tabs share a desk: each step is one transaction that asks what there is. */
  async #step(
    document: string,
    id: string,
    from: readonly SendState['kind'][],
    change: (found: QueuedDecision) => QueuedDecision | null,
  ): Promise<boolean> {
    const { store, done } = this.#db.transaction('decisions', 'readwrite')
    const found = await store.get(document)
    const may = found?.given.id === id && from.includes(found.state.kind)
    if (may) {
      const next = change(found)
      await (next ? store.put(next) : store.delete(document))
    }
    await done
    if (may) this.#onChange()
    return may
  }
}
