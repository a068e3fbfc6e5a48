/** Who is told of a post, through Nextcloud and in what waits for them; and that it is taken back once it is done. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { EMERGENCY_REVIEW_MS } from '@auzolan/shared/limits.ts'
import type { PostCommand } from '@auzolan/shared/posts/life.ts'
import { languageSha256, postSha256 } from '@auzolan/shared/posts/post.ts'
import type { ConsentGiven } from '@auzolan/shared/protocol/consents.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { PostOrder } from '@auzolan/shared/protocol/posts.ts'
import type { PostTask, Task } from '@auzolan/shared/protocol/review.ts'
import { CALENDARS, JOURNAL, ORGANISATION, POST_AUTHORS } from '@auzolan/server/src/container.ts'
import { OverduePosts } from '@auzolan/server/src/reminding/overdue-posts.ts'
import { openCalendar, type CalendarHand } from '../support/calendar-hand.ts'
import { COURSE, completePlan } from '../support/complete.ts'
import { REASON, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { allLeft, passedOn } from '../support/told.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const VALUES = {
  title: 'Edukiontzi marroia',
  profileIds: ['mastodon'],
  purposeIds: ['p1'],
  text: { eu: 'Edukiontzi marroia auzo guztietan.', es: 'El contenedor marrón, en todos los barrios.' },
  day: '2099-03-10',
  time: '09:00',
}
const OUT = { profile: 'mastodon', url: '', at: '2026-11-24T09:00:00.000Z' }

interface There {
  readonly id: DocumentId
  readonly post: string
  readonly jon: CalendarHand
  order(command: PostCommand, who: Who, more?: Partial<PostOrder>): Promise<void>
}
/** Of a plan in force; Jon has written the post. */
async function there(values: object = {}): Promise<There> {
  const id = await house.plan(completePlan())
  await house.decided(id)
  const trained = { completedOn: TODAY, name: 'Jon' }
  await house.outcome('jon', 'PUT', `/documents/${id}/training/${COURSE}/jon`, trained)
  await house.outcome('ane', 'POST', `/documents/${id}/profiles/mastodon/open`, {})
  const jon = await openCalendar(house.server, 'jon', id)
  const post = await jon.post({ ...VALUES, ...values })
  return {
    id,
    post,
    jon,
    async order(command, who, more = {}) {
      const body = { sha256: postSha256(jon.whole(post)), note: '', ...more }
      const path = `/documents/${id}/posts/${post}/${command}`
      expect(await house.outcome(who, 'POST', path, body), command).toEqual([204, undefined])
    },
  }
}
/** What people of this plan's calendar have been told and not been told to forget, in the order in which it was. */
async function told(id: DocumentId): Promise<Notice[]> {
  const standing = await house.server.container
    .resolve(JOURNAL)
    .rows.selectFrom('told')
    .select('key')
    .where('document', '=', id)
    .where('key', 'like', 'post/%')
    .orderBy('n')
    .execute()
  const sent = await passedOn(house.server, house.nextcloud)
  return standing.map(({ key }) => {
    const last = sent.findLast((one) => one.kind === 'notify' && one.notice.key === key)
    return (last as Extract<typeof last, { kind: 'notify' }>).notice
  })
}
const short = ({ kind, to, by }: Notice): string =>
  `${kind} by ${by?.id ?? 'nobody'} to ${to.map((one) => one.id).join(', ')}`
const tasks = async (who: Who, id: DocumentId): Promise<PostTask[]> =>
  (await house.call<(Task | PostTask)[]>(who, 'GET', '/reviews')).json.filter(
    (one): one is PostTask => one.document === id && one.kind.startsWith('post_'),
  )
async function readAloud({ id, post, jon }: There): Promise<void> {
  for (const language of ['eu', 'es']) {
    const path = `/documents/${id}/posts/${post}/languages/${language}`
    const sha256 = languageSha256(jon.whole(post), language)
    expect(await house.outcome('ane', 'POST', path, { sha256 })).toEqual([204, undefined])
  }
}

