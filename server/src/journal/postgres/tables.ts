/**
 * The tables of PostgreSQL, told by those of SQLite: the migrations run in an empty database in memory, and what SQLite says of its tables
 * is said again in the words of PostgreSQL. So there is one list of tables, and no second one that drifts.
 */
import Database from 'better-sqlite3'

export interface Column {
  readonly name: string
  readonly type: string
  readonly notNull: boolean
  /** As it stands in the words of SQL. */
  readonly byDefault: string | null
}
interface Index {
  readonly name: string
  readonly columns: readonly string[]
  readonly unique: boolean
  /** Of which rows; `null` for all. */
  readonly where: string | null
}
interface Reference {
  readonly columns: readonly string[]
  readonly table: string
  readonly to: readonly string[]
}
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: readonly string[]
  /** Who gives the number of a new row: the table's own count, which never gives one twice; the store, any; or whoever writes it. */
  readonly numbered: 'counted' | 'any' | 'no'
  readonly unique: readonly (readonly string[])[]
  readonly indexes: readonly Index[]
  readonly references: readonly Reference[]
  readonly checks: readonly string[]
}

/** How many rows each counted table has ever had: the number of the next one, also where rows were taken away or never came to be. */
export const COUNT_TABLE = 'counted'
/** The words of each passage, for the search; in the place of SQLite's own index. */
export const WORDS_TABLE = 'passage_word'

