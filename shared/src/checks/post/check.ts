/** What one check of a post is (DOMAIN A.10, A.12, §10), and what it may look at. Pure: same post, same context, same findings. */
import { messagesOn, type Message } from '../../posts/messages.ts'
import type { Consent } from '../../posts/consent.ts'
import type { PostStatus } from '../../posts/life.ts'
import { variantFor, type WholePost } from '../../posts/post.ts'
import type { ProfileStatus } from '../../profile-life.ts'
import type { Organisation } from '../../protocol/organisation.ts'
import type { LanguageReview } from '../../protocol/posts.ts'
import type { Network } from '../../reference/networks.ts'
import { BUILTIN, type References } from '../../reference/references.ts'
import type { Media, Post } from '../../schema/calendar.ts'
import type { Plan, Profile } from '../../schema/plan.ts'
import { wallOf } from '../../wall-time.ts'
import { isDay, isTimeZone } from '../../working-days.ts'
import { isReason } from '../../workflow.ts'
import type { Finding } from '../finding.ts'
import { itemName } from '../required.ts'
import { lookedAt, type Overlong } from './looked-at.ts'

/** What is the same for every post of a calendar. */
export interface PostContext {
  /** Official languages, lead language first. */
  readonly languages: readonly string[]
  /** Language in which profiles are called by their name; the lead language if not given. */
  readonly namesIn?: string
  /** The version in force; while there is none, the text as it stands. */
  readonly plan: Pick<Plan, 'profiles' | 'planning'>
  readonly inForce: boolean
  /** What was done with profiles; one that is not here is planned. */
  readonly profiles: readonly { readonly profile: string; readonly status: ProfileStatus }[]
  /** Lists of reference data; without them, those that come with the program. */
  readonly references?: References
  readonly organisation: PostOrganisation
  /** By id, for those who may know them; `null` where nobody may: then what depends on them is said to be open. */
  readonly consents: ReadonlyMap<string, Consent> | null
  /** Hashes of the files that are here; without them the server looks. */
  readonly files?: ReadonlySet<string> | null
  readonly now: Date
}
export type PostOrganisation = Pick<
  Organisation,
  | 'website'
  | 'editorialPolicyUrl'
  | 'transparencyUrl'
  | 'dpoMailbox'
  | 'holidays'
  | 'closedPeriods'
  | 'electoralPeriods'
  | 'mourningPeriods'
  | 'timeZone'
>

/** What is known of one post beside its text; without it, nothing is said of its language reviews. */
export interface PostStanding {
  readonly status: PostStatus
  readonly reviews: readonly Pick<LanguageReview, 'language' | 'sha256'>[]
}

export type PostGate = 'post_submit' | 'post_approve' | 'post_schedule'
export interface Found extends Omit<Finding, 'check' | 'section' | 'gate'> {
  /** Sending it to review, unless it says otherwise. */
  readonly gate?: PostGate
}
export interface PostCheck {
  readonly id: string
  /** The field of the post that is shown when it passes. */
  readonly field: keyof Post
  /** What is being checked, said positively. */
  readonly subject: string
  readonly run: (seen: Seen) => readonly Found[]
}

/** A profile the post goes to, with what it gets there. */
export interface Place {
  readonly profile: Profile
  /** "Haranberriko Udala · Mastodon" */
  readonly name: string
  /** `undefined` when the list has it no longer. */
  readonly network: Network | undefined
  readonly messages: readonly Message[]
}

/** One post, with what every check needs of it. */
export interface Seen {
  /** As far as it is looked at. */
  readonly whole: WholePost
  /** What is longer than that. */
  readonly overlong: readonly Overlong[]
  readonly post: Post
  readonly context: PostContext
  readonly known: Known
  readonly standing: PostStanding | null
  /** Profiles that are in the plan. */
  readonly places: readonly Place[]
  /** Why a language is missing is said. */
  readonly excused: boolean
  /** ISO date on which it goes out as far as one knows; never before today, since that is when it can still go out. */
  readonly goesOutOn: string
}

