/** Reviews as the REST interface speaks of them (DOMAIN D). */
import type { DocumentTypeId } from '../ids.ts'
import type { Approval, Route } from '../approval-route.ts'
import type { Finding } from '../checks/finding.ts'
import type { Work } from '../grants.ts'
import type { Verdict, Waiver } from '../receipt.ts'
import type { ListId } from '../reference/references.ts'
import type { OPINION_ROLES } from './organisation.ts'

export type OpinionRole = (typeof OPINION_ROLES)[number]
export const STANCES = ['favourable', 'reservations', 'against'] as const
export type Stance = (typeof STANCES)[number]

export interface Someone {
  readonly id: string
  readonly name: string
}

/** `POST /documents/:id/review`. */
export interface ReviewRequest {
  /** What the reviewers should know; may be empty. */
  readonly note: string
  /** ISO date until which an answer is asked for. */
  readonly due: string | null
}

export interface VersionSummary {
  readonly n: number
  /** ISO instant. */
  readonly at: string
  readonly by: Someone
  readonly note: string
  /** The name somebody gave it; `null` when it was sent to review instead. */
  readonly label: string | null
  /** It was kept because this version was about to be restored; its label is empty then. */
  readonly beforeRestoring: number | null
  readonly due: string | null
  /** Of the canonical JSON, hex. */
  readonly sha256: string
  /** As it stood when the version was sent: a change of the organisation does not move the goal posts. */
  readonly route: Route
  readonly decisions: readonly Decision[]
}
export interface Version extends VersionSummary {
  readonly languages: readonly string[]
  /** The canonical JSON, byte for byte what `sha256` is of. */
  readonly json: string
}

/** What one person says for a role; of what they have said about this version, the latest. */
export interface Opinion {
  readonly role: OpinionRole
  readonly by: Someone
  readonly stance: Stance
  readonly text: string
  readonly at: string
}
/** `PUT /documents/:id/review/opinions/:role`. */
export interface OpinionGiven {
  readonly version: number
  readonly stance: Stance
  readonly text: string
}

/** An opinion against, and why the director decides all the same. */
export interface Override {
  readonly role: OpinionRole
  /** Id of whoever is against; may be left out where only one person of the role is. */
  readonly person?: string | undefined
  readonly reason: string
}
/** `POST /documents/:id/decisions`. */
export interface DecisionGiven {
  /** A UUID of the person's own: the same decision sent twice counts once. */
  readonly id: string
  /** Whose it is: a page that has outlived its sign-in must not decide in the name of whoever came next. */
  readonly signedInAs?: string | undefined
  readonly version: number
  /** Of the text that was read. */
  readonly sha256: string
  readonly verdict: Verdict
  /** For changes: why, at least 20 characters. */
  readonly comment: string
  /** Where changes are asked for: ids of sections, at least one. */
  readonly sections: readonly string[]
  /** With an approval: what it depends on; may be empty. */
  readonly conditions: string
  readonly waivers: readonly Waiver[]
  readonly overrides: readonly Override[]
  /** Id of the person who has delegated it; without one, it is decided in one's own name. */
  readonly onBehalfOf?: string | undefined
}
export interface Decision extends Omit<DecisionGiven, 'version' | 'sha256' | 'signedInAs' | 'onBehalfOf'> {
  readonly by: Someone
  readonly onBehalfOf: Someone | null
  /** Places of the route that it could take. */
  readonly places: readonly number[]
  readonly at: string
}
export const approvalsAmong = (decisions: readonly Decision[]): Approval[] =>
  decisions
    .filter(({ verdict }) => verdict === 'approve')
    .map(({ by, onBehalfOf, places }) => ({ by: by.id, principal: (onBehalfOf ?? by).id, places }))

/**
 * Why somebody may not decide: `evaluator`, they have scored it; `turn` is somebody else's, `again` means that they have a part in it already. `overtaken`: they have,
 * and somebody is against since; they approve no second time, and may ask for changes.
 */
export type Barred = 'role' | 'author' | 'submitter' | 'evaluator' | 'turn' | 'again' | 'overtaken'
export const mayDecide = (verdict: Verdict, barred: Barred | null): boolean =>
  barred === null || (barred === 'overtaken' && verdict === 'request_changes')
