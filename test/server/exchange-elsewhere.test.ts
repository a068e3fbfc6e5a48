/** Exchanges that come to another node than the one before: two servers on one PostgreSQL, the second of which hears nothing of the first. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { channelId, newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import type { ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { KEEPER, ROOMS } from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { NO_POSTGRES, freshDatabase, type TestDatabase } from '../support/postgres.ts'

const ROOT = 'identity.sponsorRole:eu'

describe.skipIf(NO_POSTGRES)('[ND1] [W8] an exchange at a node that is behind', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let [first, second]: ServerHere[] = []
  let plan: DocumentId
  beforeAll(async () => {
    database = await freshDatabase()
    first = await startHere({ AUZOLAN_DATABASE_URL: database.url })
    second = await startHere({ AUZOLAN_DATABASE_URL: database.url })
    vi.spyOn(second.container.resolve(ROOMS), 'hinted').mockImplementation(() => {})
    vi.spyOn(second.container.resolve(ROOMS), 'look').mockImplementation(() => Promise.resolve())
    plan = await first.plan()
  }, 60_000)
  afterAll(async () => {
    vi.restoreAllMocks()
    await second?.stop()
    await first?.stop()
    await database.drop()
  })

  /** Somebody who writes letters, and remembers of the log only what they had at first. */
  async function writer(person: string) {
    const doc = new Y.Doc()
    const token = await sign({ person, groups: ['Kultura'] })
    const made: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => made.push(update))
    const sessions = new Map<ServerHere, string>()
    let n = 0
    return {
      doc,
      write(letter: string): Uint8Array {
        doc.getText(ROOT).insert(doc.getText(ROOT).length, letter)
        return made.at(-1)!
      },
      async exchange(node: ServerHere, ...updates: Uint8Array[]): Promise<readonly ServerFrame[]> {
        const session = sessions.get(node) ?? newUuid()
        sessions.set(node, session)
        const greeting = { channel: 'content', epoch: 1, afterSeq: 1, presence: new Uint8Array([0]) } as const
        const { status, frames } = await node.exchange(token, plan, {
          session,
          waitMs: 0,
          channels: [{ ...greeting, clientIds: [doc.clientID] }],
          updates: updates.map((update) => ({ channel: 'content', n: ++n, update })),
        })
        expect(status).toBe(200)
        return frames
      },
    }
  }
  const verdicts = (frames: readonly ServerFrame[]): (number | string)[] =>
    frames.flatMap((f): (number | string)[] =>
      f.kind === 'ack' ? [f.count] : f.kind === 'refused' ? [f.code] : [],
    )

  it('takes what goes on from an edit that only the first has, whose acknowledgement was lost', async () => {
    const ane = await writer('ane')
    expect(verdicts(await ane.exchange(second!))).toEqual([])
    expect(verdicts(await ane.exchange(first!, ane.write('a')))).toEqual([1])
    expect(verdicts(await ane.exchange(second!, ane.write('b')))).toEqual([1])
  })

  it('refuses what goes on from nothing that anybody has', async () => {
    const jon = await writer('jon')
    await jon.exchange(second!)
    jon.write('a')
    expect(verdicts(await jon.exchange(second!, jon.write('b')))).toEqual(['GAP'])
  })

  it('answers also when a room has closed in which the same page sat before, and asks for no more', async () => {
    const [mikel, session] = [await sign({ person: 'mikel', groups: ['Kultura'] }), newUuid()]
    const ask = (channel: 'content' | 'calendar') =>
      second!.exchange(mikel, plan, {
        session,
        waitMs: 0,
        channels: [{ channel, epoch: 0, afterSeq: 0, clientIds: [], presence: new Uint8Array() }],
        updates: [],
      })
    expect((await ask('calendar')).status).toBe(200)
    const calendar = channelId(plan, 'calendar')
    await second!.container.resolve(KEEPER).erase(calendar, [])
    expect((await ask('content')).status).toBe(200)
  })
})
