/** Work the server does not take now: of a page that is too old, and of somebody whose access has ended. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { groupsOf, startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { until } from '../support/server.ts'
import { setWork } from '../support/work.ts'

const TITLE = 'identity.title:eu'
let server: ServerHere
let plan: DocumentId
beforeAll(async () => void (server = await startHere()))
afterAll(() => server.stop())

const seq = async (): Promise<number> =>
  (await server.container.resolve(JOURNAL).open(channelId(plan, 'content')))!.seq
const apiToken = (person: string) => (): Promise<string> =>
  sign({ person, groups: groupsOf(person), expires: 200 })
const write = (page: TestPage, text: string): void => page.doc.getText(TITLE).insert(0, text)
const textsOf = (page: TestPage): string[] => page.ledger().drafts.flatMap((d) => d.fields.map((f) => f.text))

describe('[P13] a page that is older than the server', () => {
  it('reads, keeps what was typed, and sends it after a reload', async () => {
    plan = await server.plan()
    const old = await openPage(server, 'ane', plan, { build: '0.0.9' })
    await until(() => old.ledger().connectivity.kind === 'online', 'it is let in')
    expect(old.ledger().write).toBe('old')
    const before = await seq()
    write(old, 'OLD ')
    await until(() => old.ledger().deviceAt !== null, 'it is on this device')
    expect(old.ledger().waiting).toBe(1)
    await old.close()
    expect(await seq()).toBe(before)

    const fresh = await openPage(server, 'ane', plan, { build: '0.1.0' })
    await until(() => fresh.ledger().write === 'yes' && fresh.ledger().waiting === 0, 'it has gone out')
    expect(await seq()).toBe(before + 1)
    expect(fresh.doc.getText(TITLE).toString()).toContain('OLD ')
    await fresh.close()
  })

  it('is held on both wires, whatever it sends', async () => {
    plan = await server.plan()
    const before = await seq()
    const token = await apiToken('ane')()
    const doc = new Y.Doc()
    doc.getText(TITLE).insert(0, 'HTTP')
    const channels = [
      {
        channel: 'content' as const,
        epoch: 0,
        afterSeq: 0,
        clientIds: [doc.clientID],
        presence: new Uint8Array(),
      },
    ]
    const updates = [{ channel: 'content' as const, n: 1, update: Y.encodeStateAsUpdate(doc) }]
    const { frames } = await server.exchange(token, plan, { build: '0.0.9', channels, updates })
    expect(frames.find((f) => f.kind === 'refused')).toMatchObject({ n: 1, code: 'BUILD_OLD' })
    expect(frames.find((f) => f.kind === 'welcome')).toMatchObject({ channels: [{ write: 'old' }] })
    expect(await seq()).toBe(before)
    const again = await server.exchange(token, plan, { build: '0.1.0', channels, updates })
    expect(again.frames.find((f) => f.kind === 'ack')).toMatchObject({ count: 1 })
  })
})

describe('[P14] access that has ended', () => {
  /** Something of Ane's that waits: typed during a review. */
  async function waiting(text: string, fetchTicket: () => Promise<string>): Promise<TestPage> {
    plan = await server.plan()
    const page = await openPage(server, 'ane', plan, { fetchTicket })
    await until(() => page.ledger().serverAt !== null, 'the page has everything')
    await setWork(server.container, plan, 'in_review')
    await until(() => page.ledger().write === 'locked', 'the review has begun')
    write(page, text)
    await until(() => page.ledger().deviceAt !== null, 'it waits on this device')
    return page
  }
  const withGroups = (groups: string[]) => (): Promise<string> =>
    sign({ person: 'ane', groups, scope: 'ticket', document: plan, issued: 1 })

  it('shows what the server does not have, to be copied, and leaves nothing behind', async () => {
    let groups = ['Kultura']
    const page = await waiting('UNSENT ', () => withGroups(groups)())
    groups = []
    await server.changed({ people: ['ane'] })
    await until(() => page.ledger().connectivity.kind === 'ended', 'access has ended')
    expect(page.ledger().connectivity).toEqual({ kind: 'ended', cause: 'ACCESS_ENDED' })
    await until(() => page.ledger().drafts.length === 1, 'the work is offered')
    expect(page.ledger().draftsKept).toBe(false)
    expect(textsOf(page)).toEqual([expect.stringContaining('UNSENT ')])
    await page.close()
    const again = await openPage(server, 'ane', plan, { fetchTicket: withGroups([]) })
    await until(() => again.ledger().connectivity.kind === 'ended', 'still no access')
    expect(again.doc.getText(TITLE).toString()).toBe('')
    expect(again.ledger().drafts).toEqual([])
    await again.close()
  })

  it('while one was away: the same is shown when one comes back, and stays until it is deleted', async () => {
    const page = await waiting('AWAY ', withGroups(['Kultura']))
    await page.close()
    for (let i = 0; i < 2; i++) {
      const back = await openPage(server, 'ane', plan, { fetchTicket: withGroups([]) })
      await until(() => back.ledger().drafts.length === 1, 'the work is offered')
      expect(back.ledger().connectivity).toEqual({ kind: 'ended', cause: 'NOT_FOUND' })
      expect(back.ledger().draftsKept).toBe(false)
      expect(textsOf(back)).toEqual([expect.stringContaining('AWAY ')])
      if (i === 1) await back.erase()
      await back.close()
    }
    const gone = await openPage(server, 'ane', plan, { fetchTicket: withGroups([]) })
    await until(() => gone.ledger().connectivity.kind === 'ended', 'still no access')
    expect(gone.ledger().drafts).toEqual([])
    await gone.close()
  })
})
