/**
 * The posts of a calendar as they leave it, for calendars and for tools of others. Field by field: what is not named here stays,
 * above all the notes among us, the proofs of rights and the consents.
 */
import { statusOf, type PostStatus } from '../posts/life.ts'
import type { Message } from '../checks/finding.ts'
import { messagesOn, type Message as Outgoing } from '../posts/messages.ts'
import { asWritten, postSha256, wholePosts, type WholePost } from '../posts/post.ts'
import { outAtOf, placed, zoneOf, type Placed } from '../posts/placed.ts'
import type { Organisation } from '../protocol/organisation.ts'
import type { PostPublished, PostState } from '../protocol/posts.ts'
import { networkLabel, type References } from '../reference/references.ts'
import type { Calendar, Post } from '../schema/calendar.ts'
import type { Plan, Profile } from '../schema/plan.ts'
import { instantOf } from '../wall-time.ts'
import { isTimeZone } from '../working-days.ts'
import type { Say } from './say.ts'
import { inLanguage } from './told.ts'

/** Where it stands in time (posts/placed.ts), by the clock of the post. */
export interface WhenOut {
  readonly day: string
  /** Empty when nobody has said. */
  readonly time: string
  readonly zone: string
  /** `null` without a time. */
  readonly instant: Date | null
  /** What it was planned for, where it went out at another time. */
  readonly planned: Placed['planned']
}
export interface PlaceOut {
  /** Id of the profile's record. */
  readonly profile: string
  readonly network: string
  /** What the profile is called. */
  readonly name: string
  readonly messages: readonly Outgoing[]
  readonly isOut: boolean
  /** There it stands where it went out there; where it is not out yet, on its day, if it has one. */
  readonly when: WhenOut | null
}
export interface MediumOut {
  readonly file: string
  /** In the languages of the plan. */
  readonly altText: { readonly [language: string]: string }
}
export interface PostOut extends WhenOut {
  readonly id: string
  readonly title: string
  readonly status: PostStatus
  /** SHA-256 of what was approved, while that is what it says; `null` for all else. */
  readonly approved: string | null
  /** What it lacks to go out, though it was approved: a consent was taken back since, a right has ended, a profile was closed. */
  readonly stoppedBy: readonly Message[]
  readonly department: string
  readonly places: readonly PlaceOut[]
  readonly text: { readonly [language: string]: string }
  readonly media: readonly MediumOut[]
  readonly linkUrl: string
  /** Where it is in the program. */
  readonly address: string
  /** When something was last done to it, or to the document; ISO instant. */
  readonly changedAt: string
}

export interface Leaving {
  readonly calendar: Calendar
  readonly plan: Plan
  readonly states: readonly (Pick<PostState, 'post' | 'status' | 'approved' | 'at'> & {
    readonly published: readonly Pick<PostPublished, 'profile' | 'at'>[]
  })[]
  /** Of the plan, the lead language first. */
  readonly languages: readonly string[]
  /** Of whoever reads it. */
  readonly language: string
  readonly organisation: Pick<Organisation, 'departments' | 'timeZone'>
  readonly references: References
  readonly updatedAt: string
  readonly addressOf: (post: string) => string
  /** ISO days, both included; all of them where there is none. */
  readonly days?: { readonly from: string; readonly to: string }
  /** Why one that was approved cannot go out now; nothing when nobody looks. */
  readonly stoppedBy?: (whole: WholePost) => readonly Message[]
  /** A server has a faster one than a browser on a page without https. */
  readonly sha256?: (whole: WholePost) => string
}

/** The earliest first; without those that have no day. */
export function postsOut(leaving: Leaving): PostOut[] {
  const { calendar, days, plan } = leaving
  const states = new Map(leaving.states.map((one) => [one.post, one]))
  // By the days first: all else takes longer.
  const posts = days
    ? calendar.posts.filter((post) =>
        daysOf(post, states.get(post.id)?.published ?? [], leaving.organisation.timeZone).some(
          (day) => days.from <= day && day <= days.to,
        ),
      )
    : calendar.posts
  const profiles = new Map(plan.profiles.profiles.map((one) => [one.id, one]))
  return wholePosts({ ...calendar, posts })
    .flatMap((whole) => postOut(whole, states.get(whole.post.id), profiles, leaving) ?? [])
    .map((post) => ({ post, place: placeInTime(post) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ post }) => post)
}

