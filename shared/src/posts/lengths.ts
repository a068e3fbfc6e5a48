/** How long a post is on each of its profiles, and what helps where it does not fit (DOMAIN P-40). */
import type { Network } from '../reference/networks.ts'
import type { Profile } from '../schema/plan.ts'
import { limitsOf, measure, type Measure, type TextLimits } from './counting.ts'
import { messagesOn } from './messages.ts'
import { variantFor, type WholePost } from './post.ts'

export interface Length {
  readonly profile: Profile
  readonly network: Network
  /** Of the message that has the least room left; `null` while nothing is written. */
  readonly measure: Measure | null
  /** In which languages that message is. */
  readonly languages: readonly string[]
  /** Of how many it goes out. */
  readonly messages: number
}

/** One for each profile of the post that is in the plan, on a network that is in the list. */
export function lengthsOf(
  whole: WholePost,
  profiles: readonly Profile[],
  official: readonly string[],
  networks: readonly Network[],
): Length[] {
  return whole.post.profileIds.flatMap((id): Length[] => {
    const profile = profiles.find((one) => one.id === id)
    const network = networks.find((one) => one.id === profile?.network)
    if (!profile || !network) return []
    const limits = limitsOf(network, { withMedia: whole.media.length > 0 })
    const messages = messagesOn(whole, profile, official)
    const measured = messages.map((message) => ({ ...message, measure: measure(message.text, limits) }))
    const fullest = measured.toSorted((a, b) => (b.measure.share ?? -1) - (a.measure.share ?? -1))[0]
    return [
      {
        profile,
        network,
        measure: fullest?.measure ?? null,
        languages: fullest?.languages ?? [],
        messages: messages.length,
      },
    ]
  })
}

/**
 * "Split in two: 316 and 293": how long the messages are when each language has its own; `null` where that does not help. To be
 * asked where all in one is too long.
 */
export function splitOf(
  whole: WholePost,
  profile: Pick<Profile, 'id' | 'languages'>,
  official: readonly string[],
  limits: TextLimits,
): readonly number[] | null {
  if (whole.post.thread) return null
  const parts = messagesOn({ ...whole, post: { ...whole.post, thread: true } }, profile, official).map(
    ({ text }) => measure(text, limits),
  )
  return parts.length > 1 && parts.every(({ over }) => over === 0)
    ? parts.map(({ tightest }) => tightest.count)
    : null
}

export type Remedy =
  /** Each language in a message of its own: as long as these. */
  | { readonly kind: 'split'; readonly length: Length; readonly parts: readonly number[] }
  /** No arrangement helps: another text for this profile alone, or one that is shorter. */
  | { readonly kind: 'other text'; readonly length: Length }
  | { readonly kind: 'shorten'; readonly length: Length }

/** What helps first: for the profile on which it is too long, and which can be helped most easily. */
export function remedyOf(
  whole: WholePost,
  lengths: readonly Length[],
  official: readonly string[],
): Remedy | null {
  const long = lengths.filter(({ measure: found }) => found !== null && found.over > 0)
  for (const length of long) {
    const limits = limitsOf(length.network, { withMedia: whole.media.length > 0 })
    const parts = splitOf(whole, length.profile, official, limits)
    if (parts) return { kind: 'split', length, parts }
  }
  const [first] = long
  if (!first) return null
  const other = whole.post.profileIds.length > 1 && !variantFor(whole, first.profile.id)
  return { kind: other ? 'other text' : 'shorten', length: first }
}
