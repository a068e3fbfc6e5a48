/** What is done with a document as a whole: move to another team, duplicate, trash, take back. */
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS, type Role } from '@auzolan/shared/grants.ts'
import { parseDocumentId, parseTeamId, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import { TITLE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Admission } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Copies } from '../documents/copies.ts'
import type { Arranging } from '../documents/arranging.ts'
import type { Documents } from '../documents/documents.ts'
import type { Teams } from '../teams/teams.ts'
import type { Routing } from './routing.ts'
import { translated } from '../translated.ts'

/** Who writes a document: one of the person's teams, or the person alone. */
export const TeamChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('team'), id: z.string() }),
  z.object({ kind: z.literal('person') }),
])
const Copy = z.object({
  title: translated(TITLE_MAX_CHARACTERS),
  team: TeamChoice,
})
const Move = z.object({ team: z.string() })

export interface ArrangingPorts {
  readonly documents: Documents
  readonly arranging: Arranging
  readonly teams: Teams
  readonly copies: Copies
}

/** The team a new document is for, if the person may write there. */
export async function chosenTeam(
  teams: Teams,
  claims: Claims,
  choice: z.infer<typeof TeamChoice>,
): Promise<TeamId | Refusal> {
  if (choice.kind === 'person') return teams.personalTeam(claims.person, claims.name)
  return teamWith(teams, claims, choice.id, WRITERS)
}

async function teamWith(
  teams: Teams,
  claims: Claims,
  id: string,
  wanted: readonly Role[],
): Promise<TeamId | Refusal> {
  const team = parseTeamId(id)
  const roles = team === null ? [] : await teams.rolesIn(team, claims)
  if (team === null || roles.length === 0) return refusal('NOT_FOUND', 'no such team, or not a member of it')
  return roles.some((role) => wanted.includes(role))
    ? team
    : refusal('NOT_ALLOWED', `for ${wanted.join(', ')}`)
}

export function addArrangingRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  ports: ArrangingPorts,
): void {
  const { documents, arranging, teams, copies } = ports

  /** The document, for those who coordinate its team. */
  const arrange = async (claims: Claims, request: Request): Promise<Admission | Refusal> => {
    const entered = await enter(claims, request)
    if (isRefusal(entered) || entered.roles.includes('coordinator')) return entered
    return refusal('NOT_ALLOWED', 'for coordinators of the team')
  }
  const answer = (response: Response, refused: Refusal | null): void => {
    if (refused) refuse(response, refused)
    else response.status(204).end()
  }

  /** Whoever coordinates both teams. */
  api.post(
    '/documents/:id/move',
    signedIn(async (claims, request, response) => {
      const entered = await arrange(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      const parsed = Move.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const to = await teamWith(teams, claims, parsed.data.team, ['coordinator'])
      if (isRefusal(to)) return refuse(response, to)
      answer(response, await arranging.move(entered.document.id, to, claims))
    }),
  )

  /** Whoever may read it, into a team where they write or for themselves. */
  api.post(
    '/documents/:id/duplicate',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      const parsed = Copy.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const teamId = await chosenTeam(teams, claims, parsed.data.team)
      if (isRefusal(teamId)) return refuse(response, teamId)
      if (entered.document.about !== null && entered.document.teamId !== teamId)
        return refuse(response, refusal('ILLEGAL_MOVE', 'it stays in the team of what it belongs to'))
      const { title } = parsed.data
      const id = await copies.copy(entered.document, { teamId, title, by: claims })
      response.status(201).location(`/api/v1/documents/${id}`).json({ id })
    }),
  )

  /** The coordinators of its team. */
  api.post(
    '/documents/:id/trash',
    signedIn(async (claims, request, response) => {
      const entered = await arrange(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      answer(response, await arranging.trash(entered.document.id, claims))
    }),
  )

  /** The coordinators of its team; for everybody else what is in the trash does not exist. */
  api.post(
    '/documents/:id/take-back',
    signedIn(async (claims, request, response) => {
      const id = parseDocumentId(String(request.params['id']))
      const found = id === null ? null : await mineInTrash(claims, id)
      if (!found) return refuse(response, refusal('NOT_FOUND', 'not in the trash, or not yours to take back'))
      answer(response, await arranging.takeBack(found, claims))
    }),
  )

  /** Anybody signed in: what they may take back. */
  api.get(
    '/trash',
    signedIn(async (claims, _request, response) => void response.json(await documents.trashFor(claims))),
  )

  async function mineInTrash(claims: Claims, id: DocumentId): Promise<DocumentId | null> {
    return (await documents.trashFor(claims)).some((d) => d.id === id) ? id : null
  }
}
