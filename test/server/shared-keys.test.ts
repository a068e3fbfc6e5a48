/** The key of the receipts in a database that nodes share: one key for all of them, and never silently replaced. */
import { rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isConfirmed, verifyReceipt } from '@auzolan/shared/receipt.ts'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { SharedSigningKeys, keyRow, putKeyRow } from '@auzolan/server/src/review/shared-signing-keys.ts'
import { LOST_MARK } from '@auzolan/server/src/review/signing-keys.ts'
import { ConfigError } from '@auzolan/server/src/settings.ts'
import { NO_POSTGRES, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { FACTS, TEXT } from '../support/receipts.ts'
import { firstBreak } from '../support/first-break.ts'
import { temporaryFolder } from '../support/server.ts'

describe.skipIf(NO_POSTGRES)('the key in a database', () => {
  const now = (): Date => new Date('2027-01-02T03:04:05Z')
  let database: TestDatabase
  let nodes: PostgresJournal[]
  let folder: string
  beforeEach(async () => {
    database = await freshDatabase()
    nodes = [await PostgresJournal.open(database.url, now), await PostgresJournal.open(database.url, now)]
    folder = await temporaryFolder()
  })
  afterEach(async () => {
    for (const node of nodes) await node.close()
    await database.drop()
    await rm(folder, { recursive: true })
  })
  const opened = (node = 0): Promise<SharedSigningKeys> => SharedSigningKeys.open(folder, nodes[node]!, now)
  const failure = async (): Promise<string> => {
    const error: unknown = await opened().catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message
  }

  it('is made once, also when two nodes need it at the same moment', async () => {
    const [one, two] = await Promise.all([opened(0), opened(1)])
    const receipts = await Promise.all([one, two, one, two].map((keys) => keys.sign(FACTS)))
    expect(new Set(receipts.map(({ key }) => key)).size).toBe(1)
    expect(await two.known()).toEqual(await one.known())
    const { publicKey } = (await one.known())[0]!
    expect(isConfirmed(await verifyReceipt(receipts[3]!, TEXT, [publicKey]))).toBe(true)
    expect(await firstBreak(nodes[0]!.rows)).toBeNull()
  })

  it('is replaced for all nodes; receipts of before stay right', async () => {
    const [one, two] = [await opened(0), await opened(1)]
    const before = await one.sign(FACTS)
    const key = await two.rotate()
    expect(key.id).not.toBe(before.key)
    expect((await one.sign(FACTS)).key).toBe(key.id)
    const known = await one.known()
    expect(known.map(({ id, to }) => [id, to])).toEqual([
      [before.key, now().toISOString()],
      [key.id, null],
    ])
    const publicKeys = known.map(({ publicKey }) => publicKey)
    expect(isConfirmed(await verifyReceipt(before, TEXT, publicKeys))).toBe(true)
  })

  it('that is gone, or damaged, stops the start; the mark says that it is lost, and nothing else does', async () => {
    const { key } = await (await opened()).sign(FACTS)
    const content = (await keyRow(nodes[0]!.rows))!
    await putKeyRow(nodes[0]!.rows, content.replace('BEGIN PRIVATE', 'BEGIN SOMETHING'))
    expect(await failure()).toContain('is damaged')
    await sql`delete from signing_key`.execute(nodes[0]!.rows)
    expect(await failure()).toContain(`the key ${key} has signed decisions`)
    await writeFile(join(folder, LOST_MARK), '')
    const keys = await opened()
    await expect(stat(join(folder, LOST_MARK))).rejects.toThrow('ENOENT')
    expect((await keys.known()).map(({ id, to }) => [id, to])).toEqual([[key, now().toISOString()]])
    expect((await keys.sign(FACTS)).key).not.toBe(key)
    await writeFile(join(folder, LOST_MARK), '')
    expect(await failure()).toContain('nothing is lost')
  })
})
