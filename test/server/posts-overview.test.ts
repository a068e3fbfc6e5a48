/** The posts of all plans in one calendar: of which plans, for whom, between which days, and nothing more than that [CV9]. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { DocumentId, PersonId, TeamId } from '@auzolan/shared/ids.ts'
import { CALENDAR_DAYS_MAX } from '@auzolan/shared/limits.ts'
import { postSha256 } from '@auzolan/shared/posts/post.ts'
import type { PlannedPost, PlannedPosts } from '@auzolan/shared/protocol/posts.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import {
  ACCESS,
  CALENDARS,
  DOCUMENTS,
  JOURNAL,
  ORGANISATION,
  STANDINGS,
  TEAMS,
  VERSIONS,
} from '@auzolan/server/src/container.ts'
import { ideaRow } from '@auzolan/server/src/posts/post-row.ts'
import { PostsOverview } from '@auzolan/server/src/posts/overview.ts'
import { openCalendar } from '../support/calendar-hand.ts'
import { completePlan } from '../support/complete.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

let house: Reviewed
let id: DocumentId
let posts: { readonly [name in 'in' | 'before' | 'canary' | 'approved']: string }
const TEXT = { eu: 'Isilpeko testua', es: '' }

beforeAll(async () => {
  house = await startReviewed()
  id = await house.plan(completePlan())
  const jon = await openCalendar(house.server, 'jon', id)
  const base = { profileIds: ['mastodon'], purposeIds: ['p1'], text: TEXT, internalNotes: 'Gure artean' }
  posts = {
    in: await jon.post({ ...base, title: 'Azaroan', day: '2026-11-10', time: '10:00' }),
    before: await jon.post({ ...base, title: 'Urrian', day: '2026-10-30', time: '10:00' }),
    canary: await jon.post({
      ...base,
      title: 'Kanarietan',
      day: '2026-10-31',
      time: '23:30',
      zone: 'Atlantic/Canary',
    }),
    approved: await jon.post({ ...base, title: 'Onartua', day: '2026-11-11', sensitive: ['emergency'] }),
  }
  await jon.post({ ...base, title: 'Datarik gabe' })
  await house.server.container
    .resolve(JOURNAL)
    .rows.insertInto('post_state')
    .values({
      ...ideaRow(id, posts.approved),
      status: 'approved',
      approved: postSha256(jon.whole(posts.approved)),
      note: 'Oharra',
      person: 'ane',
      person_name: 'Ane',
      at: '2026-11-01T10:00:00.000Z',
    })
    .execute()
})
afterAll(() => house.stop())

const seen = async (who: Who, from = '2026-11-01', to = '2026-11-30'): Promise<readonly PlannedPost[]> =>
  (await house.call<PlannedPosts>(who, 'GET', `/calendar?from=${from}&to=${to}`)).json.posts
const idsOf = (found: readonly PlannedPost[]): string[] => found.map(({ post }) => post)

/** Texts, notes, states and files, by every way to them. */
async function isForTheTeam(who: Who, status?: number): Promise<void> {
  for (const what of ['posts', 'calendar.ics', 'posts.csv', 'files', 'consents']) {
    const answer = await house.call(who, 'GET', `/documents/${id}/${what}`)
    expect([what, [403, 404].includes(answer.status)]).toEqual([what, true])
    if (status !== undefined) expect([what, answer.status]).toEqual([what, status])
  }
  await expect(openCalendar(house.server, who, id)).rejects.toThrow()
}

