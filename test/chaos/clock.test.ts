/** Clocks that differ, and a clock that is set while people write: passes have their time, leases do not mind. */
import * as Y from 'yjs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  API_TOKEN_MAX_AGE_S,
  CLOCK_JUMP_MAX_S,
  CLOCK_LEEWAY_S,
  TICKET_MAX_AGE_S,
} from '@auzolan/shared/limits.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { groupsOf, startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { hello, openWire, openWriter, type Reachable, type Writer } from '../support/wire.ts'

const TITLE = 'identity.title:eu'
const TWO_HOURS_S = 2 * 60 * 60
/** Any whole second; the server's clock stands still unless a test sets it. */
const NOON_S = 1_800_000_000

let clock = NOON_S
let server: ServerHere
let plan: DocumentId
beforeAll(async () => {
  server = await startHere({ AUZOLAN_LEASE_SECONDS: '2' }, () => new Date(clock * 1000))
})
beforeEach(async () => {
  clock = NOON_S
  plan = await server.plan()
})
afterAll(() => server.stop())

const ticket = (person: string, at: number): Promise<string> =>
  sign({
    person,
    groups: groupsOf(person),
    scope: 'ticket',
    document: plan,
    at,
    expires: TICKET_MAX_AGE_S,
  })
const token = (person: string, at: number): Promise<string> =>
  sign({ person, groups: groupsOf(person), at, expires: API_TOKEN_MAX_AGE_S })
/** Whose Nextcloud has a clock that goes as the server's does. */
const reachable = (): Reachable => ({ port: server.port, ticket: (person) => ticket(person, clock) })
const open = (person: string): Promise<Writer> => openWriter(reachable(), person, plan)
const type = (writer: Writer, letters: string): Uint8Array =>
  writer.edit((doc) => doc.getText(TITLE).insert(0, letters))[0]!

async function changed(at: number, change: { people?: string[]; ended?: string[] }): Promise<number> {
  const body = JSON.stringify(change)
  const headers = {
    authorization: `Bearer ${await sign({ person: 'nextcloud', scope: 'system', body, at })}`,
    'content-type': 'application/json',
  }
  return (await fetch(`${server.url}/api/v1/host/changed`, { method: 'POST', headers, body })).status
}

/** What the server says to a ticket: `welcome`, or the code it refuses it with. */
async function answerTo(pass: string): Promise<string> {
  const wire = await openWire(server, plan)
  wire.say(hello(pass, [new Y.Doc().clientID]))
  const answer = await wire.heard('welcome').then(
    () => 'welcome',
    () => wire.farewell().then(({ code }) => code),
  )
  if (answer === 'welcome') await wire.close()
  return answer ?? 'nothing'
}
async function listing(pass: string): Promise<string> {
  const answer = await fetch(`${server.url}/api/v1/documents`, {
    headers: { authorization: `Bearer ${pass}` },
  })
  return answer.ok ? 'welcome' : ((await answer.json()) as { code: string }).code
}

describe('a Nextcloud whose clock differs', () => {
  // A pass is shown as soon as it is signed, or at the end of its time.
  const behind = (age: number): number => -(age + CLOCK_LEEWAY_S)
  it.each([
    ['two hours ahead', TWO_HOURS_S, 'TICKET_EXPIRED'],
    ['a second more than the leeway ahead', CLOCK_LEEWAY_S + 1, 'TICKET_EXPIRED'],
    ['ahead by the leeway', CLOCK_LEEWAY_S, 'welcome'],
    ['behind by the leeway', -CLOCK_LEEWAY_S, 'welcome'],
    ['behind by the leeway, a ticket shown in its last second', behind(TICKET_MAX_AGE_S) + 1, 'welcome'],
    ['behind by the leeway, a ticket shown after its time', behind(TICKET_MAX_AGE_S), 'TICKET_EXPIRED'],
    ['two hours behind', -TWO_HOURS_S, 'TICKET_EXPIRED'],
  ])('[A9] %s: a ticket', async (_, differs, answer) => {
    expect(await answerTo(await ticket('ane', NOON_S + differs))).toBe(answer)
  })

  it.each([
    ['two hours ahead', TWO_HOURS_S, 'TICKET_EXPIRED'],
    ['a second more than the leeway ahead', CLOCK_LEEWAY_S + 1, 'TICKET_EXPIRED'],
    ['ahead by the leeway', CLOCK_LEEWAY_S, 'welcome'],
    ['behind by the leeway, a token shown in its last second', behind(API_TOKEN_MAX_AGE_S) + 1, 'welcome'],
    ['behind by the leeway, a token shown after its time', behind(API_TOKEN_MAX_AGE_S), 'TICKET_EXPIRED'],
    ['two hours behind', -TWO_HOURS_S, 'TICKET_EXPIRED'],
  ])('[A9] %s: a token, by REST and by exchange', async (_, differs, answer) => {
    const pass = await token('ane', NOON_S + differs)
    expect(await listing(pass)).toBe(answer)
    expect((await server.exchange(pass, plan, {})).status).toBe(answer === 'welcome' ? 200 : 401)
  })
})

