/** Posts of a calendar over REST: who may do what from where, which text is decided on, and what an edit afterwards does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  EMERGENCY_REVIEW_MS,
  POST_NOTES_MAX,
  POST_PUBLISHED_AHEAD_MS,
  POST_PUBLISHED_BEHIND_MS,
} from '@auzolan/shared/limits.ts'
import { isUnreviewed, type PostCommand, type PostStatus } from '@auzolan/shared/posts/life.ts'
import { languageSha256, postSha256 } from '@auzolan/shared/posts/post.ts'
import type { PlannedPosts, PostOrder, PostState, PostStates } from '@auzolan/shared/protocol/posts.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { ideaRow } from '@auzolan/server/src/posts/post-row.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { openCalendar, type CalendarHand } from '../support/calendar-hand.ts'
import { COURSE, completePlan } from '../support/complete.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { openWire, hello } from '../support/wire.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TEXT = { eu: 'Edukiontzi marroia auzo guztietan.', es: 'El contenedor marrón, en todos los barrios.' }
const VALUES = {
  title: 'Edukiontzi marroia',
  profileIds: ['mastodon'],
  purposeIds: ['p1'],
  text: TEXT,
  day: '2099-03-10',
  time: '09:00',
}
const OUT = { profile: 'mastodon', url: 'https://sare.example/@haranberri/1', at: '2026-11-24T09:00:00.000Z' }

/** Of a plan in force, its profile on Mastodon open. */
async function calendar(): Promise<{ id: DocumentId; jon: CalendarHand }> {
  const id = await house.plan(completePlan())
  await house.decided(id)
  const trained = { completedOn: TODAY, name: 'Jon' }
  expect(await house.outcome('jon', 'PUT', `/documents/${id}/training/${COURSE}/jon`, trained)).toEqual([
    204,
    undefined,
  ])
  expect(await house.outcome('ane', 'POST', `/documents/${id}/profiles/mastodon/open`, {})).toEqual([
    204,
    undefined,
  ])
  return { id, jon: await openCalendar(house.server, 'jon', id) }
}
const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const readIn = (id: string, post: string, who: Who, language: string, hand: CalendarHand) =>
  house.outcome(who, 'POST', at(id, post, `languages/${language}`), {
    sha256: languageSha256(hand.whole(post), language),
  })
const at = (id: string, post: string, what: string): string => `/documents/${id}/posts/${post}/${what}`
const order = (
  id: string,
  post: string,
  command: PostCommand,
  who: Who | null = 'jon',
  body: Partial<PostOrder> = {},
) => house.outcome(who, 'POST', at(id, post, command), body)
const states = async (id: string): Promise<PostStates> =>
  (await house.call<PostStates>('miren', 'GET', `/documents/${id}/posts`)).json
const stateOf = async (id: string, post: string): Promise<PostState | undefined> =>
  (await states(id)).states.find((one) => one.post === post)

/** Brings a post to a status, whatever it takes. */
async function having(
  status: PostStatus,
): Promise<{ id: DocumentId; post: string; jon: CalendarHand; sha256: string }> {
  const { id, jon } = await calendar()
  const post = await jon.post(VALUES)
  const whole = jon.whole(post)
  const sha256 = postSha256(whole)
  const reviews = ['eu', 'es'].map((language) => ({
    language,
    by: { id: 'ane', name: 'Ane' },
    at: '2026-11-01T10:00:00.000Z',
    sha256: languageSha256(whole, language),
  }))
  if (status !== 'idea')
    await house.server.container
      .resolve(JOURNAL)
      .rows.insertInto('post_state')
      .values({
        ...ideaRow(id, post),
        status,
        approved: ['approved', 'scheduled', 'published', 'measured', 'withdrawn'].includes(status)
          ? sha256
          : null,
        reviews: JSON.stringify(reviews),
        person: 'jon',
        person_name: 'Jon',
        at: '2026-11-01T10:00:00.000Z',
      })
      .execute()
  return { id, post, jon, sha256 }
}

