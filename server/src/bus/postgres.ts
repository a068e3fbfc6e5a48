/**
 * The bus over PostgreSQL's own LISTEN and NOTIFY, on a connection of its own: a notification sent in the transaction that appends
 * would make all commits of the server wait for each other.
 */
import type { ClientConfig } from 'pg'
import { endSession, sessionOf } from '../journal/postgres/session.ts'
import type { OpenWire } from './shared-bus.ts'

const TOPIC = 'auzolan'

/** @param connection where the database is; never told to anybody */
export function postgresWire(connection: ClientConfig): OpenWire {
  return async ({ heard, lost }) => {
    const client = sessionOf(connection, 'bus')
    client.on('error', (error) => lost(wordsOf(error)))
    client.on('end', () => lost('the connection has ended'))
    client.on('notification', ({ payload = '' }) => heard(Buffer.from(payload, 'base64')))
    const end = (): void => {
      client.removeAllListeners('notification')
      void endSession(client)
    }
    try {
      await client.connect()
      // What is said here need not survive anything, so nobody waits for a disk.
      await client.query(`SET synchronous_commit = off; LISTEN ${TOPIC}`)
    } catch (error) {
      end()
      throw plain(error)
    }
    return {
      async send(parcels) {
        const payloads = parcels.map((parcel) => Buffer.from(parcel).toString('base64'))
        await client
          .query(`SELECT pg_notify('${TOPIC}', payload) FROM unnest($1::text[]) AS payload`, [payloads])
          .catch((error: unknown) => {
            throw plain(error)
          })
      },
      end,
    }
  }
}

/** Without its cause, which may name the address and what stands in it. */
const plain = (error: unknown): Error => new Error(wordsOf(error))

function wordsOf(error: unknown): string {
  const code = (error as { code?: unknown }).code
  return typeof code === 'string' ? `PostgreSQL: ${code}` : 'PostgreSQL does not answer'
}