/** That on which it stands, and what it is planned for as long as it is not out everywhere. */
function daysOf(post: Post, published: Leaving['states'][number]['published'], ours: string): string[] {
  const everywhere = post.profileIds.every((id) => published.some(({ profile }) => profile === id))
  const moments = everywhere && published.length > 0 ? [outAtOf(published)] : [outAtOf(published), null]
  return moments.flatMap((outAt) => whenOf(post, outAt, ours)?.day ?? [])
}
const placeInTime = ({ day, instant, time, id }: PostOut): string =>
  `${instant?.toISOString() ?? day} ${time} ${id}`

function postOut(
  whole: WholePost,
  state: Leaving['states'][number] | undefined,
  profiles: ReadonlyMap<string, Profile>,
  leaving: Leaving,
): PostOut | null {
  const { languages, language, organisation, references, sha256 = postSha256 } = leaving
  const { post, media } = whole
  const published = state?.published ?? []
  const when = whenOf(post, outAtOf(published), organisation.timeZone)
  if (!when) return null
  // To hash one takes time, and only what was approved can be so still.
  const approved =
    state && state.approved !== null && state.approved === sha256(whole) ? state.approved : null
  const status = statusOf(state, () => approved ?? '')
  const places = post.profileIds.flatMap((id): PlaceOut[] => {
    const profile = profiles.get(id)
    const notes = published.filter((one) => one.profile === id)
    return profile
      ? [
          {
            profile: id,
            network: profile.network === null ? '' : networkLabel(profile.network, references),
            name: profile.handle.trim() || profile.displayName,
            messages: messagesOn(whole, profile, languages),
            isOut: notes.length > 0,
            when: whenOf(post, outAtOf(notes), organisation.timeZone),
          },
        ]
      : []
  })
  const department = organisation.departments.find(({ id }) => id === post.departmentId)
  return {
    id: post.id,
    title: post.title,
    ...when,
    status: asWritten(whole, status),
    approved,
    stoppedBy: isToCome(status, approved, places) ? (leaving.stoppedBy?.(whole) ?? []) : [],
    department: department ? inLanguage(department.name, language) : '',
    places,
    text: Object.fromEntries(languages.map((one) => [one, post.text[one] ?? ''])),
    media: media.map(({ file, title, altText }) => ({
      file: file?.name ?? title,
      altText: Object.fromEntries(languages.map((one) => [one, altText[one] ?? ''])),
    })),
    linkUrl: post.linkUrl,
    address: leaving.addressOf(post.id),
    changedAt: state && state.at > leaving.updatedAt ? state.at : leaving.updatedAt,
  }
}

/** It was approved as it stands, and is not out everywhere. */
const isToCome = (status: PostStatus, approved: string | null, places: readonly PlaceOut[]): boolean =>
  approved !== null &&
  ['approved', 'scheduled', 'published'].includes(status) &&
  (status !== 'published' || places.some(({ isOut }) => !isOut))

/** A zone nobody knows is that of the house. */
function whenOf(post: Post, outAt: string | null, house: string): WhenOut | null {
  const zone = zoneOf(post, isTimeZone(house) ? house : 'UTC')
  const { day, time, planned } = placed(post, outAt, zone)
  if (day === null) return null
  const instant =
    outAt !== null ? new Date(outAt) : time === null ? null : instantOf({ day, time, zone }).instant
  return { day, time: time ?? '', zone, instant, planned }
}

/** With a mark on what was approved and cannot go out. */
export const stateWord = ({ status, stoppedBy }: PostOut, say: Say): string =>
  stoppedBy.length > 0
    ? say('{state}, and stopped', { state: statusWord(status, say) })
    : statusWord(status, say)
export const statusWord = (status: PostStatus, say: Say): string => {
  switch (status) {
    case 'idea':
      return say('Idea')
    case 'drafting':
      return say('Being written')
    case 'in_review':
      return say('In review')
    case 'approved':
      return say('Approved')
    case 'scheduled':
      return say('Handed to a tool')
    case 'published':
      return say('Out')
    case 'measured':
      return say('Measured')
    case 'cancelled':
      return say('Called off')
    case 'withdrawn':
      return say('Taken back')
  }
}
