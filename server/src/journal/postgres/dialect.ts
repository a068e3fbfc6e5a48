/** Kysely over connections of PostgreSQL. Whoever begins a transaction is alone with it (`locks.ts`); whoever reads waits for nobody. */
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult,
} from 'kysely'
import type { Pool, PoolClient, QueryResult as Answer } from 'pg'
import { withoutRows } from './connecting.ts'
import { EXCLUSIVE, SHARED } from './locks.ts'
import { Turns } from './turns.ts'

/** Those who write one thing wait for a transaction of another node with their connection in hand: most are left for those who read. */
const WRITING_AT_ONCE = 3

/** The transactions of one node come one after the other anyway: waiting here, they take no connection from those who read. */
type TakeTurn = () => Promise<() => void>

export class PostgresRows implements Dialect {
  readonly #pool: Pool
  readonly #takeTurn: TakeTurn
  constructor(pool: Pool, takeTurn: TakeTurn) {
    this.#pool = pool
    this.#takeTurn = takeTurn
  }
  createDriver(): Driver {
    return new PoolDriver(this.#pool, this.#takeTurn)
  }
  createQueryCompiler(): QueryCompiler {
    return new PostgresQueryCompiler()
  }
  createAdapter(): DialectAdapter {
    return new PostgresAdapter()
  }
  createIntrospector(db: Kysely<never>): PostgresIntrospector {
    return new PostgresIntrospector(db)
  }
}

class PoolDriver implements Driver {
  readonly #pool: Pool
  readonly #takeTurn: TakeTurn
  readonly #writing = new Turns(WRITING_AT_ONCE)
  constructor(pool: Pool, takeTurn: TakeTurn) {
    this.#pool = pool
    this.#takeTurn = takeTurn
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<PoolConnection> {
    return new PoolConnection(this.#pool, this.#writing)
  }
  async beginTransaction(connection: PoolConnection): Promise<void> {
    await connection.begin(await this.#takeTurn())
  }
  async commitTransaction(connection: PoolConnection): Promise<void> {
    await connection.commit()
  }
  async rollbackTransaction(connection: PoolConnection): Promise<void> {
    await connection.rollback()
  }
  async releaseConnection(connection: PoolConnection): Promise<void> {
    connection.release()
  }
  async destroy(): Promise<void> {}
}

/** A connection is taken when something is asked: for one statement, or for all of a transaction. */
class PoolConnection implements DatabaseConnection {
  readonly #pool: Pool
  readonly #writing: Turns
  #client: PoolClient | null = null
  #broken = false
  #done = (): void => {}
  constructor(pool: Pool, writing: Turns) {
    this.#pool = pool
    this.#writing = writing
  }

  async begin(done: () => void): Promise<void> {
    this.#done = done
    this.#client = await this.#pool.connect()
    // Nobody rolls back what has not begun: its connection goes.
    this.#broken = true
    await this.#ask(`BEGIN; ${EXCLUSIVE}`)
    this.#broken = false
  }

  async commit(): Promise<void> {
    // One whose statement failed before answers that it was rolled back.
    if ((await this.#ask('COMMIT')).command !== 'COMMIT') throw new Error('the transaction was rolled back')
  }

  async rollback(): Promise<void> {
    if (!this.#broken) await this.#ask('ROLLBACK')
  }

  release(): void {
    this.#client?.release(this.#broken)
    this.#client = null
    this.#done()
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#client) return resultOf<R>(await this.#ask(query.sql, query.parameters))
    if (isReading(query))
      return resultOf<R>(await this.#pool.query(query.sql, [...query.parameters]).catch(withoutRows))
    return this.#alone<R>(query)
  }

  /** Writes one thing, outside of anybody's transaction. */
  async #alone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const done = await this.#writing.take()
    try {
      this.#client = await this.#pool.connect()
      await this.#ask(`BEGIN; ${SHARED}`)
      const answer = await this.#ask(query.sql, query.parameters)
      await this.commit()
      return resultOf<R>(answer)
    } catch (error) {
      if (this.#client) await this.rollback().catch(() => {})
      throw error
    } finally {
      this.#client?.release(this.#broken)
      this.#client = null
      done()
    }
  }

  async #ask(text: string, values: readonly unknown[] = []): Promise<Answer> {
    try {
      return await this.#client!.query(text, [...values])
    } catch (error) {
      // What PostgreSQL says has a code of five signs; anything else is the connection itself, and nobody else gets it.
      const code = (error as { code?: string }).code ?? ''
      if (!/^[0-9A-Z]{5}$/.test(code) || /^(08|57P)/.test(code)) this.#broken = true
      withoutRows(error)
    }
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('rows are not streamed here')
  }
}

const isReading = ({ query, sql }: CompiledQuery): boolean =>
  query.kind === 'SelectQueryNode' || (query.kind === 'RawNode' && /^\s*select\b/i.test(sql))

const resultOf = <R>({ rows, rowCount }: Answer): QueryResult<R> => ({
  rows: rows as R[],
  numAffectedRows: BigInt(rowCount ?? 0),
})
