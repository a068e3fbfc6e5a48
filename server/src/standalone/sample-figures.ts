/**
 * Figures of the demo, June to November 2026: Instagram's November is the one of DOMAIN G.1. Of August nobody collected what shows
 * interest, and of Telegram three figures are still to be entered.
 */
import { spanAfter, spanOf } from '@auzolan/shared/indicators/periods.ts'
import { ownOf, postsIn } from '@auzolan/shared/indicators/metrics.ts'
import type { FigureGiven } from '@auzolan/shared/protocol/figures.ts'

type Six = readonly (number | null)[]
const FIGURES: { readonly [profile: string]: { readonly [metric: string]: Six } } = {
  instagram: {
    followers_start: [3_540, 3_610, 3_700, 3_745, 3_984, 4_120],
    followers_end: [3_610, 3_700, 3_745, 3_984, 4_120, 4_386],
    posts: [25, 33, 28, 38, 41, 46],
    likes: [668, 850, null, 1_290, 1_655, 1_830],
    comments: [82, 101, null, 155, 188, 214],
    shares: [90, 110, null, 126, 117, 402],
    reach: [9_800, 10_100, 7_900, 11_900, 12_700, 38_200],
    impressions: [17_600, 18_300, 13_900, 20_400, 21_500, 61_400],
    answerable: [50, 50, 40, 50, 57, 68],
    answered: [36, 39, 28, 42, 49, 62],
    median_response_min: [610, 560, 720, 480, 420, 370],
    [postsIn('eu')]: [22, 30, 26, 37, 41, 46],
  },
  'instagram-gazteria': {
    followers_start: [1_150, 1_182, 1_204, 1_211, 1_258, 1_306],
    followers_end: [1_182, 1_204, 1_211, 1_258, 1_306, 1_351],
    posts: [12, 10, 6, 15, 16, 18],
    likes: [430, 388, null, 611, 690, 742],
    comments: [51, 40, null, 78, 88, 96],
    shares: [64, 52, null, 96, 108, 120],
    reach: [5_200, 4_900, 3_100, 7_400, 8_600, 9_840],
    impressions: [9_100, 8_700, 5_800, 12_900, 14_800, 16_900],
    answerable: [14, 12, 9, 17, 19, 21],
    answered: [12, 11, 8, 16, 18, 20],
    median_response_min: [240, 260, 310, 210, 200, 190],
    [postsIn('eu')]: [12, 10, 6, 15, 16, 18],
  },
  mastodon: {
    followers_start: [701, 728, 752, 770, 815, 862],
    followers_end: [728, 752, 770, 815, 862, 905],
    posts: [22, 20, 14, 27, 29, 31],
    likes: [160, 151, null, 214, 240, 268],
    comments: [31, 28, null, 45, 51, 57],
    shares: [88, 80, null, 118, 131, 143],
    answerable: [8, 7, 5, 11, 12, 14],
    answered: [7, 6, 5, 10, 11, 13],
    median_response_min: [300, 320, 400, 280, 260, 250],
    [postsIn('eu')]: [21, 19, 14, 27, 29, 31],
  },
  telegram: {
    followers_start: [1_720, 1_784, 1_838, 1_870, 1_944, 2_015],
    followers_end: [1_784, 1_838, 1_870, 1_944, 2_015, 2_077],
    posts: [18, 16, 11, 20, 21, 22],
    shares: [61, 55, null, 76, 84, 91],
    [postsIn('eu')]: [18, 16, 11, 20, 21, 22],
  },
  youtube: {
    followers_start: [291, 296, 299, 300, 304, 310],
    followers_end: [296, 299, 300, 304, 310, 322],
    posts: [2, 2, 1, 3, 3, 3],
    likes: [22, 24, null, 31, 35, 41],
    comments: [3, 4, null, 5, 5, 6],
    shares: [6, 7, null, 9, 10, 12],
    reach: [1_210, 1_340, 690, 1_610, 1_720, 1_940],
    answerable: [1, 2, 0, 2, 1, 2],
    answered: [1, 2, 0, 2, 1, 2],
    [postsIn('eu')]: [2, 2, 1, 3, 3, 3],
  },
}
/** Somebody was asked about these, and they are right. */
const SURE: readonly string[] = ['shares', 'impressions']

/** Month by month, as they were entered. */
export function haranberriFigures(): FigureGiven[][] {
  return [0, 1, 2, 3, 4, 5].map((at) => {
    const span = spanAfter(spanOf('month', '2026-06-01'), at)
    const given = (profile: string, metric: string, value: number | null): FigureGiven => ({
      profile,
      metric,
      ...span,
      value,
      nullReason: value === null ? 'not_collected' : null,
      note: '',
      sure: profile === 'instagram' && at === 5 && SURE.includes(metric),
    })
    const own = at === 3 ? [{ ...given('', ownOf('i7'), 2), ...spanOf('quarter', span.from) }] : []
    return [
      ...Object.entries(FIGURES).flatMap(([profile, metrics]) =>
        Object.entries(metrics).map(([metric, values]) => given(profile, metric, values[at] ?? null)),
      ),
      ...own,
    ]
  })
}
