/**
 * Who may do what with a document: one pure function. The server enforces it; the screen only hints
 * with it (ARCHITECTURE "Access", DOMAIN D.1).
 */
import type { ChannelName } from './ids.ts'

export const ROLES = ['reader', 'editor', 'coordinator', 'director', 'legal', 'it', 'hr', 'language'] as const
export type Role = (typeof ROLES)[number]
export type Visibility = 'team' | 'organisation' | 'public'
/** Who may comment beside the team: nobody, or whoever may read the document. */
export const COMMENTING = ['members', 'readers'] as const
export type Commenting = (typeof COMMENTING)[number]
export type Work = 'draft' | 'in_review' | 'changes_requested'

export interface Standing {
  /** Roles the person has in the document's team; empty for outsiders. */
  readonly roles: readonly Role[]
  readonly visibility: Visibility
  readonly work: Work
  readonly archived: boolean
  readonly commenting: Commenting
}

/** `locked`: this person writes here, but not while the document is in review; what they type waits. */
export type WriteRight = 'yes' | 'locked' | 'no'

export interface Capabilities {
  readonly read: boolean
  readonly write: WriteRight
}

/** Roles that write the text. Reviewers read it: an approver must not be an author (DOMAIN W-01). */
export const WRITERS: readonly Role[] = ['editor', 'coordinator']

/** Roles that read for others: what they ask for must be dealt with before the text is sent again. */
export const REVIEWERS: readonly Role[] = ['director', 'legal', 'it', 'hr', 'language']

export function grant(standing: Standing, channel: ChannelName): Capabilities {
  const member = standing.roles.length > 0
  const read = member || standing.visibility !== 'team'
  if (standing.archived) return { read: channel === 'content' ? read : member, write: 'no' }
  switch (channel) {
    case 'content':
      if (!standing.roles.some((r) => WRITERS.includes(r))) return { read, write: 'no' }
      return { read, write: standing.work === 'in_review' ? 'locked' : 'yes' }
    case 'calendar':
      // Notes among us are in it, and a review locks the plan's text only: the office goes on planning posts.
      return { read: member, write: standing.roles.some((r) => WRITERS.includes(r)) ? 'yes' : 'no' }
    case 'comments': {
      // Reviews are made of comments: only content is locked by one.
      const may = member || (read && standing.commenting === 'readers')
      return { read: may, write: may ? 'yes' : 'no' }
    }
  }
}
