/** Somebody is erased at one node while they still work at another, which hears nothing over the bus and looks by itself. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { NO_POSTGRES, ask, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { openWriter } from '../support/wire.ts'

const TITLE = 'identity.title:eu'

describe.skipIf(NO_POSTGRES)('erasing somebody who is at another node', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let nextcloud: NextcloudServer
  let [first, second]: ServerHere[] = []
  let plan: DocumentId
  beforeAll(async () => {
    database = await freshDatabase()
    nextcloud = await startNextcloud()
    const shared = {
      AUZOLAN_DATABASE_URL: database.url,
      AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url,
      // Nobody is there: what nodes say to each other is lost.
      AUZOLAN_REDIS_URL: 'redis://127.0.0.1:1',
    }
    first = await startHere(shared)
    second = await startHere(shared)
    plan = await first.plan()
  }, 60_000)
  afterAll(async () => {
    await second?.stop()
    await first?.stop()
    nextcloud.close()
    await database.drop()
  })

  const now = (): number => Math.floor(Date.now() / 1000)
  const signed = (at: number, what: object = {}): Promise<string> =>
    sign({ person: 'jon', groups: ['Kultura'], at, ...what })
  /** Comes in on another page, writes a word, and says how far they have read; whether that is taken. */
  async function works(at: number): Promise<boolean> {
    const page = await openWriter(
      { port: second!.port, ticket: (_person, document) => signed(at, { scope: 'ticket', document }) },
      'jon',
      plan,
    ).catch(() => null)
    if (!page) return false
    const [update] = page.edit((doc) => doc.getText(TITLE).insert(0, 'x'))
    await page.write(update!).catch(() => null)
    await page.close()
    const read = await fetch(`${second!.url}/api/v1/documents/${plan}/seen`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${await signed(at)}`, 'content-type': 'application/json' },
      body: '{}',
    })
    return read.ok
  }

  it('[ER1] writes nothing of them in again, with a pass of before or on a page that is open', async () => {
    const before = now()
    expect(await works(before)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    let erasing = true
    const working = (async () => {
      // Passes of before are good there until that node has looked.
      while (erasing) await works(before)
    })()
    const body = JSON.stringify({ person: 'jon', asker: 'test' })
    const token = await sign({ person: 'nextcloud', scope: 'system', call: 'erase', body })
    const erased = await fetch(`${first!.url}/api/v1/host/erase`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    })
    const report = (await erased.json()) as { pseudonym: string | null }
    erasing = false
    await working
    expect([erased.status, report]).toEqual([200, expect.objectContaining({ logsWaiting: 0 })])
    expect(report.pseudonym).not.toBeNull()
    const [left] = await ask<{ [table: string]: number }>(
      database.url,
      `SELECT (SELECT count(*) FROM author WHERE person = 'jon')::int AS author,
        (SELECT count(*) FROM entry WHERE person = 'jon')::int AS entry,
        (SELECT count(*) FROM seen WHERE person = 'jon')::int AS seen,
        (SELECT count(*) FROM named WHERE person = 'jon')::int AS named`,
    )
    expect(left).toEqual({ author: 0, entry: 0, seen: 0, named: 0 })
  })

  it('writes down again at the other node what somebody is called who comes back', async () => {
    const named = () => ask(database.url, "SELECT name FROM named WHERE person = 'jon'")
    expect(await named()).toEqual([])
    nextcloud.users['jon'] = { enabled: true }
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    const teams = await fetch(`${second!.url}/api/v1/teams`, {
      headers: { authorization: `Bearer ${await signed(now())}` },
    })
    expect(teams.status).toBe(200)
    expect(await named()).toEqual([{ name: 'jon of the council' }])
  })
})
