/** The checks of posts (DOMAIN A.10, A.12, §10), both sides of each, and what they stop (SPEC PC). */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { checkPost, PostChecks } from '@auzolan/shared/checks/post.ts'
import { POST_PARTS_MAX } from '@auzolan/shared/limits.ts'
import type { PostContext, PostStanding } from '@auzolan/shared/checks/post/check.ts'
import { surelyFits } from '@auzolan/shared/checks/post/text.ts'
import { postGate, type GatedCommand } from '@auzolan/shared/checks/post/gate.ts'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import type { Consent } from '@auzolan/shared/posts/consent.ts'
import { languageSha256, wholePost, wholePosts } from '@auzolan/shared/posts/post.ts'
import { readCalendar } from '@auzolan/shared/posts/reader.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'
import { measure } from '@auzolan/shared/posts/counting.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { CALENDAR, calendar as SECTION, type Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { Field, Picture } from '@auzolan/shared/schema/fields.ts'
import { withEveryField, writeDocument } from '@auzolan/shared/schema/json.ts'
import { PLAN, type Plan } from '@auzolan/shared/schema/plan.ts'
import { oneOf, seeded, seeds, under, type Random } from '../support/random.ts'

type Writable<T> = T extends readonly (infer I)[]
  ? Writable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Writable<T[K]> }
    : T

const LANGUAGES = ['eu', 'es']
const NETWORKS = [
  'mastodon',
  'bluesky',
  'instagram',
  'telegram',
  'youtube',
  'x',
  'threads',
  'blog',
  'facebook',
]
const PLAN_HERE: Plan = ((doc: Y.Doc): Plan => {
  writeDocument(PLAN, doc, LANGUAGES, {
    planning: { purposes: [{ id: 'p1', text: { eu: 'Udal zerbitzuen berri ematea', es: 'Informar' } }] },
    profiles: {
      profiles: [
        ...NETWORKS.map((network) => ({
          id: network,
          displayName: 'Haranberriko Udala',
          network,
          handle: '@haranberriudala',
        })),
        {
          id: 'euskaraz',
          displayName: 'Haranberri euskaraz',
          network: 'mastodon',
          handle: '@haranberri_eu',
          languages: ['eu'],
        },
        { id: 'resting', displayName: 'Gazteria', network: 'instagram', handle: '@gazteria' },
        { id: 'planned', displayName: 'Kirolak', network: 'mastodon', handle: '@kirolak' },
      ],
    },
  })
  return readPlan(doc)
})(new Y.Doc())

const CONSENT: Consent = {
  subject: 'P-014',
  subjectKind: 'adult',
  givenBy: 'self',
  scope: ['image', 'tagging'],
  networks: ['mastodon', 'telegram'],
  purpose: 'Auzolana',
  obtainedOn: '2026-10-01',
  expiresOn: '2027-01-31',
  evidence: 'Baimenak/014.pdf',
  freelyGiven: true,
  withdrawnOn: null,
}
const CONSENTS: { readonly [id: string]: Consent } = {
  good: CONSENT,
  old: { ...CONSENT, expiresOn: '2026-11-01' },
  young: { ...CONSENT, obtainedOn: '2026-12-01' },
  lower: { ...CONSENT, subject: 'p-014' },
  late: { ...CONSENT, obtainedOn: '2026-12-02' },
  withdrawn: { ...CONSENT, withdrawnOn: '2026-11-20' },
  forced: { ...CONSENT, freelyGiven: false },
  voice: { ...CONSENT, scope: ['voice'] },
  child: { ...CONSENT, subject: 'P-015', subjectKind: 'minor_under_age', givenBy: 'guardian' },
  alone: { ...CONSENT, subject: 'P-016', subjectKind: 'minor_under_age', givenBy: 'self' },
}

const period = (name: string, from: string, to: string) => ({ id: name, name, from, to })
const CONTEXT: PostContext = {
  languages: LANGUAGES,
  plan: PLAN_HERE,
  inForce: true,
  profiles: [
    ...[...NETWORKS, 'euskaraz'].map((profile) => ({ profile, status: 'open' as const })),
    { profile: 'resting', status: 'dormant' },
  ],
  organisation: {
    ...UNDESCRIBED,
    website: 'https://www.haranberri.eus',
    holidays: [period('Eguberri', '2026-12-25', '2026-12-25')],
    closedPeriods: [period('Abuztua', '2027-08-01', '2027-08-31')],
    electoralPeriods: [period('Udal hauteskundeak', '2027-04-01', '2027-05-23')],
    mourningPeriods: [period('Dolua', '2026-12-10', '2026-12-11')],
  },
  consents: new Map(Object.entries(CONSENTS)),
  now: new Date('2026-11-26T09:00:00Z'),
}

const FILE: Picture = { name: 'edukiontzia.jpg', sha256: 'a'.repeat(64), preview: '' }
const WHOLE = withEveryField(
  CALENDAR,
  {
    calendar: {
      posts: [
        {
          id: 'post',
          title: 'Edukiontzi marroia',
          day: '2026-12-01',
          time: '10:00',
          profileIds: ['mastodon', 'telegram'],
          purposeIds: ['p1'],
          text: { eu: 'Edukiontzi marroia auzo guztietan', es: 'El contenedor marrón, en todos los barrios' },
        },
      ],
    },
  },
  LANGUAGES,
)
const MEDIUM = (
  withEveryField(
    CALENDAR,
    {
      calendar: {
        media: [
          {
            id: 'medium',
            title: 'Edukiontzia',
            kind: 'image',
            file: FILE,
            altText: { eu: 'Edukiontzi marroia plazan', es: 'Un contenedor marrón en la plaza' },
            origin: 'own',
            licence: 'CC-BY-4.0',
            showsPeople: 'none',
          },
        ],
      },
    },
    LANGUAGES,
  ) as unknown as { calendar: Calendar }
).calendar.media[0]!

