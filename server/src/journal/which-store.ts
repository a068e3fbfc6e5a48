/** Which store rows lie in: asked by the few who have to put the same question in other words. */
import { PostgresAdapter, type Kysely } from 'kysely'

export const isPostgres = (rows: Pick<Kysely<never>, 'getExecutor'>): boolean =>
  rows.getExecutor().adapter instanceof PostgresAdapter
