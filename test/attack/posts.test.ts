/** Somebody with every right of a coordinator who wants a text of their own approved, by hook or by crook. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { languageSha256, postSha256 } from '@auzolan/shared/posts/post.ts'
import type { PostStates } from '@auzolan/shared/protocol/posts.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import { CALENDARS, JOURNAL } from '@auzolan/server/src/container.ts'
import { openCalendar, type CalendarHand } from '../support/calendar-hand.ts'
import { COURSE, completePlan } from '../support/complete.ts'
import { startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())
afterEach(() => void vi.restoreAllMocks())

const TEXT = { eu: 'Edukiontzi marroia auzo guztietan.', es: 'El contenedor marrón, en todos los barrios.' }
const VALUES = {
  title: 'Edukiontzi marroia',
  profileIds: ['mastodon'],
  purposeIds: ['p1'],
  text: TEXT,
  day: '2099-03-10',
  time: '09:00',
}
const PREVIEW = 'data:image/png;base64,iVBORw0KGgo='
const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })

const order = (id: string, post: string, command: string, who: Who, body: object) =>
  house.outcome(who, 'POST', `/documents/${id}/posts/${encodeURIComponent(post)}/${command}`, body)
const read = (id: string, post: string, who: Who, language: string, hand: CalendarHand) =>
  order(id, post, `languages/${language}`, who, { sha256: languageSha256(hand.whole(post), language) })
const authors = async (id: string, post: string): Promise<string[]> =>
  ((await house.call<PostStates>('miren', 'GET', `/documents/${id}/posts`)).json.authors[post] ?? []).map(
    (author) => author.id,
  )

/** Jon's post, in review and read in every language by somebody else; Ane's hand beside it. */
async function inReview(): Promise<{
  id: DocumentId
  post: string
  jon: CalendarHand
  ane: CalendarHand
  approve: (sha256?: string) => Promise<[number, string | undefined]>
}> {
  const id = await house.plan(completePlan())
  await house.decided(id)
  await house.outcome('jon', 'PUT', `/documents/${id}/training/${COURSE}/jon`, {
    completedOn: TODAY,
    name: 'Jon',
  })
  await house.outcome('ane', 'POST', `/documents/${id}/profiles/mastodon/open`, {})
  const jon = await openCalendar(house.server, 'jon', id)
  const post = await jon.post(VALUES)
  expect(await order(id, post, 'submit', 'jon', { sha256: postSha256(jon.whole(post)) })).toEqual([
    204,
    undefined,
  ])
  const ane = await openCalendar(house.server, 'ane', id)
  for (const language of ['eu', 'es'])
    expect(await read(id, post, 'ane', language, ane)).toEqual([204, undefined])
  const approve = (sha256 = postSha256(ane.whole(post))) =>
    order(id, post, 'approve', 'ane', { sha256, neutral: true })
  return { id, post, jon, ane, approve }
}
/** Where it leads: no language review names it. */
const LINK = 'https://nirea.example/iruzurra'
const linked =
  (post: string) =>
  (doc: Y.Doc): void =>
    doc.getMap<Y.Map<Y.Text>>('posts').get(post)!.get('linkUrl')!.insert(0, LINK)

/** Another text for Mastodon under a name of one's own choice, as no page would write it. */
async function variant(hand: CalendarHand, name: string, text: typeof TEXT): Promise<void> {
  const updates = hand.edit((doc) =>
    doc.getMap('variants').set(
      name,
      new Y.Map<unknown>([
        ['order', 'a0'],
        ['profileId', 'mastodon'],
        ['text:eu', new Y.Text(text.eu)],
        ['text:es', new Y.Text(text.es)],
      ]),
    ),
  )
  for (const update of updates) expect(await hand.write(update)).toBeNull()
}