describe('[PO1] who may', () => {
  const FROM: readonly [PostCommand, PostStatus, readonly number[]][] = [
    ['draft', 'cancelled', [204, 204, 403, 403, 403, 404]],
    ['submit', 'drafting', [204, 204, 403, 403, 403, 404]],
    ['return', 'in_review', [204, 403, 204, 403, 403, 404]],
    // Jon wrote it.
    ['approve', 'in_review', [204, 403, 204, 403, 403, 404]],
    ['schedule', 'approved', [204, 204, 403, 403, 403, 404]],
    ['publish', 'scheduled', [204, 204, 403, 403, 403, 404]],
    ['cancel', 'in_review', [204, 204, 403, 403, 403, 404]],
    ['withdraw', 'published', [204, 204, 403, 403, 403, 404]],
  ]
  it.each(
    FROM.flatMap(([command, from, answers]) =>
      WHO.map((who, i) => ({ command, from, who, status: answers[i]! })),
    ),
  )('$command as $who: $status', async ({ command, from, who, status }) => {
    const { id, post, jon, sha256 } = await having(from)
    const body = { sha256, note: REASON, neutral: true, ...(command === 'publish' ? { published: OUT } : {}) }
    expect((await order(id, post, command, who, body))[0]).toBe(status)
    expect((await stateOf(id, post))?.by.id).toBe(status === 204 ? who : 'jon')
    await jon.close()
  })

  it('nobody without a name, and of those who read because everybody may, nobody', async () => {
    const { id, post, jon } = await having('drafting')
    expect((await order(id, post, 'submit', null))[0]).toBe(401)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect((await house.call('outsider', 'GET', `/documents/${id}/posts`)).status).toBe(403)
    expect(await order(id, post, 'submit', 'outsider')).toEqual([403, 'NOT_ALLOWED'])
    // Nor is the calendar itself theirs: notes among us are in it.
    const wire = await openWire(house.server, id)
    const greeting = hello(await house.server.ticket('outsider', id), [7])
    wire.say({
      ...greeting,
      channels: [...greeting.channels, { ...greeting.channels[0]!, channel: 'calendar' }],
    })
    const [welcome] = await wire.heard('welcome')
    expect(welcome!.channels.map(({ channel }) => channel)).toEqual(['content'])
    await Promise.all([wire.close(), jon.close()])
  })

  it('readers read the calendar and write nothing there; a review of the plan locks nothing of it', async () => {
    const { id, jon } = await calendar()
    const miren = await openCalendar(house.server, 'miren', id)
    await expect(miren.post(VALUES)).rejects.toThrow('READ_ONLY')
    await house.submit(id)
    await jon.post(VALUES)
    expect(jon.frames.some(({ kind }) => kind === 'refused')).toBe(false)
    await Promise.all([miren.close(), jon.close()])
  })
})

