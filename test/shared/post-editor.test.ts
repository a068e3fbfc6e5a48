/** What the editor of a post goes by: the next step, how long it is where, who is named, and where a consent is used. */
import { describe, expect, it } from 'vitest'
import { usesOf } from '@auzolan/shared/posts/consent-uses.ts'
import { lengthsOf, remedyOf } from '@auzolan/shared/posts/lengths.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import { unnamedIn } from '@auzolan/shared/posts/named.ts'
import { stepsOf, type PostSeen } from '@auzolan/shared/posts/next-step.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'
import { aMedium, aMention, aPost, aVariant } from '../support/posts.ts'

const SEEN: PostSeen = {
  status: 'drafting',
  roles: ['editor'],
  emergency: false,
  unreviewed: false,
  changedOut: false,
  wrote: false,
  everywhere: false,
}
describe('the next step', () => {
  const cases: readonly [string, Partial<PostSeen>, string | null, string | null][] = [
    ['an idea is sent', { status: 'idea' }, 'submit', null],
    ['what is written is sent', {}, 'submit', null],
    ['an editor does not decide', { status: 'in_review' }, null, null],
    ['a coordinator does', { status: 'in_review', roles: ['coordinator'] }, 'approve', 'return'],
    ['not on their own text', { status: 'in_review', roles: ['coordinator'], wrote: true }, null, null],
    ['a director does', { status: 'in_review', roles: ['director'] }, 'approve', 'return'],
    ['what is approved is handed over', { status: 'approved' }, 'schedule', null],
    ['what is handed over goes out', { status: 'scheduled' }, 'publish', null],
    ['what is out on one of two goes out on the other', { status: 'published' }, 'publish', null],
    ['what is out everywhere is done', { status: 'published', everywhere: true }, null, null],
    ['an emergency goes out first', { emergency: true }, 'publish', null],
    ['also from review', { emergency: true, status: 'in_review', roles: ['coordinator'] }, 'publish', null],
    [
      'and is approved afterwards',
      { status: 'published', roles: ['coordinator'], emergency: true, unreviewed: true },
      'approve',
      'return',
    ],
    [
      'by somebody else',
      { status: 'published', roles: ['coordinator'], unreviewed: true, wrote: true, everywhere: true },
      null,
      null,
    ],
    [
      'what was changed since it went out is approved again',
      { status: 'published', roles: ['coordinator'], changedOut: true, everywhere: true },
      'approve',
      null,
    ],
    [
      'also by somebody else',
      { status: 'published', roles: ['coordinator'], changedOut: true, wrote: true, everywhere: true },
      null,
      null,
    ],
    ['what was called off is taken up again', { status: 'cancelled' }, 'draft', null],
    ['what was taken back is over', { status: 'withdrawn' }, null, null],
    ['who reads has none', { roles: ['reader'] }, null, null],
  ]
  it.each(cases)('%s', (_, seen, first, second) => {
    const steps = stepsOf({ ...SEEN, ...seen })
    expect([steps.first, steps.second]).toEqual([first, second])
  })
  it('nothing is offered twice, and approving only where it asks for it', () => {
    const all: readonly PostStatus[] = ['idea', 'drafting', 'in_review', 'approved', 'scheduled', 'published']
    for (const status of all) {
      const { first, second, menu } = stepsOf({ ...SEEN, status, roles: ['coordinator'] })
      const offered = [first, second, ...menu].filter((one) => one !== null)
      expect(new Set(offered).size).toBe(offered.length)
      expect(offered.includes('approve')).toBe(status === 'in_review')
    }
  })
})

const LANGUAGES = ['eu', 'es']
const profilesOn = (...networks: readonly string[]): Plan['profiles']['profiles'] => {
  const given = { profiles: { profiles: networks.map((network) => ({ id: network, network })) } }
  return (withEveryField(PLAN, given, LANGUAGES) as unknown as Plan).profiles.profiles
}
const whole = (basque: number, spanish: number, more: Partial<WholePost['post']> = {}): WholePost => ({
  post: aPost({
    profileIds: ['mastodon', 'instagram'],
    text: { eu: 'e'.repeat(basque), es: 's'.repeat(spanish) },
    ...more,
  }),
  variants: [],
  mentions: [],
  media: [],
})
const lengths = (of: WholePost) =>
  lengthsOf(of, profilesOn('mastodon', 'instagram'), LANGUAGES, BUILTIN.networks)