describe('[PO13] a post that waits', () => {
  it('is told to those who decide and have not written it, and to whoever wrote it once it is sent back or approved', async () => {
    const plan = await there()
    const { id, post, jon, order } = plan
    expect(await told(id)).toEqual([])
    await order('submit', 'jon')
    const [asked] = await told(id)
    expect(short(asked!)).toBe('post_review by jon to ane, mayor')
    expect(asked).toMatchObject({ post: { id: post, title: VALUES.title }, except: ['jon'], due: null })
    expect(await tasks('ane', id)).toMatchObject([
      { kind: 'post_review', post, postTitle: VALUES.title, posts: 1, by: { id: 'jon' } },
    ])
    expect(await tasks('jon', id)).toEqual([])
    expect(await tasks('miren', id)).toEqual([])

    await order('return', 'ane', { note: REASON })
    expect((await told(id)).map(short)).toEqual(['post_returned by ane to jon'])
    expect(await tasks('ane', id)).toEqual([])
    await order('submit', 'jon')
    expect((await told(id)).map(short)).toEqual(['post_review by jon to ane, mayor'])
    await readAloud(plan)
    await order('approve', 'ane', { neutral: true })
    expect((await told(id)).map(short)).toEqual(['post_approved by ane to jon'])
    expect(await tasks('mayor', id)).toEqual([])
    // Handed over and noted as out: nobody is told of that, and nobody is called back to it.
    await order('schedule', 'jon')
    await order('publish', 'jon', { published: OUT })
    expect((await told(id)).map(short)).toEqual(['post_approved by ane to jon'])
    await jon.close()
  })

  it('that somebody who decides has written in is not theirs; changed after its approval it waits again', async () => {
    const { id, post, jon } = await there()
    const ane = await openCalendar(house.server, 'ane', id)
    await ane.set('mentions', `${post}_1`, { handle: '@foru', who: 'institution' })
    const body = { note: '', sha256: postSha256(ane.whole(post)) }
    const path = `/documents/${id}/posts/${post}/submit`
    expect(await house.outcome('jon', 'POST', path, body)).toEqual([204, undefined])
    expect((await told(id)).map(short)).toEqual(['post_review by jon to mayor'])
    expect(await tasks('ane', id)).toEqual([])
    expect(await tasks('mayor', id)).toMatchObject([{ kind: 'post_review', posts: 1 }])
    await house.server.container
      .resolve(JOURNAL)
      .rows.updateTable('post_state')
      .set({ status: 'approved', approved: body.sha256 })
      .where('post', '=', post)
      .execute()
    expect(await tasks('mayor', id)).toEqual([])
    await ane.set('posts', post, { text: { eu: 'Beste testu bat.' } })
    expect(await tasks('mayor', id)).toMatchObject([{ kind: 'post_review', post, posts: 1 }])
    expect(await tasks('ane', id)).toEqual([])
    await Promise.all([ane.close(), jon.close()])
  })

  it('among several is one thing for the person, and one that was deleted is none', async () => {
    const { id, post, jon, order } = await there()
    await order('submit', 'jon')
    const second = await jon.post({ ...VALUES, title: 'Bigarrena' })
    const body = { note: '', sha256: postSha256(jon.whole(second)) }
    expect(await house.outcome('jon', 'POST', `/documents/${id}/posts/${second}/submit`, body)).toEqual([
      204,
      undefined,
    ])
    expect(await tasks('mayor', id)).toMatchObject([{ kind: 'post_review', post, posts: 2 }])
    for (const update of jon.edit((doc) => doc.getMap('posts').delete(post))) await jon.write(update)
    expect(await tasks('mayor', id)).toMatchObject([{ kind: 'post_review', post: second, posts: 1 }])
    await jon.close()
  })
})