describe('[PO2] the life of a post', () => {
  it('from an idea to being out, each step in the audit, and the folder is whole', async () => {
    const { id, jon } = await calendar()
    const post = await jon.post(VALUES)
    expect(await stateOf(id, post)).toBeUndefined()
    const sha256 = postSha256(jon.whole(post))
    expect(await order(id, post, 'submit', 'jon', { sha256 })).toEqual([204, undefined])
    expect(await order(id, post, 'approve', 'ane', { sha256, neutral: true })).toEqual([409, 'GATE_CLOSED'])
    for (const language of ['eu', 'es'])
      expect(await readIn(id, post, 'ane', language, jon)).toEqual([204, undefined])
    expect(await order(id, post, 'approve', 'ane', { sha256, neutral: true })).toEqual([204, undefined])
    expect(await order(id, post, 'schedule', 'jon', { sha256 })).toEqual([204, undefined])
    expect(await order(id, post, 'publish', 'jon', { sha256, published: OUT })).toEqual([204, undefined])
    expect(await stateOf(id, post)).toMatchObject({
      status: 'published',
      approved: sha256,
      approvedBy: { id: 'ane' },
      published: [{ ...OUT, by: { id: 'jon' } }],
      reviewBy: null,
    })
    expect((await states(id)).authors[post]).toEqual([{ id: 'jon', name: expect.any(String) as string }])
    const { rows } = house.server.container.resolve(JOURNAL)
    const deeds = await rows
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', id)
      .where('action', 'like', 'post.%')
      .orderBy('n')
      .execute()
    expect(deeds.map(({ action }) => action)).toEqual([
      'post.submit',
      'post.language',
      'post.language',
      'post.approve',
      'post.schedule',
      'post.publish',
    ])
    const found = await verifyFolder(house.server.dataFolder, null)
    // The rows that the other tests have put there by hand are found out.
    const faults = found.kind === 'read' ? found.faults : []
    expect(faults.filter((fault) => fault.includes(id))).toEqual([])
    expect(faults.every((fault) => fault.startsWith('post_state: the audit does not tell of'))).toBe(true)
    await jon.close()
  })

  it('what was approved shows as in review once another text stands there; moving it changes nothing', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    await jon.set('posts', post, { day: '2026-12-03', time: '09:00', title: 'Beste izen bat' })
    expect(postSha256(jon.whole(post))).toBe(sha256)
    await jon.set('posts', post, { text: { es: 'Otro texto.' } })
    const now = postSha256(jon.whole(post))
    expect(now).not.toBe(sha256)
    // It cannot be handed over, nor out; it can be approved again.
    expect(await order(id, post, 'schedule', 'jon', { sha256: now })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await order(id, post, 'publish', 'jon', { sha256: now, published: OUT })).toEqual([
      409,
      'ILLEGAL_MOVE',
    ])
    expect(await order(id, post, 'approve', 'ane', { sha256, neutral: true })).toEqual([
      409,
      'CHANGED_MEANWHILE',
    ])
    // Nobody has read the new Spanish text; the Basque one is the one that was read.
    expect(await order(id, post, 'approve', 'ane', { sha256: now, neutral: true })).toEqual([
      409,
      'GATE_CLOSED',
    ])
    expect(await readIn(id, post, 'ane', 'es', jon)).toEqual([204, undefined])
    expect(await order(id, post, 'approve', 'ane', { sha256: now, neutral: true })).toEqual([204, undefined])
    expect(await order(id, post, 'schedule', 'jon', { sha256: now })).toEqual([204, undefined])
    await jon.close()
  })

  it('also when another text for one network, a name in it, or a picture changes', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    await jon.set('variants', `${post}_1`, { profileId: 'mastodon', text: TEXT })
    const withText = postSha256(jon.whole(post))
    await jon.set('mentions', `${post}_2`, { handle: '@foru', who: 'institution' })
    const withName = postSha256(jon.whole(post))
    await jon.set('media', 'm1', { title: 'Edukiontzia' })
    await jon.set('posts', post, { mediaIds: ['m1'] })
    const withPicture = postSha256(jon.whole(post))
    await jon.set('media', 'm1', { altText: { eu: 'Edukiontzi marroia plazan' } })
    const described = postSha256(jon.whole(post))
    expect(new Set([sha256, withText, withName, withPicture, described]).size).toBe(5)
    expect(await order(id, post, 'publish', 'jon', { sha256: described, published: OUT })).toEqual([
      409,
      'ILLEGAL_MOVE',
    ])
    await jon.close()
  })

  it('nobody approves what they have written, be it a word; whoever only moved it may', async () => {
    const { id, post, jon, sha256 } = await having('in_review')
    const ane = await openCalendar(house.server, 'ane', id)
    await ane.set('posts', post, { day: '2026-12-03' })
    expect(await order(id, post, 'approve', 'ane', { sha256, neutral: true })).toEqual([204, undefined])
    await ane.set('posts', post, { text: { es: 'Del todo otro.' } })
    const now = postSha256(ane.whole(post))
    expect(await order(id, post, 'approve', 'ane', { sha256: now, neutral: true })).toEqual([403, 'OWN_TEXT'])
    // Of who writes, only somebody who has not written this reads it for the others.
    expect(await readIn(id, post, 'ane', 'es', ane)).toEqual([403, 'OWN_TEXT'])
    const { rows } = house.server.container.resolve(JOURNAL)
    const es = { language: 'es', by: { id: 'miren', name: 'Miren' }, at: '2026-11-01T10:00:00.000Z' }
    const read = [{ ...es, sha256: languageSha256(ane.whole(post), 'es') }]
    const before = JSON.parse(
      (
        await rows
          .selectFrom('post_state')
          .select('reviews')
          .where('post', '=', post)
          .executeTakeFirstOrThrow()
      ).reviews,
    ) as { language: string }[]
    const reviews = JSON.stringify([...before.filter(({ language }) => language !== 'es'), ...read])
    await rows.updateTable('post_state').set({ reviews }).where('post', '=', post).execute()
    expect(await order(id, post, 'approve', 'mayor', { sha256: now, neutral: true })).toEqual([
      204,
      undefined,
    ])
    await Promise.all([ane.close(), jon.close()])
  })

  it.each([
    ['return without a reason', 'in_review', 'return', 'ane', { note: 'x' }],
    ['withdraw without a reason', 'published', 'withdraw', 'jon', {}],
    ['approve without saying that it is neutral', 'in_review', 'approve', 'ane', {}],
    ['publish without saying where', 'approved', 'publish', 'jon', {}],
    ['publish on another profile', 'approved', 'publish', 'jon', { published: { ...OUT, profile: 'x' } }],
    [
      'publish in the future',
      'approved',
      'publish',
      'jon',
      { published: { ...OUT, at: '2099-01-01T00:00:00.000Z' } },
    ],
    [
      'an address that is none',
      'approved',
      'publish',
      'jon',
      { published: { ...OUT, url: 'javascript:alert(1)' } },
    ],
  ] as const)('%s: refused, and nothing changes', async (_what, from, command, who, body) => {
    const { id, post, jon, sha256 } = await having(from)
    expect(await order(id, post, command, who, { sha256, ...body })).toEqual([400, 'INVALID_INPUT'])
    expect((await stateOf(id, post))?.status).toBe(from)
    await jon.close()
  })

  it('clocks may be a little ahead, and not more', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    const ahead = (ms: number) => ({ ...OUT, at: new Date(Date.now() + ms).toISOString() })
    const publish = (ms: number) => order(id, post, 'publish', 'jon', { sha256, published: ahead(ms) })
    expect(await publish(POST_PUBLISHED_AHEAD_MS + 60_000)).toEqual([400, 'INVALID_INPUT'])
    expect(await publish(POST_PUBLISHED_AHEAD_MS - 1_000)).toEqual([204, undefined])
    await jon.close()
  })

  it.each([
    ['schedule', 'idea'],
    ['approve', 'drafting'],
    ['submit', 'approved'],
    ['publish', 'drafting'],
    ['withdraw', 'approved'],
    ['draft', 'published'],
  ] as const)('%s from %s: not from there', async (command, from) => {
    const { id, post, jon, sha256 } = await having(from)
    const body = { sha256, note: REASON, neutral: true, published: OUT }
    expect(await order(id, post, command, 'ane', body)).toEqual([409, 'ILLEGAL_MOVE'])
    await jon.close()
  })

  it('a post that is not there, and one of another plan, are not found', async () => {
    const { id, jon } = await calendar()
    const other = await having('drafting')
    expect(await order(id, 'no-such', 'submit')).toEqual([404, 'NOT_FOUND'])
    expect(await order(id, other.post, 'submit', 'jon', { sha256: other.sha256 })).toEqual([404, 'NOT_FOUND'])
    await Promise.all([jon.close(), other.jon.close()])
  })

  it('of two who approve at once one is first, and the other finds it approved', async () => {
    const { id, post, jon, sha256 } = await having('in_review')
    const body = { sha256, neutral: true }
    const answers = await Promise.all([
      order(id, post, 'approve', 'ane', body),
      order(id, post, 'approve', 'mayor', body),
    ])
    expect(answers.map(([status]) => status)).toEqual([204, 204])
    expect((await stateOf(id, post))?.status).toBe('approved')
    await jon.close()
  })
})

