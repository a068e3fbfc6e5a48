/** Housekeeping as a lock of a PostgreSQL session: it ends with the connection, however that ends. */
import type { ClientConfig } from 'pg'
import { endSession, sessionOf } from '../journal/postgres/session.ts'
import type { TryHold } from './housekeeping.ts'

/** "etxe" (house): beside the lock of whoever writes. */
const HOUSEKEEPING = 0x65747865

/** @param connection where the database is; never told to anybody */
export const postgresHold =
  (connection: ClientConfig): TryHold =>
  async () => {
    const client = sessionOf(connection, 'housekeeping')
    let isOpen = true
    client.on('end', () => (isOpen = false))
    const letGo = (): Promise<void> => endSession(client)
    try {
      await client.connect()
      // A node that went without a word is noticed by its machine's silence.
      await client.query(
        `SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false),
          set_config('tcp_keepalives_count', '3', false)`,
      )
      const { rows } = await client.query<{ held: boolean }>(
        `SELECT pg_try_advisory_lock(${HOUSEKEEPING}) AS held`,
      )
      if (rows[0]?.held) {
        return {
          async check() {
            if (isOpen) await client.query('SELECT 1')
            return isOpen
          },
          letGo,
        }
      }
      await letGo()
      return null
    } catch (error) {
      await letGo()
      throw error
    }
  }