describe('[PO14] an emergency', () => {
  const overdue = (at: Date): Promise<number> => {
    const { container } = house.server
    return new OverduePosts({
      journal: container.resolve(JOURNAL),
      organisation: container.resolve(ORGANISATION),
      calendars: container.resolve(CALENDARS),
      authors: container.resolve(POST_AUTHORS),
      now: () => at,
    }).look()
  }
  it('is told when it goes out, again once when a day has passed, and not any more when somebody has looked', async () => {
    const plan = await there({ sensitive: ['emergency'] })
    const { id, post, jon, order } = plan
    await order('publish', 'jon', { published: OUT })
    expect((await told(id)).map(short)).toEqual(['post_emergency by jon to ane, mayor'])
    expect(await tasks('ane', id)).toMatchObject([{ kind: 'post_emergency', post, posts: 1 }])
    expect(await tasks('jon', id)).toEqual([])
    const { rows } = house.server.container.resolve(JOURNAL)
    // Wednesday noon in Madrid; the day is counted from there.
    const noon = Date.parse('2026-11-25T11:00:00.000Z')
    const reviewBy = new Date(noon).toISOString()
    await rows.updateTable('post_state').set({ review_by: reviewBy }).where('post', '=', post).execute()
    expect(await overdue(new Date(noon - 1000))).toBe(0)
    // At night nobody is told.
    expect(await overdue(new Date(noon + 12 * 3_600_000))).toBe(0)
    expect(await overdue(new Date(noon))).toBe(1)
    expect(await overdue(new Date(noon + EMERGENCY_REVIEW_MS))).toBe(0)
    expect((await told(id)).map(short)).toEqual([
      'post_emergency by jon to ane, mayor',
      'post_overdue by nobody to ane, mayor',
    ])
    expect(await tasks('ane', id)).toMatchObject([{ due: '2026-11-25' }])
    await readAloud(plan)
    await order('approve', 'ane', { neutral: true })
    expect((await told(id)).map(short)).toEqual(['post_approved by ane to jon'])
    expect(await tasks('mayor', id)).toEqual([])
    expect(await overdue(new Date(noon + 2 * EMERGENCY_REVIEW_MS))).toBe(0)
    await allLeft(house.server)
    await jon.close()
  })
})

describe('[PO15] a consent that was taken back', () => {
  it('calls those who write to every post that stands on it, and nobody else, until it is off', async () => {
    const { id, post, jon, order } = await there()
    const given: ConsentGiven = {
      id: newUuid(),
      subject: 'P-1',
      subjectKind: 'adult',
      givenBy: 'self',
      scope: ['image'],
      networks: 'all',
      purpose: 'Auzolana',
      obtainedOn: TODAY,
      expiresOn: null,
      evidence: '3. armairua',
      freelyGiven: true,
    }
    await house.outcome('jon', 'POST', `/documents/${id}/consents`, given)
    await jon.set('media', 'm1', { title: 'Auzolana', consentIds: [given.id] })
    await jon.set('posts', post, { mediaIds: ['m1'] })
    const other = await jon.post({ ...VALUES, title: 'Bigarrena', mediaIds: ['m1'] })
    expect(await tasks('ane', id)).toEqual([])
    await house.outcome('ane', 'POST', `/documents/${id}/consents/${given.id}/withdraw`, { on: TODAY })
    for (const who of ['ane', 'jon'] as const)
      expect(await tasks(who, id)).toMatchObject([{ kind: 'post_consent', post, posts: 2 }])
    for (const who of ['mayor', 'lawyer', 'miren'] as const) expect(await tasks(who, id)).toEqual([])
    // Called off, it shows nobody.
    await order('cancel', 'jon')
    expect(await tasks('jon', id)).toMatchObject([{ kind: 'post_consent', post: other, posts: 1 }])
    for (const update of jon.edit((doc) => doc.getMap('posts').delete(other))) await jon.write(update)
    expect(await tasks('jon', id)).toEqual([])
    await jon.close()
  })
})
