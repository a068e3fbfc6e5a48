/**
 * Who may do what with a document: one pure function. The server enforces it; the screen only hints
 * with it (ARCHITECTURE "Access", DOMAIN D.1).
 */
import type { ChannelName } from './ids.ts'

export const ROLES = ['reader', 'editor', 'coordinator', 'director', 'legal', 'it', 'hr', 'language'] as const
export type Role = (typeof ROLES)[number]
export type Visibility = 'team' | 'organisation' | 'public'
export type Work = 'draft' | 'in_review' | 'changes_requested'

export interface Standing {
  /** Roles the person has in the document's team; empty for outsiders. */
  readonly roles: readonly Role[]
  readonly visibility: Visibility
  readonly work: Work
  readonly archived: boolean
}

export interface Capabilities {
  readonly read: boolean
  readonly write: boolean
}

/** Roles that write the text. Reviewers read it: an approver must not be an author (DOMAIN W-01). */
const WRITERS: readonly Role[] = ['editor', 'coordinator']

export function grant(standing: Standing, channel: ChannelName): Capabilities {
  const member = standing.roles.length > 0
  const read = member || standing.visibility !== 'team'
  switch (channel) {
    case 'content':
      return {
        read,
        write:
          standing.roles.some((r) => WRITERS.includes(r)) &&
          standing.work !== 'in_review' &&
          !standing.archived,
      }
  }
}