describe('who', () => {
  it.each(WHO.map((who) => [who, who !== 'outsider'] as const))('%s sees them: %s', async (who, sees) => {
    expect(idsOf(await seen(who)).includes(posts.in)).toBe(sees)
  })
  it('nobody who is not signed in', async () => {
    expect(await house.outcome(null, 'GET', '/calendar?from=2026-11-01&to=2026-11-30')).toEqual([
      401,
      'TICKET_MISSING',
    ])
  })
  it('no reader of a plan that everybody may read, since its calendar is for the team', async () => {
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ visibility: 'organisation' }).where('id', '=', id).execute()
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(200)
    expect(await seen('outsider')).toEqual([])
    await rows.updateTable('document').set({ visibility: 'team' }).where('id', '=', id).execute()
  })
  it('whoever coordinates the plan above, as long as it is there', async () => {
    const { container } = house.server
    const { rows } = container.resolve(JOURNAL)
    const team: TeamId = await teamOf(container.resolve(TEAMS), 'Udala', [
      'person',
      'outsider',
      'coordinator',
    ])
    const above = await container.resolve(DOCUMENTS).create({
      teamId: team,
      languages: ['eu', 'es'],
      template: {},
      by: 'outsider' as PersonId,
    })
    const put = (parent: string | null) =>
      rows.updateTable('document').set({ parent }).where('id', '=', id).execute()
    await put(above)
    expect(idsOf(await seen('outsider')).includes(posts.in)).toBe(true)
    // The plan and its place in the calendar of all, and nothing that is for the team.
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(200)
    await isForTheTeam('outsider', 403)
    await put(null)
    expect(await seen('outsider')).toEqual([])
  })
  it('nobody who decides in the place of somebody else', async () => {
    const day = (days: number): string =>
      addDays(new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' }), days)
    const lent = { delegate: { id: 'outsider', name: 'Outsider' }, from: day(0), to: day(20) }
    const { json } = await house.call<{ id: string }>('mayor', 'POST', `/documents/${id}/delegations`, lent)
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(200)
    expect(await seen('outsider')).toEqual([])
    await isForTheTeam('outsider')
    await house.call('mayor', 'DELETE', `/delegations/${json.id}`)
  })
  it('nobody, of a plan in the trash or out of use', async () => {
    const { rows } = house.server.container.resolve(JOURNAL)
    const set = (values: object) => rows.updateTable('document').set(values).where('id', '=', id).execute()
    await set({ archived: 1 })
    expect(await seen('jon')).toEqual([])
    await set({ archived: 0, trashed_at: '2026-11-01T00:00:00.000Z' })
    expect(await seen('jon')).toEqual([])
    await set({ trashed_at: null })
    expect(await seen('jon')).not.toEqual([])
  })
})

