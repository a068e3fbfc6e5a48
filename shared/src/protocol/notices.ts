/** What people are told through Nextcloud: notices, and when they are no longer true (DOMAIN D.7). */
import type { Translated } from '../schema/fields.ts'
import type { Principal } from './teams.ts'
import type { OpinionRole, Someone } from './review.ts'

export const NOTICE_KINDS = [
  /** Somebody waits for a decision, an opinion, or for changes to be made. */
  'decide',
  'opinion',
  'changes',
  /** What became of what one has sent. */
  'approved',
  'withdrawn',
  /** Somebody is against what one has approved, while others still have to. */
  'against',
  /** A decision was put into one's hands. */
  'delegated',
  /** Somebody has named one in a comment. */
  'mention',
  /** A date comes near, has passed, or has passed so long ago that others should know. */
  'due',
  'overdue',
  'escalated',
  /** A post waits for somebody who decides; it went out in an emergency, or that was a day ago and nobody has looked at it. */
  'post_review',
  'post_emergency',
  'post_overdue',
  /** What has become of a post one has written in. */
  'post_approved',
  'post_returned',
  /** Somebody was shut out, and no second person has looked at it in time. */
  'block',
  /** Figures of a month, a quarter or a year are late. */
  'figures',
  /** A list that an evaluation relies on has changed. */
  'reopened',
  /** A sheet of a round of scores waits for one; all have handed in theirs, and whoever coordinates can reveal it. */
  'score',
  'scored',
  /** A tool has to be looked at again; whether a department still uses it. */
  'tool_review',
  'tool_use',
  /** What became of a tool that one has suggested or asked for; `document` is the suggestion. */
  'suggestion_declined',
  'suggestion_evaluating',
  'suggestion_evaluated',
  /** What is not urgent, gathered. */
  'digest',
] as const
/** `GET /mentions`: a comment that names the person, until they have opened the comments of its document. */
export interface Mention {
  readonly document: string
  readonly title: Translated<string>
  readonly comment: string
  readonly by: Someone
  /** ISO instant. */
  readonly at: string
}

export type NoticeKind = (typeof NOTICE_KINDS)[number]

export interface Notice {
  /** What it is about: told again under the same key it replaces what was told before, and by its key it is taken back. */
  readonly key: string
  readonly kind: NoticeKind
  /** Groups and Teams are told as the people who are in them when Nextcloud tells them. */
  readonly to: readonly Principal[]
  /** People of these who are not told; whoever did it (`by`) never is. */
  readonly except?: readonly string[]
  /** As whom an opinion is asked for. */
  readonly role?: OpinionRole
  readonly document: string
  readonly title: Translated<string>
  readonly version: number | null
  readonly by: Someone | null
  /** ISO date. */
  readonly due: string | null
  /** Id of the comment it is about. */
  readonly comment?: string
  /** The post it is about; its title is the team's own. */
  readonly post?: { readonly id: string; readonly title: string }
}
