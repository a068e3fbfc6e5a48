/**
 * The life of a post (DOMAIN A.12): what it is, and the commands that change it. The server decides with it, the screen hints
 * with it. What is approved is one text: after an edit the same post shows as one in review, without anybody having to say so.
 */
import { refusal, type Refusal } from '../codes.ts'
import { WRITERS, type Role } from '../grants.ts'

export const POST_STATUSES = [
  'idea',
  'drafting',
  'in_review',
  'approved',
  'scheduled',
  'published',
  'measured',
  'cancelled',
  'withdrawn',
] as const
export type PostStatus = (typeof POST_STATUSES)[number]

export const POST_COMMANDS = [
  'draft',
  'submit',
  'return',
  'approve',
  'schedule',
  'publish',
  'cancel',
  'withdraw',
] as const
export type PostCommand = (typeof POST_COMMANDS)[number]

/** Coordinators and directors decide; never on what they have written themselves. */
export const DECIDERS: readonly Role[] = ['coordinator', 'director']

/** Those who read a post in one language for the others; whoever writes may, of what others wrote. */
export const LANGUAGE_REVIEWERS: readonly Role[] = [...WRITERS, 'language']
/** Whoever is sent back, or sees a post taken from the network, is told why. */
export const needsReason = (command: PostCommand): boolean => command === 'return' || command === 'withdraw'

const LIFE: {
  readonly [command in PostCommand]: {
    readonly from: readonly PostStatus[]
    readonly to: PostStatus
    readonly by: readonly Role[]
  }
} = {
  draft: { from: ['idea', 'cancelled'], to: 'drafting', by: WRITERS },
  submit: { from: ['idea', 'drafting'], to: 'in_review', by: WRITERS },
  return: { from: ['in_review', 'approved', 'scheduled', 'published'], to: 'drafting', by: DECIDERS },
  approve: { from: ['in_review', 'approved', 'scheduled', 'published'], to: 'approved', by: DECIDERS },
  schedule: { from: ['approved'], to: 'scheduled', by: WRITERS },
  publish: { from: ['approved', 'scheduled', 'published'], to: 'published', by: WRITERS },
  cancel: { from: ['idea', 'drafting', 'in_review', 'approved', 'scheduled'], to: 'cancelled', by: WRITERS },
  withdraw: { from: ['published', 'measured'], to: 'withdrawn', by: WRITERS },
}

/** What is known of a post beside its text. */
export interface PostFacts {
  readonly status: PostStatus
  /** SHA-256 of what was approved. */
  readonly approved: string | null
}

/** Only what is approved and not out yet can stop being so by what it says. */
const standsByItsText = (status: PostStatus): boolean => status === 'approved' || status === 'scheduled'

/** What a post is for people: approved no longer once another text stands there. */
export const shownStatus = ({ status, approved }: PostFacts, sha256: string): PostStatus =>
  standsByItsText(status) && approved !== sha256 ? 'in_review' : status

/**
 * The same by its row, or by none: then it is an idea. Hashing a post takes time, and most of a year's are out: their text
 * decides nothing.
 */
export const statusOf = (facts: PostFacts | null | undefined, sha256: () => string): PostStatus =>
  facts ? shownStatus(facts, standsByItsText(facts.status) ? sha256() : '') : 'idea'

/**
 * Out in an emergency with a text that nobody has approved; to be looked at within a day. An approval of another text does
 * not count, so `approved` does not tell.
 */
export const isUnreviewed = ({
  status,
  reviewBy,
}: {
  readonly status: PostStatus
  readonly reviewBy: string | null
}): boolean => status === 'published' && reviewBy !== null

/** It is out, and says something else here by now. */
export const isChangedOut = ({ status, approved }: PostFacts, sha256: string): boolean =>
  (status === 'published' || status === 'measured') && approved !== null && approved !== sha256

/** From where a command begins, in an emergency from every state before it. */
const from = (command: PostCommand, emergency: boolean): readonly PostStatus[] =>
  command === 'publish' && emergency
    ? ['idea', 'drafting', 'in_review', ...LIFE.publish.from]
    : LIFE[command].from

export const mayCommandPost = (command: PostCommand, roles: readonly Role[]): boolean =>
  LIFE[command].by.some((role) => roles.includes(role))

/** The commands that begin here, for somebody with these roles. */
export const postCommandsFrom = (
  status: PostStatus,
  roles: readonly Role[],
  emergency: boolean,
): PostCommand[] =>
  POST_COMMANDS.filter(
    (command) => from(command, emergency).includes(status) && mayCommandPost(command, roles),
  )

/** What a post is after a command; `ILLEGAL_MOVE` when the command does not begin here. */
export function commandedPost(
  status: PostStatus,
  command: PostCommand,
  emergency: boolean,
): PostStatus | Refusal {
  if (!from(command, emergency).includes(status)) return refusal('ILLEGAL_MOVE', `${command} from ${status}`)
  // Approved again what is handed over or out already: it stays there.
  if (command === 'approve' && (status === 'scheduled' || status === 'published')) return status
  // Looked at after it went out, and not right: it is out all the same until it is withdrawn.
  if (command === 'return' && status === 'published') return status
  return LIFE[command].to
}
