/** The life of a post and the text an approval names, by table; a calendar read again only where it changed, by random edits. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { ROLES, type Role } from '@auzolan/shared/grants.ts'
import {
  POST_COMMANDS,
  POST_STATUSES,
  commandedPost,
  isUnreviewed,
  isChangedOut,
  mayCommandPost,
  postCommandsFrom,
  shownStatus,
  statusOf,
} from '@auzolan/shared/posts/life.ts'
import { limitsOf } from '@auzolan/shared/posts/counting.ts'
import { splitOf } from '@auzolan/shared/posts/lengths.ts'
import { messagesOn } from '@auzolan/shared/posts/messages.ts'
import {
  asWritten,
  canonicalPost,
  idWithin,
  languageSha256,
  postOf,
  postSha256,
  textFor,
  wholePost,
  wholePosts,
} from '@auzolan/shared/posts/post.ts'
import { CalendarReader, readCalendar } from '@auzolan/shared/posts/reader.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { CALENDAR, calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { writeDocument } from '@auzolan/shared/schema/json.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { aMedium, aPost, aVariant } from '../support/posts.ts'

const LANGUAGES = ['eu', 'es']
function made(template: { readonly [list: string]: unknown } = {}, languages = LANGUAGES): Y.Doc {
  const doc = new Y.Doc()
  writeDocument(CALENDAR, doc, languages, { calendar: template })
  return doc
}
const POST = {
  id: 'a',
  title: 'Edukiontzia',
  day: '2026-11-30',
  time: '09:00',
  profileIds: ['mastodon'],
  purposeIds: ['p1'],
  text: { eu: 'Bai', es: 'Sí' },
  mediaIds: ['m'],
}
const MEDIUM = { id: 'm', title: 'Irudia', altText: { eu: 'Plaza bat', es: 'Una plaza' } }
const whole = (changed: { readonly [list: string]: unknown } = {}) =>
  wholePost(readCalendar(made({ posts: [POST], media: [MEDIUM], ...changed })), 'a')!

describe('[PO2] the life of a post', () => {
  it('is approved no longer once another text stands there, and out whatever stands there', () => {
    for (const status of POST_STATUSES) {
      const other = shownStatus({ status, approved: 'x' }, 'y')
      expect(shownStatus({ status, approved: 'x' }, 'x')).toBe(status)
      expect(other).toBe(status === 'approved' || status === 'scheduled' ? 'in_review' : status)
    }
  })
  it('is an idea without a row, and hashed only when it is approved and not out yet', () => {
    const never = (): string => {
      throw new Error('hashed')
    }
    for (const none of [null, undefined]) expect(statusOf(none, never)).toBe('idea')
    for (const status of POST_STATUSES.filter((one) => one !== 'approved' && one !== 'scheduled'))
      expect(statusOf({ status, approved: 'x' }, never)).toBe(status)
    expect(statusOf({ status: 'approved', approved: 'x' }, () => 'x')).toBe('approved')
    expect(statusOf({ status: 'scheduled', approved: 'x' }, () => 'y')).toBe('in_review')
    expect(statusOf({ status: 'approved', approved: null }, () => 'y')).toBe('in_review')
  })
  it('out and changed is what was approved, went out, and says something else', () => {
    for (const status of POST_STATUSES) {
      const isOut = status === 'published' || status === 'measured'
      expect(isChangedOut({ status, approved: 'x' }, 'y')).toBe(isOut)
      expect(isChangedOut({ status, approved: 'x' }, 'x')).toBe(false)
      // Of an emergency that nobody has looked at it is not known what went out.
      expect(isChangedOut({ status, approved: null }, 'y')).toBe(false)
    }
  })
  it('[PO9] an idea in which somebody has written shows as being written, whatever else there is of it', () => {
    const bare = { post: aPost({ title: 'Jaia', day: '2027-01-11' }), variants: [], mentions: [], media: [] }
    const written = { ...bare, post: aPost({ text: { eu: '', es: 'Fiesta' } }) }
    const only = { ...bare, variants: [aVariant('a', { text: { eu: 'Jaia', es: '' } })] }
    const blank = { ...bare, post: aPost({ text: { eu: ' \n', es: '' } }) }
    expect([bare, blank, written, only].map((one) => asWritten(one, 'idea'))).toEqual([
      'idea',
      'idea',
      'drafting',
      'drafting',
    ])
    for (const status of POST_STATUSES)
      expect(asWritten(written, status)).toBe(status === 'idea' ? 'drafting' : status)
  })
  it('approvals from before captions had a language still name the same text', () => {
    const whole = { post: aPost(), variants: [], mentions: [], media: [aMedium({ title: 'Jaia' })] }
    expect(canonicalPost(whole)).not.toContain('captionsLanguage')
    const said = { ...whole, media: [aMedium({ title: 'Jaia', captionsLanguage: 'eu' })] }
    expect(canonicalPost(said)).toContain('"captionsLanguage":"eu"')
  })
  it.each(POST_COMMANDS)('%s leads from somewhere, and not from everywhere', (command) => {
    const from = POST_STATUSES.filter((status) => !isRefusal(commandedPost(status, command, false)))
    expect(from.length).toBeGreaterThan(0)
    expect(from.length).toBeLessThan(POST_STATUSES.length)
  })
  it('an approval of what is handed over or out leaves it there', () => {
    expect(commandedPost('scheduled', 'approve', false)).toBe('scheduled')
    expect(commandedPost('published', 'approve', false)).toBe('published')
    expect(commandedPost('in_review', 'approve', false)).toBe('approved')
  })
  it('[PO3] goes out first in an emergency alone', () => {
    for (const status of ['idea', 'drafting', 'in_review'] as const) {
      expect(commandedPost(status, 'publish', true)).toBe('published')
      expect(commandedPost(status, 'publish', false)).toMatchObject({ refused: 'ILLEGAL_MOVE' })
    }
    const by = '2026-11-27T09:00:00.000Z'
    expect(isUnreviewed({ status: 'published', reviewBy: by })).toBe(true)
    expect(isUnreviewed({ status: 'published', reviewBy: null })).toBe(false)
    expect(isUnreviewed({ status: 'withdrawn', reviewBy: by })).toBe(false)
  })
  it('[PO1] is offered to nobody who may not', () => {
    const roles = fc.subarray([...ROLES])
    fc.assert(
      fc.property(roles, fc.constantFrom(...POST_STATUSES), fc.boolean(), (mine, status, emergency) => {
        for (const command of postCommandsFrom(status, mine, emergency)) {
          expect(mayCommandPost(command, mine)).toBe(true)
          expect(isRefusal(commandedPost(status, command, emergency))).toBe(false)
        }
      }),
    )
    const nobody: readonly Role[] = ['reader', 'legal', 'it', 'hr', 'language']
    for (const command of POST_COMMANDS) expect(mayCommandPost(command, nobody)).toBe(false)
  })
})

describe('[PO2] what an approval names', () => {
  const base = postSha256(whole())
  it.each([
    ['title', { title: 'Beste bat' }],
    ['day', { day: '2026-12-01' }],
    ['time', { time: '10:00' }],
    ['zone', { zone: 'Atlantic/Canary' }],
    ['who looks after it', { owner: { id: 'jon', name: 'Jon' } }],
    ['department', { departmentId: 'kultura' }],
    ['campaign', { campaign: 'Hondakinak' }],
    ['notes among us', { internalNotes: 'Deitu Aneri' }],
  ])('not the %s', (_what, changed) => {
    expect(postSha256(whole({ posts: [{ ...POST, ...changed }] }))).toBe(base)
  })
  it.each([
    ['a text', { posts: [{ ...POST, text: { eu: 'Bai.', es: 'Sí' } }] }],
    ['where it goes', { posts: [{ ...POST, profileIds: ['mastodon', 'telegram'] }] }],
    ['its purpose', { posts: [{ ...POST, purposeIds: ['p2'] }] }],
    ['its source', { posts: [{ ...POST, officialSource: 'https://a.example' }] }],
    ['whether it is a thread', { posts: [{ ...POST, thread: true }] }],
    ['a text for one network', { variants: [{ id: 'a_1', profileId: 'mastodon', text: { eu: 'Bai' } }] }],
    ['who is named', { mentions: [{ id: 'a_1', handle: '@foru', who: 'institution' }] }],
    ['the words beside a picture', { media: [{ ...MEDIUM, altText: { eu: 'Beste plaza bat' } }] }],
    ['the rights in a picture', { media: [{ ...MEDIUM, licence: 'CC-BY-4.0' }] }],
    ['which picture', { posts: [{ ...POST, mediaIds: [] }] }],
  ])('%s', (_what, changed) => {
    expect(postSha256(whole(changed))).not.toBe(base)
  })
  it('nothing of another post, and not in which order things were added', () => {
    const other = { ...POST, id: 'b', text: { eu: 'Beste bat' } }
    const texts = [
      { id: 'a_1', profileId: 'mastodon', text: { eu: '1' } },
      { id: 'a_2', profileId: 'telegram', text: { eu: '2' } },
    ]
    const one = whole({ posts: [POST, other], variants: [...texts, { id: 'b_3', profileId: 'mastodon' }] })
    const two = whole({ posts: [other, POST], variants: [...texts].reverse() })
    expect(canonicalPost(one)).toBe(canonicalPost(two))
  })
  it('not a field that a later version brings, and in which nothing stands', () => {
    const one = whole({
      variants: [{ id: 'a_1', profileId: 'mastodon', text: { eu: 'Bai' } }],
      mentions: [{ id: 'a_1', handle: '@foru', who: 'institution' }],
    })
    const empty = { flag: false, choice: null, choices: [], words: '', texts: { eu: '', es: '' } }
    const later = <T extends object>(record: T): T => ({ ...record, ...empty })
    const same = {
      post: later(one.post),
      variants: one.variants.map(later),
      mentions: one.mentions.map(later),
      media: one.media.map(later),
    }
    expect(postSha256(same)).toBe(postSha256(one))
    for (const said of [{ flag: true }, { choice: 'x' }, { choices: ['x'] }, { texts: { eu: '', es: 'x' } }])
      expect(postSha256({ ...one, post: { ...one.post, ...said } })).not.toBe(postSha256(one))
  })
  it('[PO4] of one language what it says in it', () => {
    const [eu, es] = [languageSha256(whole(), 'eu'), languageSha256(whole(), 'es')]
    const spanish = whole({ posts: [{ ...POST, text: { eu: 'Bai', es: 'Que sí' } }] })
    expect(languageSha256(spanish, 'eu')).toBe(eu)
    expect(languageSha256(spanish, 'es')).not.toBe(es)
    const described = whole({ media: [{ ...MEDIUM, altText: { eu: 'Beste bat', es: 'Una plaza' } }] })
    expect(languageSha256(described, 'eu')).not.toBe(eu)
    expect(languageSha256(described, 'es')).toBe(es)
  })
})

describe('what belongs to a post', () => {
  it('says so in its id', () => {
    const id = idWithin('3f2c8a4e-0000-4000-8000-000000000000', 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee')
    expect(postOf(id)).toBe('3f2c8a4e-0000-4000-8000-000000000000')
    expect(id.length).toBeLessThanOrEqual(64)
    expect(postOf('without')).toBe('')
  })
  it('of two texts that were begun for one network at once the first by its id holds', () => {
    const both = whole({
      variants: [
        { id: 'a_2', profileId: 'mastodon', text: { eu: 'bigarrena' } },
        { id: 'a_1', profileId: 'mastodon', text: { eu: 'lehena' } },
      ],
    })
    expect(textFor(both, 'mastodon')['eu']).toBe('lehena')
    expect(textFor(both, 'telegram')['eu']).toBe('Bai')
  })
  it('[PC3] goes out in the lead language first, in those of the profile, and in all where it names none of them', () => {
    const both = whole()
    const to = (languages: string[], official = LANGUAGES) =>
      messagesOn(both, { id: 'x', languages }, official)
    expect(to([])).toEqual([{ languages: ['eu', 'es'], text: 'Bai\n\nSí' }])
    expect(to([], ['es', 'eu'])).toEqual([{ languages: ['es', 'eu'], text: 'Sí\n\nBai' }])
    expect(to(['es', 'eu'])).toEqual(to([]))
    expect(to(['es'])).toEqual([{ languages: ['es'], text: 'Sí' }])
    expect(to(['fr'])).toEqual(to([]))
    const thread = messagesOn(
      whole({ posts: [{ ...POST, thread: true }] }),
      { id: 'x', languages: [] },
      LANGUAGES,
    )
    expect(thread).toEqual([
      { languages: ['eu'], text: 'Bai' },
      { languages: ['es'], text: 'Sí' },
    ])
  })
  it('[CN2] the address in the post is in every message, once, on a line of its own', () => {
    const LINK = 'https://haranberri.eus/a'
    const to = (values: object) =>
      messagesOn(
        whole({ posts: [{ ...POST, linkUrl: LINK, ...values }] }),
        { id: 'x', languages: [] },
        LANGUAGES,
      ).map(({ text }) => text)
    expect(to({})).toEqual([`Bai\n\nSí\n${LINK}`])
    expect(to({ thread: true })).toEqual([`Bai\n${LINK}`, `Sí\n${LINK}`])
    expect(to({ text: { eu: `Bai: ${LINK}`, es: '' } })).toEqual([`Bai: ${LINK}`])
    expect(to({ text: { eu: `Bai: ${LINK}`, es: 'Sí' }, thread: true })).toEqual([
      `Bai: ${LINK}`,
      `Sí\n${LINK}`,
    ])
    expect(to({ text: { eu: '', es: ' ' } })).toEqual([])
    expect(to({ linkUrl: ' ' })).toEqual(['Bai\n\nSí'])
  })
  const split = (id: string, texts: readonly string[], more: object = {}) => {
    const languages = ['eu', 'es', 'ca'].slice(0, texts.length)
    const text = Object.fromEntries(languages.map((language, at) => [language, texts[at]!]))
    const network = BUILTIN.networks.find((one) => one.id === id)!
    return splitOf(
      wholePosts(readCalendar(made({ posts: [{ ...POST, text, ...more }] }, languages)))[0]!,
      { id: 'x', languages: [] },
      languages,
      limitsOf(network, { withMedia: false }),
    )
  }
  it.each<[string, number[], number[] | null, string]>([
    ['mastodon', [316, 293], [316, 293], 'as in the design: each fits'],
    ['mastodon', [500, 500], [500, 500], 'each fits exactly'],
    ['mastodon', [500, 501], null, 'one alone is too long'],
    ['mastodon', [501, 0], null, 'there is only one'],
    ['x', [100, 100, 100], [100, 100, 100], 'three languages'],
  ])('[CN2] split on %s, %j: %j (%s)', (id, lengths, expected) => {
    expect(
      split(
        id,
        lengths.map((length) => 'a'.repeat(length)),
      ),
    ).toEqual(expected)
  })
  it('[CN2] split, each message has the address; what is split already is not split again', () => {
    const linkUrl = 'https://haranberri.eus/a'
    expect(split('mastodon', ['a'.repeat(476), 'b'], { linkUrl })).toEqual([500, 25])
    expect(split('mastodon', ['a'.repeat(477), 'b'], { linkUrl })).toBeNull()
    expect(split('mastodon', ['a', 'b'], { thread: true })).toBeNull()
  })
  it('a picture that is no longer there is left out', () => {
    expect(wholePosts(readCalendar(made({ posts: [POST] })))[0]!.media).toEqual([])
  })
})

describe('a calendar that is read again only where it changed', () => {
  const lists = Object.keys(SECTION.fields) as (keyof typeof SECTION.fields)[]
  const step = fc.record({
    list: fc.constantFrom(...lists),
    what: fc.constantFrom('add', 'remove', 'text', 'scalar', 'toggle', 'move' as const),
    which: fc.nat(5),
    words: fc.string({ maxLength: 5 }),
  })

  it('says what a fresh reading says, after any edits of anybody', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), (steps, far) => {
        const doc = made({ posts: [POST], media: [MEDIUM] })
        const other = new Y.Doc()
        Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
        let changes = 0
        const reader = new CalendarReader(doc, () => (changes += 1))
        void reader.value
        for (const { list, what, which, words } of steps) {
          const place = new ListPlace(far ? other : doc, SECTION.fields[list] as ListField)
          const ids = place.ids()
          const id = ids[which % Math.max(1, ids.length)]
          const record = id === undefined ? undefined : place.record(id)
          const of = (kind: string): string | undefined =>
            Object.entries(place.field.item).find(([, field]) => field.kind === kind)?.[0]
          if (what === 'add') place.add()
          else if (id === undefined || !record) continue
          else if (what === 'remove') place.remove(id)
          else if (what === 'move') place.move(id, -1)
          else if (what === 'text') record.text(of('text')!, 'eu')?.insert(0, words)
          else if (what === 'scalar') record.set(of('choice')!, words)
          else if (of('references')) record.toggle(of('references')!, words || 'x', true)
          if (far) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)))
          expect(reader.value).toEqual(readCalendar(doc))
        }
        reader.stop()
        const before = changes
        new ListPlace(doc, SECTION.fields.posts as ListField).add()
        expect(changes).toBe(before)
      }),
      { numRuns: 100 },
    )
  })

  it('keeps what did not change: the same post is the same object', () => {
    const doc = made({ posts: [POST, { ...POST, id: 'b' }] })
    const reader = new CalendarReader(doc, () => {})
    const before = reader.value
    new ListPlace(doc, SECTION.fields.posts as ListField).record('b')!.text('text', 'eu')!.insert(0, 'Ez. ')
    const after = reader.value
    expect(after.posts[0]).toBe(before.posts[0])
    expect(after.posts[1]!.text['eu']).toBe('Ez. Bai')
    expect(after.media).toBe(before.media)
    expect(reader.value).toBe(after)
  })

  it('what is no time reads as none', () => {
    for (const time of ['24:00', '9:00', '09:60', 9, 'x'])
      expect(readCalendar(made({ posts: [{ ...POST, time }] })).posts[0]!.time).toBeNull()
    for (const time of ['00:00', '23:59'])
      expect(readCalendar(made({ posts: [{ ...POST, time }] })).posts[0]!.time).toBe(time)
  })
})
