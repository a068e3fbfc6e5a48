/** The journal on PostgreSQL, which many nodes share. What a node appends and binds goes over one connection, in the order of asking. */
import { Kysely, type Transaction } from 'kysely'
import type pg from 'pg'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'
import { ConfigError, NotNowError } from '../../settings.ts'
import {
  ReadForLong,
  type ChannelBatch,
  type Compacted,
  type Journal,
  type LogPart,
  type NewEntry,
  type ReadLimit,
  type Renewal,
  type StoredHead,
  type Tables,
} from '../journal.ts'
import { compact, release, renew } from '../upkeep.ts'
import {
  addressOf,
  connectAlone,
  examine,
  poolOf,
  isPassing,
  reasonOf,
  withoutRows,
  type Address,
} from './connecting.ts'
import { PostgresRows } from './dialect.ts'
import { LOG_FUNCTIONS, appending, binding, opening, reading } from './log.ts'
import { TABLE_WAIT_MS, isHeld } from './locks.ts'
import { migrate } from './migrate.ts'

/** Connections of a node for what is read, and for its one transaction at a time. */
const CONNECTIONS = 10

type OpenRow = Omit<StoredHead, 'clocks' | 'owners' | 'epochCause'> & {
  readonly epochCause: EpochCause
  readonly authors: readonly (readonly [client: number, person: string, clock: number])[]
}
interface ReadRow {
  readonly epoch: number
  readonly seq: number
  readonly person: PersonId
  readonly gzip: Uint8Array | null
  readonly bytes: Uint8Array | null
  /** Of an entry; as SQLite has it: 1, 0. */
  readonly more: number | null
}

export class PostgresJournal implements Journal {
  readonly rows: Kysely<Tables>
  readonly #address: Address
  readonly #now: () => Date
  readonly #pool: pg.Pool
  readonly #log: pg.Pool
  #lastTransaction: Promise<unknown> = Promise.resolve()
  #lastWrite: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | null = null

  private constructor(address: Address, now: () => Date) {
    this.#address = address
    this.#now = now
    this.#pool = poolOf(address, { max: CONNECTIONS, idleTimeoutMillis: 60_000 })
    this.#log = poolOf(address, { max: 1, idleTimeoutMillis: 0 }, LOG_FUNCTIONS)
    this.rows = new Kysely<Tables>({ dialect: new PostgresRows(this.#pool, () => this.#takeTurn()) })
  }

  /**
   * Reaches the database and brings its tables to those of this program.
   * @throws {ConfigError} with a sentence in which the password is not
   */
  static async open(url: string, now: () => Date): Promise<PostgresJournal> {
    const address = addressOf(url)
    try {
      const client = await connectAlone(address)
      try {
        await examine(client)
        await migrate(client)
      } finally {
        await client.end()
      }
    } catch (error) {
      const words = `The database ${address.name} cannot be used: ${reasonOf(error)}.`
      throw isPassing(error) ? new NotNowError(words) : new ConfigError(words)
    }
    return new PostgresJournal(address, now)
  }

  async open(channel: ChannelId): Promise<StoredHead | null> {
    const [found] = (await this.#pool.query<OpenRow>(opening(channel)).catch(withoutRows)).rows
    if (!found) return null
    const { authors, ...head } = found
    return {
      ...head,
      clocks: new Map(authors.map(([client, , clock]) => [client, clock])),
      owners: new Map(authors.map(([client, person]) => [client, person as PersonId])),
    }
  }

  async create(channels: readonly { channel: ChannelId; birth: NewEntry | null }[]): Promise<void> {
    const batches = channels.map(({ channel, birth }) => ({
      channel,
      epoch: 1,
      afterSeq: 0,
      entries: birth ? [birth] : [],
    }))
    await this.#inOrder(() => this.#log.query(appending(batches, this.#at(), true)))
  }

  async append(batches: readonly ChannelBatch[]): Promise<ReadonlySet<ChannelId>> {
    const question = appending(batches, this.#at())
    const { rows } = await this.#inOrder(() => this.#log.query<{ channel: ChannelId }>(question))
    return new Set(rows.map(({ channel }) => channel))
  }

  async read(channel: ChannelId, after: number, limit: ReadLimit): Promise<LogPart> {
    const { rows } = await this.#pool.query<ReadRow>(reading(channel, after, limit)).catch(withoutRows)
    const [first] = rows
    return {
      epoch: first?.epoch ?? 0,
      snapshot: first?.gzip ? { seq: first.seq, gzip: first.gzip } : null,
      entries: rows.flatMap(({ seq, person, bytes }) => (bytes ? { seq, person, update: bytes } : [])),
      more: rows.at(-1)?.more === 1,
    }
  }

  async bind(channel: ChannelId, clientIds: readonly number[], person: PersonId): Promise<readonly number[]> {
    const question = binding(channel, clientIds, person)
    const { rows } = await this.#inOrder(() => this.#log.query<{ client: number }>(question))
    const taken = new Set(rows.map(({ client }) => client))
    return clientIds.filter((id) => taken.has(id))
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

  /**
   * What was deleted is then in no file of the tables; the write-ahead log and its archives keep it as long as whoever runs PostgreSQL says.
   * The bytes of files are left as they are: what goes of them goes days later, and is by far the most.
   */
  async rewrite(): Promise<void> {
    const client = await connectAlone(this.#address)
    let stillRead = 0
    // "N dead row versions cannot be removed yet", in whatever language.
    client.on('notice', ({ detail }) => (stillRead += Number(/\d+/.exec(detail ?? '')?.[0] ?? 0)))
    try {
      const { rows } = await client.query<{ name: string }>(
        `SELECT quote_ident(relname) AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> 'file_bytes' ORDER BY relname`,
      )
      await client.query(`SET lock_timeout = ${TABLE_WAIT_MS}`)
      for (const { name } of rows) await client.query(`VACUUM (FULL, VERBOSE) ${name}`)
    } catch (error) {
      throw isHeld(error) ? new ReadForLong() : error
    } finally {
      await client.end()
    }
    if (stillRead > 0) throw new Error('an older moment of it is being read')
  }

  close(): Promise<void> {
    this.#closing ??= (async () => {
      await Promise.all([this.#lastTransaction, this.#lastWrite])
      await Promise.all([this.#pool.end(), this.#log.end()])
    })()
    return this.#closing
  }

  #at(): string {
    return this.#now().toISOString()
  }

  /** Waits for all earlier transactions of this node; the returned function lets the next one in. */
  async #takeTurn(): Promise<() => void> {
    if (this.#closing) throw new Error('the journal is closed')
    const before = this.#lastTransaction
    let done = (): void => {}
    this.#lastTransaction = new Promise<void>((resolve) => (done = resolve))
    await before
    return done
  }

  /** Waiting here and not for the connection: that somebody's transaction takes its time is no failure to connect. */
  #inOrder<T>(write: () => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new Error('the journal is closed'))
    const written = this.#lastWrite.then(write).catch(withoutRows)
    this.#lastWrite = written.catch(() => {})
    return written
  }
}
