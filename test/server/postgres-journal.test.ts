/** The PostgreSQL journal keeps the contract. */
import { describe, it } from 'vitest'
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { NO_POSTGRES, freshDatabase } from '../support/postgres.ts'
import { journalContract, type Opened } from './journal.ts'
import { upkeepContract } from './journal-upkeep.ts'

const now = (): Date => new Date('2027-01-02T03:04:05Z')

const openPostgres = async (): Promise<Opened> => {
  const { url, drop } = await freshDatabase()
  let current: Journal = await PostgresJournal.open(url, now)
  return {
    journal: current,
    async reopen() {
      await current.close()
      current = await PostgresJournal.open(url, now)
      return current
    },
    async remove() {
      await current.close()
      await drop()
    },
  }
}
if (NO_POSTGRES) it.skip(NO_POSTGRES)
describe.skipIf(NO_POSTGRES)('with a PostgreSQL', () => {
  journalContract('PostgreSQL', openPostgres)
  upkeepContract('PostgreSQL', openPostgres)
})
