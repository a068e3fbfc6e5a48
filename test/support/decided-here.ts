/** The demo inside the test's own process, with a team that writes, coordinates and decides, and nobody asked before. */
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import type { Template } from '@auzolan/server/src/compaction/tasks.ts'
import {
  DECISIONS,
  DOCUMENTS,
  ORGANISATION,
  SUBMISSIONS,
  TEAMS,
  VERSIONS,
} from '@auzolan/server/src/container.ts'
import { startDemoHere, type DemoHere } from './demo-here.ts'
import { REASON } from './reviewed.ts'
import { teamOf } from './teams.ts'

export const COORDINATOR = 'komunikazio-arduraduna'
export const WRITER = 'kultura-cm'
export const DIRECTOR = 'alkatetza'

export interface DecidedHere extends DemoHere {
  /** A plan with this in it, which the writer has made. */
  draft(template: Template): Promise<DocumentId>
  /** The coordinator sends it to review, the director decides. @throws when anything is in the way */
  decided(plan: DocumentId, verdict: 'approve' | 'request_changes'): Promise<void>
}

export async function startDecidedHere(): Promise<DecidedHere> {
  const server = await startDemoHere()
  const { container } = server
  const { version, ...facts } = await container.resolve(ORGANISATION).read()
  await container.resolve(ORGANISATION).change({ ...facts, approvalRoutes: [] }, version, 'root' as PersonId)
  return {
    ...server,
    async draft(template) {
      const teamId = await teamOf(
        container.resolve(TEAMS),
        'Sare sozialen lantaldea',
        ['person', COORDINATOR, 'coordinator'],
        ['person', WRITER, 'editor'],
        ['person', DIRECTOR, 'director'],
      )
      const by = WRITER as PersonId
      return container.resolve(DOCUMENTS).create({ teamId, languages: ['eu', 'es'], template, by })
    },
    async decided(plan, verdict) {
      const request = { note: '', due: null }
      const n = await container.resolve(SUBMISSIONS).submit(claims(COORDINATOR), plan, request)
      if (isRefusal(n)) throw new Error(n.detail)
      const sent = await container.resolve(VERSIONS).read(plan, n)
      if (isRefusal(sent)) throw new Error(sent.detail)
      const refused = await container.resolve(DECISIONS).decide(claims(DIRECTOR), plan, {
        id: newUuid(),
        version: n,
        sha256: sent.sha256,
        verdict,
        comment: verdict === 'approve' ? '' : REASON,
        sections: verdict === 'approve' ? [] : ['planning'],
        conditions: '',
        waivers: [],
        overrides: [],
      })
      if (refused) throw new Error(refused.detail)
    },
  }
}

export const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
