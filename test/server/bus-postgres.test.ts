/** The bus over a real PostgreSQL. */
import { afterAll, beforeAll, describe } from 'vitest'
import { pino } from 'pino'
import { postgresWire } from '@auzolan/server/src/bus/postgres.ts'
import { SharedBus } from '@auzolan/server/src/bus/shared-bus.ts'
import { POSTGRES, startOwnPostgres, type OwnPostgres } from '../support/own-postgres.ts'
import { busContract } from './bus.ts'

// Where there is no PostgreSQL there is no such bus either.
describe.skipIf(POSTGRES === null)('over PostgreSQL', () => {
  let server: OwnPostgres
  beforeAll(async () => {
    server = await startOwnPostgres()
  })
  afterAll(() => server.remove())
  const speak = async (bytes: Uint8Array): Promise<void> =>
    void (await server.query(`SELECT pg_notify('auzolan', $1)`, [Buffer.from(bytes).toString('base64')]))
  busContract('PostgreSQL', () => ({
    port: server.port,
    join: (port, times) =>
      new SharedBus(
        postgresWire({ host: '127.0.0.1', port, user: 'auzolan', database: 'postgres' }),
        pino({ level: 'silent' }),
        times,
      ),
    // Notifications are text: what is no base64 reads as whatever it reads.
    speak: async (bytes) =>
      void (await server.query(`SELECT pg_notify('auzolan', $1)`, [
        `%ñ${Buffer.from(bytes).toString('hex')}`,
      ])),
    forge: speak,
    stop: () => server.stop(),
    start: () => server.start(),
  }))
})