type Draft = Writable<Calendar>
type Edit = (calendar: Draft, post: Draft['posts'][number]) => void
const calendarWith = (edit: Edit): Calendar => {
  const { calendar } = structuredClone(WHOLE) as unknown as { calendar: Draft }
  edit(calendar, calendar.posts[0]!)
  return calendar as unknown as Calendar
}
const outcomesOf = (edit: Edit, context: Partial<PostContext> = {}, standing: PostStanding | null = null) =>
  checkPost(wholePost(calendarWith(edit), 'post')!, { ...CONTEXT, ...context }, standing)
const findingsOf = (...args: Parameters<typeof outcomesOf>): Finding[] =>
  outcomesOf(...args).flatMap(({ findings }) => findings)
const shown = ({ severity, gate, path }: Finding): string =>
  `${severity} ${gate.replace('post_', '')} ${path}`
const found = (check: string, ...args: Parameters<typeof outcomesOf>): string[] =>
  findingsOf(...args)
    .filter((finding) => finding.check === check)
    .map(shown)

const own: Edit = () => {}
const post =
  (values: Partial<Draft['posts'][number]>): Edit =>
  (_, record) =>
    void Object.assign(record, values)
const text = (eu: string, es = ''): Edit => post({ text: { eu, es } })
/** The post with one medium, of which these are other. */
const medium =
  (values: Partial<Draft['media'][number]>, ofPost: Partial<Draft['posts'][number]> = {}): Edit =>
  (calendar, record) => {
    calendar.media = [{ ...(structuredClone(MEDIUM) as unknown as Draft['media'][number]), ...values }]
    Object.assign(record, { mediaIds: ['medium'], ...ofPost })
  }
const cc = (licence: string, values: Partial<Draft['media'][number]> = {}, words = 'Argazkia: Miren'): Edit =>
  medium(
    { origin: 'cc', licence, attribution: 'Argazkia: Miren', ...values },
    { text: { eu: `Edukiontzia. ${words}`, es: 'El contenedor' } },
  )
const people = (showsPeople: string, consentIds: string[] = [], kind = 'image'): Edit =>
  medium({ showsPeople, consentIds, kind, transcript: { eu: 'Kaixo', es: '' } })
const mention =
  (who: string, consentIds: string[] = []): Edit =>
  (calendar) => {
    calendar.mentions = [{ id: 'post_m', handle: '@miren', who, consentIds }]
  }
const variant =
  (profileId: string, eu: string, es: string, more: Edit = own): Edit =>
  (calendar, record) => {
    calendar.variants = [{ id: 'post_v', profileId, text: { eu, es } }]
    more(calendar, record)
  }
const tags = (count: number, name = 'Traola'): string =>
  Array.from({ length: count }, (_, i) => `#${name}${i}`).join(' ')

const TEXT = 'posts/post/text'
type Row = readonly [
  check: string,
  what: string,
  edit: Edit,
  expected: readonly string[],
  context?: Partial<PostContext>,
]
const table = (rows: readonly Row[]): void => {
  for (const [check, what, edit, expected, context] of rows)
    it(`${check}: ${what}`, () => {
      expect(found(check, edit, context)).toEqual(expected)
    })
}

it('[PC1] a post that lacks nothing passes every check', () => {
  expect(findingsOf(own)).toEqual([])
  expect(findingsOf(medium({}))).toEqual([])
})

describe('[PC12] what belongs to a post', () => {
  const withMedium: Edit = (calendar, record) => {
    calendar.media = [{ ...structuredClone(MEDIUM), captions: { ...FILE, sha256: 'c'.repeat(64) } }] as never
    record.mediaIds = ['medium'] as never
  }
  it.each([
    ['both are here', ['a', 'c'], []],
    ['the captions are not', ['a'], ['block submit media/medium/captions']],
    ['the file is not', ['c'], ['block submit media/medium/file']],
  ] as const)('its files: %s', (_what, here, expected) => {
    expect(found('field', withMedium, { files: new Set(here.map((one) => one.repeat(64))) })).toEqual(
      expected,
    )
  })
  it('its files: where nobody knows, the server looks', () => {
    expect(found('field', withMedium)).toEqual([])
  })
  it.each([
    ['variants', POST_PARTS_MAX, POST_PARTS_MAX, []],
    ['variants', POST_PARTS_MAX + 1, POST_PARTS_MAX + 1, ['block submit posts/post/text']],
    ['mentions', POST_PARTS_MAX, POST_PARTS_MAX, []],
    // Of more, no more is read.
    ['mentions', POST_PARTS_MAX + 100, POST_PARTS_MAX + 1, ['block submit posts/post/text']],
  ] as const)('%s: %i of them', (list, count, read, expected) => {
    const many: Edit = (calendar) => {
      const one = { profileId: 'mastodon', text: {}, handle: '@a', who: 'institution', consentIds: [] }
      const ids = Array.from({ length: count }, (_, i) => `post_${String(i).padStart(4, '0')}`)
      calendar[list] = ids.reverse().map((id) => ({ id, ...one })) as never
    }
    expect(found('field', many).filter((one) => one.endsWith('posts/post/text'))).toEqual(expected)
    const parts = wholePost(calendarWith(many), 'post')![list]
    expect(parts).toHaveLength(read)
    expect(parts.some(({ id }) => id === 'post_0000')).toBe(true)
  })
})

describe('[PC1] what every post needs', () => {
  table([
    ['field', 'a title', post({ title: ' ' }), ['block submit posts/post/title']],
    ['field', 'a profile', post({ profileIds: [] }), ['block submit posts/post/profileIds']],
    [
      'field',
      'of a medium a file; whether there are people in it is said by P-31',
      medium({ file: null, showsPeople: null }),
      ['block submit media/medium/file'],
    ],
    ['field', 'of somebody who is named, P-31 says that it lacks who', mention(null as never), []],
    [
      'field',
      'until when, where a right ends',
      medium({ expires: true }),
      ['block submit media/medium/expiresOn'],
    ],
    [
      'field',
      'what AI has made, with which tool',
      medium({ origin: 'ai_generated', aiLabelShown: true }),
      ['block submit media/medium/aiTool'],
    ],
  ])
})

