/** Routes of approvers, delegations, and every way somebody could try to approve their own text, over REST. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Approver, Route } from '@auzolan/shared/approval-route.ts'
import { channelId, newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import { DELEGATION_MAX_DAYS, REASON_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Delegation } from '@auzolan/shared/protocol/delegation.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Review, Task, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import { isConfirmed, parseReceipt, verifyReceipt, type Receipt } from '@auzolan/shared/receipt.ts'
import { openReceiptFile } from '@auzolan/shared/receipt-file.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import {
  DELEGATING,
  DOCUMENTS,
  JOURNAL,
  ORGANISATION,
  SOCKETS,
  TEAMS,
} from '@auzolan/server/src/container.ts'
import { SYSTEM } from '@auzolan/server/src/compaction/compaction.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { firstBreak } from '../support/first-break.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { until } from '../support/server.ts'
import { allLeft, passedOn } from '../support/told.ts'
import { openWriter } from '../support/wire.ts'

const ANE: Claims = {
  person: 'ane' as PersonId,
  name: 'Ane',
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
}
const REASON = 'x'.repeat(REASON_MIN_CHARACTERS)
const PEOPLE = [
  'ane',
  'jon',
  'mayor',
  'deputy',
  'vice',
  'both',
  'miren',
  'councillor',
  'stand-in',
  'outsider',
  'root',
]
let nextcloud: NextcloudServer
let server: ServerHere
/** The server's clock: real, but for what a test moves it by. */
let aheadMs = 0
const now = (): Date => new Date(Date.now() + aheadMs)
const DAY_MS = 86_400_000
/** The day so many days from the server's now, as people in Madrid count. */
const day = (from = 0): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Madrid' }).format(now().getTime() + from * DAY_MS)
beforeAll(async () => {
  nextcloud = await startNextcloud()
  everybodyHere()
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url }, now)
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})
const everybodyHere = (): void => {
  for (const person of PEOPLE) nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  nextcloud.users['councillor'] = { enabled: true, groups: ['Zinegotziak'], teams: [] }
}

