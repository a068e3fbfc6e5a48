/** One post of the calendar as it is decided on: its own fields, its texts for single networks, who is named, and its media. */
import { toHexString } from 'lib0/buffer'
import { digest } from 'lib0/hash/sha256'
import { canonicalJson, type Json } from '../canonical.ts'
import { POST_PARTS_MAX } from '../limits.ts'
import type { PostStatus } from './life.ts'
import type { Calendar, Media, Mention, Post, Variant } from '../schema/calendar.ts'

/** A post with everything that belongs to it. */
export interface WholePost {
  readonly post: Post
  readonly variants: readonly Variant[]
  readonly mentions: readonly Mention[]
  /** In the order of the media, each once; without those that are no longer there. */
  readonly media: readonly Media[]
}

/** It goes out first and is approved afterwards (DOMAIN A.12). */
export const isEmergency = ({ sensitive }: Pick<Post, 'sensitive'>): boolean =>
  sensitive.includes('emergency')

/** Of these languages, those in which the post itself says something. */
export const languagesIn = ({ text }: Pick<Post, 'text'>, languages: readonly string[]): readonly string[] =>
  languages.filter((language) => (text[language] ?? '').trim() !== '')

/** An idea that somebody has begun to write shows as being written; nobody has to say so. */
export const asWritten = ({ post, variants }: WholePost, status: PostStatus): PostStatus =>
  status === 'idea' &&
  [post, ...variants].some(({ text }) => Object.values(text).some((one) => one.trim() !== ''))
    ? 'drafting'
    : status

/** An id for what belongs to a post: whose it is can be told from it, also where the post's record is not at hand. */
export const idWithin = (post: string, id: string): string => `${post}_${id.replaceAll('-', '').slice(0, 16)}`
export const postOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('_')))

export function wholePost(calendar: Calendar, id: string): WholePost | null {
  const post = calendar.posts.find((one) => one.id === id)
  return post ? wholePosts({ ...calendar, posts: [post] })[0]! : null
}

export const wholePosts = (calendar: Calendar): WholePost[] => {
  const variants = partsOf(calendar.variants)
  const mentions = partsOf(calendar.mentions)
  const media = new Map(calendar.media.map((one) => [one.id, one]))
  return calendar.posts.map((post) => ({
    post,
    variants: variants.get(post.id) ?? [],
    mentions: mentions.get(post.id) ?? [],
    media: post.mediaIds.flatMap((one) => media.get(one) ?? []),
  }))
}

/** By post, the first by their ids; one more than there may be, so that it shows, and no more work for more of them. */
const partsOf = <T extends { readonly id: string }>(
  records: readonly T[],
): ReadonlyMap<string, readonly T[]> =>
  new Map(
    [...Map.groupBy(records, ({ id }) => postOf(id))].map(([post, parts]) => [
      post,
      parts.length <= POST_PARTS_MAX ? parts : byId(parts).slice(0, POST_PARTS_MAX + 1),
    ]),
  )

/**
 * The text a profile gets: the one written for it, else the one for all. Two people who began one for the same profile at
 * the same moment have made two records: the first by its id holds, and the screen shows the other.
 */
export function textFor(whole: WholePost, profile: string): Post['text'] {
  return variantFor(whole, profile)?.text ?? whole.post.text
}
export const variantFor = ({ variants }: WholePost, profile: string): Variant | undefined =>
  variants.filter(({ profileId }) => profileId === profile).sort((a, b) => (a.id < b.id ? -1 : 1))[0]

/**
 * When it goes out and who looks after it can be arranged again without asking anybody: what was approved is what is said, where
 * and with what (DOMAIN A.12). Notes among us go nowhere.
 */
const ARRANGED = [
  'title',
  'day',
  'time',
  'zone',
  'owner',
  'departmentId',
  'campaign',
  'internalNotes',
] as const satisfies readonly (keyof Post)[]
/** Whether a change of this field of a post is one of what was approved. */
export const isDecidedOn = (field: string): boolean => !(ARRANGED as readonly string[]).includes(field)

/** The records whose authors have written what is approved of a post: its own, and the media it shows. */
export const authoredIn = ({ post, media }: WholePost): string[] => [post.id, ...media.map(({ id }) => id)]

/**
 * What an approval names by its SHA-256: what is said. What is empty is left out: a field that a later version of the program
 * brings is empty in every post there is, and must not take their approvals away.
 */
export function canonicalPost({ post, variants, mentions, media }: WholePost): string {
  const decided = Object.fromEntries(Object.entries(post).filter(([field]) => isDecidedOn(field)))
  return canonicalJson({
    post: filled(decided),
    variants: byId(variants).map(filled),
    mentions: byId(mentions).map(filled),
    media: byId(media).map((one) => filled({ ...one, file: named(one.file), captions: named(one.captions) })),
  } as unknown as Json)
}
const filled = (record: object): object =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)))
function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object' && value !== null) return Object.values(value).every(isEmpty)
  return value === null || value === '' || value === false
}

/** The small picture beside a file is whatever its writer's page made of it: what is approved is the file. */
const named = (file: Media['file']): Pick<NonNullable<Media['file']>, 'name' | 'sha256'> | null =>
  file && { name: file.name, sha256: file.sha256 }

/** What the approval of a post names. Worked out here and not by the browser, which keeps its own from pages without https. */
export const postSha256 = (whole: WholePost): string => sha256Of(canonicalPost(whole))

/** What a review of one language names (DOMAIN P-13): what the post says in it, wherever it says it. */
export const languageSha256 = (whole: WholePost, language: string): string =>
  sha256Of(canonicalLanguage(whole, language))

export function canonicalLanguage({ post, variants, media }: WholePost, language: string): string {
  const said = (texts: { readonly [language: string]: string }): string => texts[language] ?? ''
  return canonicalJson({
    post: said(post.text),
    variants: byId(variants).map(({ id, profileId, text }) => ({ id, profileId, text: said(text) })),
    media: byId(media).map(({ id, altText, transcript }) => ({
      id,
      altText: said(altText),
      transcript: said(transcript),
    })),
  })
}

const sha256Of = (text: string): string => toHexString(digest(new TextEncoder().encode(text)))
const byId = <T extends { readonly id: string }>(records: readonly T[]): T[] =>
  [...records].sort((a, b) => (a.id < b.id ? -1 : 1))