describe('[PC1] in what words', () => {
  const said = (edit: Edit): string[] =>
    findingsOf(edit)
      .filter(({ check }) => check === 'field')
      .map(({ message: { text, holes } }) =>
        text.replace(/\{(\w+)\}/g, (_, hole: string) => holes?.[hole] ?? ''),
      )
  it('of the post itself without a name, since it is the only one; of a medium by its file', () => {
    expect(said(post({ title: '', profileIds: [] }))).toEqual([
      'Still missing: What it is about.',
      'Still missing: Where.',
    ])
    expect(said(medium({ title: '' }))).toEqual([
      '“edukiontzia.jpg” still lacks: What is seen or heard in it.',
    ])
  })
})

describe('[PC2] a text fits into every network', () => {
  const LONG = 'x'
  const LINK = 'https://www.haranberri.eus/hondakinak/marroia'
  const at = (length: number): Edit =>
    post({ profileIds: ['mastodon'], text: { eu: LONG.repeat(length), es: '' } })
  const bilingual = (eu: number, es: number, more: Partial<Draft['posts'][number]> = {}): Edit =>
    post({ profileIds: ['mastodon'], text: { eu: 'x'.repeat(eu), es: 'y'.repeat(es) }, ...more })
  table([
    ['P-40', 'at the limit', at(500), []],
    ['P-40', 'beyond it', at(501), [`block submit ${TEXT}:eu`]],
    ['P-40', 'both languages and what is between them, at the limit', bilingual(249, 249), []],
    [
      'P-40',
      'both languages and what is between them, beyond it',
      bilingual(249, 250),
      [`block submit ${TEXT}:eu`],
    ],
    ['P-40', 'each language in its own message', bilingual(500, 500, { thread: true }), []],
    ['P-40', 'one of them is too long', bilingual(500, 501, { thread: true }), [`block submit ${TEXT}:es`]],
    [
      'P-40',
      'a profile of one language counts that one',
      bilingual(500, 500, { profileIds: ['euskaraz'] }),
      [],
    ],
    [
      'P-40',
      'on one network of two',
      bilingual(300, 300, { profileIds: ['mastodon', 'telegram'] }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'with a text of its own there',
      variant('mastodon', 'labur', 'corto', bilingual(300, 300, { profileIds: ['mastodon', 'telegram'] })),
      [],
    ],
    [
      'P-40',
      'a text of its own that is too long',
      variant('mastodon', 'x'.repeat(501), '', own),
      ['block submit variants/post_v/text:eu'],
    ],
    [
      'P-40',
      'with the address in the post at the limit: 23 and the line',
      post({ profileIds: ['mastodon'], text: { eu: LONG.repeat(476), es: '' }, linkUrl: LINK }),
      [],
    ],
    [
      'P-40',
      'with the address in the post beyond it',
      post({ profileIds: ['mastodon'], text: { eu: LONG.repeat(477), es: '' }, linkUrl: LINK }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'addresses count 23 on Mastodon',
      post({
        profileIds: ['mastodon'],
        text: { eu: `${'x'.repeat(476)} https://haranberri.eus/${'a'.repeat(200)}`, es: '' },
      }),
      [],
    ],
    [
      'P-40',
      'accents count twice where bytes do',
      post({ profileIds: ['threads'], text: { eu: 'ñ'.repeat(251), es: '' } }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'and fit at the limit',
      post({ profileIds: ['threads'], text: { eu: 'ñ'.repeat(250), es: '' } }),
      [],
    ],
    [
      'P-40',
      'less fits under an image',
      medium({}, { profileIds: ['telegram'], text: { eu: 'x'.repeat(1025), es: '' } }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'without an image it fits',
      post({ profileIds: ['telegram'], text: { eu: 'x'.repeat(1025), es: '' } }),
      [],
    ],
    [
      'P-40',
      'longer than what people read',
      post({ profileIds: ['facebook'], text: { eu: 'x'.repeat(501), es: '' } }),
      [`warn submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'short addresses count 23, too',
      post({ profileIds: ['mastodon'], text: { eu: 'https://a.eus '.repeat(21), es: '' } }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-40',
      'as long as what people read',
      post({ profileIds: ['facebook'], text: { eu: 'x'.repeat(500), es: '' } }),
      [],
    ],
    [
      'P-40',
      'where there is no limit',
      post({ profileIds: ['blog'], text: { eu: 'x'.repeat(20_000), es: '' } }),
      [],
    ],
    [
      'P-40',
      'without an image where one is needed',
      post({ profileIds: ['instagram'] }),
      ['block submit posts/post/mediaIds'],
    ],
    ['P-40', 'with an image where one is needed', medium({}, { profileIds: ['instagram'] }), []],
    [
      'P-40',
      'with a document where an image is needed',
      medium({ kind: 'document' }, { profileIds: ['instagram'] }),
      ['block submit posts/post/mediaIds'],
    ],
    ['P-40', 'as many images as fit', images(4), []],
    ['P-40', 'more images than fit', images(5), ['block submit posts/post/mediaIds']],
    [
      'P-40',
      'on a network that is in the list no longer',
      post({ text: { eu: 'x'.repeat(9_000), es: '' } }),
      [],
      { references: { ...BUILTIN, networks: [], phrases: [] } },
    ],
  ])

  it('what is not counted because it is far from every limit has room', () => {
    const random = seeded(612)
    const parts = ['a', 'ñ', '👨‍👩‍👧‍👦', ' ', 'https://a.eus ', '@udala@haranberri.social ', '\u0301', '한', '\r\n']
    for (let i = 0; i < 2_000; i++) {
      const size = 1 + under(random, 400)
      const written = Array.from({ length: size }, () =>
        oneOf(random, i % 3 ? parts : parts.slice(0, 1 + (i % parts.length))),
      ).join('')
      for (const network of BUILTIN.networks)
        if (surelyFits(written, network))
          expect(measure(written, network)).toMatchObject({ over: 0, pastSoft: 0 })
    }
  })

  it('the bilingual text of 612 characters fails the 500 of Mastodon, and passes when it is split', () => {
    const [eu, es] = ['e'.repeat(317), 's'.repeat(293)]
    const [finding, ...rest] = findingsOf(post({ profileIds: ['mastodon'], text: { eu, es } }))
    expect(rest).toEqual([])
    expect(finding!.message.holes).toMatchObject({ count: '612', max: '500', over: '112' })
    expect(finding!.fix!.holes).toEqual({ parts: '317 + 293' })
    expect(findingsOf(post({ profileIds: ['mastodon'], thread: true, text: { eu, es } }))).toEqual([])
  })

  it('a family is one sign on Bluesky: 300 fit, and 301 do not', () => {
    const at = (length: number): Edit =>
      post({
        profileIds: ['bluesky'],
        text: { eu: `👨‍👩‍👧‍👦${'a'.repeat(length - 1)}`, es: '' },
        languageException: 'Euskaraz bakarrik, lehiaketa',
      })
    expect(findingsOf(at(300))).toEqual([])
    expect(findingsOf(at(301))).toMatchObject([
      { check: 'P-40', severity: 'block', message: { holes: { count: '301', max: '300', over: '1' } } },
    ])
  })
})

function images(count: number): Edit {
  return (calendar, record) => {
    const ids = Array.from({ length: count }, (_, i) => `m${i}`)
    calendar.media = ids.map((id) => ({
      ...(structuredClone(MEDIUM) as unknown as Draft['media'][number]),
      id,
    }))
    Object.assign(record, { mediaIds: ids, profileIds: ['mastodon'] })
  }
}

describe('[PC3] everybody reads it in their language', () => {
  table([
    ['P-41', 'in both', own, []],
    ['P-41', 'without Basque', text('', 'Solo en castellano'), [`block submit ${TEXT}:eu`]],
    ['P-41', 'without Spanish', text('Euskaraz bakarrik', '  '), [`block submit ${TEXT}:es`]],
    [
      'P-41',
      'without Basque, with a short reason',
      post({ text: { eu: '', es: 'Bat' }, languageException: 'x'.repeat(19) }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-41',
      'without Basque, with a reason',
      post({ text: { eu: '', es: 'Bat' }, languageException: 'x'.repeat(20) }),
      [],
    ],
    [
      'P-41',
      'without a word, with a reason',
      post({ text: { eu: '', es: '' }, languageException: 'x'.repeat(20) }),
      [`block submit ${TEXT}:eu`, `block submit ${TEXT}:es`],
    ],
    [
      'P-41',
      'a text of its own without Basque',
      variant('mastodon', '', 'Bat'),
      ['block submit variants/post_v/text:eu'],
    ],
    ['P-41', 'a text of its own on a profile that is no longer chosen', variant('x', '', 'Bat'), []],
    [
      'P-41',
      'of one language on a profile of that language',
      variant('euskaraz', 'Kaixo', '', post({ profileIds: ['mastodon', 'euskaraz'] })),
      [],
    ],
    [
      'P-41',
      'only a profile of one language',
      variant('euskaraz', 'Kaixo', '', post({ profileIds: ['euskaraz'], text: { eu: '', es: '' } })),
      [`block submit ${TEXT}:es`],
    ],
    ['P-41', 'where the organisation has one language', text('Kaixo'), [], { languages: ['eu'] }],
  ])

  const WHOLE_POST = wholePost(calendarWith(own), 'post')!
  const [EU, ES] = LANGUAGES.map((language) => languageSha256(WHOLE_POST, language)) as [string, string]
  const read = (...reviews: (readonly [language: string, sha256: string])[]): PostStanding => ({
    status: 'in_review',
    reviews: reviews.map(([language, sha256]) => ({ language, sha256 })),
  })
  const excused = post({ text: { eu: '', es: 'Bat' }, languageException: 'x'.repeat(20) })
  const excusedEs = languageSha256(wholePost(calendarWith(excused), 'post')!, 'es')
  it.each([
    ['both read', own, read(['eu', EU], ['es', ES]), []],
    ['one unread', own, read(['eu', EU]), [`block approve ${TEXT}:es`]],
    ['read as another language', own, read(['eu', ES], ['es', ES]), [`block approve ${TEXT}:eu`]],
    ['read twice, once as it stands', own, read(['eu', 'old'], ['eu', EU], ['es', ES]), []],
    [
      'changed since',
      text('Beste bat', WHOLE_POST.post.text['es']),
      read(['eu', EU], ['es', ES]),
      [`block approve ${TEXT}:eu`],
    ],
    ['one that is left out with a reason', excused, read(['es', excusedEs]), []],
    ['nothing is known', own, null, []],
  ] as const)('P-42: %s', (_, edit, standing, expected) => {
    expect(found('P-42', edit, {}, standing)).toEqual(expected)
  })
})

describe('[PC4] everybody gets what its images and videos say', () => {
  const alt = (eu: string, more: Partial<Draft['media'][number]> = {}, ofPost = {}): Edit =>
    medium({ altText: { eu, es: 'Un contenedor marrón' }, ...more }, ofPost)
  const at = ['block submit media/medium/altText:eu']
  table([
    ['P-43', 'without images', own, []],
    ['P-43', 'with its text in both languages', medium({}), []],
    ['P-43', 'without one', alt(' '), at],
    ['P-43', 'too short', alt('x'.repeat(9)), at],
    ['P-43', 'long enough', alt('x'.repeat(10)), []],
    ['P-43', 'the name of the file', alt('Edukiontzia.JPG'), at],
    ['P-43', 'the name of the file without its ending', alt('edukiontzia'), at],
    ['P-43', 'at the limit of a network', alt('x'.repeat(1_000), {}, { profileIds: ['instagram'] }), []],
    [
      'P-43',
      'beyond the limit of a network',
      alt('x'.repeat(1_001), {}, { profileIds: ['mastodon', 'instagram'] }),
      at,
    ],
    [
      'P-43',
      'in a language that is left out with a reason',
      alt('', {}, { text: { eu: '', es: 'Bat' }, languageException: 'x'.repeat(20) }),
      [],
    ],
    ['P-43', 'a document needs none', alt('', { kind: 'document' }), []],
    ['P-43', 'a video without captions', medium({ kind: 'video' }), ['block submit media/medium/captions']],
    ['P-43', 'a video with captions', medium({ kind: 'video', captions: FILE }), []],
    ['P-43', 'a video with a transcript', medium({ kind: 'video', transcript: { eu: 'Kaixo', es: '' } }), []],
    [
      'P-43',
      'a sound without transcript',
      medium({ kind: 'audio', altText: { eu: '', es: '' } }),
      ['block submit media/medium/captions'],
    ],
  ])
})

describe('[PC5] what is used may be used', () => {
  table([
    ['P-30', 'our own', medium({}), []],
    ['P-30', 'from nobody knows where', medium({ origin: 'unknown' }), ['block submit media/medium/origin']],
    ['P-30', 'not said from where', medium({ origin: null }), ['block submit media/medium/origin']],
    ['P-30', 'without a licence', medium({ licence: 'none' }), ['block submit media/medium/licence']],
    [
      'P-30',
      'not said under which licence',
      medium({ licence: null }),
      ['block submit media/medium/licence'],
    ],
    ['P-30', 'that nobody has rights in', medium({ origin: 'public_domain', licence: null }), []],
    ['P-30', 'under a contract', medium({ origin: 'licensed', licence: 'other' }), []],
    ['P-33', 'named in the text', cc('CC-BY-4.0'), []],
    ['P-33', 'named in one message of two', (c, p) => (cc('CC-BY-4.0')(c, p), void (p.thread = true)), []],
    ['P-33', 'not named in the text', cc('CC-BY-4.0', {}, ''), [`block submit ${TEXT}:eu`]],
    [
      'P-33',
      'not named in one text of two',
      variant('telegram', 'Laburra', 'Corto', cc('CC-BY-4.0')),
      ['block submit variants/post_v/text:eu'],
    ],
    [
      'P-33',
      'nobody knows who is to be named',
      cc('CC-BY-4.0', { attribution: '' }),
      ['block submit media/medium/attribution'],
    ],
    ['P-33', 'our own', medium({ licence: 'CC-BY-ND-4.0', changed: true }), []],
    ['P-33', 'nobody has to be named', cc('CC0-1.0', { attribution: '' }, ''), []],
    ['P-33', 'not to be changed, and unchanged', cc('CC-BY-ND-4.0'), ['info submit media/medium/licence']],
    [
      'P-33',
      'not to be changed, and changed',
      cc('CC-BY-ND-4.0', { changed: true }),
      ['block submit media/medium/changed'],
    ],
    ['P-33', 'not for money', cc('CC-BY-NC-4.0'), ['warn submit media/medium/licence']],
    ['P-33', 'under the same licence, unchanged', cc('CC-BY-SA-4.0'), ['info submit media/medium/licence']],
    [
      'P-33',
      'under the same licence, changed',
      cc('CC-BY-SA-4.0', { changed: true }),
      ['warn submit media/medium/licence'],
    ],
    ['P-34', 'made by AI, said', medium({ origin: 'ai_generated', aiLabelShown: true }), []],
    [
      'P-34',
      'made by AI, not said',
      medium({ origin: 'ai_generated' }),
      ['block submit media/medium/aiLabelShown'],
    ],
    ['P-34', 'made by us', medium({ aiLabelShown: false }), []],
    ['P-44', 'until the day it goes out', medium({ expires: true, expiresOn: '2026-12-01' }), []],
    [
      'P-44',
      'until the day before',
      medium({ expires: true, expiresOn: '2026-11-30' }),
      ['block submit media/medium/expiresOn'],
    ],
    [
      'P-44',
      'ended, where the post has no day',
      medium({ expires: true, expiresOn: '2026-11-25' }, { day: null }),
      ['block submit media/medium/expiresOn'],
    ],
    [
      'P-44',
      'ended after a day that is past',
      medium({ expires: true, expiresOn: '2026-11-25' }, { day: '2026-11-20' }),
      ['block submit media/medium/expiresOn'],
    ],
    ['P-44', 'a day that counts no more', medium({ expires: false, expiresOn: '2026-01-01' }), []],
  ])
})

describe('[PC6] whoever is shown or named has agreed', () => {
  const at = ['block submit media/medium/consentIds']
  const named = ['block submit mentions/post_m/consentIds']
  table([
    ['P-31', 'nobody', people('none'), []],
    ['P-31', 'nobody knows yet', people(null as never), ['block submit media/medium/showsPeople']],
    ['P-31', 'a name of nobody knows what', mention(null as never), ['block submit mentions/post_m/who']],
    ['P-31', 'nobody one would know again', people('not_identifiable'), []],
    ['P-31', 'somebody, with consent', people('identifiable', ['good']), []],
    ['P-31', 'somebody, without consent', people('identifiable'), at],
    ['P-31', 'children in the background', people('children'), at],
    ['P-31', 'children, with the consent of a grown-up in it', people('children', ['good']), at],
    ['P-31', 'children, with that of their guardian', people('children', ['child']), []],
    ['P-31', 'a child that has said so alone', people('children', ['alone']), at],
    ['P-31', 'two people, one of whom has agreed', people('identifiable', ['good', 'alone']), at],
    ['P-31', 'withdrawn', people('identifiable', ['withdrawn']), at],
    ['P-31', 'withdrawn, beside one that stands', people('identifiable', ['good', 'withdrawn']), at],
    ['P-31', 'run out', people('identifiable', ['old']), at],
    [
      'P-31',
      'run out, and given again by a pseudonym spelt otherwise',
      people('identifiable', ['old', 'lower']),
      [],
    ],
    ['P-31', 'run out, and given again', people('identifiable', ['old', 'good']), []],
    [
      'P-31',
      'on its last day',
      (c, p) => (people('identifiable', ['good'])(c, p), void (p.day = '2027-01-31')),
      [],
    ],
    [
      'P-31',
      'on the day after',
      (c, p) => (people('identifiable', ['good'])(c, p), void (p.day = '2027-02-01')),
      at,
    ],
    ['P-31', 'on its first day', people('identifiable', ['young']), []],
    ['P-31', 'on the day before it was given', people('identifiable', ['late']), at],
    [
      'P-31',
      'on no network yet',
      (c, p) => (people('identifiable', ['good'])(c, p), void (p.profileIds = [])),
      [],
    ],
    [
      'P-31',
      'run out, on no network yet',
      (c, p) => (people('identifiable', ['old'])(c, p), void (p.profileIds = [])),
      at,
    ],
    [
      'P-31',
      'not for one of the networks',
      (c, p) => (people('identifiable', ['good'])(c, p), void (p.profileIds = ['mastodon', 'instagram'])),
      at,
    ],
    ['P-31', 'for the voice alone', people('identifiable', ['voice']), at],
    ['P-31', 'a sound, for the voice', people('identifiable', ['voice'], 'audio'), []],
    ['P-31', 'one that is not in the register', people('identifiable', ['gone']), at],
    [
      'P-31',
      'where nobody may know',
      people('identifiable', ['withdrawn']),
      ['info submit media/medium/consentIds'],
      { consents: null },
    ],
    ['P-31', 'none, where nobody may know', people('children'), at, { consents: null }],
    ['P-31', 'a person, with consent', mention('person', ['good']), []],
    ['P-31', 'a person, without consent', mention('person'), named],
    ['P-31', 'an institution', mention('institution'), []],
    ['P-31', 'a company', mention('company'), []],
    [
      'P-31',
      'an account nobody has said a word about',
      text('Eskerrik asko @miren eta @haranberriudala', 'Gracias'),
      [`warn submit ${TEXT}:eu`],
    ],
    [
      'P-31',
      'an account that is an institution’s',
      (c, p) => (mention('institution')(c, p), text('Eskerrik asko @Miren', 'Gracias')(c, p)),
      [],
    ],
    ['P-32', 'given freely', people('identifiable', ['good']), []],
    ['P-32', 'not given freely', people('identifiable', ['forced']), at],
    ['P-32', 'where nobody may know', people('identifiable', ['forced']), [], { consents: null }],
    ['P-45', 'nothing', own, []],
    ['P-45', 'an identity card', text('NANa: 12345678Z', 'Bat'), [`block submit ${TEXT}:eu`]],
    ['P-45', 'a number that is none', text('12345678A', 'Bat'), []],
    ['P-45', 'a bank account', text('Bat', 'ES91 2100 0418 4502 0005 1332'), [`block submit ${TEXT}:es`]],
    ['P-45', 'a telephone', text('Deitu 688 123 456', 'Bat'), [`warn submit ${TEXT}:eu`]],
    [
      'P-45',
      'an identity card in the address in the post',
      post({ linkUrl: 'https://haranberri.eus/?nan=12345678Z' }),
      ['block submit posts/post/linkUrl'],
    ],
    [
      'P-45',
      'mail in it',
      post({ linkUrl: 'https://haranberri.eus/?m=ana@gmail.com' }),
      ['warn submit posts/post/linkUrl'],
    ],
    ['P-45', 'numbers in it', post({ linkUrl: 'https://haranberri.eus/612345678' }), []],
    [
      'P-45',
      'a text as long as one may be',
      post({ profileIds: ['blog'], text: { eu: 'x'.repeat(20_000), es: 'y' } }),
      [],
    ],
    [
      'P-45',
      'longer: what is beyond was not looked at',
      post({ profileIds: ['blog'], text: { eu: `${'x'.repeat(19_999)} 12345678Z`, es: 'y' } }),
      [`block submit ${TEXT}:eu`],
    ],
    ['P-45', 'a title that is longer', post({ title: 'x'.repeat(121) }), ['block submit posts/post/title']],
    ['P-45', 'a title as long as one may be', post({ title: 'x'.repeat(120) }), []],
    ['P-45', 'mail of somebody', text('miren@gmail.com', 'Bat'), [`warn submit ${TEXT}:eu`]],
    ['P-45', 'mail of ours', text('kultura@haranberri.eus', 'Bat'), []],
    [
      'P-45',
      'in a text for one network',
      variant('mastodon', '12345678Z', 'Bat'),
      ['block submit variants/post_v/text:eu'],
    ],
    [
      'P-45',
      'beside an image',
      medium({ altText: { eu: 'NANa: 12345678Z', es: 'Un contenedor' } }),
      ['block submit media/medium/altText:eu'],
    ],
  ])
})

describe('[PC7] it serves the plan', () => {
  const at = 'block submit posts/post'
  table([
    ['P-46', 'a purpose, on open profiles', own, []],
    ['P-46', 'without purpose', post({ purposeIds: [] }), [`${at}/purposeIds`]],
    ['P-46', 'with one that is gone', post({ purposeIds: ['p9'] }), [`${at}/purposeIds`]],
    ['P-46', 'with one that is gone and one that is not', post({ purposeIds: ['p9', 'p1'] }), []],
    ['P-46', 'on a profile that is not open yet', post({ profileIds: ['planned'] }), [`${at}/profileIds`]],
    ['P-46', 'on a profile at rest', post({ profileIds: ['mastodon', 'resting'] }), [`${at}/profileIds`]],
    ['P-46', 'on a profile that is gone', post({ profileIds: ['mastodon', 'gone'] }), [`${at}/profileIds`]],
    [
      'P-46',
      'before the plan is approved',
      post({ profileIds: ['planned'] }),
      [`${at}/profileIds`],
      { inForce: false },
    ],
    ['P-06', 'without facts', own, []],
    ['P-06', 'facts without source', post({ serviceFacts: true }), ['warn submit posts/post/officialSource']],
    [
      'P-06',
      'facts with a page of the website',
      post({ serviceFacts: true, officialSource: 'https://haranberri.eus/hondakinak' }),
      [],
    ],
    [
      'P-06',
      'facts with a page below it',
      post({ serviceFacts: true, officialSource: 'https://egoitza.haranberri.eus/' }),
      [],
    ],
    [
      'P-06',
      'facts with a page elsewhere',
      post({ serviceFacts: true, officialSource: 'https://notharanberri.eus/' }),
      ['warn submit posts/post/officialSource'],
    ],
    [
      'P-06',
      'facts with a page, where nobody knows the website',
      post({ serviceFacts: true, officialSource: 'https://a.eus/' }),
      [],
      { organisation: UNDESCRIBED },
    ],
  ])
})

describe('[PC8] its hashtags can be read aloud', () => {
  table([
    ['P-48', 'with capitals', text('#EdukiontziMarroia', 'Bat'), []],
    ['P-48', 'without', text('Edukiontzi marroia #edukiontzimarroia', 'Bat'), [`warn submit ${TEXT}:eu`]],
    [
      'P-48',
      'as many as fit',
      medium({}, { profileIds: ['instagram'], text: { eu: tags(3), es: tags(2, 'Etiqueta') } }),
      [],
    ],
    [
      'P-48',
      'more than fit, both languages counted',
      medium({}, { profileIds: ['instagram'], text: { eu: tags(3), es: tags(3, 'Etiqueta') } }),
      [`block submit ${TEXT}:eu`],
    ],
    [
      'P-48',
      'more than fit together, each language for itself',
      medium({}, { profileIds: ['instagram'], thread: true, text: { eu: tags(3), es: tags(3) } }),
      [],
    ],
    [
      'P-48',
      'the same in both languages is one, as on Threads',
      post({ profileIds: ['threads'], text: { eu: 'Jaiak #Jaiak', es: 'Fiestas #jaiak' } }),
      [],
    ],
    [
      'P-48',
      'another one is two',
      post({ profileIds: ['threads'], text: { eu: 'Jaiak #Jaiak', es: 'Fiestas #Fiestas' } }),
      [`block submit ${TEXT}:eu`],
    ],
    ['P-48', 'many on Bluesky', post({ profileIds: ['bluesky'], text: { eu: tags(10), es: '' } }), []],
    ['P-48', 'where there is no limit', text(tags(20), 'Bat'), []],
  ])
  it('says how to write it', () => {
    expect(findingsOf(text('Edukiontzi marroia #edukiontzimarroia', 'Bat'))[0]!.fix!.holes).toEqual({
      tag: 'EdukiontziMarroia',
    })
  })
})

describe('[PC9] it goes out on a day and at a time', () => {
  const on = (day: string | null, time: string | null = '10:00', more = {}): Edit =>
    post({ day, time, ...more })
  table([
    ['A-12', 'with both', own, []],
    ['A-12', 'without', on(null, null), ['block schedule posts/post/day', 'block schedule posts/post/time']],
    ['A-12', 'on a day that does not exist', on('2027-02-29'), ['block schedule posts/post/day']],
    ['A-12', 'now', on('2026-11-26', '10:00'), []],
    ['A-12', 'a minute ago', on('2026-11-26', '09:59'), ['warn submit posts/post/day']],
    [
      'A-12',
      'a minute ago, by the clock of the islands',
      on('2026-11-26', '09:00', { zone: 'Atlantic/Canary' }),
      [],
    ],
    ['A-12', 'in a zone nobody knows', on('2026-11-26', '10:00', { zone: 'Haranberri/Plaza' }), []],
    ['A-12', 'at an hour that is left out', on('2027-03-28', '02:30'), ['warn submit posts/post/time']],
    ['A-12', 'at an hour that comes twice', on('2027-10-31', '02:30'), ['warn submit posts/post/time']],
    [
      'A-12',
      'at an hour that is left out elsewhere',
      on('2027-03-28', '02:30', { zone: 'Atlantic/Canary' }),
      [],
    ],
    ['P-49', 'on a holiday', on('2026-12-25'), ['warn submit posts/post/day']],
    ['P-49', 'on the day before', on('2026-12-24'), []],
    ['P-49', 'on the day after', on('2026-12-26'), []],
    ['P-49', 'on the day after the last on which we are closed', on('2027-09-01'), []],
    ['P-49', 'on the last day on which we are closed', on('2027-08-31'), ['warn submit posts/post/day']],
    ['P-49', 'before elections', on('2027-04-01'), ['warn submit posts/post/day']],
    [
      'P-49',
      'before elections, with that in mind',
      on('2027-04-01', '10:00', { sensitive: ['electoral'] }),
      [],
    ],
    ['P-49', 'on the last day before elections', on('2027-05-23'), ['warn submit posts/post/day']],
    ['P-49', 'after elections', on('2027-05-24'), []],
    ['P-49', 'in mourning', on('2026-12-11'), ['warn submit posts/post/day']],
    ['P-49', 'after mourning', on('2026-12-12'), []],
    ['P-49', 'in mourning, with that in mind', on('2026-12-11', '10:00', { sensitive: ['mourning'] }), []],
    ['P-49', 'in an emergency', on('2026-12-25', '10:00', { sensitive: ['emergency'] }), []],
    ['P-49', 'where nobody knows of such periods', on('2027-04-01'), [], { organisation: UNDESCRIBED }],
  ])
  it('nobody says of a post that is out that its day has passed', () => {
    const standing: PostStanding = { status: 'published', reviews: [] }
    expect(found('A-12', on('2026-11-01'), {}, standing)).toEqual([])
    expect(found('A-12', on('2026-11-01'), {}, { ...standing, status: 'scheduled' })).toHaveLength(1)
  })
})

describe('[PC10] what stops a command', () => {
  const standing: PostStanding = { status: 'in_review', reviews: [] }
  const stops = (command: GatedCommand, edit: Edit, emergency = false): string[] => [
    ...new Set(postGate(outcomesOf(edit, {}, standing), command, emergency).map(({ check }) => check)),
  ]
  const bare: Edit = (calendar, record) => {
    people('children')(calendar, record)
    Object.assign(record, { day: null, purposeIds: [], text: { eu: '', es: '12345678Z, 688 123 456' } })
  }
  it.each([
    ['submit', false, ['P-46', 'P-41', 'P-31', 'P-45']],
    ['approve', false, ['P-46', 'P-41', 'P-42', 'P-31', 'P-45']],
    ['schedule', false, ['P-46', 'P-41', 'P-42', 'P-31', 'P-45', 'A-12']],
    ['publish', false, ['P-46', 'P-41', 'P-42', 'P-31', 'P-45']],
    ['publish', true, ['P-31', 'P-45']],
    ['approve', true, ['P-46', 'P-41', 'P-42', 'P-31', 'P-45']],
  ] as const)('%s, emergency %s', (command, emergency, expected) => {
    expect(stops(command, bare, emergency)).toEqual(expected)
  })
  it('an emergency goes out with a telephone in it, and not with a consent that was forced or withdrawn', () => {
    expect(stops('publish', text('112', '688 123 456'), true)).toEqual([])
    expect(stops('publish', people('identifiable', ['forced']), true)).toEqual(['P-32'])
    expect(stops('publish', people('identifiable', ['withdrawn']), true)).toEqual(['P-31'])
  })
  it('an emergency does not go out while nobody has said who is in it', () => {
    expect(stops('publish', people(null as never), true)).toEqual(['P-31'])
    expect(stops('publish', people('not_identifiable'), true)).toEqual([])
    expect(stops('publish', mention(null as never), true)).toEqual(['P-31'])
    expect(stops('publish', mention('institution'), true)).toEqual([])
  })
})

describe('[PC11] however long a text is', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const tag = (i: number): string =>
    `#${letters.slice(0, 13)}${[...String(i).padStart(4, '0')].map((d) => letters[Number(d)]).join('')}`
  it('thousands of hashtags and words take no longer than a text may', () => {
    const eu = Array.from({ length: 9_000 }, (_, i) => `${tag(i)} b`).join(' ')
    const began = performance.now()
    expect(findingsOf(post({ profileIds: ['blog'], text: { eu, es: eu } })).length).toBeGreaterThan(30)
    // All words folded again for each tag: a minute.
    expect(performance.now() - began).toBeLessThan(1_500)
  })
  it('of so many hashtags some are told how to be written', () => {
    const eu = Array.from({ length: 31 }, (_, i) => `${tag(i)}`).join(' ')
    expect(found('P-48', post({ profileIds: ['blog'], text: { eu, es: '' } }))).toHaveLength(30)
  })
})

describe('[PC11] whatever a calendar holds', () => {
  const WORDS = [
    '',
    ' ',
    'Kaixo',
    '@miren #x',
    '12345678Z',
    '\ud800',
    '👨‍👩‍👧‍👦'.repeat(90),
    'https://',
    '__proto__',
    'x'.repeat(9_000),
  ]
  const IDS = ['a', 'b', '__proto__', 'constructor', 'mastodon', 'p1', 'good', '']
  const SCALARS = [
    null,
    '2026-02-31',
    '0000-01-01',
    '9999-12-31',
    '1970-01-01',
    '25:00',
    '00:00',
    'none',
    'identifiable',
    'children',
    'video',
    'cc',
    'CC-BY-ND-4.0',
    'ai_generated',
    'person',
    'Europe/Madrid',
    '+01:00',
    'x',
    7,
    true,
    { name: 'a', sha256: 'a'.repeat(64), preview: 'x' },
    [],
  ]
  const valueOf = (random: Random, field: Field): unknown => {
    if (field.kind === 'text' && field.translated)
      return { eu: oneOf(random, WORDS), es: oneOf(random, WORDS) }
    if (field.kind === 'text' || field.kind === 'link') return oneOf(random, WORDS)
    if (field.kind === 'choices' || field.kind === 'references') return IDS.filter(() => random() < 0.4)
    return oneOf(random, SCALARS)
  }
  const strange = (random: Random): Calendar => {
    const doc = new Y.Doc()
    const ids = ['post', 'post_1', 'post_2', 'a', 'b', '__proto__x']
    writeDocument(CALENDAR, doc, LANGUAGES, {
      calendar: Object.fromEntries(
        Object.entries(SECTION.fields).map(([name, { item }]) => [
          name,
          ids.slice(0, 1 + under(random, ids.length)).map((id) => ({
            id,
            ...Object.fromEntries(
              Object.entries<Field>(item).map(([key, field]) => [key, valueOf(random, field)]),
            ),
          })),
        ]),
      ),
    })
    return readCalendar(doc)
  }
  const sorted = (findings: readonly Finding[]): string[] => findings.map((one) => JSON.stringify(one)).sort()

  it.each(seeds([1, 2, 3, 4, 5, 6, 7, 8, 150, 255], 300))(
    'is checked without a fall, in any order, seed %i',
    (seed) => {
      const random = seeded(seed)
      const calendar = strange(random)
      const turned = Object.fromEntries(
        Object.entries(calendar).map(([name, list]) => [name, [...list].reverse()]),
      ) as unknown as Calendar
      for (const whole of wholePosts(calendar)) {
        const outcomes = checkPost(whole, CONTEXT)
        const again = checkPost(wholePost(turned, whole.post.id)!, CONTEXT)
        expect(sorted(again.flatMap(({ findings }) => findings))).toEqual(
          sorted(outcomes.flatMap(({ findings }) => findings)),
        )
      }
    },
  )

  it('what has not changed is not checked again', () => {
    const checks = new PostChecks(CONTEXT)
    const calendar = calendarWith(medium({}))
    const first = checks.of(wholePost(calendar, 'post')!)
    expect(checks.of(wholePost(calendar, 'post')!)).toBe(first)
    const changed = { ...calendar, media: calendar.media.map((one) => ({ ...one, origin: 'unknown' })) }
    expect(checks.of(wholePost(changed, 'post')!)).not.toBe(first)
    expect(checks.of(wholePost(calendar, 'post')!, { status: 'idea', reviews: [] })).not.toBe(first)
    expect(checks.of(wholePost(calendarWith(own), 'post')!)).not.toBe(first)
  })
})