async function call<T = unknown>(person: string | null, method: string, path: string, body?: unknown) {
  const at = Math.floor(now().getTime() / 1000)
  const groups = person === 'councillor' ? ['Zinegotziak'] : []
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(person === null ? {} : { authorization: `Bearer ${await sign({ person, groups, at })}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, text, json: (text === '' ? null : JSON.parse(text)) as T }
}
const outcome = async (...args: Parameters<typeof call>): Promise<[number, string | undefined]> => {
  const { status, json } = await call<Problem | null>(...args)
  return [status, json?.code]
}
const DONE = [204, undefined]
const OWN_TEXT = [403, 'OWN_TEXT']

/** Ane coordinates, Jon writes, mayor and deputy direct, Both does both; a group of councillors reads. */
async function plan(departments: string[] = []): Promise<{ id: DocumentId; team: TeamId }> {
  const template = wholePlan()
  const member = (
    kind: 'person' | 'group',
    id: string,
    ...roles: ('coordinator' | 'editor' | 'director' | 'reader')[]
  ) => ({
    principal: { kind, id },
    name: id,
    roles,
    department: null,
    expertise: [],
  })
  const team = await server.container
    .resolve(TEAMS)
    .create({ name: { eu: 'Taldea' }, departments }, [
      member('person', 'ane', 'coordinator'),
      member('person', 'jon', 'editor'),
      member('person', 'mayor', 'director'),
      member('person', 'deputy', 'director'),
      member('person', 'vice', 'director'),
      member('person', 'both', 'director', 'editor'),
      member('person', 'miren', 'reader'),
      member('group', 'Zinegotziak', 'reader'),
    ])
  const id = await server.container
    .resolve(DOCUMENTS)
    .create({ teamId: team, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
  return { id, team }
}
const read = async (who: string, id: string): Promise<Review> =>
  (await call<Review>(who, 'GET', `/documents/${id}/review`)).json
async function submit(id: DocumentId, by = 'ane'): Promise<Review> {
  expect(await outcome(by, 'POST', `/documents/${id}/review`, {})).toEqual([201, undefined])
  return read('ane', id)
}
async function submitted(): Promise<{ id: DocumentId; team: TeamId; review: Review }> {
  const made = await plan()
  return { ...made, review: await submit(made.id) }
}
const decision = ({ version }: Review, more: object = {}) => ({
  id: newUuid(),
  version: version.n,
  sha256: version.sha256,
  verdict: 'approve',
  ...more,
})
const decide = (who: string, id: string, body: object) =>
  outcome(who, 'POST', `/documents/${id}/decisions`, body)
const approve = (who: string, id: string, review: Review, onBehalfOf?: string) =>
  decide(who, id, decision(review, onBehalfOf === undefined ? {} : { onBehalfOf }))
const changes = { verdict: 'request_changes', comment: REASON, sections: ['planning'] }
const envelope = async (id: string) =>
  (await call<{ work: string; inForce: number | null }>('ane', 'GET', `/documents/${id}`)).json
const waitsFor = async (who: string, id: string): Promise<boolean> =>
  (await call<Task[]>(who, 'GET', '/reviews')).json.some((t) => t.document === id && t.kind === 'decide')

const person = (id: string): Approver => ({ kind: 'person', id, name: id })
const DIRECTORS: Approver = { kind: 'directors' }
async function rule(approval: Route, departments: { department: string; approval: Route }[] = []) {
  const organisation = server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const approvalRoutes = [{ type: 'plan' as const, opinions: [], approval, departments }]
  await organisation.change({ ...facts, approvalRoutes }, version, 'root' as PersonId)
}
const oneDirector = () => rule({ quorum: 'any', approvers: [DIRECTORS] })
const give = (who: string, path: string, delegate: string, from = day(), to = day()) =>
  call<{ id: string } & Problem>(who, 'POST', `${path}/delegations`, {
    delegate: { id: delegate, name: delegate },
    from,
    to,
  })
async function given(
  who: string,
  path: string,
  delegate: string,
  from?: string,
  to?: string,
): Promise<string> {
  const answer = await give(who, path, delegate, from, to)
  expect(answer.status, answer.text).toBe(201)
  return answer.json.id
}

describe('a route', () => {
  afterAll(oneDirector)

  it('[RT1] all: each approval is kept with its receipt, and the last one puts the version in force', async () => {
    await rule({ quorum: 'all', approvers: [person('miren'), DIRECTORS] })
    const { id, review } = await submitted()
    expect(await approve('ane', id, review)).toEqual([403, 'NOT_ALLOWED'])
    expect(await approve('mayor', id, review)).toEqual(DONE)
    expect(await envelope(id)).toMatchObject({ work: 'in_review', inForce: null })
    // One of two signatures is no approval, and does not leave as one.
    expect(await outcome('miren', 'GET', `/documents/${id}/versions/1/approval`)).toEqual([404, 'NOT_FOUND'])
    expect(await approve('mayor', id, review)).toEqual([403, 'NOT_YOUR_TURN'])
    expect(await approve('deputy', id, review)).toEqual([403, 'NOT_YOUR_TURN'])
    expect([await waitsFor('mayor', id), await waitsFor('deputy', id), await waitsFor('miren', id)]).toEqual([
      false,
      false,
      true,
    ])
    expect((await read('mayor', id)).barred).toBe('again')
    expect((await read('deputy', id)).barred).toBe('turn')
    expect(await approve('miren', id, review)).toEqual(DONE)
    expect(await envelope(id)).toMatchObject({ work: 'draft', inForce: 1 })
    const [version] = (await call<VersionSummary[]>('ane', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions.map(({ by }) => by.id)).toEqual(['mayor', 'miren'])
    for (const { id: one, by } of version!.decisions) {
      const { text } = await call('ane', 'GET', `/documents/${id}/versions/1/approval?decision=${one}`)
      const { receipt, text: json, publicKey } = openReceiptFile(text)
      expect(isConfirmed(await verifyReceipt(receipt, json!, [publicKey!]))).toBe(true)
      expect((receipt as Receipt).by.name).toBe(`${by.id} of the council`)
    }
  })

  it('[RT1] all: two at the same moment both count', async () => {
    await rule({ quorum: 'all', approvers: [person('miren'), person('mayor')] })
    const { id, review } = await submitted()
    expect(await Promise.all([approve('mayor', id, review), approve('miren', id, review)])).toEqual([
      DONE,
      DONE,
    ])
    expect(await envelope(id)).toMatchObject({ work: 'draft', inForce: 1 })
  })

  it('[RT1] in order: the second one waits for the first', async () => {
    await rule({ quorum: 'sequence', approvers: [person('miren'), DIRECTORS] })
    const { id, review } = await submitted()
    expect([await waitsFor('mayor', id), await waitsFor('miren', id)]).toEqual([false, true])
    expect(await approve('mayor', id, review)).toEqual([403, 'NOT_YOUR_TURN'])
    expect(await decide('mayor', id, decision(review, changes))).toEqual([403, 'NOT_YOUR_TURN'])
    expect(await approve('miren', id, review)).toEqual(DONE)
    expect([await waitsFor('mayor', id), await waitsFor('miren', id)]).toEqual([true, false])
    expect(await approve('mayor', id, review)).toEqual(DONE)
    expect((await envelope(id)).inForce).toBe(1)
  })

  it('[RT1] in order: of two at the same moment the second comes too early, or after the first', async () => {
    await rule({ quorum: 'sequence', approvers: [person('miren'), person('mayor')] })
    const { id, review } = await submitted()
    const [first, second] = await Promise.all([approve('miren', id, review), approve('mayor', id, review)])
    expect(first).toEqual(DONE)
    const late = second[0] === 204
    expect(second).toEqual(late ? DONE : [403, 'NOT_YOUR_TURN'])
    expect((await envelope(id)).inForce).toBe(late ? 1 : null)
  })

  it('[RT1] any: one of several is enough', async () => {
    await rule({ quorum: 'any', approvers: [person('miren'), DIRECTORS] })
    const { id, review } = await submitted()
    expect(await approve('miren', id, review)).toEqual(DONE)
    expect((await envelope(id)).inForce).toBe(1)
    expect(await approve('mayor', id, review)).toEqual([409, 'CHANGED_MEANWHILE'])
  })

  it('[RT2] changes are asked for by anybody whose turn it is; approvals of before are of no use then', async () => {
    await rule({ quorum: 'all', approvers: [person('miren'), DIRECTORS] })
    const { id, review } = await submitted()
    expect(await approve('mayor', id, review)).toEqual(DONE)
    expect(await decide('mayor', id, decision(review, changes))).toEqual([403, 'NOT_YOUR_TURN'])
    expect(await decide('miren', id, decision(review, changes))).toEqual(DONE)
    expect((await envelope(id)).work).toBe('changes_requested')
    await call('ane', 'POST', `/documents/${id}/review/resume`)
    const again = await submit(id)
    expect(again.version.decisions).toEqual([])
    expect(await approve('miren', id, again)).toEqual(DONE)
    expect((await envelope(id)).inForce).toBeNull()
    expect(await approve('mayor', id, again)).toEqual(DONE)
    expect((await envelope(id)).inForce).toBe(2)
  })

  it('[RT2] a group approves through whoever is in it now', async () => {
    await rule({ quorum: 'any', approvers: [{ kind: 'group', id: 'Zinegotziak', name: 'Zinegotziak' }] })
    const { id, review } = await submitted()
    nextcloud.users['councillor'] = { enabled: true, groups: [], teams: [] }
    expect((await approve('councillor', id, review))[0]).toBe(404)
    everybodyHere()
    expect(await approve('mayor', id, review)).toEqual([403, 'NOT_ALLOWED'])
    expect(await approve('councillor', id, review)).toEqual(DONE)
    const file = openReceiptFile((await call('ane', 'GET', `/documents/${id}/versions/1/approval`)).text)
    expect((file.receipt as Receipt).by.role).toBe('approver')
  })

  it('[RT2] nobody is an approver who may not read it', async () => {
    await rule({ quorum: 'any', approvers: [person('outsider')] })
    const { id, review } = await submitted()
    expect(await approve('outsider', id, review)).toEqual([404, 'NOT_FOUND'])
  })

  it('[RT3] is that of the department that works in the team, and stays as it was when the text was sent', async () => {
    const ofCulture: Route = { quorum: 'sequence', approvers: [person('deputy'), person('mayor')] }
    await rule({ quorum: 'any', approvers: [DIRECTORS] }, [{ department: 'kultura', approval: ofCulture }])
    const { id } = await plan(['gazteria', 'kultura'])
    const review = await submit(id)
    expect(review.version.route).toEqual(ofCulture)
    await oneDirector()
    expect(await approve('mayor', id, review)).toEqual([403, 'NOT_YOUR_TURN'])
    expect(await approve('deputy', id, review)).toEqual(DONE)
    expect(await approve('mayor', id, review)).toEqual(DONE)
    const other = await submitted()
    expect(other.review.version.route).toEqual({ quorum: 'any', approvers: [DIRECTORS] })
  })

  it.each([
    ['nobody in it', { quorum: 'any', approvers: [] }],
    ['somebody twice', { quorum: 'all', approvers: [person('miren'), person('miren')] }],
    ['a rule nobody knows', { quorum: 'most', approvers: [person('miren')] }],
  ])('[RT3] with %s is refused', async (_name, approval) => {
    const { version, ...facts } = await server.container.resolve(ORGANISATION).read()
    const body = {
      ...facts,
      name: { eu: 'Udala' },
      version,
      approvalRoutes: [{ type: 'plan', opinions: [], approval }],
    }
    const token = await sign({ person: 'root', admin: true, at: Math.floor(now().getTime() / 1000) })
    const response = await fetch(`${server.url}/api/v1/organisation`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([400, 'INVALID_INPUT'])
  })
})

describe('a delegation', () => {
  it('[RT4] lends the decision of one document: the decision, its receipt and the chain name both', async () => {
    const { id, review } = await submitted()
    expect(await outcome('stand-in', 'GET', `/documents/${id}/review`)).toEqual([404, 'NOT_FOUND'])
    const delegation = await given('mayor', `/documents/${id}`, 'stand-in')
    await allLeft(server)
    const seen = await read('stand-in', id)
    expect(seen).toMatchObject({ barred: 'role', approver: false })
    expect(seen.standIns).toEqual([{ giver: { id: 'mayor', name: 'mayor of the council' }, barred: null }])
    const [task] = (await call<Task[]>('stand-in', 'GET', '/reviews')).json
    expect(task).toMatchObject({ document: id, kind: 'decide', onBehalfOf: { id: 'mayor' } })
    // In their own name they have no right here.
    expect(await approve('stand-in', id, review)).toEqual([404, 'NOT_FOUND'])
    expect(await approve('stand-in', id, review, 'deputy')).toEqual([403, 'NOT_ALLOWED'])
    expect(await approve('stand-in', id, review, 'mayor')).toEqual(DONE)
    expect((await envelope(id)).inForce).toBe(1)
    const [version] = (await call<VersionSummary[]>('ane', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions).toMatchObject([{ by: { id: 'stand-in' }, onBehalfOf: { id: 'mayor' } }])
    const { receipt, text } = openReceiptFile(
      (await call('ane', 'GET', `/documents/${id}/versions/1/approval`)).text,
    )
    expect(parseReceipt(receipt).kind).toBe('receipt')
    expect((receipt as Receipt).by).toEqual({
      name: 'stand-in of the council',
      role: 'director',
      onBehalfOf: 'mayor of the council',
    })
    const keys = (await call<{ publicKey: string }[]>('ane', 'GET', '/keys')).json.map((k) => k.publicKey)
    expect(isConfirmed(await verifyReceipt(receipt, text!, keys))).toBe(true)
    const { rows } = server.container.resolve(JOURNAL)
    const deeds = await rows.selectFrom('audit').selectAll().where('subject', '=', id).orderBy('n').execute()
    expect(deeds.map(({ action }) => action)).toEqual([
      'document.create',
      'review.submit',
      'delegation.give',
      'review.decide',
      'approval.export',
    ])
    expect(JSON.parse(deeds[3]!.detail)).toMatchObject({ onBehalfOf: 'mayor', reached: true })
    expect(await firstBreak(rows)).toBeNull()
    expect(await passedOn(server, nextcloud)).toContainEqual({
      kind: 'notify',
      notice: expect.objectContaining({
        kind: 'delegated',
        key: `delegated/${id}/${delegation}`,
        document: id,
      }) as object,
    })
  })

  it('[RT4] of everything in a team reaches what is sent later, and only that team', async () => {
    const { id, team } = await plan()
    await given('mayor', `/teams/${team}`, 'stand-in', day(), day(3))
    const review = await submit(id)
    expect(await waitsFor('stand-in', id)).toBe(true)
    const elsewhere = await submitted()
    expect(await outcome('stand-in', 'GET', `/documents/${elsewhere.id}`)).toEqual([404, 'NOT_FOUND'])
    expect(await approve('stand-in', elsewhere.id, elsewhere.review, 'mayor')).toEqual([404, 'NOT_FOUND'])
    expect(await decide('stand-in', id, decision(review, { ...changes, onBehalfOf: 'mayor' }))).toEqual(DONE)
    const held = (await call<Delegation[]>('stand-in', 'GET', '/delegations')).json
    expect(held.find((one) => one.team === team)).toMatchObject({ giver: { id: 'mayor' }, document: null })
  })

  it('[RT5] lasts from its first day to its last, both included', async () => {
    const { id, team, review } = await submitted()
    const from = day(2)
    const to = day(4)
    await given('mayor', `/teams/${team}`, 'stand-in', from, to)
    const may = async () => (await outcome('stand-in', 'GET', `/documents/${id}`))[0]
    /** So many milliseconds after midnight in Madrid of a day. */
    const goTo = (date: string, ms: number): void => {
      const noon = new Date(`${date}T12:00:00Z`)
      const hours = Number(
        new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Madrid', hour: '2-digit' }).format(noon),
      )
      aheadMs = noon.getTime() - hours * 3_600_000 + ms - Date.now()
    }
    try {
      goTo(from, -5_000)
      expect(await may()).toBe(404)
      goTo(from, 5_000)
      expect(await may()).toBe(200)
      goTo(to, DAY_MS - 10_000)
      expect(await may()).toBe(200)
      goTo(to, DAY_MS + 5_000)
      expect(await may()).toBe(404)
      expect(await approve('stand-in', id, review, 'mayor')).toEqual([404, 'NOT_FOUND'])
    } finally {
      aheadMs = 0
    }
  })

  it.each<[string, () => [string, string], number]>([
    ['one day', () => [day(), day()], 201],
    ['the longest time', () => [day(), day(DELEGATION_MAX_DAYS - 1)], 201],
    ['one day more', () => [day(), day(DELEGATION_MAX_DAYS)], 400],
    ['an end before the beginning', () => [day(2), day(1)], 400],
    ['days that are over', () => [day(-2), day(-1)], 400],
  ])('[RT5] for %s', async (_name, days, status) => {
    const { team } = await plan()
    expect((await give('mayor', `/teams/${team}`, 'stand-in', ...days())).status).toBe(status)
  })

  it('[RT6] ends with its giver’s word, with the giver’s role, and with either account', async () => {
    const { id, team, review } = await submitted()
    const may = () => outcome('stand-in', 'GET', `/documents/${id}`)
    const path = `/documents/${id}`
    const first = await given('mayor', path, 'stand-in')
    expect(await outcome('deputy', 'DELETE', `/delegations/${first}`)).toEqual([404, 'NOT_FOUND'])
    expect(await may()).toEqual([200, undefined])
    expect(await outcome('mayor', 'DELETE', `/delegations/${first}`)).toEqual(DONE)
    expect(await outcome('mayor', 'DELETE', `/delegations/${first}`)).toEqual([404, 'NOT_FOUND'])
    expect(await passedOn(server, nextcloud)).toContainEqual({
      kind: 'dismiss',
      keys: [`delegated/${id}/${first}`],
    })
    expect(await may()).toEqual([404, 'NOT_FOUND'])
    expect(await approve('stand-in', id, review, 'mayor')).toEqual([404, 'NOT_FOUND'])
    // Whoever holds it may give it back.
    const second = await given('mayor', path, 'stand-in')
    expect(await outcome('stand-in', 'DELETE', `/delegations/${second}`)).toEqual(DONE)
    expect(await may()).toEqual([404, 'NOT_FOUND'])
    await given('vice', path, 'stand-in')
    // The account of the giver.
    nextcloud.users['vice'] = { enabled: false }
    expect(await approve('stand-in', id, review, 'vice')).toEqual([403, 'NOT_ALLOWED'])
    expect(await server.changed({ people: ['vice'] })).toBe(204)
    expect(await may()).toEqual([404, 'NOT_FOUND'])
    everybodyHere()
    await server.changed({ people: ['vice'] })
    expect(await may()).toEqual([200, undefined])
    // Their role.
    await server.container.resolve(TEAMS).setMember(
      team,
      {
        principal: { kind: 'person', id: 'vice' },
        name: 'vice',
        roles: ['reader'],
        department: null,
        expertise: [],
      },
      ANE,
    )
    expect(await may()).toEqual([404, 'NOT_FOUND'])
    expect(await approve('stand-in', id, review, 'vice')).toEqual([404, 'NOT_FOUND'])
  })

  it.each([
    ['giver', 'deputy', 'NOT_ALLOWED'],
    ['hand', 'stand-in', 'ACCESS_ENDED'],
  ])(
    '[RT6] ends with the account of its %s while Nextcloud is still answering',
    async (_who, whose, code) => {
      const { id, review } = await submitted()
      await given('deputy', `/documents/${id}`, 'stand-in')
      try {
        nextcloud.slowMs = 500
        const before = nextcloud.calls.length
        const decided = approve('stand-in', id, review, 'deputy')
        // Not by a notice that is on its way: about the people.
        await until(
          () => nextcloud.calls.slice(before).some(({ what }) => what === 'users'),
          'Nextcloud was asked',
        )
        nextcloud.slowMs = 0
        expect(await server.changed({ ended: [whose] })).toBe(204)
        expect(await decided).toEqual([403, code])
        // Passes of the second in which the news came are void.
        await new Promise((resolve) => setTimeout(resolve, 1_100))
        // Given back, it counts again, whether or not its person has come by.
        expect(await approve('stand-in', id, review, 'deputy')).toEqual(DONE)
      } finally {
        nextcloud.slowMs = 0
      }
    },
  )

  it('[RT6] closes the page of whoever held it: when it is taken back, and when its last day is over', async () => {
    const { id } = await submitted()
    const first = await given('mayor', `/documents/${id}`, 'stand-in')
    const held = await openWriter(server, 'stand-in', id)
    expect(held.frames[0]).toMatchObject({ kind: 'welcome' })
    await outcome('mayor', 'DELETE', `/delegations/${first}`)
    await held.heard('bye')
    expect(held.frames.at(-1)).toMatchObject({ code: 'ACCESS_ENDED' })
    const second = await given('mayor', `/documents/${id}`, 'stand-in', day(), day())
    const again = await openWriter(server, 'stand-in', id)
    try {
      aheadMs = DAY_MS
      const delegating = server.container.resolve(DELEGATING)
      await delegating.endOverdue()
      await again.heard('bye')
      // The notice goes as well, from whichever node keeps house.
      await delegating.dismissOverdue()
      expect(await passedOn(server, nextcloud)).toContainEqual({
        kind: 'dismiss',
        keys: [`delegated/${id}/${second}`],
      })
    } finally {
      aheadMs = 0
    }
    // And when the giver loses the role.
    const { id: other, team } = await submitted()
    await given('deputy', `/teams/${team}`, 'stand-in')
    const third = await openWriter(server, 'stand-in', other)
    await server.container.resolve(TEAMS).removeMember(team, { kind: 'person', id: 'deputy' }, ANE)
    await third.heard('bye')
    expect(server.container.resolve(SOCKETS).count).toBe(0)
  })

  it('[RT4] is given by those who approve, to somebody Nextcloud knows, and goes no further', async () => {
    const { id, team } = await submitted()
    expect((await give('ane', `/documents/${id}`, 'stand-in')).json.code).toBe('NOT_ALLOWED')
    expect((await give('miren', `/teams/${team}`, 'stand-in')).json.code).toBe('NOT_ALLOWED')
    expect((await give('outsider', `/documents/${id}`, 'stand-in')).status).toBe(404)
    expect((await give('outsider', `/teams/${team}`, 'stand-in')).status).toBe(404)
    expect((await give('mayor', `/documents/${id}`, 'nobody')).json.code).toBe('INVALID_INPUT')
    expect((await give('mayor', `/documents/${id}`, 'mayor')).json.code).toBe('INVALID_INPUT')
    await given('mayor', `/documents/${id}`, 'stand-in')
    expect((await give('stand-in', `/documents/${id}`, 'miren')).json.code).toBe('NOT_ALLOWED')
    nextcloud.instead = { status: 500 }
    expect((await give('deputy', `/documents/${id}`, 'stand-in')).status).toBe(503)
    nextcloud.instead = null
    expect((await outcome(null, 'GET', '/delegations'))[0]).toBe(401)
    expect((await outcome(null, 'DELETE', `/delegations/${newUuid()}`))[0]).toBe(401)
    expect((await call<Delegation[]>('outsider', 'GET', '/delegations')).json).toEqual([])
  })

  it('[RT4] names the other hand as Nextcloud does, whatever the giver calls it', async () => {
    const { id } = await submitted()
    const { rows } = server.container.resolve(JOURNAL)
    const named = async (delegate: string): Promise<string | undefined> => {
      const body = { delegate: { id: delegate, name: 'Alkatea' }, from: day(), to: day() }
      const made = await call<{ id: string }>('mayor', 'POST', `/documents/${id}/delegations`, body)
      const row = rows.selectFrom('delegation').select('delegate_name').where('id', '=', made.json.id)
      return (await row.executeTakeFirst())?.delegate_name
    }
    await rows.deleteFrom('named').where('person', '=', 'stand-in').execute()
    // Never here and in no team: nobody else knows what they are called.
    expect(await named('stand-in')).toBe('Alkatea')
    await rows.insertInto('named').values({ person: 'stand-in', name: 'Itziar' }).execute()
    expect(await named('stand-in')).toBe('Itziar')
    // A member whom the team knows, here or not.
    await rows.deleteFrom('named').where('person', '=', 'vice').execute()
    expect(await named('vice')).toBe('vice')
  })

  it('[RT7] nobody decides for themselves and for another, when all have to', async () => {
    await rule({ quorum: 'all', approvers: [person('miren'), person('mayor')] })
    try {
      const { id, review } = await submitted()
      await given('miren', `/documents/${id}`, 'mayor')
      expect(await approve('mayor', id, review)).toEqual(DONE)
      expect(await approve('mayor', id, review, 'miren')).toEqual([403, 'NOT_YOUR_TURN'])
      expect((await read('mayor', id)).standIns).toMatchObject([{ barred: 'again' }])
      const other = await submitted()
      await given('miren', `/documents/${other.id}`, 'mayor')
      const both = await Promise.all([
        approve('mayor', other.id, other.review),
        approve('mayor', other.id, other.review, 'miren'),
      ])
      expect(both.map(([status]) => status).sort()).toEqual([204, 403])
      expect((await envelope(other.id)).inForce).toBeNull()
    } finally {
      await oneDirector()
    }
  })
})

describe('[W-01] nobody approves their own text', () => {
  async function wroteIn(who: string, id: DocumentId, edit: 'insert' | 'delete' = 'insert'): Promise<void> {
    const writer = await openWriter(server, who, id)
    const [update] = writer.edit((doc) => {
      const title = doc.getText('identity.title:eu')
      if (edit === 'insert') title.insert(0, 'a')
      else title.delete(0, 1)
    })
    expect(await writer.write(update!)).toBeNull()
    await writer.close()
  }

  it.each(['insert', 'delete'] as const)('by an entry of their own: %s', async (edit) => {
    const { id } = await plan()
    await wroteIn('both', id, edit)
    const review = await submit(id)
    expect(await approve('both', id, review)).toEqual(OWN_TEXT)
    expect((await envelope(id)).inForce).toBeNull()
  })

  it('by having it duplicated: a copy has the authors of what it is a copy of', async () => {
    const { id, team } = await plan()
    await wroteIn('both', id)
    const copied = await call<{ id: DocumentId }>('jon', 'POST', `/documents/${id}/duplicate`, {
      title: { eu: 'Kopia' },
      team: { kind: 'team', id: team },
    })
    expect(copied.status).toBe(201)
    const { rows } = server.container.resolve(JOURNAL)
    const authors = await rows
      .selectFrom('contribution')
      .select('person')
      .where('channel', '=', channelId(copied.json.id, 'content'))
      .where('person', '!=', SYSTEM)
      .execute()
    expect(authors).toEqual([{ person: 'both' }])
  })

  it('by having sent it', async () => {
    const { id } = await plan()
    expect(await approve('both', id, await submit(id, 'both'))).toEqual(OWN_TEXT)
  })

  it('through a delegation: neither the hand nor whoever it acts for may have written or sent it', async () => {
    const { id, team } = await plan()
    await wroteIn('jon', id)
    await wroteIn('both', id)
    // Before it is sent, nobody knows who will have written by then.
    await given('mayor', `/teams/${team}`, 'jon')
    await given('both', `/teams/${team}`, 'stand-in')
    const review = await submit(id)
    expect((await give('mayor', `/documents/${id}`, 'jon')).json.code).toBe('OWN_TEXT')
    expect((await give('mayor', `/documents/${id}`, 'ane')).json.code).toBe('OWN_TEXT')
    expect(await approve('jon', id, review, 'mayor')).toEqual(OWN_TEXT)
    expect(await approve('stand-in', id, review, 'both')).toEqual(OWN_TEXT)
    expect(await waitsFor('jon', id)).toBe(false)
    expect((await envelope(id)).inForce).toBeNull()
  })

  it('through another role, or as somebody the route names', async () => {
    await rule({ quorum: 'any', approvers: [person('jon'), DIRECTORS] })
    try {
      const { id, team } = await plan()
      await wroteIn('jon', id)
      const review = await submit(id)
      expect(await approve('jon', id, review)).toEqual(OWN_TEXT)
      await server.container.resolve(TEAMS).setMember(
        team,
        {
          principal: { kind: 'person', id: 'jon' },
          name: 'jon',
          roles: ['director'],
          department: null,
          expertise: [],
        },
        ANE,
      )
      expect(await approve('jon', id, review)).toEqual(OWN_TEXT)
    } finally {
      await oneDirector()
    }
  })

  it('as one of a group, nor after having left and come back', async () => {
    await rule({ quorum: 'any', approvers: [{ kind: 'group', id: 'Zinegotziak', name: 'Zinegotziak' }] })
    try {
      const { id, team } = await plan()
      const teams = server.container.resolve(TEAMS)
      const councillor = { kind: 'person', id: 'councillor' } as const
      const about = { name: 'councillor', department: null, expertise: [] }
      await teams.setMember(team, { principal: councillor, roles: ['editor'], ...about }, ANE)
      await wroteIn('councillor', id)
      await teams.removeMember(team, councillor, ANE)
      const review = await submit(id)
      expect(await approve('councillor', id, review)).toEqual(OWN_TEXT)
      await teams.setMember(team, { principal: councillor, roles: ['director'], ...about }, ANE)
      expect(await approve('councillor', id, review)).toEqual(OWN_TEXT)
    } finally {
      await oneDirector()
    }
  })

  it('by an older version in force: what they wrote since counts, and what they wrote before does not', async () => {
    const { id } = await plan()
    await wroteIn('both', id)
    const first = await submit(id)
    expect(await approve('mayor', id, first)).toEqual(DONE)
    const second = await submit(id)
    expect(await approve('both', id, second)).toEqual(DONE)
    await wroteIn('both', id)
    const third = await submit(id)
    expect(await approve('both', id, third)).toEqual(OWN_TEXT)
    // Taken out and sent again, it is no less theirs.
    await call('ane', 'POST', `/documents/${id}/review/withdraw`)
    expect(await approve('both', id, await submit(id))).toEqual(OWN_TEXT)
  })

  it('under another client id, nor from a second device', async () => {
    const { id } = await plan()
    await wroteIn('both', id)
    await wroteIn('mayor', id).catch(() => {})
    const review = await submit(id)
    const again = await openWriter(server, 'both', id)
    expect(await approve('both', id, review)).toEqual(OWN_TEXT)
    await again.close()
    // Directors do not write: what the mayor tried is in nobody's text.
    expect(await approve('mayor', id, review)).toEqual(DONE)
  })

  it('by sending the decision of somebody else again, or their own with other words', async () => {
    const { id } = await plan()
    await wroteIn('both', id)
    const review = await submit(id)
    const own = decision(review)
    expect(await decide('both', id, own)).toEqual(OWN_TEXT)
    expect(await decide('both', id, own)).toEqual(OWN_TEXT)
    for (const more of [
      { by: { id: 'mayor' } },
      { person: 'mayor' },
      { onBehalfOf: 'mayor' },
      { onBehalfOf: 'both' },
    ])
      expect((await decide('both', id, { ...own, ...more }))[0]).toBe(403)
    const theirs = decision(review)
    expect(await decide('mayor', id, theirs)).toEqual(DONE)
    expect(await decide('both', id, theirs)).toEqual([409, 'CHANGED_MEANWHILE'])
    const [version] = (await call<VersionSummary[]>('ane', 'GET', `/documents/${id}/versions`)).json
    expect(version!.decisions.map(({ by }) => by.id)).toEqual(['mayor'])
  })
})

describe('what no other program could read', () => {
  it('is refused before anything is stored of it', async () => {
    const { id } = await plan()
    const body = '{"note":"a\\ud800b"}'
    const response = await fetch(`${server.url}/api/v1/documents/${id}/review`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await sign({ person: 'ane', groups: [], at: Math.floor(now().getTime() / 1000) })}`,
        'content-type': 'application/json',
      },
      body,
    })
    expect(response.status).toBe(400)
    expect((await envelope(id)).work).toBe('draft')
    expect((await call('ane', 'POST', `/documents/${id}/review`, { note: 'a😀b' })).status).toBe(201)
  })
})

