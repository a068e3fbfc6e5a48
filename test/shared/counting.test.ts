/** How long a text is for each network (P-40), what an address is, and the tags in a text (P-48). */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressesIn } from '@auzolan/shared/posts/addresses.ts'
import { BETWEEN_LANGUAGES, bilingual } from '@auzolan/shared/posts/bilingual.ts'
import { countIn, limitsOf, measure, type TextLimits, type Unit } from '@auzolan/shared/posts/counting.ts'
import { BUILTIN } from '@auzolan/shared/reference/references.ts'

const network = (id: string) => BUILTIN.networks.find((n) => n.id === id)!
const limits = (id: string): TextLimits => limitsOf(network(id), { withMedia: false })
const FAMILY = '👨‍👩‍👧‍👦'
const LINK = 'https://www.haranberri.eus/albisteak/2026/azaroa'

describe('[CN1] X counts as twitter-text does', () => {
  // Figures of twitter-text's own conformance suite (github.com/twitter/twitter-text, conformance/validate.yml at 30e2430,
  // WeightedTweetsWithDiscountedEmojiCounterTest).
  it.each([
    [26, 'Hi http://test.co', 'an address in a sentence'],
    [23, 'http://test.co', 'an address shorter than its weight'],
    [240, 'https://www.twitter.com/aloha '.repeat(10), 'ten addresses'],
    [320, '故'.repeat(160), 'Chinese'],
    [320, '😷'.repeat(160), 'emoji'],
    [323, `the${'故'.repeat(160)}`, 'both scripts'],
    [2, 'A\u0301B', 'an accent that is a sign of its own'],
    [4, 'A\uFB2C', 'what is three signs in NFC'],
    [7, `H🐱☺${FAMILY}`, 'a family is one emoji'],
    [10, '😷👾😡🔥💩', 'five emoji'],
    [4, '🙋🏽👨‍🎤', 'skin tone and profession'],
    [280, FAMILY.repeat(140), '140 families'],
    [2, '1⃣', 'a keycap'],
    [34, 'Unicode 10.0 emoji: 🤪; 🧕; 🧕🏾; 🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'Unicode 10'],
    [29, 'Unicode 9.0 emoji: 🤠; 💃; 💃🏾', 'Unicode 9'],
    [68, `${'randomurl'.repeat(7)}s.com`, 'a name of 64 signs is none'],
    [31, '\u2066\u202Ahttp://foobar.پاکستان/\u202C\u2069', 'marks of direction around an address'],
  ])('%i: %s (%s)', (expected, text) => {
    expect(countIn('weighted', text, 23)).toBe(expected)
  })

  // What its JavaScript (3.1.0) says of what people here write.
  it.each([
    [1, '©'],
    [2, '©️'],
    [3, '©︎'],
    [2, '☎️'],
    [4, '☎︎'],
    [2, '🇪🇸'],
    [8, 'col·legi'],
    [4, '«ñ»’'],
    [2, '€'],
    [2, '…'],
    [2, '—–'],
    [25, '«haranberri.eus»'],
    [16, 'a@haranberri.eus'],
    [15, '@haranberri.eus'],
    [15, '#haranberri.eus'],
    [18, 'https://intranet/x'],
    [5, '3.500'],
    [11, '10:30-13:00'],
    [10, 'kaixo.Agur'],
    [23, 'https://a.eus/ñandú/кириллица'],
    [27, 'https://a.eus/日本'],
    [26, 'https://a.eus/ελλ'],
    [24, 'https://a.eus/?b=ñ'],
  ])('%i: %s', (expected, text) => {
    expect(countIn('weighted', text, 23)).toBe(expected)
  })

  it.each([
    [0, 1],
    [4351, 1],
    [4352, 2],
    [8191, 2],
    [8192, 1],
    [8205, 1],
    [8206, 2],
    [8207, 2],
    [8208, 1],
    [8223, 1],
    [8224, 2],
    [8241, 2],
    [8242, 1],
    [8247, 1],
    [8248, 2],
    [0xffff, 2],
    [0x1_0000, 2],
  ])('U+%i weighs %i', (code, weight) => {
    expect(countIn('weighted', String.fromCodePoint(code))).toBe(weight)
  })
})

describe('[CN1] Mastodon counts as its validator does', () => {
  // spec/validators/status_length_validator_spec.rb: these fit exactly, so one more does not.
  it.each([
    ['an address is 23', `${'a'.repeat(476)} http://${'b'.repeat(30)}.com/example`],
    ['of somebody elsewhere the front part', `${'a'.repeat(493)} @alice@${'b'.repeat(30)}.com`],
  ])('%s', (_, text) => {
    expect(measure(text, limits('mastodon'))).toMatchObject({ over: 0, share: 1 })
    expect(measure(`${text.replace(/^a/, 'aa')}`, limits('mastodon')).over).toBe(1)
  })
  it.each([
    [14, 'haranberri.eus', 'without http(s) it is words'],
    [23, 'https://haranberri.eus', 'with it, an address'],
    [6, '@udala', 'somebody of the same server'],
    [8, 'a@b.eus.', 'mail'],
    [9, '(@udala)!', 'a mention in brackets'],
    [13, 'ñ@udala@a.eus', 'right behind a letter it is none'],
    [23, 'https://haranberri.eus/日本?b=ñ', 'an address in every script'],
    [1, FAMILY, 'a family'],
    [5, 'e\u0301e\u0301e\u0301e\u0301e\u0301', 'accents that are signs of their own'],
  ])('%i: %s (%s)', (expected, text) => {
    expect(countIn('graphemes', text, 23)).toBe(expected)
  })
})

describe('[CN1] every unit', () => {
  const UNITS: readonly Unit[] = ['characters', 'graphemes', 'weighted', 'utf16', 'bytes']
  const counts = (text: string, weight: number | null = null) =>
    UNITS.map((unit) => countIn(unit, text, weight))
  it.each([
    ['', [0, 0, 0, 0, 0]],
    ['Kaixo', [5, 5, 5, 5, 5]],
    ['ñandú', [5, 5, 5, 5, 7]],
    ['n\u0303andu\u0301', [7, 5, 5, 7, 9]],
    ['col·legi', [8, 8, 8, 8, 9]],
    ['“bai”', [5, 5, 5, 5, 9]],
    ['\r\n', [2, 1, 2, 2, 2]],
    // Telegram: "emoji outside the BMP are two" (core.telegram.org/api/entities, length in UTF-16 code units).
    ['😀', [2, 1, 2, 2, 4]],
    // Bluesky (@atproto/api, tests/rich-text.test.ts): a family is one grapheme and 25 bytes.
    [FAMILY, [11, 1, 2, 11, 25]],
    ['🇪🇸', [4, 1, 2, 4, 8]],
    ['👍🏽', [4, 1, 2, 4, 8]],
    ['1️⃣', [3, 1, 2, 3, 7]],
    ['🏳️‍🌈', [6, 1, 2, 6, 14]],
    [`${FAMILY}🇪🇸👍🏽1️⃣❤️☺`, [25, 6, 12, 25, 57]],
    [LINK, [48, 48, 48, 48, 48]],
  ])('%s', (text, expected) => {
    expect(counts(text)).toEqual(expected)
  })
  it('an address weighs what the entry says, in whatever unit', () => {
    expect(counts(`ñ ${LINK}`, 23)).toEqual([25, 25, 25, 25, 26])
    expect(counts(`ñ ${LINK}`, 0)).toEqual([2, 2, 2, 2, 3])
    expect(counts(`${LINK} ${LINK}`, 23)).toEqual([47, 47, 47, 47, 47])
  })
})

describe('[CN1] limits', () => {
  it.each([
    ['mastodon', 'a', 500],
    ['mastodon', FAMILY, 500],
    ['bluesky', 'a', 300],
    ['bluesky', 'é', 300],
    ['instagram', 'é', 2_200],
    ['facebook', 'a', 63_206],
    ['x', 'a', 280],
    ['x', '😀', 140],
    ['threads', 'a', 500],
    ['threads', '😀', 125],
    ['linkedin', 'a', 3_000],
    ['youtube', 'a', 5_000],
    ['youtube', 'ñ', 2_500],
    ['tiktok', '😀', 1_100],
    ['telegram', 'a', 4_096],
    ['telegram', '😀', 2_048],
  ])('%s takes %s so often, and not once more: %i', (id, sign, times) => {
    expect(measure(sign.repeat(times), limits(id))).toMatchObject({ over: 0, share: 1 })
    const more = measure(`${sign.repeat(times)}a`, limits(id))
    expect(more.over).toBe(1)
    expect(more.share).toBeGreaterThan(1)
  })

  it('the second limit of Bluesky holds as well', () => {
    // 25 bytes a family: 120 of them are 3,000 bytes, and far from 300 graphemes.
    const full = measure(FAMILY.repeat(120), limits('bluesky'))
    expect(full.counts).toEqual([
      { unit: 'graphemes', count: 120, max: 300 },
      { unit: 'bytes', count: 3_000, max: 3_000 },
    ])
    expect([full.tightest.unit, full.over, full.share]).toEqual(['bytes', 0, 1])
    expect(measure(`${FAMILY.repeat(120)}ñ`, limits('bluesky')).over).toBe(2)
    expect(measure('a'.repeat(301), limits('bluesky'))).toMatchObject({
      over: 1,
      tightest: { unit: 'graphemes' },
    })
  })

  it('where there is none, everything fits', () => {
    const long = measure('a'.repeat(100_000), limits('blog'))
    expect(long).toMatchObject({ over: 0, share: null, pastSoft: 0, tightest: { count: 100_000, max: null } })
  })

  it.each([
    ['facebook', 500],
    ['whatsapp', 1_024],
  ])('%s: longer is possible, and not read (%i)', (id, soft) => {
    expect(measure('a'.repeat(soft), limits(id))).toMatchObject({ over: 0, pastSoft: 0 })
    expect(measure('a'.repeat(soft + 1), limits(id))).toMatchObject({ over: 0, pastSoft: 1 })
  })

  it('under a picture Telegram takes less, the others the same', () => {
    const withMedia = { withMedia: true }
    const max = (id: string) => limitsOf(network(id), withMedia).textMax
    expect([max('telegram'), max('mastodon'), max('blog')]).toEqual([1_024, 500, null])
  })
})

describe('[CN2] several languages', () => {
  it('are in one post, with a blank line between them', () => {
    expect(bilingual(['Kaixo', 'Hola'])).toBe('Kaixo\n\nHola')
    expect(bilingual(['Kaixo', ' \n', 'Hola'])).toBe('Kaixo\n\nHola')
    expect(bilingual(['Kaixo', ''])).toBe('Kaixo')
    expect(bilingual(['Kaixo', 'Hola'], ' / ')).toBe('Kaixo / Hola')
    expect(bilingual([])).toBe('')
  })
})

describe('[CN1] what is an address', () => {
  // As in conformance/extract.yml of twitter-text, and what these screens see most.
  it.each([
    ['text http://example.com', ['http://example.com']],
    ['text http://example.com/#fragment', ['http://example.com/#fragment']],
    ['(https://es.wikipedia.org/wiki/Haran_(Navarra))', ['https://es.wikipedia.org/wiki/Haran_(Navarra)']],
    [
      '«https://haranberri.eus/a», “haranberri.eus/b”. haranberri.eus…',
      ['https://haranberri.eus/a', 'haranberri.eus/b', 'haranberri.eus'],
    ],
    [
      'Ikusi https://haranberri.eus/bilatu?q=udala&x=1, eta deitu!',
      ['https://haranberri.eus/bilatu?q=udala&x=1'],
    ],
    ['Ezagutzen duzu haranberri.eus? Bai', ['haranberri.eus']],
    ['haranberri.eus.Eta gero', ['haranberri.eus']],
    ['www.haranberri.eus:8080/a', ['www.haranberri.eus:8080/a']],
    ['👉️https://haranberri.eus', ['https://haranberri.eus']],
    ['HTTPS://HARANBERRI.EUS/A', ['HTTPS://HARANBERRI.EUS/A']],
    ['https://haranberri.eus/ñandú', ['https://haranberri.eus/ñandú']],
    ['ftp://haranberri.eus', []],
    ['ikusihttps://haranberri.eus #https://haranberri.eus', []],
    ['https://haranberri.eus/?u=www.eibar.eus', ['https://haranberri.eus/?u=www.eibar.eus']],
    ['udala@haranberri.eus, ana.lopez@haranberri.eus', []],
    ['kaixo.eus@gmail.com', []],
    ['@udala.bsky.social #haranberri.eus $a.com', []],
    ['text http://tld-too-short.x', []],
    ['test http://-leadingdash.twitter.com http://twitter_underscore.com', []],
    ['localhost https://intranet/x http://localhost:80', []],
    ['3.500 €, 10.30etan, 1.2.3, e.g. p.ej.', []],
    ['...', []],
    ['', []],
  ])('%s', (text, expected) => {
    const found = addressesIn(text)
    expect(found.map((address) => address.value)).toEqual(expected)
    for (const { value, start, end, scheme } of found) {
      expect(text.slice(start, end)).toBe(value)
      expect(scheme).toBe(/^http/i.test(value))
    }
  })
})

describe('[CN1] whatever is written', () => {
  const pieces = fc.constantFrom(
    'a',
    'ñ',
    'e\u0301',
    ' ',
    '\n',
    '.',
    FAMILY,
    '👍🏽',
    '🇪',
    '\u200D',
    '1️⃣',
    LINK,
    'haranberri.eus',
    '@a@b.eus',
    '#Jaiak',
    '\uD83D',
  )
  const texts = fc.oneof(
    fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary' }),
  )
  const every = BUILTIN.networks.map((n) => limitsOf(n, { withMedia: false }))

  it('counts are never negative, and are of no more than the bytes unless an address weighs more', () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...every), (text, of) => {
        const { counts, over, pastSoft, tightest } = measure(text, of)
        expect(Math.min(over, pastSoft, ...counts.map((c) => c.count))).toBeGreaterThanOrEqual(0)
        expect(counts.includes(tightest)).toBe(true)
        expect(over > 0).toBe(counts.some((c) => c.max !== null && c.count > c.max))
        const most =
          Buffer.byteLength(text.normalize('NFC')) + Buffer.byteLength(text) + addressesIn(text).length * 23
        for (const { count } of counts) expect(count).toBeLessThanOrEqual(most)
      }),
    )
  })
  it('a paragraph more is never less', () => {
    fc.assert(
      fc.property(texts, texts, fc.constantFrom(...every), (one, other, of) => {
        const count = (text: string) => measure(text, of).counts[0].count
        const together = count(one + BETWEEN_LANGUAGES + other)
        expect(together).toBeGreaterThanOrEqual(Math.max(count(one), count(other)))
      }),
    )
  })
  it.each([
    ['sentences with addresses', `Kaixo @udala@haranberri.eus, ikusi ${LINK}. ${FAMILY} #Jaiak `],
    ['one word', 'a'],
    ['dots without end', 'a.'],
    ['brackets without end', 'x.eus/('],
    ['mentions without end', '@a@'],
    ['joiners', '👍\u200D'],
  ])('ten times the text takes ten times the time: %s', (_, piece) => {
    // As much text in many pieces as in few, in time of this thread alone: the machine does other things, too. What grows
    // with the square would take ten times as long; caches of a busy machine make it two.
    const time = (length: number, times: number): number => {
      const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length)
      const before = process.threadCpuUsage()
      for (let i = 0; i < times; i++) for (const id of ['mastodon', 'x', 'bluesky']) measure(text, limits(id))
      return process.threadCpuUsage(before).user
    }
    time(10_000, 10)
    expect(time(100_000, 4) / time(10_000, 40)).toBeLessThan(5)
  })
})
