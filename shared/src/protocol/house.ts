/** What is shown of ours outside the app, in Nextcloud's search and where somebody pastes a link: told in parts, put into words there. */
import type { Translated } from '../schema/fields.ts'

export const TOLD_KINDS = [
  'tool',
  'suggestion',
  'document',
  'post',
  'comment',
  'answer',
  'comparison',
] as const

/** An English source text, with a day for its `{day}` and what things are called for its `{names}`; or what somebody has written. */
export type ToldPart =
  | { readonly word: string; readonly day?: string; readonly names?: string }
  | { readonly text: string | Translated<string> }

export interface Told {
  readonly kind: (typeof TOLD_KINDS)[number]
  readonly title: string | Translated<string>
  readonly parts: readonly ToldPart[]
  /** Below the app: `/d/…`. */
  readonly link: string
}
/** `GET /house/found?q=&from=&limit=` */
export interface FoundInHouse {
  readonly found: readonly Told[]
  /** Where the next ones begin; null where there are none. */
  readonly next: number | null
}