describe('[PO3] an emergency', () => {
  it('goes out first and is looked at within a day; then it stays out, approved', async () => {
    const { id, jon } = await calendar()
    const post = await jon.post({ ...VALUES, sensitive: ['emergency'] })
    const sha256 = postSha256(jon.whole(post))
    const before = Date.now()
    expect(await order(id, post, 'publish', 'jon', { sha256, published: OUT })).toEqual([204, undefined])
    const out = (await stateOf(id, post))!
    expect([out.status, out.approved]).toEqual(['published', null])
    expect(Date.parse(out.reviewBy!)).toBeGreaterThanOrEqual(before + EMERGENCY_REVIEW_MS)
    expect(Date.parse(out.reviewBy!)).toBeLessThanOrEqual(Date.now() + EMERGENCY_REVIEW_MS)
    expect(await order(id, post, 'approve', 'jon', { sha256, neutral: true })).toEqual([403, 'NOT_ALLOWED'])
    for (const language of ['eu', 'es']) await readIn(id, post, 'ane', language, jon)
    expect(await order(id, post, 'approve', 'mayor', { sha256, neutral: true })).toEqual([204, undefined])
    expect(await stateOf(id, post)).toMatchObject({ status: 'published', approved: sha256, reviewBy: null })
    await jon.close()
  })
  it('is to be looked at also where another text had been approved before', async () => {
    const { id, post, jon } = await having('approved')
    await jon.set('posts', post, { sensitive: ['emergency'], text: { es: 'Otro texto.' } })
    const sha256 = postSha256(jon.whole(post))
    expect(await order(id, post, 'publish', 'jon', { sha256, published: OUT })).toEqual([204, undefined])
    expect(isUnreviewed((await stateOf(id, post))!)).toBe(true)
    expect(await readIn(id, post, 'ane', 'es', jon)).toEqual([204, undefined])
    expect(await order(id, post, 'approve', 'mayor', { sha256, neutral: true })).toEqual([204, undefined])
    expect(isUnreviewed((await stateOf(id, post))!)).toBe(false)
    await jon.close()
  })
  it('what was approved and goes out as it stands is not to be looked at again', async () => {
    const { id, jon } = await calendar()
    const post = await jon.post({ ...VALUES, sensitive: ['emergency'] })
    const sha256 = postSha256(jon.whole(post))
    expect(await order(id, post, 'submit', 'jon', { sha256 })).toEqual([204, undefined])
    for (const language of ['eu', 'es']) await readIn(id, post, 'ane', language, jon)
    expect(await order(id, post, 'approve', 'ane', { sha256, neutral: true })).toEqual([204, undefined])
    expect(await order(id, post, 'publish', 'jon', { sha256, published: OUT })).toEqual([204, undefined])
    expect(isUnreviewed((await stateOf(id, post))!)).toBe(false)
    await jon.close()
  })
})

