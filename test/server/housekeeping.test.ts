/** One node keeps house, on a real PostgreSQL, and another takes over when it goes. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { pino } from 'pino'
import { SharedHousekeeping } from '@auzolan/server/src/nodes/housekeeping.ts'
import { postgresHold } from '@auzolan/server/src/nodes/postgres-hold.ts'
import { POSTGRES, startOwnPostgres } from '../support/own-postgres.ts'
import { NO_POSTGRES, ask, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { until } from '../support/server.ts'

describe.skipIf(NO_POSTGRES !== null)('keeping house', () => {
  let database: TestDatabase
  const nodes: SharedHousekeeping[] = []
  beforeAll(async () => {
    database = await freshDatabase()
  })
  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.close()
  })
  afterAll(() => database.drop())

  const three = async (): Promise<SharedHousekeeping[]> => {
    for (let i = 0; i < 3; i++) {
      const node = new SharedHousekeeping(
        postgresHold({ connectionString: database.url }),
        pino({ level: 'silent' }),
        50,
      )
      nodes.push(node)
      await node.tried
    }
    return nodes
  }
  const mine = (): boolean[] => nodes.map(({ isMine }) => isMine)

  it('[ND6] is done by one of them, and by another when that one stops', async () => {
    const [first] = await three()
    expect(mine()).toEqual([true, false, false])
    await first!.close()
    expect(first!.isMine).toBe(false)
    await until(() => mine().filter(Boolean).length === 1, 'another one does it')
  })

  it('[ND6] goes over to another when the connection is lost, and is noticed by who had it', async () => {
    const [first] = await three()
    expect(first!.isMine).toBe(true)
    await ask(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()`,
    )
    await until(() => mine().filter(Boolean).length === 1, 'one of them does it')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(mine().filter(Boolean)).toHaveLength(1)
  })
})

describe.skipIf(POSTGRES === null)('keeping house while the database is slow', () => {
  it(
    '[ND6] is not kept from everybody by the connection of a node that has given it up',
    { timeout: 60_000 },
    async () => {
      const server = await startOwnPostgres()
      const node = (): SharedHousekeeping =>
        new SharedHousekeeping(postgresHold({ connectionString: server.url }), pino({ level: 'silent' }), 200)
      const first = node()
      await first.tried
      const second = node()
      const isMine = (): boolean => first.isMine || second.isMine
      expect(first.isMine).toBe(true)
      const [{ pid } = {}] = await server.query(
        `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted`,
      )
      process.kill(Number(pid), 'SIGSTOP')
      try {
        await until(() => !isMine(), 'it is given up', 15_000)
      } finally {
        process.kill(Number(pid), 'SIGCONT')
      }
      await until(isMine, 'somebody does it again', 10_000)
      await Promise.all([first.close(), second.close()])
      await server.remove()
    },
  )
})