const remedy = (of: WholePost) => remedyOf(of, lengths(of), LANGUAGES)

describe('how long it is, and what helps', () => {
  it.each([
    [249, 249, 0],
    [249, 250, 1],
    [316, 294, 112],
  ])('%i and %i with the blank line between are %i too many for Mastodon', (basque, spanish, over) => {
    const [mastodon, instagram] = lengths(whole(basque, spanish))
    expect(mastodon!.measure!.over).toBe(over)
    expect(instagram!.measure!.over).toBe(0)
    expect(mastodon!.messages).toBe(1)
  })
  it('splitting helps while each fits alone, and says how long each is', () => {
    expect(remedy(whole(249, 249))).toBeNull()
    expect(remedy(whole(316, 294))).toMatchObject({ kind: 'split', parts: [316, 294] })
    expect(remedy(whole(500, 500))).toMatchObject({ kind: 'split', parts: [500, 500] })
    expect(remedy(whole(501, 10))).toMatchObject({ kind: 'other text' })
  })
  it('split already, the longer one counts, and another text is what helps', () => {
    const split = whole(501, 10, { thread: true })
    expect(lengths(split)[0]).toMatchObject({ languages: ['eu'], messages: 2, measure: { over: 1 } })
    expect(remedy(split)).toMatchObject({ kind: 'other text', length: { profile: { id: 'mastodon' } } })
  })
  it('a text of its own, or the only network, has to be made shorter', () => {
    const own = aVariant('a', { profileId: 'mastodon', text: { eu: 'e'.repeat(600), es: '' } })
    expect(remedy({ ...whole(1, 1), variants: [own] })?.kind).toBe('shorten')
    expect(remedy(whole(501, 0, { profileIds: ['mastodon'] }))?.kind).toBe('shorten')
  })
  it('nothing written, or a profile that is gone, has no length', () => {
    expect(lengths(whole(0, 0))[0]!.measure).toBeNull()
    expect(lengths(whole(1, 1, { profileIds: ['gone'] }))).toEqual([])
  })
})

describe('who is named', () => {
  const named: WholePost = {
    ...whole(0, 0, { text: { eu: 'Kaixo @Maite eta @Udala', es: 'Hola @maite, escribe a info@udala.eus' } }),
    variants: [aVariant('a', { profileId: 'mastodon', text: { eu: '@maite @herria', es: '' } })],
  }
  it('each once, in whatever letters, in every text, without our own', () => {
    expect(unnamedIn(named, ['@udala'])).toEqual(['Maite', 'herria'])
  })
  it('and not who has been answered for', () => {
    const mentions = [aMention('m', { handle: '@maite', who: 'person' })]
    expect(unnamedIn({ ...named, mentions }, ['@udala'])).toEqual(['herria'])
  })
})

it('a consent is found in every post that shows or names somebody by it', () => {
  const posts = [
    aPost({ mediaIds: ['photo'] }, 'shows'),
    aPost({ mediaIds: ['other'] }, 'not'),
    aPost({}, 'post'),
  ]
  const calendar = {
    posts,
    variants: [],
    mentions: [aMention('m', { consentIds: ['c'] })],
    media: [aMedium({ consentIds: ['c', 'd'] }, 'photo'), aMedium({ consentIds: ['d'] }, 'other')],
  }
  expect(usesOf(calendar, ['c']).map(({ id }) => id)).toEqual(['shows', 'post'])
  expect(usesOf(calendar, ['d']).map(({ id }) => id)).toEqual(['shows', 'not'])
  expect(usesOf(calendar, [])).toEqual([])
})
