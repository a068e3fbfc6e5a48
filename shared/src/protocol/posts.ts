/** What has become of the posts of a calendar, as the REST interface speaks of them. */
import type { Finding } from '../checks/finding.ts'
import type { PostStatus } from '../posts/life.ts'
import type { Translated } from '../schema/fields.ts'
import type { Someone } from './review.ts'

/** Somebody other than its author has read the post in this language. */
export interface LanguageReview {
  readonly language: string
  readonly by: Someone
  readonly at: string
  /** Of what it says in that language (`languageSha256`). */
  readonly sha256: string
}
/** A post that is out, on one profile. */
export interface PostPublished {
  /** Id of the profile's record in the plan. */
  readonly profile: string
  /** Empty where a network gives none. */
  readonly url: string
  /** ISO instant at which it went out, as whoever noted it says. */
  readonly at: string
  readonly by: Someone
  /** Of what it said (`canonicalPost`); `null` where that was not noted yet. */
  readonly sha256: string | null
  /** It was marked as an emergency when it went out, whatever it is now. */
  readonly emergency: boolean
  /** That text was approved before, or somebody has looked at it since. */
  readonly reviewed: boolean
}

export interface PostState {
  /** Id of its record in the calendar; the row outlives the record. */
  readonly post: string
  readonly status: PostStatus
  /** SHA-256 of what was approved (`canonicalPost`); `null` when nobody has. */
  readonly approved: string | null
  readonly approvedBy: Someone | null
  readonly reviews: readonly LanguageReview[]
  /** The last note for each profile; those before stay in the row. */
  readonly published: readonly PostPublished[]
  /** Hashes of what is out and nobody has looked at yet. */
  readonly unreviewed: readonly string[]
  /** Who did the last thing to it, when, and what they said. */
  readonly by: Someone
  readonly at: string
  readonly note: string
  /** Something went out before anybody approved it: until when somebody has to have looked at that. ISO instant. */
  readonly reviewBy: string | null
}

/** `GET /documents/:id/posts`. A post without a row is an idea. */
export interface PostStates {
  readonly states: readonly PostState[]
  /** By post, and by medium (`authoredIn`): who has written what would be approved; they do not approve it. For the team alone. */
  readonly authors: { readonly [record: string]: readonly Someone[] }
}

/** `POST /documents/:id/posts/:post/:command`. */
export interface PostOrder {
  /** What is on the screen of whoever decides; needed to approve, to hand over and to publish. */
  readonly sha256?: string | undefined
  /** Why it goes back, is cancelled or withdrawn. */
  readonly note: string
  /** To approve: no personal opinion in it, and no advertising (DOMAIN P-47). */
  readonly neutral?: boolean | undefined
  /** To note that it is out. */
  readonly published?: { readonly profile: string; readonly url: string; readonly at: string } | undefined
}
/** `GET /calendars`: the calendar of a plan whose team one belongs to. */
export interface PlanCalendar {
  readonly id: string
  readonly title: Translated<string>
  readonly team: Translated<string>
}

/** `POST /documents/:id/posts/:post/languages/:language`. */
export interface LanguageReviewed {
  readonly sha256: string
}
/** The answer to a command that the checks stop: `GATE_CLOSED` with these. */
export type PostFindings = readonly Finding[]

/** A post among those of all plans one reads: when, where and what it is, and nothing of what it says or of notes among a team. */
export interface PlannedPost {
  readonly document: string
  /** Title of the plan. */
  readonly plan: Translated<string>
  readonly post: string
  readonly title: string
  /** By its own clock: ISO date, HH:MM, IANA zone or nothing for the organisation's. */
  readonly day: string | null
  readonly time: string | null
  readonly zone: string | null
  /** When it went out first; ISO instant. */
  readonly outAt: string | null
  readonly profiles: readonly {
    readonly network: string
    readonly name: string
    readonly handle: string
  }[]
  readonly department: string | null
  /** Who looks after it, by id. */
  readonly owner: string | null
  readonly languages: readonly string[]
  readonly status: PostStatus
  /** It was approved, or handed over, and may not go out as things stand now. */
  readonly stopped: boolean
  readonly emergency: boolean
}
/** `GET /calendar?from&to`: ISO dates, both counted. */
export interface PlannedPosts {
  readonly posts: readonly PlannedPost[]
  /** Calendars that cannot be read at this moment. */
  readonly unread: number
}
