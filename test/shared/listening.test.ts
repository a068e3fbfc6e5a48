/** What is written down of what is said of us, how it weighs up, which topics we say nothing of, and what is left after the retention. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { balanceByMonth, balanceOf, unheard } from '@auzolan/shared/listening/balance.ts'
import {
  ACTIONS_TAKEN,
  SENTIMENTS,
  SOURCE_KINDS,
  doubtfulIn,
  isPseudonym,
  isWebAddress,
  mayBeNamed,
  mentionFault,
  newPseudonym,
  topicOf,
  withoutWords,
  withoutWordsOn,
  type MentionTerms,
} from '@auzolan/shared/listening/mention.ts'
import { silentTopics, speaksOf, topicsOf, wordsOf } from '@auzolan/shared/listening/silent.ts'
import { LISTENING_TOPIC_MAX_CHARACTERS, SMALL_SAMPLE_BELOW } from '@auzolan/shared/limits.ts'

const TODAY = '2026-11-26'
const terms = (more: Partial<MentionTerms> = {}): MentionTerms => ({
  saidOn: TODAY,
  network: 'mastodon',
  sourceKind: 'citizen',
  author: '',
  url: '',
  summary: 'Edukiontzi marroiak usaina du',
  sentiment: 'negative',
  topic: 'Hondakinak',
  reach: null,
  needsAnswer: false,
  action: null,
  source: '',
  owner: null,
  closedOn: null,
  ...more,
})
const many = (positive: number, negative: number, neutral: number) => [
  ...Array.from({ length: positive }, () => terms({ sentiment: 'positive' })),
  ...Array.from({ length: negative }, () => terms({ sentiment: 'negative' })),
  ...Array.from({ length: neutral }, () => terms({ sentiment: 'neutral' })),
]

describe('[LI1] what is wrong with a mention', () => {
  it.each<[string, Partial<MentionTerms>, string | null]>([
    ['nothing', {}, null],
    ['said today', { saidOn: TODAY }, null],
    ['said tomorrow', { saidOn: '2026-11-27' }, 'not said yet'],
    ['no summary', { summary: ' ' }, 'says nothing'],
    ['no topic', { topic: '' }, 'says nothing'],
    ['an account in the summary', { summary: '@maite haserre dago' }, 'names an account'],
    ['a wide @ in the summary', { summary: 'Haserre dago ＠maite' }, 'names an account'],
    ['an account in the topic', { topic: 'Hondakinak (@maite)' }, 'names an account'],
    ['an identity card in the summary', { summary: 'Nire NANa: 12345678Z' }, 'personal data'],
    ['one with the wrong letter is none', { summary: 'Espedientea: 12345678A' }, null],
    ['a bank account in the topic', { topic: 'ES91 2100 0418 4502 0005 1332' }, 'personal data'],
    ['an identity card as author', { sourceKind: 'media', author: '12345678Z' }, 'personal data'],
    // Of an office, perhaps: said while it is written, as in a post.
    ['a telephone', { summary: 'Deitu 943 12 34 56ra' }, null],
    ['an address of mail', { summary: 'Idatzi ane@gmail.com helbidera' }, null],
    ['corrected without a page', { action: 'corrected_fact' }, 'P-54'],
    ['corrected with words', { action: 'corrected_fact', source: 'udalaren weba' }, 'P-54'],
    ['corrected with another scheme', { action: 'corrected_fact', source: 'javascript://a.b/' }, 'P-54'],
    ['corrected with a page', { action: 'corrected_fact', source: 'https://haranberri.example/a' }, null],
    ['informed without a page', { action: 'informed' }, null],
    [
      'closed before it was said',
      { saidOn: '2026-11-20', closedOn: '2026-11-19', action: 'none' },
      'closed before it was said',
    ],
    ['closed on the day it was said', { saidOn: '2026-11-20', closedOn: '2026-11-20', action: 'none' }, null],
    ['closed without a word', { closedOn: TODAY }, 'closed without a word of what was done'],
    ['a pseudonym', { author: 'H-3F2A' }, null],
    ['a pseudonym in small letters', { author: 'h-3f2a' }, 'P-55'],
    ['a pseudonym and more', { author: 'H-3F2A Maite' }, 'P-55'],
  ])('%s', (_what, more, fault) => expect(mentionFault(terms(more), TODAY)).toBe(fault))

  it.each(SOURCE_KINDS)('P-55: the account of %s', (sourceKind) => {
    const named = ['media', 'administration', 'company'].includes(sourceKind)
    expect(mayBeNamed(sourceKind)).toBe(named)
    expect(mentionFault(terms({ sourceKind, author: '@norbait' }), TODAY)).toBe(named ? null : 'P-55')
    expect(mentionFault(terms({ sourceKind, author: 'Norbait' }), TODAY)).toBe(named ? null : 'P-55')
  })
  it.each(ACTIONS_TAKEN)('P-54 is asked of a corrected fact alone: %s', (action) =>
    expect(mentionFault(terms({ action }), TODAY)).toBe(action === 'corrected_fact' ? 'P-54' : null),
  )
  it('doubtful is what may be of somebody, but not of the organisation', () => {
    expect(doubtfulIn('ane@gmail.com, 943 12 34 56, jon@gmail.com', [])).toEqual(['email', 'phone'])
    expect(doubtfulIn('komunikazioa@haranberri.example', ['haranberri.example'])).toEqual([])
    expect(doubtfulIn('12345678Z', [])).toEqual([])
  })
  it.each([
    ['https://haranberri.example', true],
    ['http://a.b/c', true],
    ['https://localhost', false],
    ['ftp://a.b', false],
    ['haranberri.example', false],
    ['', false],
  ])('“%s” is an address: %s', (text, is) => expect(isWebAddress(text)).toBe(is))
  it('a topic is one line that fits', () => {
    expect(topicOf('  Zaborra\n eta   usaina ')).toBe('Zaborra eta usaina')
    expect(topicOf('a'.repeat(200))).toHaveLength(LISTENING_TOPIC_MAX_CHARACTERS)
  })
})

describe('[LI2] pseudonyms', () => {
  it('are of chance, of one form, and not taken', () => {
    expect(newPseudonym(new Set(), () => 0)).toBe('H-0000')
    expect(newPseudonym(new Set(), () => 1 - Number.EPSILON)).toBe('H-FFFF')
    const rolls = [0.5, 0.5, 0.25]
    expect(newPseudonym(new Set(['H-8000']), () => rolls.shift()!)).toBe('H-4000')
    // Where chance gives nothing new, one is given all the same.
    expect(newPseudonym(new Set(['H-8000']), () => 0.5)).toBe('H-8000')
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (roll) =>
        isPseudonym(newPseudonym(new Set(), () => roll)),
      ),
    )
  })
})

describe('[LI3] the balance', () => {
  it('of the sample: 38 positive, 17 negative, 61 neutral', () => {
    const balance = balanceOf(many(38, 17, 61))
    expect(balance).toMatchObject({ positive: 38, negative: 17, neutral: 61, all: 116, small: false })
    expect(balance.net!.toFixed(1)).toBe('18.1')
  })
  it('of nothing there is none', () =>
    expect(balanceOf([])).toEqual({ positive: 0, neutral: 0, negative: 0, all: 0, net: null, small: true }))
  it.each([
    [SMALL_SAMPLE_BELOW - 1, true],
    [SMALL_SAMPLE_BELOW, false],
  ])('of %i is small: %s', (count, small) => expect(balanceOf(many(count, 0, 0)).small).toBe(small))
  it('lies between −100 and 100, and turns round with the sentiments', () =>
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.nat(60), (positive, negative, neutral) => {
        const { net, all } = balanceOf(many(positive, negative, neutral))
        expect(all).toBe(positive + negative + neutral)
        if (all === 0) return expect(net).toBeNull()
        expect(net).toBeGreaterThanOrEqual(-100)
        expect(net).toBeLessThanOrEqual(100)
        expect(balanceOf(many(negative, positive, neutral)).net! + net!).toBeCloseTo(0)
      }),
      { numRuns: 40 },
    ))
  it('by month, with those in which nothing was heard', () => {
    const months = balanceByMonth(
      [
        terms({ saidOn: '2026-08-31', sentiment: 'positive' }),
        terms({ saidOn: '2026-10-01' }),
        terms({ saidOn: '2026-10-31' }),
      ],
      '2026-08-15',
      '2026-11-01',
    )
    expect(months.map(({ month, all, net }) => [month, all, net])).toEqual([
      ['2026-08', 1, 100],
      ['2026-09', 0, null],
      ['2026-10', 2, -100],
      ['2026-11', 0, null],
    ])
    expect(balanceByMonth([], '2026-12-31', '2027-01-01').map(({ month }) => month)).toEqual([
      '2026-12',
      '2027-01',
    ])
  })
  it.each([
    [[0, 0, 0], []],
    [[1, 1, 0], []],
    [[3, 0, 4], ['negative']],
    [[0, 2, 0], ['positive']],
    [
      [0, 0, 5],
      ['positive', 'negative'],
    ],
  ] as const)('P-53: %j lacks %j', ([positive, negative, neutral], lacking) =>
    expect(unheard(balanceOf(many(positive, negative, neutral)))).toEqual(lacking),
  )
})

describe('[LI4] P-56: topics we say nothing of', () => {
  it.each<[string, string, boolean]>([
    ['Edukiontzi marroia', 'Edukiontzi marroia auzo guztietan', true],
    ['edukiontzi marroia', 'EDUKIONTZI MARROIAK bihar', true],
    // Endings of Basque: the word begins alike.
    ['Hondakinak', 'Hondakinen bilketa aldatu da', true],
    ['Hondakina', 'Hondakinetan zer bota', true],
    ['Autobusak', 'Autobuseko txartela', true],
    ['Jaiak', 'Jaietako egitaraua', false],
    ['Etxebizitza', 'Etxebizitzen zerrenda', true],
    // Several words: each of them, anywhere.
    ['Hondakinen bilketa', 'Bilketa berria: hondakin organikoak', true],
    ['Hondakinen bilketa', 'Hondakin organikoak', false],
    // Hashtags join words.
    ['Hondakin bilketa', 'Begira: #HondakinBilketa', true],
    ['HondakinBilketa', 'Hondakin bilketa', true],
    // Accents and plurals.
    ['Iluminación', 'La iluminacion de las calles', true],
    ['Obras', 'Obra en la plaza', true],
    ['Calles', 'Calle cortada', true],
    // Small words tell nothing.
    ['Zarata eta argia', 'Zaratarik gabe, argi gutxiago', true],
    ['El agua de la fuente', 'Agua limpia en la fuente', true],
    // What begins like it alone.
    ['Aparkalekua', 'Aparkaleku berriak', true],
    ['Parkea', 'Aparkaleku berriak', false],
    // And what is not seen: said in the file, shown by the screen as silent.
    ['Bilketa', 'Zaborbilketa berria', false],
    ['Basura', 'Recogida de residuos', false],
    ['Ura', 'Uraren prezioa', true],
  ])('“%s” in “%s”: %s', (topic, post, speaks) => expect(speaksOf(wordsOf(post), topic)).toBe(speaks))

  it('by how often they are spoken of, each under its commonest name', () => {
    const heard = [
      ['Zarata', 'negative'],
      ['zarata', 'negative'],
      ['Zarata ', 'neutral'],
      ['Hondakinak', 'positive'],
      ['Autobusa', 'neutral'],
      ['Autobusa', 'negative'],
    ].map(([topic = '', sentiment = '']) => ({ topic: topic.trim(), sentiment }))
    expect(topicsOf(heard)).toEqual([
      { topic: 'Zarata', count: 3, negative: 2 },
      { topic: 'Autobusa', count: 2, negative: 1 },
      { topic: 'Hondakinak', count: 1, negative: 0 },
    ])
    expect(silentTopics(heard, ['Autobus berriak', 'Beste zerbait']).map(({ topic }) => topic)).toEqual([
      'Zarata',
      'Hondakinak',
    ])
    expect(silentTopics(heard, [])).toHaveLength(3)
    expect(silentTopics([], ['Zarata'])).toEqual([])
    expect(topicsOf([{ topic: ' ', sentiment: 'neutral' }])).toEqual([])
  })
  it('whatever a post says word by word is spoken of; a post more makes nothing silent', () => {
    const word = fc.stringMatching(/^[a-zñáéíóúü]{2,12}$/)
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 4 }),
        fc.array(word),
        fc.array(word),
        (topic, post, more) => {
          const said = { topic: topic.join(' '), sentiment: 'neutral' }
          expect(silentTopics([said], [[...post, ...topic].join(' ')])).toEqual([])
          const before = silentTopics([said], [post.join(' ')])
          expect(silentTopics([said], [post.join(' '), more.join(' ')]).length).toBeLessThanOrEqual(
            before.length,
          )
        },
      ),
    )
  })
})

describe('[LI5] what is left after the retention', () => {
  it.each([
    ['2025-11-26', 12, '2026-11-26'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2027-02-28', 12, '2028-02-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-08-31', 18, '2028-02-29'],
    ['2026-12-31', 1, '2027-01-31'],
  ])('noted on %s, kept for %i months: without its words on %s', (day, months, on) =>
    expect(withoutWordsOn(day, months)).toBe(on),
  )

  const whole = terms({
    saidOn: '2025-11-17',
    author: 'H-3F2A',
    url: 'https://mastodon.example/1',
    reach: 48_213,
    needsAnswer: true,
    action: 'corrected_fact',
    source: 'https://haranberri.example/a',
    owner: { id: 'jon', name: 'Jon' },
    closedOn: '2025-11-19',
  })
  it('of a citizen: what is counted', () =>
    expect(withoutWords(whole)).toEqual({
      ...whole,
      saidOn: '2025-11-01',
      author: '',
      url: '',
      summary: '',
      reach: null,
      owner: null,
      closedOn: '2025-11-01',
    }))
  it('of a newspaper: also who, where, and how many', () =>
    expect(withoutWords({ ...whole, sourceKind: 'media', author: '@egunkaria' })).toMatchObject({
      summary: '',
      author: '@egunkaria',
      url: whole.url,
      reach: 48_213,
      owner: null,
    }))
  it('what is counted by month stays, and a second time takes nothing more', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            sentiment: fc.constantFrom(...SENTIMENTS),
            sourceKind: fc.constantFrom(...SOURCE_KINDS),
            topic: fc.constantFrom('Hondakinak', 'Zarata'),
            saidOn: fc.constantFrom('2025-01-01', '2025-01-31', '2025-02-28', '2025-03-01'),
          }),
        ),
        (all) => {
          const before = all.map((one) => terms({ ...one, author: 'H-3F2A', url: 'https://a.b/maite' }))
          const after = before.map(withoutWords)
          const weigh = (mentions: MentionTerms[]) => [
            balanceByMonth(mentions, '2025-01-01', '2025-03-31'),
            topicsOf(mentions),
          ]
          expect(weigh(after)).toEqual(weigh(before))
          expect(after.map(withoutWords)).toEqual(after)
          for (const one of after) {
            expect(one.summary).toBe('')
            if (!mayBeNamed(one.sourceKind)) expect(JSON.stringify(one)).not.toMatch(/H-3F2A|maite/)
          }
        },
      ),
    ))
})