/** What follows from the context alone, found once for all posts. */
export interface Known {
  readonly today: string
  readonly zone: string
  readonly profiles: ReadonlyMap<string, Profile>
  readonly statuses: ReadonlyMap<string, ProfileStatus>
  readonly networks: ReadonlyMap<string, Network>
  readonly purposes: ReadonlySet<string>
  readonly references: References
  /** Of the official websites, and of mail to the house. */
  readonly ownDomains: readonly string[]
}

export function knownFrom(context: PostContext): Known {
  const { plan, organisation, now, references = BUILTIN } = context
  const zone = isTimeZone(organisation.timeZone) ? organisation.timeZone : 'UTC'
  const addresses = [
    organisation.website,
    organisation.editorialPolicyUrl,
    organisation.transparencyUrl,
    ...plan.profiles.profiles.map(({ website }) => website),
  ]
  const mail = organisation.dpoMailbox.split('@')[1] ?? ''
  return {
    zone,
    today: wallOf(now, zone).day,
    profiles: new Map(plan.profiles.profiles.map((profile) => [profile.id, profile])),
    statuses: new Map(context.profiles.map(({ profile, status }) => [profile, status])),
    networks: new Map(references.networks.map((network) => [network.id, network])),
    purposes: new Set(plan.planning.purposes.map(({ id }) => id)),
    references,
    ownDomains: [...new Set([...addresses.map(domainOf), mail.trim().toLowerCase()])].filter(Boolean),
  }
}

export function seenFrom(
  written: WholePost,
  context: PostContext,
  known: Known,
  standing: PostStanding | null,
): Seen {
  const { whole, overlong } = lookedAt(written)
  const { post } = whole
  const places = [...new Set(post.profileIds)].flatMap((id) => known.profiles.get(id) ?? [])
  const day = post.day !== null && isDay(post.day) ? post.day : known.today
  return {
    whole,
    overlong,
    post,
    context,
    known,
    standing,
    places: places.map((profile) => ({
      profile,
      name: itemName(profile, context.namesIn ?? context.languages[0] ?? '', known.references),
      network: known.networks.get(profile.network ?? ''),
      messages: messagesOn(whole, profile, context.languages),
    })),
    excused: isReason(post.languageException),
    goesOutOn: day < known.today ? known.today : day,
  }
}

/** The host without `www.`; '' for what is no address. */
export function domainOf(address: string): string {
  const text = address.trim()
  if (!URL.canParse(text)) return ''
  return new URL(text).hostname.toLowerCase().replace(/^www\./, '')
}
export const isWithin = (domain: string, domains: readonly string[]): boolean =>
  domains.some((own) => domain === own || domain.endsWith(`.${own}`))

export const onPost = ({ post }: Seen, field: keyof Post | `text:${string}`): string =>
  `posts/${post.id}/${field}`
export const onMedium = ({ id }: Media, field: keyof Media | `altText:${string}`): string =>
  `media/${id}/${field}`
/** Where the text is written that a profile gets. */
export function textPath({ whole }: Seen, profile: string, language: string): string {
  const variant = variantFor(whole, profile)
  return variant ? `variants/${variant.id}/text:${language}` : `posts/${whole.post.id}/text:${language}`
}

export const mediumName = ({ title, file }: Media): string => title.trim() || file?.name || '…'
export const isWritten = (text: string | undefined): text is string => (text ?? '').trim() !== ''

export interface WrittenText {
  readonly path: string
  readonly language: string
  readonly text: string
}
/** Every text that goes out on some profile, each once; while none is chosen, that of the post. */
export function textsOf(seen: Seen): WrittenText[] {
  const found = new Map<string, WrittenText>()
  const add = (path: string, language: string, text: string | undefined): void => {
    if (isWritten(text)) found.set(path, { path, language, text })
  }
  const { post, whole, places, context } = seen
  if (places.length === 0 || places.some(({ profile }) => !variantFor(whole, profile.id)))
    for (const language of context.languages)
      add(onPost(seen, `text:${language}`), language, post.text[language])
  for (const { profile } of places) {
    const variant = variantFor(whole, profile.id)
    if (variant)
      for (const language of context.languages)
        add(`variants/${variant.id}/text:${language}`, language, variant.text[language])
  }
  return [...found.values()]
}
