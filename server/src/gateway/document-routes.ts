/** Documents: which there are, and what surrounds the text of one. */
import type { Router } from 'express'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Access } from '../access/access.ts'
import type { Documents } from '../documents/documents.ts'
import type { Parents } from '../documents/parents.ts'
import type { Templates } from '../documents/templates.ts'
import type { Names } from '../history/names.ts'
import type { Archiving } from '../review/archiving.ts'
import type { Reopenings } from '../review/reopenings.ts'
import type { Reports } from '../reports/reports.ts'
import type { Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import type { Routing } from './routing.ts'

export interface DocumentRoutesPorts {
  readonly documents: Documents
  readonly access: Access
  readonly parents: Parents
  readonly reports: Reports
  readonly versions: Versions
  readonly templates: Templates
  readonly standings: Standings
  readonly archiving: Archiving
  readonly names: Names
  readonly reopenings: Reopenings
}

export function addDocumentRoutes(
  api: Router,
  { signedIn, enter, refuse }: Routing,
  {
    access,
    documents,
    parents,
    reports,
    versions,
    templates,
    standings,
    archiving,
    names,
    reopenings,
  }: DocumentRoutesPorts,
): void {
  /** Anybody signed in: the documents they may read, and no others. */
  api.get(
    '/documents',
    signedIn(async (claims, _request, response) => void response.json(await documents.listFor(claims))),
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
      const { parent, family } = await parents.read(document.id, claims)
      // Purged in this very moment.
      if (!summary || !flow) return refuse(response, refusal('NOT_FOUND', 'no such document'))
      const envelope: DocumentEnvelope = {
        ...summary,
        about: await reports.about(claims, document),
        visibility: document.visibility,
        inForce: flow.inForce?.version ?? null,
        published: flow.published,
        archive: flow.archived && { ...flow.archived, by: await archivist(document.id) },
        reopened: await reopenings.of(document.id),
        languages: document.languages,
        commenting: document.commenting,
        madeFrom: await templates.madeFrom(
          document,
          async (template) => !isRefusal(await access.enter(claims, template)),
        ),
        parent,
        ofOrganisation: document.ofOrganisation,
        family,
        capabilities: {
          content: may('content'),
          comments: may('comments'),
          calendar: may('calendar'),
        },
      }
      response.json(envelope)
    }),
  )

  /** The team: what a version would have beside the text if it were frozen now. */
  api.get(
    '/documents/:id/attached',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      if (entered.roles.length === 0) return refuse(response, refusal('NOT_ALLOWED', 'for the team'))
      const frozen = await versions.freeze(entered.document.id)
      if (isRefusal(frozen)) return refuse(response, frozen)
      response.type('json').send(frozen.attached)
    }),
  )
}
