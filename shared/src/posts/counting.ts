/**
 * How long a text is for a network, in the network's own unit (DOMAIN A.13, P-40). What a network counts is said by its dated
 * entry in the reference data; how it is counted, here:
 *
 * - `characters`: UTF-16 units. Where a network says "characters" and no more (Instagram, Facebook, LinkedIn, WhatsApp), it may mean
 *   graphemes, code points or these, and there are most of these: a text that fits here fits there.
 * - `graphemes`: signs as people see them, with Intl.Segmenter, as Bluesky (app.bsky.feed.post, maxGraphemes) and Mastodon
 *   (`each_grapheme_cluster.size` in app/validators/status_length_validator.rb) do.
 * - `weighted`: twitter-text, configuration v3: the text in NFC; 1 for the ranges below, 2 for everything else and for an emoji,
 *   of however many signs it is made.
 * - `utf16`: what JavaScript calls length; Telegram and TikTok.
 * - `bytes`: of UTF-8; YouTube, the second limit of Bluesky, and Threads: Meta's guide says so of emoji, and its API refuses a text
 *   whose accents and curly quotes go beyond it, too.
 */
import type { Network } from '../reference/networks.ts'
import { addressesIn, type Address } from './addresses.ts'

export type Unit = Network['unit']
/** What of an entry says how much fits. */
export type TextLimits = Pick<Network, 'textMax' | 'unit' | 'bytesMax' | 'softMax' | 'urlWeight'>

/** Those of a post. A Mastodon instance with a limit of its own has it in the list of networks. */
export const limitsOf = (network: Network, { withMedia }: { readonly withMedia: boolean }): TextLimits => ({
  ...network,
  // An edition that an administrator imported before there was the column has none.
  textMax: (withMedia ? network.mediaTextMax : null) ?? network.textMax,
})

export interface Count {
  readonly unit: Unit
  readonly count: number
  /** `null` where there is no limit. */
  readonly max: number | null
}
export interface Measure {
  /** In the network's own unit first, then in that of a second limit. */
  readonly counts: readonly [Count, ...Count[]]
  /** Of those the one of which the largest part is used up: what a person has to look at. */
  readonly tightest: Count
  /** By how much of `tightest` it is too long; 0 when it fits. */
  readonly over: number
  /** How much of `tightest` is used up: 1 is full, and `null` is without a limit. */
  readonly share: number | null
  /** By how much it is longer than what is read, in the network's unit; 0 also where nothing is known of that. */
  readonly pastSoft: number
}

export function measure(text: string, limits: TextLimits): Measure {
  const own: Count = {
    unit: limits.unit,
    count: countIn(limits.unit, text, limits.urlWeight),
    max: limits.textMax,
  }
  const counts: [Count, ...Count[]] = [own]
  if (limits.bytesMax !== null) counts.push({ unit: 'bytes', count: bytes(text), max: limits.bytesMax })
  const tightest = counts.reduce((a, b) => ((shareOf(b) ?? -1) > (shareOf(a) ?? -1) ? b : a))
  return {
    counts,
    tightest,
    over: tightest.max === null ? 0 : Math.max(0, tightest.count - tightest.max),
    share: shareOf(tightest),
    pastSoft: limits.softMax === null ? 0 : Math.max(0, own.count - limits.softMax),
  }
}
const shareOf = ({ count, max }: Count): number | null => (max === null ? null : count / max)

/** `urlWeight`: what any address counts, where the network gives it a weight of its own. */
export function countIn(unit: Unit, text: string, urlWeight: number | null = null): number {
  const length = LENGTHS[unit]
  // As X does before it looks for anything; the others take a text as it comes.
  const written = unit === 'weighted' ? text.normalize('NFC') : text
  if (urlWeight === null) return length(written)
  const addresses = addressesIn(written, unit === 'weighted' ? 'x' : 'everyScript')
  if (unit === 'weighted') return lengthBetween(written, addresses, length) + addresses.length * urlWeight
  // Others that weigh addresses are of the Fediverse: without http(s) it is none, and the host of somebody elsewhere is free.
  const weighed = addresses.filter((address) => address.scheme)
  const local = (part: string): number => length(part.replace(REMOTE_MENTION, '$1'))
  return lengthBetween(written, weighed, local) + weighed.length * urlWeight
}

/** Of what stands before, between and after addresses. */
function lengthBetween(
  text: string,
  addresses: readonly Address[],
  length: (part: string) => number,
): number {
  const starts = [0, ...addresses.map((address) => address.end)]
  return starts.reduce((sum, start, at) => sum + length(text.slice(start, addresses[at]?.start)), 0)
}

/** `@udala@haranberri.social` counts as `@udala` (Mastodon's spec: "counts only the front part of remote usernames"). */
const REMOTE_MENTION =
  /(?<![\p{L}\p{M}\p{N}_/=])(@\w+(?:[.-]+\w+)*)@[\p{L}\p{M}\p{N}_]+(?:[.-]+[\p{L}\p{M}\p{N}_]+)*/gu

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const encoder = new TextEncoder()
const bytes = (text: string): number => encoder.encode(text).length

const LENGTHS: { readonly [unit in Unit]: (text: string) => number } = {
  characters: (text) => text.length,
  utf16: (text) => text.length,
  bytes,
  graphemes: (text) => {
    let count = 0
    for (const _ of segmenter.segment(text)) count += 1
    return count
  },
  weighted: (text) => {
    let count = 0
    for (const sign of text.replace(EMOJI, EMOJI_STANDS_FOR)) count += isLight(sign.codePointAt(0)!) ? 1 : 2
    return count
  },
}

/** twitter-text, config/v3.json: `ranges` of weight 100; everything else has `defaultWeight` 200, on a `scale` of 100. */
const LIGHT: readonly (readonly [number, number])[] = [
  [0, 4351],
  [8192, 8205],
  [8208, 8223],
  [8242, 8247],
]
const isLight = (code: number): boolean => LIGHT.some(([from, to]) => from <= code && code <= to)

/**
 * A whole emoji (Unicode TR 51, "possible emoji"): a flag, a keycap, or pictures with their skin tones, held together by joiners.
 * © and ® are text unless U+FE0F says otherwise. X knows emoji by a list, and counts the parts of a sequence that is newer
 * than the list each for itself.
 */
const PICTURE = String.raw`(?![©®](?!\uFE0F))\p{Extended_Pictographic}(?:\p{Emoji_Modifier}|\uFE0F|[\u{E0020}-\u{E007E}]+\u{E007F})?`
const EMOJI = new RegExp(
  String.raw`\p{Regional_Indicator}{2}|[#*0-9]\uFE0F?\u20E3|\p{Emoji_Modifier}|${PICTURE}(?:\u200D${PICTURE})*`,
  'gu',
)
/** Any sign of weight 2. */
const EMOJI_STANDS_FOR = '\u2605'