describe('[PO3] what was out is what is looked at', () => {
  /** Jon has put an insult out in an emergency, and by now an honest text stands there that others have read. */
  async function changedAfter() {
    const { id, jon } = await calendar()
    const insult = { eu: 'Bestelakoa: irain bat', es: 'Otra cosa: un insulto' }
    const post = await jon.post({ ...VALUES, text: insult, sensitive: ['emergency'] })
    const out = postSha256(jon.whole(post))
    expect(await order(id, post, 'publish', 'jon', { sha256: out, published: OUT })).toEqual([204, undefined])
    await jon.set('posts', post, { text: TEXT })
    for (const language of ['eu', 'es']) await readIn(id, post, 'ane', language, jon)
    const now = postSha256(jon.whole(post))
    expect(await order(id, post, 'approve', 'ane', { sha256: now, neutral: true })).toEqual([204, undefined])
    return { id, jon, post, out, now, insult }
  }

  it('the approval of another text says nothing of it; that of the text that went out does', async () => {
    const { id, jon, post, out, now, insult } = await changedAfter()
    const state = (await stateOf(id, post))!
    expect(state).toMatchObject({ status: 'published', approved: now, unreviewed: [out] })
    expect(state.published).toMatchObject([{ sha256: out, emergency: true, reviewed: false }])
    expect(state.reviewBy).not.toBeNull()
    await jon.set('posts', post, { text: insult })
    for (const language of ['eu', 'es']) await readIn(id, post, 'ane', language, jon)
    expect(await order(id, post, 'approve', 'ane', { sha256: out, neutral: true })).toEqual([204, undefined])
    expect(await stateOf(id, post)).toMatchObject({ approved: out, unreviewed: [], reviewBy: null })
    await jon.close()
  })

  it('it goes back with a reason by somebody who has not written it, once, and stays out', async () => {
    const { id, jon, post } = await changedAfter()
    expect(await order(id, post, 'return', 'ane', {})).toEqual([400, 'INVALID_INPUT'])
    const ane = await openCalendar(house.server, 'ane', id)
    await ane.set('posts', post, { serviceFacts: true })
    expect(await order(id, post, 'return', 'ane', { note: REASON })).toEqual([403, 'OWN_TEXT'])
    expect(await order(id, post, 'return', 'mayor', { note: REASON })).toEqual([204, undefined])
    const state = await stateOf(id, post)
    expect(state).toMatchObject({ status: 'published', approved: null, unreviewed: [], reviewBy: null })
    expect(await order(id, post, 'return', 'mayor', { note: REASON })).toEqual([409, 'ILLEGAL_MOVE'])
    await Promise.all([ane.close(), jon.close()])
  })

  it('also when another text had been approved before, and when it is no emergency any more', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    await jon.set('posts', post, { text: { es: 'Otra cosa.' }, sensitive: ['emergency'] })
    const out = postSha256(jon.whole(post))
    expect(await order(id, post, 'publish', 'jon', { sha256: out, published: OUT })).toEqual([204, undefined])
    const state = (await stateOf(id, post))!
    expect(state).toMatchObject({ approved: sha256, unreviewed: [out] })
    expect(isUnreviewed(state)).toBe(true)
    await jon.close()
  })

  it('nothing of it is left to look at once it is withdrawn', async () => {
    const { id, jon, post } = await changedAfter()
    expect(await order(id, post, 'withdraw', 'jon', { note: REASON })).toEqual([204, undefined])
    expect(await stateOf(id, post)).toMatchObject({ status: 'withdrawn', reviewBy: null })
    await jon.close()
  })
})

