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
/** How statements get to the thread. */
export interface Turns {
  /** A statement by itself: it waits for whoever has a transaction, and for nobody's answer. */
  readonly alone: Ask
  /** A statement of whoever holds the turn. */
  readonly held: Ask
  /** Waits for all earlier ones; nothing of anybody else is written until the returned function is called. */
  readonly take: () => Promise<() => void>
}

export class ThreadDialect implements Dialect {
  readonly #turns: Turns
  constructor(turns: Turns) {
    this.#turns = turns
  }
  createDriver(): Driver {
    return new ThreadDriver(this.#turns)
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

/** Beginning a transaction takes the writer's turn: nothing of anybody else falls into it. */
class ThreadDriver implements Driver {
  readonly #turns: Turns
  readonly #free: ThreadConnection[] = []
  constructor(turns: Turns) {
    this.#turns = turns
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<ThreadConnection> {
    return this.#free.pop() ?? new ThreadConnection(this.#turns)
  }
  async releaseConnection(connection: ThreadConnection): Promise<void> {
    connection.release()
    this.#free.push(connection)
  }
  async beginTransaction(connection: ThreadConnection): Promise<void> {
    await connection.begin()
  }
  async commitTransaction(connection: ThreadConnection): Promise<void> {
    await connection.say('COMMIT')
  }
  async rollbackTransaction(connection: ThreadConnection): Promise<void> {
    await connection.say('ROLLBACK')
  }
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #turns: Turns
  /** Gives the turn back; `null` outside a transaction. */
  #done: (() => void) | null = null
  constructor(turns: Turns) {
    this.#turns = turns
  }
  async begin(): Promise<void> {
    this.#done = await this.#turns.take()
    await this.say('BEGIN IMMEDIATE')
  }
  async say(word: 'BEGIN IMMEDIATE' | 'COMMIT' | 'ROLLBACK'): Promise<void> {
    await this.#turns.held(word, [])
  }
  /** However the transaction has ended. */
  release(): void {
    this.#done?.()
    this.#done = null
  }
  async executeQuery<R>(query: CompiledQuery): Promise<Rows<R>> {
    const ask = this.#done ? this.#turns.held : this.#turns.alone
    const { rows, changes } = (await ask(query.sql, query.parameters)) as QueryResult
    return { rows: rows as R[], numAffectedRows: BigInt(changes) }
  }
  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<Rows<R>> {
    throw new Error('rows are not streamed here')
  }
}
