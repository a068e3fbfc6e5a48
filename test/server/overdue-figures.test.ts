/** Figures that are late, by a clock that the test turns: who is told, who sees it, and what takes it back (DOMAIN P-52). */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import {
  DECISIONS,
  DOCUMENTS,
  FIGURE_TASKS,
  FIGURES,
  JOURNAL,
  ORGANISATION,
  OVERDUE_FIGURES,
  REVIEWS,
  SUBMISSIONS,
  TEAMS,
  VERSIONS,
} from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'
import { allLeft, passedOn } from '../support/told.ts'

/** The plan comes into force on a Wednesday of October; its figures are due on Friday, 6 November. */
const START = '2026-10-14T08:30:00Z'
const FRIDAY = '2026-11-06T16:30:00Z'
const SATURDAY = '2026-11-07T09:00:00Z'
const MONDAY = '2026-11-09T09:00:00Z'
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' }
let clock = new Date(START)
let nextcloud: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const person of ['ane', 'jon', 'mayor'])
    nextcloud.users[person] = { enabled: true, groups: [], teams: [] }
  at(START)
  server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url }, () => clock)
})
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})
beforeEach(async () => {
  at(START)
  const { rows } = server.container.resolve(JOURNAL)
  await rows.updateTable('document').set({ trashed_at: '9999' }).execute()
  await rows.deleteFrom('outbox').execute()
})
function at(instant: string): void {
  clock = new Date(instant)
  nextcloud.ahead = Math.round((clock.getTime() - Date.now()) / 1000)
}
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
type Indicator = Plan['planning']['indicators'][number]
/** All of its indicators ask for one figure of Instagram, which was opened with the plan. */
async function plan(more: Partial<Indicator> = {}): Promise<DocumentId> {
  const template = wholePlan() as unknown as Plan
  const planning = {
    ...template.planning,
    indicators: template.planning.indicators.map((one) => ({
      ...one,
      formula: 'posts',
      period: 'month',
      networks: ['instagram'],
      owner: { id: 'jon', name: 'Jon' },
      ...more,
    })),
  }
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )
  return server.container.resolve(DOCUMENTS).create({
    teamId,
    languages: ['eu', 'es'],
    template: { ...template, planning } as unknown as ReturnType<typeof wholePlan>,
    by: 'ane' as PersonId,
  })
}
async function approved(id: DocumentId): Promise<DocumentId> {
  const n = await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
  if (isRefusal(n)) throw new Error(n.detail)
  const version = await server.container.resolve(VERSIONS).read(id, n)
  if (isRefusal(version)) throw new Error(version.detail)
  const given = {
    ...{ id: newUuid(), version: n, sha256: version.sha256, comment: '', sections: [] },
    ...{ verdict: 'approve' as const, conditions: '', waivers: [], overrides: [] },
  }
  expect(await server.container.resolve(DECISIONS).decide(claims('mayor'), id, given)).toBeNull()
  await opened(id, '2026-10-14')
  await allLeft(server)
  return id
}
const opened = (id: DocumentId, on: string, status = 'open') =>
  server.container
    .resolve(JOURNAL)
    .rows.insertInto('profile_state')
    .values({
      ...{ document: id, profile: 'instagram', name: '', status, opened_on: on, closed_on: null, version: 1 },
      ...{ note: '', waivers: '[]', person: 'ane', person_name: 'Ane', at: START },
    })
    .onConflict((c) => c.columns(['document', 'profile']).doUpdateSet({ status, opened_on: on }))
    .execute()
const enter = async (id: DocumentId, value: number | null, more: object = {}) =>
  expect(
    await server.container.resolve(FIGURES).enter(claims('jon'), id, {
      id: newUuid(),
      source: 'manual',
      figures: [
        {
          ...{ profile: 'instagram', metric: 'posts', ...OCTOBER, value },
          ...{ nullReason: value === null ? 'not_collected' : null, note: '', sure: false },
          ...more,
        },
      ],
    }),
  ).toBeNull()
async function look(): Promise<number> {
  const written = await server.container.resolve(OVERDUE_FIGURES).look()
  await allLeft(server)
  return written
}
const told = async (id: string) =>
  (await passedOn(server, nextcloud))
    .flatMap((one) => (one.kind === 'notify' && one.notice.kind === 'figures' ? one.notice : []))
    .filter(({ document }) => document === id)
    .map(({ to, due }) => [due, ...to.map((one) => one.id).sort()])
const takenBack = async () =>
  (await passedOn(server, nextcloud)).flatMap((one) => (one.kind === 'dismiss' ? one.keys : []))
const tasks = (person: string) => server.container.resolve(FIGURE_TASKS).list(claims(person))
const overdue = async (id: DocumentId, person = 'miren') => {
  const found = await server.container.resolve(FIGURES).overdue(claims(person), id)
  return isRefusal(found) ? found.refused : found.map(({ from }) => from)
}

