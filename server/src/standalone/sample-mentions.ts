/**
 * What Haranberri has heard (DOMAIN G.1): 116 mentions of this month, 38 positive, 17 negative, 61 neutral; three facts were
 * corrected with their official source; and of the two months before some more, so that there is something to compare. Made by a table and no
 * person's words, the same each time.
 */
import {
  SENTIMENTS,
  mayBeNamed,
  type MentionTerms,
  type Sentiment,
  type SourceKind,
} from '@auzolan/shared/listening/mention.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { COMMUNICATIONS, CULTURE } from './sample-plan/writing.ts'

type Sample = MentionTerms & { readonly id: string }

/** Topic, how often positive, neutral, negative, and what is said of it. */
const TOPICS: readonly [string, number, number, number, { readonly [one in Sentiment]: string }][] = [
  [
    'Edukiontzi marroia',
    12,
    18,
    4,
    {
      positive: 'Eskerrak eman dituzte edukiontzi berriagatik',
      neutral: 'Txartela non eskatu galdetu dute',
      negative: 'Edukiontzia urruti geratzen zaiela diote',
    },
  ],
  [
    'Jaiak',
    14,
    12,
    2,
    {
      positive: 'Egitaraua gustatu zaie',
      neutral: 'Kontzertuaren ordua partekatu dute',
      negative: 'Egitaraua berandu heldu zela diote',
    },
  ],
  [
    'Zarata gauez',
    0,
    5,
    7,
    {
      positive: 'Gaua lasaia izan dela diote',
      neutral: 'Ordutegiaz galdetu dute',
      negative: 'Plazako zarata salatu dute',
    },
  ],
  [
    'Autobus-ordutegia',
    2,
    14,
    3,
    {
      positive: 'Ordutegi berria ondo datorkiela diote',
      neutral: 'Azken autobusaz galdetu dute',
      negative: 'Ordutegi okerra zabaldu dute',
    },
  ],
  [
    'Liburutegia',
    10,
    12,
    1,
    {
      positive: 'Ipuin-saioa eskertu dute',
      neutral: 'Irekitze-ordua partekatu dute',
      negative: 'Larunbatean itxita egoteaz kexatu dira',
    },
  ],
]
const NETWORKS = ['instagram', 'mastodon', 'telegram', 'instagram', 'elsewhere'] as const
const KINDS: readonly SourceKind[] = [
  'citizen',
  'citizen',
  'citizen',
  'association',
  'citizen',
  'media',
  'citizen',
  'party',
]
const CORRECTED = 3
/** Of a month before, how often each was said: of the one before that, so few that little can be said. */
const BEFORE = [
  { months: 1, positive: 19, neutral: 37, negative: 14 },
  { months: 2, positive: 8, neutral: 11, negative: 6 },
] as const

type Said = Pick<MentionTerms, 'topic' | 'sentiment' | 'summary'>
const NOW: readonly Said[] = TOPICS.flatMap(([topic, positive, neutral, negative, words]) =>
  said({ positive, neutral, negative }, () => [topic, words]),
)

/** @param today ISO date; those of this month were said until then, at most four weeks back */
export function haranberriMentions(today: string): readonly Sample[] {
  const days = Math.min(28, Number(today.slice(8)))
  const now = NOW.map((one, i) => ({ ...one, saidOn: addDays(today, -((i * 11) % days)) }))
  const before = BEFORE.flatMap(({ months, ...counts }) => {
    const first = addMonths(`${today.slice(0, 7)}-01`, -months)
    // What there is a word of: nobody has ever praised the noise.
    const topics = (sentiment: Sentiment) => TOPICS.filter((one) => one[PLACE[sentiment]] > 0)
    return said(counts, (sentiment, i) => {
      const all = topics(sentiment)
      const [topic, , , , words] = all[i % all.length]!
      return [topic, words]
    }).map((one, i) => ({ ...one, saidOn: addDays(first, (i * 11) % 28) }))
  })
  let corrected = 0
  return [...now, ...before].map(({ topic, sentiment, summary, saidOn }, i) => {
    const sourceKind = KINDS[(i * 5) % KINDS.length]!
    const wrong = summary.includes('okerra') && corrected < CORRECTED
    if (wrong) corrected += 1
    // What was asked before this month has been answered since.
    const asks = summary.includes('galdetu') && i % 3 === 0
    const answered =
      wrong || (asks && (i % 2 === 0 || i >= now.length)) || (sentiment === 'positive' && i % 4 === 0)
    const closedOn = answered ? (saidOn < today ? addDays(saidOn, 1) : saidOn) : null
    return {
      // Of the form of a UUID, and the same each time.
      id: `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
      saidOn,
      network: NETWORKS[i % NETWORKS.length]!,
      sourceKind,
      author: mayBeNamed(sourceKind) ? '@haranberri_albisteak' : i % 9 === 0 ? PSEUDONYMS[(i / 9) % 3]! : '',
      url: '',
      summary,
      sentiment,
      topic,
      reach: null,
      needsAnswer: asks || wrong,
      action: wrong
        ? 'corrected_fact'
        : answered
          ? sentiment === 'positive'
            ? 'thanked'
            : 'informed'
          : null,
      source: wrong ? 'https://www.haranberri.example/autobusak' : '',
      owner: asks || wrong ? (i % 2 === 0 ? COMMUNICATIONS : CULTURE) : null,
      closedOn,
    }
  })
}

function said(
  counts: { readonly [one in Sentiment]: number },
  what: (
    sentiment: Sentiment,
    i: number,
  ) => readonly [topic: string, words: { readonly [one in Sentiment]: string }],
): Said[] {
  return SENTIMENTS.flatMap((sentiment) =>
    Array.from({ length: counts[sentiment] }, (_, i) => {
      const [topic, words] = what(sentiment, i)
      return { topic, sentiment, summary: words[sentiment] }
    }),
  )
}
const PLACE = { positive: 1, neutral: 2, negative: 3 } as const satisfies { [one in Sentiment]: number }
const PSEUDONYMS = ['H-3F2A', 'H-90C1', 'H-7B4E'] as const
