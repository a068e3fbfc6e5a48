/** Documents: which there are, a new one, and what surrounds the text of one. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { TITLE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Documents } from '../documents/documents.ts'
import { planTemplate } from '../documents/plan-template.ts'
import type { Names } from '../history/names.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Archiving } from '../review/archiving.ts'
import type { Standings } from '../review/standing.ts'
import type { Teams } from '../teams/teams.ts'
import { translated } from '../translated.ts'
import { TeamChoice, chosenTeam } from './arranging-routes.ts'
import type { Routing } from './routing.ts'

const NewDocument = z.object({
  type: z.literal('plan'),
  title: translated(TITLE_MAX_CHARACTERS),
  team: TeamChoice,
})

export interface DocumentRoutesPorts {
  readonly documents: Documents
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly standings: Standings
  readonly archiving: Archiving
  readonly names: Names
}

export function addDocumentRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  { documents, teams, organisation, standings, archiving, names }: DocumentRoutesPorts,
): void {
  /** Anybody signed in: the documents they may read, and no others. */
  api.get(
    '/documents',
    signedIn(async (claims, _request, response) => void response.json(await documents.listFor(claims))),
  )

  /** Anybody signed in, for themselves or for a team they write in. */
  api.post(
    '/documents',
    signedIn(async (claims, request, response) => {
      const parsed = NewDocument.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const { team, title } = parsed.data
      const teamId = await chosenTeam(teams, claims, team)
      if (isRefusal(teamId)) return refuse(response, teamId)
      const { languages } = await organisation.read()
      const id = await documents.create({
        teamId,
        languages,
        template: planTemplate(languages, title),
        by: claims.person,
      })
      response.status(201).location(`/api/v1/documents/${id}`).json({ id })
    }),
  )

  /** Who archived a document is in the audit; a person's name is the one they were last called by. */
  const archivist = async (id: DocumentId): Promise<string> => {
    const actor = await archiving.archivist(id)
    return actor === null ? '' : (await names.of([actor]))(actor)
  }

  /** Whoever may read the document; for everybody else it does not exist. */
  api.get(
    '/documents/:id',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      const { document, may } = entered
      const summary = await documents.summary(document.id, claims)
      const flow = await standings.flow(document.id)
      // Purged in this very moment.
      if (!summary || !flow) return refuse(response, refusal('NOT_FOUND', 'no such document'))
      const envelope: DocumentEnvelope = {
        ...summary,
        visibility: document.visibility,
        inForce: flow.inForce?.version ?? null,
        published: flow.published,
        archive: flow.archived && { ...flow.archived, by: await archivist(document.id) },
        languages: document.languages,
        commenting: document.commenting,
        capabilities: { content: may('content'), comments: may('comments') },
      }
      response.json(envelope)
    }),
  )
}