describe('[FL2] who is told', () => {
  it('whoever measures it, once, on the first worked day after the limit', async () => {
    const id = await approved(await plan())
    for (const instant of [FRIDAY, SATURDAY, '2026-11-09T06:59:00Z']) {
      at(instant)
      expect(await look()).toBe(0)
    }
    at(MONDAY)
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await told(id)).toEqual([['2026-11-06', 'jon']])
    at('2026-11-30T09:00:00Z')
    expect(await look()).toBe(0)
    at('2026-12-07T23:30:00Z')
    expect(await look()).toBe(0)
    // The fifth worked day after November is a Monday.
    at('2026-12-08T09:00:00Z')
    expect(await look()).toBe(1)
    expect((await told(id)).at(-1)).toEqual(['2026-12-07', 'jon'])
  })
  it.each([
    ['nobody', null],
    ['somebody who is not of the team', { id: 'gone', name: 'Gone' }],
    ['somebody who only reads', { id: 'miren', name: 'Miren' }],
  ])('those who write it, where the plan names %s', async (_, owner) => {
    const id = await approved(await plan({ owner }))
    at(MONDAY)
    expect(await look()).toBe(1)
    expect(await told(id)).toEqual([['2026-11-06', 'ane', 'jon']])
  })
  it('not of what is there, has its reason, or is not asked for', async () => {
    const [there, reasoned, draft, closed] = [
      await approved(await plan()),
      await approved(await plan()),
      await plan(),
      await approved(await plan()),
    ]
    await opened(closed, '2026-10-14', 'closed')
    at(FRIDAY)
    await enter(there, 12)
    await enter(reasoned, null)
    at(MONDAY)
    expect(await look()).toBe(0)
    for (const id of [there, reasoned, draft, closed]) expect(await overdue(id)).toEqual([])
  })
  it('it is taken back when they are there, also at night; taken away, they are late again', async () => {
    const id = await approved(await plan())
    at(MONDAY)
    expect(await look()).toBe(1)
    await enter(id, 12)
    at('2026-11-09T22:00:00Z')
    expect(await look()).toBe(0)
    expect(await takenBack()).toContain(`figures/${id}/2026-10-01..2026-10-31`)
    await enter(id, null, { nullReason: null })
    at('2026-11-10T09:00:00Z')
    expect(await look()).toBe(1)
  })
  it('not of a plan that is archived or in the trash', async () => {
    const [archived, trashed] = [await approved(await plan()), await approved(await plan())]
    const { rows } = server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ archived: 1 }).where('id', '=', archived).execute()
    await rows.updateTable('document').set({ trashed_at: '9999' }).where('id', '=', trashed).execute()
    at(MONDAY)
    expect(await look()).toBe(0)
    expect(await tasks('ane')).toEqual([])
  })
})

describe('[FL3] who sees it', () => {
  it('those who enter them, and the director; the rest of the team finds it in the plan', async () => {
    const id = await approved(await plan())
    at(FRIDAY)
    expect(await tasks('mayor')).toEqual([])
    at(SATURDAY)
    const task = { kind: 'figures', document: id, ...OCTOBER, due: '2026-11-06', spans: 1 }
    expect(await tasks('ane')).toMatchObject([{ ...task, writes: true }])
    expect(await tasks('jon')).toMatchObject([{ ...task, writes: true }])
    expect(await tasks('mayor')).toMatchObject([{ ...task, writes: false }])
    for (const other of ['miren', 'lawyer', 'stranger']) expect(await tasks(other)).toEqual([])
    expect(await overdue(id)).toEqual(['2026-10-01'])
    expect(await overdue(id, 'stranger')).toBe('NOT_FOUND')
    await enter(id, 12)
    expect(await tasks('mayor')).toEqual([])
  })
  it('several spans are one thing, by the oldest', async () => {
    await approved(await plan())
    at('2026-12-08T09:00:00Z')
    expect(await tasks('mayor')).toMatchObject([{ spans: 2, ...OCTOBER }])
  })
  it('whoever decides on the next version reads it among its checks', async () => {
    const id = await approved(await plan())
    at(MONDAY)
    const submitted = await server.container
      .resolve(SUBMISSIONS)
      .submit(claims('ane'), id, { note: '', due: null })
    expect(isRefusal(submitted)).toBe(false)
    const findings = async () => {
      const review = await server.container.resolve(REVIEWS).read(claims('mayor'), id)
      if (isRefusal(review)) throw new Error(review.detail)
      return review.findings.filter(({ check }) => check === 'P-52')
    }
    expect(await findings()).toMatchObject([{ severity: 'warn', fixAt: 'indicators' }])
    await enter(id, 12)
    expect(await findings()).toEqual([])
  })
})

describe('[FL1] since when', () => {
  it('a new version begins nothing anew: what was late stays late', async () => {
    const id = await approved(await plan())
    at(MONDAY)
    expect(await look()).toBe(1)
    await approved(id)
    expect(await overdue(id)).toEqual(['2026-10-01'])
    expect(await look()).toBe(0)
  })
  it('a profile that nobody opened here counts from its first figure', async () => {
    const id = await approved(await plan())
    await server.container
      .resolve(JOURNAL)
      .rows.deleteFrom('profile_state')
      .where('document', '=', id)
      .execute()
    at(MONDAY)
    expect(await overdue(id)).toEqual([])
    await enter(id, 5, { from: '2026-09-01', to: '2026-09-30' })
    expect(await overdue(id)).toEqual(['2026-10-01'])
  })
  it('an indicator of our own is asked for by itself', async () => {
    const id = await approved(await plan({ formula: null }))
    at(MONDAY)
    expect(await overdue(id)).toEqual(['2026-10-01'])
    const { planning } = wholePlan() as unknown as Plan
    for (const one of planning.indicators) await enter(id, 1, { profile: '', metric: ownOf(one.id) })
    expect(await overdue(id)).toEqual([])
  })
  it('a holiday moves the limit', async () => {
    const id = await approved(await plan())
    const organisation = server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const holidays = [{ id: 'h', name: '', from: '2026-11-02', to: '2026-11-02' }]
    await organisation.change({ ...facts, holidays }, version, 'root' as PersonId)
    at(MONDAY)
    expect([await overdue(id), await look()]).toEqual([[], 0])
    at('2026-11-10T09:00:00Z')
    expect([await overdue(id), await look()]).toEqual([['2026-10-01'], 1])
  })
})