describe('what', () => {
  it('is a line, and nothing of what it says or of notes among the team', async () => {
    const { json, text } = await house.call<PlannedPosts>(
      'miren',
      'GET',
      '/calendar?from=2026-11-01&to=2026-11-30',
    )
    expect(json.posts.find(({ post }) => post === posts.in)).toEqual({
      document: id,
      plan: expect.anything() as unknown,
      post: posts.in,
      title: 'Azaroan',
      day: '2026-11-10',
      time: '10:00',
      zone: null,
      outAt: null,
      profiles: [
        { network: 'mastodon', name: expect.any(String) as unknown, handle: expect.any(String) as unknown },
      ],
      department: null,
      owner: null,
      languages: ['eu'],
      status: 'drafting',
      stopped: false,
      emergency: false,
    })
    expect(text).not.toMatch(/Isilpeko|Gure artean|Oharra/)
    expect(json.unread).toBe(0)
  })
  it('is approved no longer once it says something else', async () => {
    const status = async (): Promise<unknown> =>
      (await seen('jon')).find(({ post }) => post === posts.approved)
    expect(await status()).toMatchObject({ status: 'approved', emergency: true })
    const jon = await openCalendar(house.server, 'jon', id)
    await jon.set('posts', posts.approved, { time: '12:00' })
    expect(await status()).toMatchObject({ status: 'approved', time: '12:00' })
    await jon.set('posts', posts.approved, { text: { eu: 'Beste bat' } })
    expect(await status()).toMatchObject({ status: 'in_review', stopped: false })
  })
  it('lies between the days asked for, by the clock of the organisation', async () => {
    const found = idsOf(await seen('jon'))
    expect(found).toContain(posts.canary)
    expect(found).not.toContain(posts.before)
    // 23:30 in the Canaries is the next day here.
    expect(idsOf(await seen('jon', '2026-10-30', '2026-10-31'))).toEqual([posts.before])
  })
  it('[CV11] stands on the day it went out, whatever day is written in it', async () => {
    const { rows } = house.server.container.resolve(JOURNAL)
    const jon = await openCalendar(house.server, 'jon', id)
    const post = await jon.post({ title: 'Aterata', day: '2026-12-02', time: '10:00' })
    const outAt = '2026-11-30T22:59:00.000Z'
    const published = [{ profile: 'mastodon', url: '', at: outAt, by: { id: 'jon', name: 'Jon' } }]
    await rows
      .insertInto('post_state')
      .values({ ...ideaRow(id, post), status: 'published', published: JSON.stringify(published) })
      .execute()
    const on = async (day: string) => (await seen('jon', day, day)).find((one) => one.post === post)
    expect(await on('2026-11-30')).toMatchObject({ day: '2026-12-02', time: '10:00', outAt })
    await jon.set('posts', post, { day: '2026-12-01' })
    expect(await on('2026-11-30')).toMatchObject({ day: '2026-12-01', outAt })
    for (const day of ['2026-12-01', '2026-12-02']) expect(await on(day)).toBeUndefined()
  })
  it('what stops one is looked at again only when something of it, or around it, has changed', async () => {
    const { container } = house.server
    const jon = await openCalendar(house.server, 'jon', id)
    const put = async (day: string) => {
      const post = await jon.post({ title: 'Onartua', day, time: '10:00', profileIds: ['mastodon'] })
      const approved = postSha256(jon.whole(post))
      const row = { ...ideaRow(id, post), status: 'approved' as const, approved }
      await container.resolve(JOURNAL).rows.insertInto('post_state').values(row).execute()
      return post
    }
    const [one] = [await put('2027-03-01'), await put('2027-03-02'), await put('2027-04-03')]
    const looked = vi.spyOn(PostChecks.prototype, 'of')
    const times = async (): Promise<number> => {
      looked.mockClear()
      const found = await seen('jon', '2027-03-01', '2027-03-31')
      expect(found.map(({ stopped }) => stopped)).toEqual([true, true])
      return looked.mock.calls.length
    }
    // Of the month that is looked at, and once.
    expect([await times(), await times()]).toEqual([2, 0])
    await jon.set('posts', one, { time: '11:00' })
    expect([await times(), await times()]).toEqual([1, 0])
    await jon.post({ title: 'Beste bat', day: '2027-05-01' })
    expect(await times()).toBe(0)
    const organisation = container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    await organisation.change({ ...facts, website: 'https://beste.eus' }, version, 'root' as PersonId)
    expect([await times(), await times()]).toEqual([2, 0])
    looked.mockRestore()
  })
  it.each([
    ['from=2026-11-01&to=2026-11-01', 200],
    [`from=2026-11-01&to=${addDays('2026-11-01', CALENDAR_DAYS_MAX - 1)}`, 200],
    [`from=2026-11-01&to=${addDays('2026-11-01', CALENDAR_DAYS_MAX)}`, 400],
    ['from=2026-11-02&to=2026-11-01', 400],
    ['from=2026-11-31&to=2026-12-01', 400],
    ['from=2026-11-01', 400],
    ['', 400],
  ])('%s: %i', async (query, status) => {
    expect((await house.call('jon', 'GET', `/calendar?${query}`)).status).toBe(status)
  })
  it('of a calendar that cannot be read it says so, and hides no other', async () => {
    const other = await house.plan(completePlan())
    const { container } = house.server
    const calendars = container.resolve(CALENDARS)
    const overview = new PostsOverview({
      journal: container.resolve(JOURNAL),
      access: container.resolve(ACCESS),
      documents: container.resolve(DOCUMENTS),
      versions: container.resolve(VERSIONS),
      standings: container.resolve(STANDINGS),
      organisation: container.resolve(ORGANISATION),
      stopped: { in: async () => () => [] } as never,
      calendars: {
        read: (one: DocumentId) =>
          one === other ? Promise.reject(new Error('broken')) : calendars.read(one),
      } as typeof calendars,
    })
    const jon = { person: 'jon' as PersonId, name: 'Jon', groups: [], teams: [], language: 'eu' }
    const found = await overview.list({ ...jon, admin: false, issuedAt: 0 }, '2026-11-01', '2026-11-30')
    expect(found.unread).toBe(1)
    expect(idsOf(found.posts)).toContain(posts.in)
  })
})
