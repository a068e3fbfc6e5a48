/**
 * The posts of a calendar as they leave it, for calendars and for tools of others. Field by field: what is not named here stays,
 * above all the notes among us, the proofs of rights and the consents.
 */
import { statusOf, type PostStatus } from '../posts/life.ts'
import { messagesOn, type Message } from '../posts/messages.ts'
import { asWritten, postSha256, wholePosts, type WholePost } from '../posts/post.ts'
import type { Organisation } from '../protocol/organisation.ts'
import type { PostPublished, PostState } from '../protocol/posts.ts'
import { networkLabel, type References } from '../reference/references.ts'
import type { Calendar } from '../schema/calendar.ts'
import type { Plan } from '../schema/plan.ts'
import { instantOf } from '../wall-time.ts'
import { isDay, isTimeZone } from '../working-days.ts'
import type { Say } from './say.ts'
import { inLanguage } from './told.ts'

export interface PlaceOut {
  /** Id of the profile's record. */
  readonly profile: string
  readonly network: string
  /** What the profile is called. */
  readonly name: string
  readonly messages: readonly Message[]
  readonly isOut: boolean
}
export interface MediumOut {
  readonly file: string
  /** In the languages of the plan. */
  readonly altText: { readonly [language: string]: string }
}
export interface PostOut {
  readonly id: string
  readonly title: string
  readonly day: string
  /** Empty when nobody has said. */
  readonly time: string
  readonly zone: string
  /** `null` without a time. */
  readonly instant: Date | null
  readonly status: PostStatus
  /** SHA-256 of what was approved, while that is what it says; `null` for all else. */
  readonly approved: string | null
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
    readonly published: readonly Pick<PostPublished, 'profile'>[]
  })[]
  /** Of the plan, the lead language first. */
  readonly languages: readonly string[]
  /** Of whoever reads it. */
  readonly language: string
  readonly organisation: Pick<Organisation, 'departments' | 'timeZone'>
  readonly references: References
  readonly updatedAt: string
  readonly addressOf: (post: string) => string
}

/** The earliest first; without those that have no day. */
export function postsOut(leaving: Leaving): PostOut[] {
  const states = new Map(leaving.states.map((one) => [one.post, one]))
  return wholePosts(leaving.calendar)
    .flatMap((whole) => postOut(whole, states.get(whole.post.id), leaving) ?? [])
    .sort((a, b) => (placeInTime(a) < placeInTime(b) ? -1 : 1))
}

const placeInTime = ({ day, instant, time, id }: PostOut): string =>
  `${instant?.toISOString() ?? day} ${time} ${id}`

function postOut(
  whole: WholePost,
  state: Leaving['states'][number] | undefined,
  leaving: Leaving,
): PostOut | null {
  const { plan, languages, language, organisation, references } = leaving
  const { post, media } = whole
  const when = whenOf(post, organisation.timeZone)
  if (!when) return null
  const sha256 = postSha256(whole)
  const places = post.profileIds.flatMap((id): PlaceOut[] => {
    const profile = plan.profiles.profiles.find((one) => one.id === id)
    return profile
      ? [
          {
            profile: id,
            network: profile.network === null ? '' : networkLabel(profile.network, references),
            name: profile.handle.trim() || profile.displayName,
            messages: messagesOn(whole, profile, languages),
            isOut: state?.published.some((one) => one.profile === id) ?? false,
          },
        ]
      : []
  })
  const department = organisation.departments.find(({ id }) => id === post.departmentId)
  return {
    id: post.id,
    title: post.title,
    ...when,
    status: asWritten(
      whole,
      statusOf(state, () => sha256),
    ),
    approved: state?.approved === sha256 ? sha256 : null,
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

/** Total: what no clock knows is no time, and a zone nobody knows is that of the house. */
function whenOf(
  {
    day,
    time,
    zone,
  }: { readonly day: string | null; readonly time: string | null; readonly zone: string | null },
  ours: string,
): Pick<PostOut, 'day' | 'time' | 'zone' | 'instant'> | null {
  if (day === null || !isDay(day)) return null
  const place = [zone ?? '', ours].find(isTimeZone) ?? 'UTC'
  const told = time !== null && /^([01]\d|2[0-3]):[0-5]\d$/.test(time) ? time : ''
  return {
    day,
    time: told,
    zone: place,
    instant: told === '' ? null : instantOf({ day, time: told, zone: place }).instant,
  }
}

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
