/** What a new table has to be put into, as far as its columns say it: the lists that a purge and an export go by. */
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { CHANNEL_TABLES, OF_A_DOCUMENT } from '@auzolan/server/src/documents/arranging.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { isExported } from '@auzolan/server/src/open-formats/format.ts'

describe('a table', () => {
  const db = new Database(':memory:')
  for (const step of MIGRATIONS) db.exec(step)
  afterAll(() => db.close())
  const columns = db
    .prepare(
      `SELECT m.name AS "table", p.name AS "column", p.type FROM sqlite_schema m, pragma_table_info(m.name) p
       WHERE m.type = 'table' AND m.name NOT GLOB 'passage_*' ORDER BY 1, 2`,
    )
    .all() as { table: string; column: string; type: string }[]
  const tablesWith = (column: string): string[] =>
    columns.filter((one) => one.column === column).map(({ table }) => table)

  it('of a document goes with it', () => {
    // Notices are taken back, with what waits under them.
    expect(tablesWith('document').filter((table) => table !== 'told')).toEqual([...OF_A_DOCUMENT].sort())
  })
  it('of a channel goes with it', () => {
    expect(tablesWith('channel')).toEqual([...CHANNEL_TABLES].sort())
  })
  it('that is exported can be read by other programs: it has no bytes', () => {
    const bytes = columns.filter(({ table, type }) => type === 'BLOB' && isExported(table))
    expect(bytes).toEqual([])
  })
})