describe('[PO2] a note that it is out', () => {
  it('stays when another one comes; the last one is shown', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    const first = { sha256, published: OUT }
    const second = { sha256, published: { ...OUT, url: 'https://sare.example/@haranberri/2' } }
    for (const body of [first, second])
      expect(await order(id, post, 'publish', 'jon', body)).toEqual([204, undefined])
    expect((await stateOf(id, post))?.published).toMatchObject([{ ...second.published, sha256 }])
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = await rows.selectFrom('post_state').select('published').where('post', '=', post).execute()
    expect(JSON.parse(row[0]!.published)).toMatchObject([first.published, second.published])
    await jon.close()
  })

  it('is of the last year, and has an end', async () => {
    const { id, post, jon, sha256 } = await having('approved')
    const noted = (at: number) =>
      order(id, post, 'publish', 'jon', { sha256, published: { ...OUT, at: new Date(at).toISOString() } })
    const oldest = Date.now() - POST_PUBLISHED_BEHIND_MS
    expect(await noted(oldest - 1_000)).toEqual([400, 'INVALID_INPUT'])
    expect(await noted(oldest + 60_000)).toEqual([204, undefined])
    const { rows } = house.server.container.resolve(JOURNAL)
    const note = { ...OUT, by: { id: 'jon', name: 'Jon' } }
    const published = JSON.stringify(Array.from({ length: POST_NOTES_MAX - 1 }, () => note))
    await rows.updateTable('post_state').set({ published }).where('post', '=', post).execute()
    expect(await noted(Date.now())).toEqual([204, undefined])
    expect(await noted(Date.now())).toEqual([400, 'INVALID_INPUT'])
    await jon.close()
  })
})