describe('[PO1] whoever has written does not approve', () => {
  it('though they did harm at the same moment, so that the log was repaired', async () => {
    const { id, post, jon, ane, approve } = await inReview()
    const second = await openCalendar(house.server, 'ane', id)
    for (const update of ane.edit(linked(post))) expect(await ane.write(update)).toBeNull()
    const harm = second.edit(
      (doc) => doc.getMap('media').set('zz', new Y.Map([['title', new Y.Text('x')]])),
      (doc) => doc.getMap<Y.Map<unknown>>('media').get('zz')!.delete('title'),
    )
    for (const update of harm) expect(await second.write(update)).toBeNull()
    expect(await approve()).toEqual([403, 'OWN_TEXT'])
    expect(await authors(id, post)).toEqual(['ane', 'jon'])
    // The harm is gone, what stood beside it is not.
    const later = await openCalendar(house.server, 'miren', id)
    expect(later.whole(post).post.linkUrl).toBe(LINK)
    await Promise.all([jon, ane, second, later].map((hand) => hand.close()))
  })

  it('though they wrote while the server was reading, naming the text that it would be', async () => {
    const { post, jon, ane, approve } = await inReview()
    const updates = ane.edit(linked(post))
    const calendars = house.server.container.resolve(CALENDARS)
    const reading = calendars.read.bind(calendars)
    vi.spyOn(calendars, 'read').mockImplementationOnce(async (document) => {
      for (const update of updates) await ane.write(update)
      return reading(document)
    })
    expect(await approve()).toEqual([403, 'OWN_TEXT'])
    await Promise.all([jon.close(), ane.close()])
  })
})

describe('[PO1] whoever has written what a post shows does not approve it', () => {
  it('be it its picture, the words for those who do not see it, or what is said in it', async () => {
    const { id, post, jon, ane, approve } = await inReview()
    await jon.set('media', 'm1', { title: 'Edukiontzia', altText: { eu: 'Edukiontzi marroia plazan' } })
    await jon.set('posts', post, { mediaIds: ['m1'] })
    const later = await openCalendar(house.server, 'ane', id)
    expect(await read(id, post, 'ane', 'eu', later)).toEqual([204, undefined])
    await later.set('media', 'm1', { altText: { eu: 'Beste zerbait da hau' } })
    expect(await read(id, post, 'ane', 'eu', later)).toEqual([403, 'OWN_TEXT'])
    expect(await approve(postSha256(later.whole(post)))).toEqual([403, 'OWN_TEXT'])
    expect([await authors(id, post), await authors(id, 'm1')]).toEqual([['jon'], ['ane', 'jon']])
    // Of a post that does not show it, she is no author.
    const other = await jon.post(VALUES)
    expect(await read(id, other, 'ane', 'eu', jon)).toEqual([204, undefined])
    await Promise.all([jon, ane, later].map((hand) => hand.close()))
  })
})

describe('[PO5] a picture that nobody has sent', () => {
  it('stops its post, whatever small picture stands beside its hash', async () => {
    const { id, post, jon, ane } = await inReview()
    const file = { name: 'a.png', sha256: 'a'.repeat(64), preview: PREVIEW }
    const rights = { kind: 'image', origin: 'own', licence: 'CC-BY-4.0', showsPeople: 'none' }
    const altText = { eu: 'Edukiontzi marroia plazan', es: 'Un contenedor marrón en la plaza' }
    await jon.set('media', 'm1', { title: 'Edukiontzia', file, altText, ...rights })
    await jon.set('posts', post, { mediaIds: ['m1'] })
    for (const language of ['eu', 'es']) await read(id, post, 'ane', language, jon)
    const sha256 = postSha256(jon.whole(post))
    const approve = async () =>
      (
        await house.call<Problem>('ane', 'POST', `/documents/${id}/posts/${post}/approve`, {
          sha256,
          neutral: true,
        })
      ).json?.detail
    expect(await approve()).toBe('field media/m1/file')
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = {
      document: id,
      sha256: file.sha256,
      sent: file.sha256,
      name: 'a.png',
      type: 'image/png',
      bytes: 1,
    }
    const by = { width: 1, height: 1, person: 'jon', person_name: 'Jon', at: '2026-11-26T10:00:00.000Z' }
    await rows
      .insertInto('file')
      .values({ ...row, ...by })
      .execute()
    expect(await approve()).toBeUndefined()
    // Another small picture is no other file.
    await jon.set('media', 'm1', { file: { ...file, preview: '' } })
    expect(postSha256(jon.whole(post))).toBe(sha256)
    await jon.set('media', 'm1', { file: { ...file, sha256: 'b'.repeat(64) } })
    expect(postSha256(jon.whole(post))).not.toBe(sha256)
    await Promise.all([jon.close(), ane.close()])
  })
})

