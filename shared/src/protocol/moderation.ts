/** The log of moderation (DOMAIN A.11): what was done with which comment and why, never whose comment it was. */
import { accountOf } from '../account-names.ts'
import { BLOCK_REVIEWED_DAYS } from '../limits.ts'
import { addDays, localTime } from '../working-days.ts'
import type { Someone } from './review.ts'

/** The three requirements of participation, and the law. Criticism is no reason. */
export const MODERATION_REASONS = [
  'off_topic',
  'disrespect',
  'personal_data',
  'advertising',
  'illegal',
] as const
export type ModerationReason = (typeof MODERATION_REASONS)[number]
export const MODERATION_ACTIONS = ['answer', 'warn', 'hide', 'delete', 'block', 'report'] as const
export type ModerationAction = (typeof MODERATION_ACTIONS)[number]

/** `POST /documents/:id/moderation`. */
export interface ModerationGiven {
  /** A UUID of the page's own: the same sent twice counts once. */
  readonly id: string
  /** Id of the profile in the plan; `null` for another space. */
  readonly profile: string | null
  /** Of our own post, below which it was. */
  readonly postUrl: string
  readonly reason: ModerationReason | null
  readonly action: ModerationAction
  readonly note: string
}
/** `GET /documents/:id/moderation`, the newest first. */
export interface Moderated extends ModerationGiven {
  readonly at: string
  readonly by: Someone
  /** The second person, for a block. */
  readonly confirmed: { readonly by: Someone; readonly at: string } | null
  /** ISO date until which a block without a second person has to be looked at again. */
  readonly reviewBy: string | null
}

/** Nobody's words are taken away without a reason code (DOMAIN P-22). */
export const needsReason = (action: ModerationAction): boolean => ['hide', 'delete', 'block'].includes(action)
/** Nobody is shut out by one person alone (DOMAIN P-23). */
export const needsSecond = (action: ModerationAction): boolean => action === 'block'
/** The day until which it has to be looked at again: that day is still in time. */
export const blockReviewBy = (at: string, timeZone: string): string =>
  addDays(localTime(new Date(at), timeZone).day, BLOCK_REVIEWED_DAYS)
/** An account of somebody on a network, also with a wider @: whose comment it was is not written down (DOMAIN 0.1). */
export const namesAccount = (text: string): boolean => accountsIn(text).length > 0

/** Whether an address has an account in it, as some networks write them, that is none of ours. */
export function addressesOthers(url: string, handles: readonly string[]): boolean {
  const ours = handles.map(accountOf)
  return accountsIn(plain(url)).some((account) => !ours.includes(account))
}

const ACCOUNT = /(?<![\p{L}\p{N}_.])@([\p{L}\p{N}_][\p{L}\p{N}_.-]*)/gu
const accountsIn = (text: string): string[] =>
  [...text.normalize('NFKC').matchAll(ACCOUNT)].map(([, account = '']) => accountOf(account))

function plain(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
