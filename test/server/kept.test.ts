/** What is kept: the list of kinds holds every table and file there is, and what administrators are told of them is true. */
import { readdir, rm } from 'node:fs/promises'
import Database from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import { KINDS } from '@auzolan/shared/protocol/kept.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { KEPT_KINDS, kindOfFile, kindOfTable } from '@auzolan/server/src/kept/kinds.ts'

function tablesNow(): string[] {
  const db = new Database(':memory:')
  MIGRATIONS.forEach((step) => db.exec(step))
  const found = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  db.close()
  return found
}

describe('[DS1] the list of kinds', () => {
  it('has every table of the database, each in one kind, and none that is not there', () => {
    const tables = tablesNow()
    expect(tables.filter((table) => kindOfTable(table) === null)).toEqual([])
    const listed = KEPT_KINDS.flatMap((kind) => kind.tables)
    expect(listed.filter((table) => !tables.includes(table))).toEqual([])
    expect(listed.filter((table, i) => listed.indexOf(table) !== i)).toEqual([])
    expect(kindOfTable('a_table_of_tomorrow')).toBeNull()
  })

  it('has every kind that has words, each once', () => {
    expect(KEPT_KINDS.map(({ id }) => id).sort()).toEqual([...KINDS].sort())
  })
})