describe('[NT1] whoever is waited for', () => {
  const asked = async (id: string): Promise<(string | undefined)[][]> =>
    (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'notify' && one.notice.kind === 'decide' && one.notice.document === id
        ? [[one.notice.key.split('/').at(-1), ...one.notice.to.map((to) => to.id).sort()]]
        : [],
    )

  it('hears of it when it is their turn, and nobody who has a part in it already', async () => {
    await rule({ quorum: 'sequence', approvers: [person('mayor'), person('miren'), DIRECTORS] })
    const { id, review } = await submitted()
    await allLeft(server)
    expect(await asked(id)).toEqual([['0', 'mayor']])
    expect(await approve('mayor', id, review)).toEqual(DONE)
    await allLeft(server)
    expect(await approve('miren', id, review)).toEqual(DONE)
    expect(await asked(id)).toEqual([
      ['0', 'mayor'],
      ['1', 'miren'],
      ['2', 'both', 'deputy', 'vice'],
    ])
    // What is approved by some of them only is not in force, and nothing about it is false.
    const found = await verifyFolder(server.dataFolder, null)
    expect(found).toMatchObject({ kind: 'read', faults: [] })
    expect(await approve('deputy', id, review)).toEqual(DONE)
    expect(await verifyFolder(server.dataFolder, null)).toMatchObject({ kind: 'read', faults: [] })
    await oneDirector()
  })

  it('hears no more of what was taken back, also when a version was named in between', async () => {
    const { id } = await submitted()
    expect(await outcome('ane', 'POST', `/documents/${id}/review/withdraw`)).toEqual(DONE)
    await allLeft(server)
    expect((await call('ane', 'POST', `/documents/${id}/versions`, { label: 'Zirriborroa' })).status).toBe(
      201,
    )
    const again = await submit(id)
    expect(again.version.n).toBe(3)
    const over = (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'dismiss' ? one.keys : [],
    )
    expect(over).toContain(`review/${id}/1/withdrawn`)
  })

  it('has nothing in their hands any more when it is decided', async () => {
    const { id, review } = await submitted()
    const delegation = await given('mayor', `/documents/${id}`, 'stand-in')
    await allLeft(server)
    expect(await approve('deputy', id, review)).toEqual(DONE)
    const over = (await passedOn(server, nextcloud)).flatMap((one) =>
      one.kind === 'dismiss' ? one.keys : [],
    )
    expect(over).toContain(`delegated/${id}/${delegation}`)
  })
})
