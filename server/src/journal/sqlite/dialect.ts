/** Kysely over the SQLite thread: typed queries here, execution there. */
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryCompiler,
  type QueryResult as Rows,
} from 'kysely'
import type { QueryResult, Result } from './requests.ts'

type Ask = (sql: string, parameters: readonly unknown[]) => Promise<Result>
type TakeTurn = () => Promise<() => void>

export class ThreadDialect implements Dialect {
  readonly #ask: Ask
  readonly #takeTurn: TakeTurn
  constructor(ask: Ask, takeTurn: TakeTurn) {
    this.#ask = ask
    this.#takeTurn = takeTurn
  }
  createDriver(): Driver {
    return new ThreadDriver(this.#ask, this.#takeTurn)
  }
  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }
  createAdapter(): DialectAdapter {
    return new SqliteAdapter()
  }
  createIntrospector(db: Kysely<never>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }
}

/** Holding a connection is holding the writer's turn: nothing of anybody else falls into our transaction. */
class ThreadDriver implements Driver {
  readonly #ask: Ask
  readonly #takeTurn: TakeTurn
  #done = (): void => {}
  constructor(ask: Ask, takeTurn: TakeTurn) {
    this.#ask = ask
    this.#takeTurn = takeTurn
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    this.#done = await this.#takeTurn()
    return new ThreadConnection(this.#ask)
  }
  async releaseConnection(): Promise<void> {
    this.#done()
  }
  async beginTransaction(): Promise<void> {
    await this.#ask('BEGIN IMMEDIATE', [])
  }
  async commitTransaction(): Promise<void> {
    await this.#ask('COMMIT', [])
  }
  async rollbackTransaction(): Promise<void> {
    await this.#ask('ROLLBACK', [])
  }
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #ask: Ask
  constructor(ask: Ask) {
    this.#ask = ask
  }
  async executeQuery<R>(query: CompiledQuery): Promise<Rows<R>> {
    const { rows, changes } = (await this.#ask(query.sql, query.parameters)) as QueryResult
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }
  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<Rows<R>> {
    throw new Error('rows are not streamed here')
  }
}