/** @param steps migrations of SQLite, from the first on */
export function tablesAfter(steps: readonly string[]): ReadonlyMap<string, Table> {
  const db = new Database(':memory:')
  try {
    for (const step of steps) db.exec(step)
    const names = db
      .prepare(
        `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      )
      .pluck()
      .all() as string[]
    return new Map(names.map((name) => [name, described(db, name)]))
  } finally {
    db.close()
  }
}

function described(db: Database.Database, name: string): Table {
  const words = wordsOf(db, name)
  const columns = db.pragma(`table_info("${name}")`) as {
    name: string
    type: string
    notnull: number
    dflt_value: string | null
    pk: number
  }[]
  const key = columns
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map((column) => column.name)
  const whole = columns.find((column) => column.name === key[0])?.type === 'INTEGER'
  const indexes = (
    db.pragma(`index_list("${name}")`) as { name: string; unique: number; origin: string }[]
  ).map((index) => ({
    ...index,
    columns: (db.pragma(`index_info("${index.name}")`) as { name: string }[]).map((one) => one.name),
  }))
  const references = db.pragma(`foreign_key_list("${name}")`) as {
    id: number
    table: string
    from: string
    to: string | null
    on_delete: string
    on_update: string
  }[]
  for (const { on_delete, on_update } of references)
    if (on_delete !== 'NO ACTION' || on_update !== 'NO ACTION')
      throw new Error(`${name}: what becomes of a row that another one names is not told to PostgreSQL`)
  return {
    name,
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type,
      // SQLite lets a key be NULL where nobody has forbidden it; nothing of ours relies on that.
      notNull: column.notnull === 1 || column.pk > 0,
      byDefault: column.dflt_value,
    })),
    key,
    numbered: !(key.length === 1 && whole) ? 'no' : /\bAUTOINCREMENT\b/.test(words) ? 'counted' : 'any',
    unique: indexes.filter(({ origin }) => origin === 'u').map((index) => index.columns),
    indexes: indexes
      .filter(({ origin }) => origin === 'c')
      .map((index) => ({
        name: index.name,
        columns: index.columns,
        unique: index.unique === 1,
        where:
          wordsOf(db, index.name)
            .split(/\bWHERE\b/)[1]
            ?.trim() ?? null,
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    references: [...new Set(references.map(({ id }) => id))].map((id) => {
      const of = references.filter((one) => one.id === id)
      const table = of[0]!.table
      return { columns: of.map((one) => one.from), table, to: of.map((one) => one.to ?? '') }
    }),
    checks: checksIn(words),
  }
}

/** Without its comments. */
const wordsOf = (db: Database.Database, name: string): string =>
  (db.prepare('SELECT sql FROM sqlite_master WHERE name = ?').pluck().get(name) as string).replace(
    /--[^\n]*/g,
    '',
  )

/** What stands between the brackets of each CHECK. */
function checksIn(words: string): string[] {
  return [...words.matchAll(/\bCHECK\s*\(/g)].map(({ index, 0: begin }) => {
    const from = index + begin.length
    let open = 1
    let to = from
    while (open > 0) {
      const sign = words[to++]
      if (sign === '(') open += 1
      else if (sign === ')') open -= 1
      else if (sign === undefined) throw new Error(`a CHECK without an end: ${words.slice(from)}`)
    }
    return words.slice(from, to - 1).trim()
  })
}

/** Texts are compared byte by byte, as SQLite does. */
const TYPES: { readonly [type: string]: string } = {
  TEXT: 'text COLLATE "C"',
  // A number of SQLite goes beyond four bytes; no number of ours goes beyond what JavaScript counts.
  INTEGER: 'bigint',
  REAL: 'double precision',
  BLOB: 'bytea',
}

export const quoted = (name: string): string => `"${name}"`
const list = (names: readonly string[]): string => names.map(quoted).join(', ')

function columnWords({ name, type, notNull, byDefault }: Column): string {
  const here = TYPES[type]
  if (!here) throw new Error(`PostgreSQL is not told what ${type} is (${name})`)
  return `${quoted(name)} ${here}${notNull ? ' NOT NULL' : ''}${byDefault === null ? '' : ` DEFAULT ${byDefault}`}`
}

function tableWords({ name, columns, key, numbered, unique, checks }: Table): string[] {
  const lines = [
    ...columns.map((column) =>
      numbered === 'any' && column.name === key[0]
        ? `${columnWords(column)} GENERATED BY DEFAULT AS IDENTITY`
        : columnWords(column),
    ),
    ...(key.length > 0 ? [`PRIMARY KEY (${list(key)})`] : []),
    ...unique.map((columns) => `UNIQUE (${list(columns)})`),
    ...checks.map((check) => `CHECK (${check})`),
  ]
  const counted = [
    `INSERT INTO ${COUNT_TABLE} (name, last) VALUES ('${name}', 0)`,
    `CREATE TRIGGER ${name}_counted BEFORE INSERT ON ${quoted(name)} FOR EACH ROW EXECUTE FUNCTION count_row('${key[0]}')`,
  ]
  return [`CREATE TABLE ${quoted(name)} (${lines.join(', ')})`, ...(numbered === 'counted' ? counted : [])]
}

function indexWords(table: string, { name, columns, unique, where }: Index): string {
  return `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${quoted(name)} ON ${quoted(table)} (${list(columns)})${where === null ? '' : ` WHERE ${where}`}`
}

/** A row may come before the one it names where somebody says so: within one transaction (an import). */
function referenceWords(name: string, { columns, table, to }: Reference): string {
  const target = to.every((column) => column !== '') ? ` (${list(to)})` : ''
  return `ALTER TABLE ${quoted(name)} ADD FOREIGN KEY (${list(columns)}) REFERENCES ${quoted(table)}${target} DEFERRABLE`
}

/** What was looked for and is as before; compared by its words. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * The statements that make the tables of `after` out of those of `before`: all of them, where there were none.
 * @throws with a sentence, when they differ in a way that no statement here can tell: such a migration says it itself, in words of PostgreSQL
 */
export function statementsFor(
  before: ReadonlyMap<string, Table>,
  after: ReadonlyMap<string, Table>,
): string[] {
  const fresh = [...after.values()].filter(({ name }) => !before.has(name))
  const kept = [...after.values()].filter(({ name }) => before.has(name))
  const gone = [...before.values()].filter(({ name }) => !after.has(name))
  return [
    ...gone.flatMap(({ name, numbered }) => [
      `DROP TABLE ${quoted(name)} CASCADE`,
      ...(numbered === 'counted' ? [`DELETE FROM ${COUNT_TABLE} WHERE name = '${name}'`] : []),
    ]),
    ...fresh.flatMap(tableWords),
    ...kept.flatMap((table) => changes(before.get(table.name)!, table)),
    ...fresh.flatMap((table) => table.indexes.map((index) => indexWords(table.name, index))),
    ...fresh.flatMap((table) => table.references.map((one) => referenceWords(table.name, one))),
  ]
}

function changes(before: Table, after: Table): string[] {
  const name = quoted(after.name)
  for (const part of ['key', 'numbered', 'unique', 'references', 'checks'] as const)
    if (!same(before[part], after[part]))
      throw new Error(`the ${part} of ${after.name} change, and PostgreSQL is not told how`)
  const columnOf = (table: Table, column: string): Column | undefined =>
    table.columns.find((one) => one.name === column)
  for (const column of after.columns) {
    const earlier = columnOf(before, column.name)
    if (earlier && !same(earlier, column))
      throw new Error(`${after.name}.${column.name} changes, and PostgreSQL is not told how`)
  }
  const isIn = (indexes: readonly Index[], index: Index): boolean => indexes.some((one) => same(one, index))
  return [
    ...before.indexes
      .filter((index) => !isIn(after.indexes, index))
      .map((index) => `DROP INDEX ${quoted(index.name)}`),
    ...before.columns
      .filter((column) => !columnOf(after, column.name))
      .map((column) => `ALTER TABLE ${name} DROP COLUMN ${quoted(column.name)}`),
    ...after.columns
      .filter((column) => !columnOf(before, column.name))
      .map((column) => `ALTER TABLE ${name} ADD COLUMN ${columnWords(column)}`),
    ...after.indexes
      .filter((index) => !isIn(before.indexes, index))
      .map((index) => indexWords(after.name, index)),
  ]
}
