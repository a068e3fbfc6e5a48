/**
 * What Haranberri has heard (DOMAIN G.1): 116 mentions of November, 38 positive, 17 negative, 61 neutral; three facts were
 * corrected with their official source. Made by a table and no person's words, the same each time.
 */
import {
  mayBeNamed,
  type MentionTerms,
  type Sentiment,
  type SourceKind,
} from '@auzolan/shared/listening/mention.ts'
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
const DAYS = 28
const CORRECTED = 3

/** @param today ISO date; all of them were said in the four weeks before it */
export function haranberriMentions(today: string): readonly Sample[] {
  const all = TOPICS.flatMap(([topic, positive, neutral, negative, words]) =>
    (
      [
        ['positive', positive],
        ['neutral', neutral],
        ['negative', negative],
      ] as const
    ).flatMap(([sentiment, count]) =>
      Array.from({ length: count }, () => ({ topic, sentiment, summary: words[sentiment] })),
    ),
  )
  let corrected = 0
  return all.map(({ topic, sentiment, summary }, i) => {
    const sourceKind = KINDS[(i * 5) % KINDS.length]!
    const wrong = summary.includes('okerra') && corrected < CORRECTED
    if (wrong) corrected += 1
    const asks = summary.includes('galdetu') && i % 3 === 0
    const answered = wrong || (asks && i % 2 === 0) || (sentiment === 'positive' && i % 4 === 0)
    const saidOn = addDays(today, -((i * 11) % DAYS))
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
const PSEUDONYMS = ['H-3F2A', 'H-90C1', 'H-7B4E'] as const
