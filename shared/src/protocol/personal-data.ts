/** What is held of the person behind an account, and what came of erasing it. Asked for by Nextcloud or on the server's own machine. */
import { z } from 'zod'
import type { CommentEvent } from '../schema/comments.ts'

/** No account has a slash: those are the server's own, and people who were erased. */
const account = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/]+$/)
export const PersonAsked = z.strictObject({ person: account })
export const ErasureAsked = z.strictObject({
  person: account,
  /** Only say what would be done. */
  preview: z.boolean().default(false),
  /** Who wants it: for the audit, e.g. `occ`. */
  asker: z.string().max(64).default(''),
})

/** `POST /host/personal-data`: rows by table, as they are kept; what they have said in comments. */
export interface HeldOf {
  readonly person: string
  readonly at: string
  readonly rows: { readonly [table: string]: readonly object[] }
  readonly comments: readonly { readonly document: string; readonly event: CommentEvent }[]
}

/** A text that names them; `document` is null for the description of the organisation. */
export interface NamedIn {
  readonly document: string | null
  readonly title: { readonly [language: string]: string }
  readonly path: string
}

type ByTable = { readonly [table: string]: number }

/** `POST /host/erase`: numbers of rows, but for what is said otherwise. */
export interface ErasureReport {
  /** What they are called from now on; `null` when nothing is under it. */
  readonly pseudonym: string | null
  readonly deleted: number
  readonly pseudonymised: number
  /** What the audit vouches for, and what keeps the account out. */
  readonly kept: number
  readonly byTable: { readonly deleted: ByTable; readonly pseudonymised: ByTable; readonly kept: ByTable }
  /** Documents of "only me" that went. */
  readonly documents: number
  /** Logs of texts and comments that began anew, and those that still wait for it. */
  readonly logs: number
  readonly logsWaiting: number
  /** What people have written, in which they are named: nobody but people can change it. */
  readonly namedIn: readonly NamedIn[]
  /** Until when the last copy of before an upgrade holds it; ISO instant. */
  readonly copiesUntil: string | null
  /** Whether the database was written anew, so that nothing of it is left on the disk. */
  readonly rewritten: boolean
}