describe.each([
  ['ahead', TWO_HOURS_S],
  ['back', -TWO_HOURS_S],
])('a clock that is set two hours %s while people write', (_, jump) => {
  it('[A10] on the server alone: who is in goes on, who comes waits, and nothing is lost', async () => {
    const ane = await open('ane')
    expect(await ane.write(type(ane, '1'))).toBeNull()
    clock += jump
    expect(await ane.write(type(ane, '2'))).toBeNull()
    expect(await answerTo(await ticket('jon', NOON_S))).toBe('TICKET_EXPIRED')
    expect(ane.closed()).toBeNull()
    clock = NOON_S
    expect(await ane.write(type(ane, '3'))).toBeNull()
    const late = await open('jon')
    expect(late.doc.getText(TITLE).toString()).toContain('321')
    await Promise.all([ane.close(), late.close()])
  })

  it('[A10] [A6] on both: a lease ends when it has not been renewed, no earlier and no later', async () => {
    const [renews, forgets] = [await open('ane'), await open('jon')]
    clock += jump
    await renews.heard('renewSoon')
    renews.say({ kind: 'renew', ticket: await ticket('ane', clock) })
    expect(await forgets.farewell()).toEqual({ code: 'LEASE_OVER', closed: 4401 })
    clock = NOON_S
    await renews.heard('renewSoon', 2)
    renews.say({ kind: 'renew', ticket: await ticket('ane', clock) })
    expect(await renews.write(type(renews, 'still here '))).toBeNull()
    await renews.close()
  })

  it('[A10] [A1] a spent ticket stays spent when the clock is put right', async () => {
    const spent = await ticket('ane', NOON_S)
    expect(await answerTo(spent)).toBe('welcome')
    clock += jump
    expect(await answerTo(await ticket('jon', clock))).toBe('welcome')
    clock = NOON_S + 1
    expect(await answerTo(spent)).toBe('TICKET_SPENT')
  })

  it('[A10] [A5] what was revoked before stays revoked', async () => {
    const [pass, api] = [await ticket('unai', NOON_S), await token('unai', NOON_S)]
    expect(await changed(NOON_S, { ended: ['unai'] })).toBe(204)
    clock += jump
    expect(await changed(clock, { people: ['gorka'] })).toBe(204)
    clock = NOON_S
    expect([await answerTo(pass), await listing(api)]).toEqual(['TICKET_EXPIRED', 'TICKET_EXPIRED'])
  })

  it('[A10] [A5] news of the wrong hour void what was signed until then, and lock nobody out afterwards', async () => {
    const [pass, api] = [await ticket('oier', NOON_S), await token('oier', NOON_S)]
    clock += jump
    const wrong = await token('oier', clock)
    expect(await changed(clock, { people: ['oier'] })).toBe(204)
    expect(await listing(wrong)).toBe('TICKET_EXPIRED')
    expect(await listing(await token('oier', clock + 1))).toBe('welcome')
    clock = NOON_S + 1
    // Dated before the passes by a clock that went back, it cannot reach them: they live on for their few minutes.
    const reached = jump > 0 ? 'TICKET_EXPIRED' : 'welcome'
    expect([await answerTo(pass), await listing(api)]).toEqual([reached, reached])
    expect(await listing(await token('oier', NOON_S + 2))).toBe('welcome')
    await server.restart()
    clock = NOON_S + 3
    if (jump > 0) expect(await listing(api)).toBe('TICKET_EXPIRED')
    expect(await listing(await token('oier', NOON_S + 4))).toBe('welcome')
  })
})

describe('what is remembered because clocks may be wrong', () => {
  const remembered = async (of: 'spent_ticket' | 'revocation'): Promise<number> =>
    (await server.container.resolve(JOURNAL).rows.selectFrom(of).selectAll().execute()).length
  it('[A10] is forgotten when no clock can bring it back', async () => {
    clock = NOON_S + 10 * CLOCK_JUMP_MAX_S
    await answerTo(await ticket('ane', clock))
    await changed(clock, { people: ['ane'] })
    expect([await remembered('spent_ticket'), await remembered('revocation')]).toEqual([1, 1])

    const ticketEnds = TICKET_MAX_AGE_S + CLOCK_LEEWAY_S + CLOCK_JUMP_MAX_S
    clock += ticketEnds
    await answerTo(await ticket('jon', clock))
    expect(await remembered('spent_ticket')).toBe(2)
    clock += 60
    await answerTo(await ticket('jon', clock))
    expect(await remembered('spent_ticket')).toBe(2)

    clock += API_TOKEN_MAX_AGE_S + 2 * CLOCK_LEEWAY_S - ticketEnds - 60 + CLOCK_JUMP_MAX_S
    await changed(clock, { people: ['jon'] })
    expect(await remembered('revocation')).toBe(2)
    clock += 1
    await changed(clock, { people: ['jon'] })
    expect(await remembered('revocation')).toBe(1)
  })
})