/** In whose name somebody could decide who holds a delegation. */
export interface StandIn {
  readonly giver: Someone
  readonly barred: Barred | null
}

/** `GET /documents/:id/review`: what whoever decides has to know. */
export interface Review {
  readonly type: DocumentTypeId
  readonly work: Work
  readonly version: Version
  /** The version to compare with: of the person's own last decision, else the one in force before, else the last decided one. */
  readonly since: Version | null
  /** What the checks say about exactly this text. */
  readonly findings: readonly Finding[]
  /** Opinions that are asked for before anybody can approve. */
  readonly asked: readonly OpinionRole[]
  readonly opinions: readonly Opinion[]
  /** `null` when the person who asks may approve in their own name. */
  readonly barred: Barred | null
  readonly standIns: readonly StandIn[]
  /** Whether they have a place in the route, and so something to delegate. */
  readonly approver: boolean
}

/** `GET /reviews`: something that waits for the person. */
export interface Task {
  /**
   * `against`: somebody is since the person has approved it; `by` and `since` are of that opinion. `comment`: of those who
   * write it, as long as something that must be dealt with is open while it is in review.
   */
  readonly kind: 'decide' | 'opinion' | 'changes' | 'against' | 'comment'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  readonly version: number
  readonly by: Someone
  /** Whose decision it is, when it was delegated. */
  readonly onBehalfOf?: Someone
  readonly since: string
  readonly due: string | null
}

/** `GET /reviews`, too: figures of a plan that are late, the oldest span of them and how many there are (DOMAIN P-52). */
export interface FiguresTask {
  readonly kind: 'figures'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  /** ISO dates. */
  readonly from: string
  readonly to: string
  readonly spans: number
  /** Whether they may enter them; a director is told how it stands. */
  readonly writes: boolean
  readonly since: string
  readonly due: string
}

/** `GET /reviews`, too: posts of a calendar that wait for the person, those of a plan together. */
export interface PostTask {
  /**
   * `post_review`: to be approved or sent back. `post_emergency`: out, and not looked at yet; `due` is the day on which that ends.
   * `post_consent`: of those who write, a consent behind it was taken back; `by` and `since` are of that.
   */
  readonly kind: 'post_review' | 'post_emergency' | 'post_consent'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  /** The first one, its title among us, and how many there are. */
  readonly post: string
  readonly postTitle: string
  readonly posts: number
  readonly by: Someone
  readonly since: string
  readonly due: string | null
}

/** `GET /reviews`, too: an evaluation in force that relies on what a list no longer says, for those who write it and who decide (DOMAIN E-30). */
export interface ReopenedTask {
  readonly kind: 'reopened'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  readonly version: number
  readonly list: ListId
  readonly by: Someone
  readonly since: string
  readonly due: null
}

/**
 * `GET /reviews`, too: a round of scores. `score`: of who is named in it, until they have handed in or said that they cannot; `by` has opened it. `scored`: of who
 * coordinates, all who can have handed in; by nobody, and since the last one was.
 */
export interface ScoringTask {
  readonly kind: 'score' | 'scored'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  readonly by: Someone | null
  readonly since: string
  readonly due: null
}

/**
 * `GET /reviews`, too: of the catalogue. `tool_review`: a tool has to be looked at again, for those who coordinate its evaluation and whoever watches;
 * `tool_use`: whether a department still uses it, for whoever said so last; `tools_unwatched`: nobody looks after the tools, for those who
 * decide and for administrators; `tools_suggested`: so many suggested tools wait for an answer, for whoever watches. The last two are about no
 * document.
 */
export interface UpkeepTask {
  readonly kind: 'tool_review' | 'tool_use' | 'tools_unwatched' | 'tools_suggested'
  readonly document: string
  readonly title: { readonly [language: string]: string }
  readonly by: null
  readonly since: string
  readonly due: string | null
  /** Of `tools_suggested`. */
  readonly count?: number
}

/** `GET /reviews`: everything that waits for a person. */
export type AnyTask = Task | PostTask | FiguresTask | ReopenedTask | ScoringTask | UpkeepTask
