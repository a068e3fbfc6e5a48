/** The SQLite journal keeps the contract, refuses data it does not understand, and survives being killed. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { temporaryFolder } from '../support/server.ts'
import { ANE, bytes, entry, journalContract, newChannel, type Opened } from './journal.ts'
import { holdsWhatWasAcknowledged } from './journal-killed.ts'
import { upkeepContract } from './journal-upkeep.ts'

const now = (): Date => new Date('2027-01-02T03:04:05Z')

const openSqlite = async (): Promise<Opened> => {
  const folder = await temporaryFolder()
  const path = join(folder, 'auzolan.sqlite')
  let current: Journal = await SqliteJournal.open(path, now)
  return {
    journal: current,
    async reopen() {
      await current.close()
      current = await SqliteJournal.open(path, now)
      return current
    },
    async remove() {
      await current.close()
      await rm(folder, { recursive: true })
    },
  }
}
journalContract('SQLite', openSqlite)
upkeepContract('SQLite', openSqlite)

describe('the SQLite file', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await temporaryFolder()
    path = join(folder, 'auzolan.sqlite')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it(
    '[ER6] is written anew without what was deleted, or says that an older moment is being read',
    { timeout: 30_000 },
    async () => {
      const words = 'nire-hitz-ezkutuak-'.repeat(2_000)
      const journal = await SqliteJournal.open(path, now)
      await journal.rows.insertInto('setting').values({ key: 'x', value: words }).execute()
      const reader = new Database(path, { readonly: true })
      reader.exec('BEGIN')
      reader.prepare('SELECT * FROM setting').all()
      await journal.rows.deleteFrom('setting').where('key', '=', 'x').execute()
      await expect(journal.rewrite()).rejects.toThrow('being read')
      reader.close()
      await journal.rewrite()
      for (const end of ['', '-wal'])
        expect((await readFile(`${path}${end}`)).includes('nire-hitz-ezkutuak')).toBe(false)
      await journal.close()
    },
  )

  it('[J6] of a newer version is refused with a sentence, and left as it is', async () => {
    const newer = new Database(path)
    newer.pragma('user_version = 99')
    newer.close()
    await expect(SqliteJournal.open(path, now)).rejects.toThrow(
      `the data folder was written by a newer version (99 > ${MIGRATIONS.length})`,
    )
    const after = new Database(path, { readonly: true })
    expect(after.pragma('user_version', { simple: true })).toBe(99)
    expect(after.prepare('SELECT count(*) FROM sqlite_master').pluck().get()).toBe(0)
    after.close()
  })

  it('that is none is refused and left as it is', async () => {
    const letter = 'A letter to the mayor, certainly no database. '.repeat(100)
    await writeFile(path, letter)
    await expect(SqliteJournal.open(path, now)).rejects.toThrow('not a database')
    expect(await readFile(path, 'utf8')).toBe(letter)
  })

  it('is safe against power cuts: write-ahead log, every commit on disk', async () => {
    const journal = await SqliteJournal.open(path, now)
    const setting = async (name: string): Promise<unknown> =>
      (await sql.raw(`PRAGMA ${name}`).execute(journal.rows)).rows
    expect(await setting('journal_mode')).toEqual([{ journal_mode: 'wal' }])
    expect(await setting('synchronous')).toEqual([{ synchronous: 2 }])
    expect(await setting('foreign_keys')).toEqual([{ foreign_keys: 1 }])
    await journal.close()
  })

  it('remembers when a document was last edited', async () => {
    const journal = await SqliteJournal.open(path, now)
    const channel = newChannel()
    await journal.create([{ channel: channel, birth: entry(ANE, bytes(1)) }])
    await journal.rows.insertInto('team').values({ id: 't', name: 'T', created_at: '' }).execute()
    const empty = {
      type: 'plan',
      title: '{}',
      languages: '[]',
      work: 'draft',
      in_force: null,
      visibility: 'team',
    }
    await journal.rows
      .insertInto('document')
      .values({
        ...empty,
        id: channel.slice(0, 36),
        team_id: 't',
        archived: 0,
        created_by: ANE,
        created_at: '',
        updated_at: '',
      })
      .execute()
    await journal.append([{ channel, epoch: 1, afterSeq: 1, entries: [entry(ANE, bytes(1))] }])
    const [row] = await journal.rows.selectFrom('document').select('updated_at').execute()
    expect(row!.updated_at).toBe('2027-01-02T03:04:05.000Z')
    await journal.close()
  })

  it('[J1] holds everything that was acknowledged when the process is killed at any moment', () =>
    holdsWhatWasAcknowledged(path, () => SqliteJournal.open(path, now)))
})
