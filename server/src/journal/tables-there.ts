/** What a store says of its own tables: for whoever writes all of them out, or takes all of them in. */
import { sql, type Kysely } from 'kysely'
import type { Tables } from './journal.ts'
import { OWN_TABLES } from './postgres/migrate.ts'
import { isPostgres } from './which-store.ts'

type Rows = Pick<Kysely<Tables>, 'getExecutor'>

/** In the order of their names; those that a store has for itself alone are not among them. */
export async function tablesThere(rows: Rows): Promise<string[]> {
  const asked = isPostgres(rows)
    ? sql<{ name: string }>`
      select c.relname as name from pg_class c where c.relkind = 'r'
        and c.relnamespace = current_schema()::regnamespace and c.relname not in (${sql.join(OWN_TABLES)})`
    : sql<{ name: string }>`select name from sqlite_schema where type = 'table'`
  return (await asked.execute(rows)).rows.map(({ name }) => name).sort()
}

/** None, when there is no table of exactly this name. */
export async function columnsThere(rows: Rows, table: string): Promise<string[]> {
  // By exactly its name: SQLite takes OUTBOX for outbox.
  const asked = isPostgres(rows)
    ? sql<{ name: string }>`
      select column_name as name from information_schema.columns
      where table_schema = current_schema() and table_name = ${table} order by ordinal_position`
    : sql<{ name: string }>`
      select p.name from sqlite_schema m, pragma_table_info(m.name) p where m.type = 'table' and m.name = ${table}`
  return (await asked.execute(rows)).rows.map(({ name }) => name)
}

/** The columns of its key, in the order of the key. */
export async function keyThere(rows: Rows, table: string): Promise<string[]> {
  const asked = isPostgres(rows)
    ? sql<{ name: string }>`
      select a.attname as name from pg_index i
        cross join unnest(i.indkey) with ordinality one (attnum, place)
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = one.attnum
      where i.indisprimary and i.indrelid = to_regclass(quote_ident(${table})) order by one.place`
    : sql<{ name: string }>`select name from pragma_table_info(${table}) where pk > 0 order by pk`
  return (await asked.execute(rows)).rows.map(({ name }) => name)
}

/** Until the end of this transaction a row may come before the one it names. */
export async function referencesLater(rows: Rows): Promise<void> {
  await (isPostgres(rows) ? sql`set constraints all deferred` : sql`pragma defer_foreign_keys = on`).execute(
    rows,
  )
}