describe('[PO1] what a record is called', () => {
  it.each([
    ['with a line in it', (post: string) => `${post}_/x`],
    ['longer than 64', (post: string) => `${post}_${'0'.repeat(28)}`],
    ['long', (post: string) => `${post}_${'0'.repeat(200)}`],
  ])('%s: it is none, counts nowhere and is not approved along', async (_what, nameOf) => {
    const { id, post, jon, ane, approve } = await inReview()
    const before = postSha256(ane.whole(post))
    const own = {
      eu: 'Anek bakarrik idatzia, inork ikusi gabe.',
      es: 'Escrito por Ane sola, sin que nadie lo vea.',
    }
    await variant(ane, nameOf(post), own)
    expect(postSha256(ane.whole(post))).toBe(before)
    expect(await approve()).toEqual([204, undefined])
    expect((await house.call('ane', 'GET', `/documents/${id}/posts.csv`)).text).not.toContain('Anek')
    await Promise.all([jon.close(), ane.close()])
  })

  it('as long as it may be, it is a text like any other', async () => {
    const { id, post, jon, ane, approve } = await inReview()
    const longest = `${post}_${'0'.repeat(27)}`
    expect(longest).toHaveLength(64)
    await variant(ane, longest, TEXT)
    expect(ane.whole(post).variants).toHaveLength(1)
    expect(await approve()).toEqual([403, 'OWN_TEXT'])
    expect(await authors(id, post)).toEqual(['ane', 'jon'])
    await Promise.all([jon.close(), ane.close()])
  })

  it.each([
    [
      'a line of a calendar',
      'x\r\nSUMMARY:a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\nSUMMARY:Dimisioa',
    ],
    ['nothing', ''],
    ['a way out', '../../x'],
    ['5,000 signs', 'z'.repeat(5_000)],
  ])('%s: no post, in no calendar and no list', async (_what, name) => {
    const { id, jon, ane } = await inReview()
    const [update] = ane.edit((doc) => {
      const post = new Y.Map<unknown>([
        ['order', 'a5'],
        ['day', '2099-03-10'],
        ['title', new Y.Text('Dimisioa')],
      ])
      doc.getMap('posts').set(name, post)
    })
    expect(await ane.write(update!)).toBeNull()
    for (const path of [
      `/documents/${id}/calendar.ics`,
      '/calendar?from=2099-03-01&to=2099-03-30',
      `/documents/${id}/posts`,
    ])
      expect((await house.call('ane', 'GET', path)).text).not.toMatch(/Dimisioa|forged|zzzz|\.\.\/x/)
    await Promise.all([jon.close(), ane.close()])
  })
})

describe('[PO2] nobody stops a decision by typing', () => {
  it('in another post, all the time', async () => {
    const { jon, ane, approve } = await inReview()
    const other = await jon.post(VALUES)
    const calendars = house.server.container.resolve(CALENDARS)
    const reading = calendars.read.bind(calendars)
    const typing = vi.spyOn(calendars, 'read').mockImplementation(async (document) => {
      const found = await reading(document)
      await jon.set('posts', other, { internalNotes: String(Math.random()) })
      return found
    })
    expect(await approve()).toEqual([204, undefined])
    expect(typing).toHaveBeenCalled()
    await Promise.all([jon.close(), ane.close()])
  })
})
