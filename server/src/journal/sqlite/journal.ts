/** The journal on SQLite: the main thread's side. One writer at a time, in the order of asking. */
import { Worker } from 'node:worker_threads'
import { Kysely, type Transaction } from 'kysely'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type {
  ChannelBatch,
  Compacted,
  Journal,
  LogPart,
  NewEntry,
  ReadLimit,
  Renewal,
  StoredHead,
  Tables,
} from '../journal.ts'
import { compact, release, renew } from '../upkeep.ts'
import { ThreadDialect } from './dialect.ts'
import type { Answer, OpenResult, Request, Result } from './requests.ts'

export class SqliteJournal implements Journal {
  readonly rows: Kysely<Tables>
  readonly #thread: Worker
  readonly #now: () => Date
  readonly #waiting = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>()
  #lastId = 0
  #turn: Promise<unknown> = Promise.resolve()
  #closed = false

  private constructor(thread: Worker, now: () => Date) {
    this.#thread = thread
    this.#now = now
    thread.on('message', (answer: Answer) => {
      const waiting = this.#waiting.get(answer.id)
      this.#waiting.delete(answer.id)
      if ('error' in answer) waiting?.reject(new Error(answer.error))
      else waiting?.resolve(answer.result)
    })
    thread.on('error', (error) => this.#fail(error as Error))
    thread.on('exit', () => this.#fail(new Error('the journal is closed')))
    this.rows = new Kysely<Tables>({
      dialect: new ThreadDialect(
        (sql, parameters) => this.#ask({ op: 'query', sql, parameters }),
        () => this.#takeTurn(),
      ),
    })
  }

  /** Opens or creates the database file. @throws when the folder cannot be written or the file is too new. */
  static async open(path: string, now: () => Date): Promise<SqliteJournal> {
    const thread = new Worker(new URL('./worker.ts', import.meta.url), { workerData: path })
    await new Promise<void>((resolve, reject) => {
      thread.once('message', () => resolve())
      thread.once('error', reject)
    })
    thread.removeAllListeners('error')
    return new SqliteJournal(thread, now)
  }

  async open(channel: ChannelId): Promise<StoredHead | null> {
    const found = (await this.#inTurn({ op: 'open', channel })) as OpenResult | null
    if (!found) return null
    const { authors, ...head } = found
    return {
      ...head,
      clocks: new Map(authors.map((a) => [a.client, a.clock])),
      owners: new Map(authors.map((a) => [a.client, a.person as PersonId])),
    }
  }

  async create(channels: readonly { channel: ChannelId; birth: NewEntry | null }[]): Promise<void> {
    await this.#inTurn({ op: 'create', at: this.#at(), channels })
  }

  async append(batches: readonly ChannelBatch[]): Promise<ReadonlySet<ChannelId>> {
    return new Set((await this.#inTurn({ op: 'append', at: this.#at(), batches })) as ChannelId[])
  }

  async read(channel: ChannelId, after: number, limit: ReadLimit): Promise<LogPart> {
    return (await this.#inTurn({ op: 'read', channel, after, limit })) as LogPart
  }

  async bind(channel: ChannelId, clientIds: readonly number[], person: PersonId): Promise<readonly number[]> {
    return (await this.#inTurn({ op: 'bind', channel, clientIds, person })) as readonly number[]
  }

  release(channel: ChannelId, clientIds: readonly number[]): Promise<void> {
    return this.transact((rows) => release(rows, channel, clientIds))
  }

  compact(compacted: Compacted): Promise<boolean> {
    return this.transact((rows) => compact(rows, compacted, this.#at()))
  }

  renew(renewal: Renewal): Promise<boolean> {
    return this.transact((rows) => renew(rows, renewal, this.#at()))
  }

  async transact<T>(work: (rows: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.rows.transaction().execute(work)
  }

  async rewrite(): Promise<void> {
    await this.#inTurn({ op: 'rewrite' })
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await this.#inTurn({ op: 'close' })
    this.#closed = true
    await this.#thread.terminate()
  }

  #at(): string {
    return this.#now().toISOString()
  }

  /** Also reading waits its turn: nobody sees half of a transaction. */
  async #inTurn(request: Request): Promise<Result> {
    const done = await this.#takeTurn()
    try {
      return await this.#ask(request)
    } finally {
      done()
    }
  }

  /** Waits for all earlier writers; the returned function lets the next one in. */
  async #takeTurn(): Promise<() => void> {
    const before = this.#turn
    let done = (): void => {}
    this.#turn = new Promise<void>((resolve) => (done = resolve))
    await before
    return done
  }

  #ask(request: Request): Promise<Result> {
    if (this.#closed) return Promise.reject(new Error('the journal is closed'))
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      this.#waiting.set(id, { resolve, reject })
      this.#thread.postMessage({ id, request })
    })
  }

  #fail(error: Error): void {
    this.#closed = true
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
