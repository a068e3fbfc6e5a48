/** Tools with an evaluation that was decided on, for tests of the catalogue and of what leads to it. */
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import type { Reviewed } from './reviewed.ts'
import { scored } from './scored.ts'
import { teamOf } from './teams.ts'

export type Changes = { readonly [section: string]: object }

/** Ane coordinates, Jon writes, the mayor directs, a lawyer has opinions, Miren reads. */
export const teamOfTools = ({ server }: Reviewed): Promise<string> =>
  teamOf(
    server.container.resolve(TEAMS),
    'Tresnak',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )

/** An evaluation that lacks nothing, of a tool that one person may use for what is public. */
export async function draftTool(
  house: Reviewed,
  team: string,
  toolName: string,
  changes: Changes = {},
): Promise<DocumentId> {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const own: Changes = {
    tool: { toolName },
    useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
    dataProtection: { dataClasses: ['public'] },
    decision: { allowedDataClasses: ['public'], allowedLevels: ['individual'] },
  }
  for (const more of [own, changes])
    for (const [section, fields] of Object.entries(more)) base[section] = { ...base[section], ...fields }
  const id = await house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team as never,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })
  await scored(house, id)
  return id
}

export async function decideTool(house: Reviewed, id: DocumentId): Promise<void> {
  const { version } = await house.submit(id)
  const given = { id: newUuid(), version: version.n, sha256: version.sha256, verdict: 'approve' }
  const [status] = await house.outcome('mayor', 'POST', `/documents/${id}/decisions`, given)
  if (status !== 204) throw new Error(`the tool was not decided on: ${status}`)
}
