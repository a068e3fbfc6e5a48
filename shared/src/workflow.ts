/**
 * The two facts of a document and the moves between them (DOMAIN D.2). The workflow knows nothing of plans: what a gate asks
 * for beside the move comes as blocks of the checks. Pure: the server decides with it, the screen hints with it.
 */
import { refusal, type Refusal } from './codes.ts'
import type { Role, Work } from './grants.ts'
import { REASON_MIN_CHARACTERS } from './limits.ts'

export interface Published {
  readonly version: number
  /** ISO instant. */
  readonly at: string
}
export interface Archived {
  readonly reason: string
  /** ISO instant. */
  readonly at: string
}
export interface Flow {
  readonly work: Work
  /** An edit after an approval changes neither the version in force nor its hash. */
  readonly inForce: { readonly version: number } | null
  /** The version that is public: it stays so while a newer one is in force and not published yet. */
  readonly published: Published | null
  readonly archived: Archived | null
}
export const NEW_FLOW: Flow = { work: 'draft', inForce: null, published: null, archived: null }

export type Move =
  | { readonly kind: 'submit' | 'withdraw' | 'request_changes' | 'resume' | 'reopen' }
  | { readonly kind: 'approve'; readonly version: number }
  | { readonly kind: 'publish'; readonly at: string }
  | { readonly kind: 'archive'; readonly reason: string; readonly at: string }
export type MoveKind = Move['kind']

/** From which state of the work a move begins; the others begin from any. */
const FROM: { readonly [kind in MoveKind]?: Work } = {
  submit: 'draft',
  withdraw: 'in_review',
  request_changes: 'in_review',
  approve: 'in_review',
  resume: 'changes_requested',
}

/** Who may make which move (DOMAIN D.1, D.2); `submitter` is whoever sent this version. */
const MAY: { readonly [kind in MoveKind]: readonly (Role | 'submitter')[] } = {
  submit: ['coordinator', 'editor'],
  withdraw: ['coordinator', 'submitter'],
  request_changes: ['director'],
  approve: ['director'],
  resume: ['coordinator', 'editor'],
  publish: ['coordinator'],
  archive: ['coordinator', 'director'],
  reopen: ['director'],
}

export const mayMove = (kind: MoveKind, roles: readonly Role[], submitter: boolean): boolean =>
  MAY[kind].some((who) => (who === 'submitter' ? submitter : roles.includes(who)))

/** The facts after a move; `ILLEGAL_MOVE` when it cannot be made from here. */
export function moved(flow: Flow, move: Move): Flow | Refusal {
  if ((flow.archived !== null) !== (move.kind === 'reopen'))
    return illegal(move.kind, flow.archived ? 'an archived document' : 'a document that is not archived')
  const from = FROM[move.kind]
  if (from !== undefined && flow.work !== from) return illegal(move.kind, flow.work)
  switch (move.kind) {
    case 'submit':
      return { ...flow, work: 'in_review' }
    case 'withdraw':
    case 'resume':
      return { ...flow, work: 'draft' }
    case 'request_changes':
      return { ...flow, work: 'changes_requested' }
    case 'approve':
      return { ...flow, work: 'draft', inForce: { version: move.version } }
    case 'publish': {
      if (flow.inForce === null) return illegal('publish', 'nothing in force')
      const { version } = flow.inForce
      if (flow.published?.version === version) return illegal('publish', 'a version that is public')
      return { ...flow, published: { version, at: move.at } }
    }
    case 'archive':
      // What waits in review would wait for ever.
      return flow.work === 'in_review'
        ? illegal('archive', flow.work)
        : { ...flow, archived: { reason: move.reason, at: move.at } }
    case 'reopen':
      return { ...flow, archived: null, work: 'draft' }
  }
}

const illegal = (kind: MoveKind, from: string): Refusal => refusal('ILLEGAL_MOVE', `${kind} from ${from}`)

/** How often each person has written into the content, as the journal counts it; deletions are entries too. */
export type Contributions = ReadonlyMap<string, number>

/**
 * Who has written since the version in force, or since birth (DOMAIN W-01): none of them may approve. Counts only grow, so a
 * higher one is an entry since.
 */
export function authorsSince(now: Contributions, inForce: Contributions | null): string[] {
  return [...now]
    .filter(([person, entries]) => entries > (inForce?.get(person) ?? 0))
    .map(([person]) => person)
}

/** A reason that says something, in the words of the field: at least 20 characters. */
export const isReason = (text: string): boolean => lengthOfReason(text) >= REASON_MIN_CHARACTERS
export const lengthOfReason = (text: string): number => [...text.trim()].length