describe('[PO4] a review of one language', () => {
  it('is by somebody who has not written the post, names its words in that language, and no others', async () => {
    const { id, post, jon } = await having('idea')
    const eu = languageSha256(jon.whole(post), 'eu')
    const review = (who: Who, language: string, sha256: string) =>
      house.outcome(who, 'POST', at(id, post, `languages/${language}`), { sha256 })
    expect(await review('jon', 'eu', eu)).toEqual([403, 'OWN_TEXT'])
    expect(await review('miren', 'eu', eu)).toEqual([403, 'NOT_ALLOWED'])
    expect(await review('ane', 'fr', eu)).toEqual([404, 'NOT_FOUND'])
    expect(await review('ane', 'es', eu)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await review('ane', 'eu', eu)).toEqual([204, undefined])
    await jon.set('posts', post, { text: { es: 'Otro texto.' } })
    expect(languageSha256(jon.whole(post), 'eu')).toBe(eu)
    expect((await stateOf(id, post))?.reviews).toMatchObject([
      { language: 'eu', by: { id: 'ane' }, sha256: eu },
    ])
    expect((await stateOf(id, post))?.status).toBe('idea')
    await jon.close()
  })
})

describe('[PO5] the server looks at the checks itself', () => {
  it('sends nothing of a plan that nobody has approved, or to a profile that is not open', async () => {
    const draft = await house.plan(completePlan())
    const hand = await openCalendar(house.server, 'jon', draft)
    const early = await hand.post(VALUES)
    const sha256 = postSha256(hand.whole(early))
    expect(await order(draft, early, 'submit', 'jon', { sha256 })).toEqual([409, 'GATE_CLOSED'])
    const { id, jon } = await calendar()
    const post = await jon.post({ ...VALUES, profileIds: ['mastodon', 'telegram'] })
    const both = postSha256(jon.whole(post))
    expect(await order(id, post, 'submit', 'jon', { sha256: both })).toEqual([409, 'GATE_CLOSED'])
    await Promise.all([hand.close(), jon.close()])
  })

  it('knows consents that the one who asks may not know of', async () => {
    const { id, jon } = await calendar()
    const post = await jon.post(VALUES)
    await jon.set('mentions', `${post}_1`, { handle: '@maite', who: 'person', consentIds: [CONSENT] })
    const submit = async () => order(id, post, 'submit', 'jon', { sha256: postSha256(jon.whole(post)) })
    expect(await submit()).toEqual([409, 'GATE_CLOSED'])
    const terms = {
      id: CONSENT,
      subject: 'pertsona-7',
      subjectKind: 'adult',
      givenBy: 'self',
      scope: ['tagging'],
      networks: 'all',
      purpose: 'Jaien berri ematea',
      obtainedOn: '2026-11-01',
      expiresOn: null,
      evidence: 'Baimenak/7.pdf',
      freelyGiven: true,
    }
    expect(await house.outcome('lawyer', 'POST', `/documents/${id}/consents`, terms)).toEqual([
      204,
      undefined,
    ])
    expect(await submit()).toEqual([204, undefined])
    await jon.close()
  })
})
describe('[CV9] in the calendar of all plans', () => {
  it('an approved post that may not go out any more is marked, and no other', async () => {
    const { id, post, jon } = await having('approved')
    const found = async (who: Who) =>
      (await house.call<PlannedPosts>(who, 'GET', '/calendar?from=2099-03-01&to=2099-03-31')).json.posts.find(
        (one) => one.post === post,
      )
    expect(await found('jon')).toMatchObject({ status: 'approved', stopped: false })
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.deleteFrom('profile_state').where('document', '=', id).execute()
    for (const who of ['jon', 'ane'] as const)
      expect(await found(who)).toMatchObject({ status: 'approved', stopped: true })
    await rows.updateTable('post_state').set({ status: 'published' }).where('post', '=', post).execute()
    expect(await found('jon')).toMatchObject({ status: 'published', stopped: false })
    await jon.close()
  })
})
const CONSENT = '7f1d0a52-3a44-4d0e-9d1a-2f6f3e0c9b11'
