/** What a check says about a document: pure data, put into words by the screen. */
import type { OverdueFigures } from '../indicators/overdue.ts'
import type { Policy } from '../protocol/organisation.ts'
import type { ProfileStatus } from '../profile-life.ts'
import { BUILTIN, type References } from '../reference/references.ts'

export type Severity = 'block' | 'warn' | 'info'
/** The moment at which a failed block stops somebody (DOMAIN D.2, §10). */
export type Gate =
  | 'review'
  | 'approval'
  | 'publication'
  | 'profile_open'
  | 'profile_close'
  | 'live'
  /** Of a post, the first command that it stops (checks/post/gate.ts). */
  | 'post_submit'
  | 'post_approve'
  | 'post_schedule'

/** A sentence in English with `{holes}`; the key of its translations. */
export interface Message {
  readonly text: string
  readonly holes?: { readonly [name: string]: string }
}

export interface Finding {
  /** Id of the check: `P-02`, or `field` for a required field. */
  readonly check: string
  readonly severity: Severity
  readonly gate: Gate
  /** The director may let it pass, with a reason that is published with the version (DOMAIN D.3). */
  readonly waivable?: true
  readonly section: string
  /** The field to go to: `identity.from`, `audiences/<id>/languages`. */
  readonly path: string
  readonly message: Message
  /** How to mend it. */
  readonly fix?: Message
  /** Where that is done, when it is elsewhere. */
  readonly fixAt?: string
}
/** Where a finding leads. */
export const leadsTo = ({ path, fixAt }: Finding): string => fixAt ?? path

export interface Outcome {
  readonly check: string
  readonly section: string
  readonly path: string
  /** What is being checked, said positively: shown when it passes. */
  readonly subject: Message
  readonly findings: readonly Finding[]
}

/** What checks may know beside the text itself. */
export interface CheckContext {
  /** Official languages, lead language first. */
  readonly languages: readonly string[]
  /** Language in which items are called by their name; the lead language if not given. */
  readonly namesIn?: string
  /** ISO date of today where the person is. */
  readonly today: string
  /** A version of this plan is approved and in force. */
  readonly inForce: boolean
  /** What is known beside the text; without it, what depends on it is not checked. */
  readonly facts?: PlanFacts
  /** Of the organisation, for their names. */
  readonly departments?: readonly {
    readonly id: string
    readonly name: { readonly [language: string]: string }
  }[]
  /** Lists of reference data; without them, those that come with the program. */
  readonly references?: References
  /** How the plan stands to that of the organisation; without it, that is not checked. */
  readonly family?: Family
  /** What the version in force of an evaluation decided; without it, that is not checked. */
  readonly outcomeInForce?: string | null
  /** What it said had changed, in the lead language; without it, that is not checked. */
  readonly changeInForce?: string
  /** What the organisation asks of tools; without it, that is not checked. */
  readonly policy?: Pick<Policy, 'requireEea'>
  /** Names of approved tools that are for what this one would be for; without it, that is not checked (E-02). */
  readonly coveredBy?: readonly string[]
}

export interface Family {
  /** It is below a plan that is in force for the whole organisation. */
  readonly parent: boolean
  /** There is another plan that is: an administrator has named it, and everybody may read it. */
  readonly organisationPlan: boolean
}

/** Rows beside a plan that its checks look at: none of them is in its text, or changes its hash (DOMAIN A). */
export interface PlanFacts {
  /** Departments that are communications or press (DOMAIN P-17); none when the organisation has not said. */
  readonly communications: readonly string[]
  /** Who has finished which course of the plan. */
  readonly trained: readonly { readonly training: string; readonly person: string }[]
  /** What was done with profiles; one that is not here is planned. */
  readonly profiles: readonly ProfileFact[]
  /** Figures that are late, the oldest first; left out for whoever may not know. */
  readonly overdue?: readonly OverdueFigures[]
}
export interface ProfileFact {
  readonly profile: string
  /** What it was called when that was done: it may be gone from the text. */
  readonly name: string
  readonly status: ProfileStatus
  /** ISO date of its last opening. */
  readonly openedOn: string | null
  /**
   * ISO date of its last post; `null` when it has had none since it opened. Left out while nothing is known of its posts: then
   * nobody says that it is idle.
   */
  readonly lastPostOn?: string | null
}

/** The language in which a finding names the items it is about. */
export const namingLanguage = (context: CheckContext): string => context.namesIn ?? context.languages[0] ?? ''

/** The lists that checks go by. */
export const referencesOf = ({ references }: CheckContext): References => references ?? BUILTIN

export const message = (text: string, holes?: Message['holes']): Message =>
  holes ? { text, holes } : { text }
