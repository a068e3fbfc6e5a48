/** How plans stand to each other: all of them at a glance, what a new one begins from, what it is below. */
import type { Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  LINK_MAX_CHARACTERS,
  NEED_MAX_CHARACTERS,
  TEMPLATE_SENTENCE_MAX_CHARACTERS,
  TITLE_MAX_CHARACTERS,
  TOOL_NAME_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { BUILT_IN, type Beginning, type TemplateRequest } from '@auzolan/shared/protocol/templates.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import { builtIn } from '../documents/built-in.ts'
import type { Documents } from '../documents/documents.ts'
import { saidByOrganisation } from '../documents/plan-template.ts'
import type { PlansAtAGlance } from '../documents/glance.ts'
import type { Parents } from '../documents/parents.ts'
import type { Templates } from '../documents/templates.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Reports } from '../reports/reports.ts'
import type { Teams } from '../teams/teams.ts'
import { translated } from '../translated.ts'
import { TeamChoice, chosenTeam } from './arranging-routes.ts'
import type { Routing } from './routing.ts'

const From = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('built_in'), id: z.enum(BUILT_IN) }),
  z.object({ kind: z.literal('template'), id: z.string() }),
]) satisfies z.ZodType<Beginning>
const NewDocument = z.object({
  type: z.literal('plan'),
  title: translated(TITLE_MAX_CHARACTERS),
  team: TeamChoice,
  from: From.default({ kind: 'built_in', id: 'organisation' }),
  /** Whoever coordinates the team can have it begin below a plan of the organisation; nothing is above it by itself. */
  parent: z.string().nullable().default(null),
  /** Of the organisation: whose plan it is; left out, the one of the team. */
  department: z.string().optional(),
})
/** Of a plan, which also says whose it is and in which languages. */
const NewReport = z
  .object({
    type: z.literal('report'),
    about: z.string(),
    title: translated(TITLE_MAX_CHARACTERS),
    from: z.iso.date(),
    to: z.iso.date(),
  })
  .refine(({ from, to }) => from <= to, 'it ends before it begins')
const SaidIn = z.object({ from: z.iso.date(), to: z.iso.date() })
const NewEvaluation = z.object({
  type: z.literal('evaluation'),
  toolName: z.string().trim().min(1).max(TOOL_NAME_MAX_CHARACTERS),
  level: z.enum(USE_LEVELS.map(({ id }) => id)),
  team: TeamChoice,
  /** What is known of it already, from those who suggested it. */
  address: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(LINK_MAX_CHARACTERS)]).default(''),
  category: z.string().min(1).max(255).nullable().default(null),
  need: z.string().trim().max(NEED_MAX_CHARACTERS).default(''),
})
const TemplateBody = z.object({
  version: z.int().min(1),
  title: translated(TITLE_MAX_CHARACTERS),
  sentence: z.string().trim().max(TEMPLATE_SENTENCE_MAX_CHARACTERS),
  organisation: z.boolean(),
  pictures: z.boolean(),
}) satisfies z.ZodType<TemplateRequest>
const ParentBody = z.object({ parent: z.string().nullable() })
const NamedBody = z.object({ ofOrganisation: z.boolean() })

export interface PlansPorts {
  readonly access: Access
  readonly documents: Documents
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly templates: Templates
  readonly parents: Parents
  readonly reports: Reports
  readonly glance: PlansAtAGlance
  readonly now: () => Date
}

export function addPlansRoutes(api: Router, { signedIn, enter, refuse }: Routing, ports: PlansPorts): void {
  const { access, documents, teams, organisation, templates, parents, reports, glance, now } = ports
  const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
  const invalid = (error: z.ZodError): Refusal => refusal('INVALID_INPUT', z.prettifyError(error))
  /** Anybody signed in: the plans they may read, and no others. */
  api.get(
    '/plans',
    signedIn(async (claims, _request, response) => void response.json(await glance.list(claims))),
  )

  /** Whoever reads the plan: what its approved reports of a time say that figures do not show, of those they may read. */
  api.get(
    '/documents/:id/reports',
    signedIn(async (claims, request, response) => {
      const entered = await enter(claims, request)
      if (isRefusal(entered)) return refuse(response, entered)
      const asked = SaidIn.safeParse(request.query)
      if (!asked.success) return refuse(response, invalid(asked.error))
      response.json(await reports.says(claims, entered.document.id, asked.data))
    }),
  )

  /** Anybody signed in: the templates they may read, and no others. */
  api.get(
    '/templates',
    signedIn(async (claims, _request, response) => void response.json(await templates.list(claims))),
  )

  /**
   * A plan or an evaluation: anybody signed in, for themselves or for a team they write in, a plan from what they may read. A report:
   * those who write the plan it is about.
   */
  api.post(
    '/documents',
    signedIn(async (claims, request, response) => {
      const report = NewReport.safeParse(request.body)
      if (report.success) return born(response, await reports.begin(claims, report.data))
      const evaluation = NewEvaluation.safeParse(request.body)
      if (evaluation.success) return born(response, await beginEvaluation(claims, evaluation.data))
      const parsed = NewDocument.safeParse(request.body)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      const { title, from, parent, department } = parsed.data
      const teamId = await chosenTeam(teams, claims, parsed.data.team)
      if (isRefusal(teamId)) return refuse(response, teamId)
      if (parent !== (await parents.forNew(teamId, parent, claims)))
        return refuse(
          response,
          refusal('NOT_ALLOWED', 'below a plan of the organisation, by coordinators of the team'),
        )
      const beginning = from.kind === 'template' ? await begun(claims, from.id, title) : null
      if (beginning !== null && isRefusal(beginning)) return refuse(response, beginning)
      const described = await organisation.read()
      const { languages, timeZone } = described
      if (department !== undefined && !described.departments.some(({ id }) => id === department))
        return refuse(response, refusal('INVALID_INPUT', 'no such department'))
      const departments = department === undefined ? await teams.departmentsOf(teamId) : [department]
      const own = () => ({
        languages,
        template: builtIn(from.kind === 'built_in' ? from.id : 'organisation', {
          languages,
          title,
          departments,
          today: localTime(now(), timeZone).day,
        }),
        madeFrom: { id: from.id, version: null },
      })
      const begins = beginning ?? own()
      const id = await documents.create({
        teamId,
        by: claims.person,
        parent: (rows) => parents.forNew(teamId, parent, claims, rows),
        ...begins,
        template: saidByOrganisation(begins.template, described),
      })
      born(response, id)
    }),
  )
  function born(response: Response, id: DocumentId | Refusal): void {
    if (isRefusal(id)) return refuse(response, id)
    response.status(201).location(`/api/v1/documents/${id}`).json({ id })
  }
  async function beginEvaluation(claims: Claims, given: z.infer<typeof NewEvaluation>) {
    const { toolName, level, team, address, category, need } = given
    const teamId = await chosenTeam(teams, claims, team)
    if (isRefusal(teamId)) return teamId
    const { languages, timeZone } = await organisation.read()
    return documents.create({
      type: 'evaluation',
      teamId,
      by: claims.person,
      languages,
      template: {
        tool: {
          // What it is called until somebody says what it is wanted for.
          title: Object.fromEntries(languages.map((language) => [language, toolName])),
          toolName,
          ...(address ? { url: address } : {}),
          ...(category ? { category } : {}),
          evaluatedOn: localTime(now(), timeZone).day,
          departments: await teams.departmentsOf(teamId),
        },
        // In the language of whoever reads what was suggested, if the document has it.
        ...(need
          ? {
              need: {
                need: { [languages.find((one) => one === claims.language) ?? languages[0] ?? 'es']: need },
              },
            }
          : {}),
        useLevel: { level },
      },
    })
  }
  async function begun(claims: Claims, template: string, title: z.infer<typeof NewDocument>['title']) {
    const id = parseDocumentId(template)
    const found = id === null ? nothing : await access.enter(claims, id)
    return isRefusal(found) ? found : templates.begin(found.document, title)
  }

  /** The coordinators of the plan's team. */
  api.post(
    '/documents/:id/template',
    signedIn(async (claims, request, response) => {
      const found = await enter(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      if (!found.roles.includes('coordinator'))
        return refuse(response, refusal('NOT_ALLOWED', 'for coordinators of the team'))
      const parsed = TemplateBody.safeParse(request.body)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      born(response, await templates.make(claims, found.document, parsed.data))
    }),
  )

  /** Administrators, of what they may read. */
  api.put(
    '/documents/:id/of-organisation',
    signedIn(async (claims, request, response) => {
      const found = await enter(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      if (!claims.admin) return refuse(response, refusal('NOT_ALLOWED', 'for administrators of Nextcloud'))
      const parsed = NamedBody.safeParse(request.body)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      const refused = await parents.name(found.document.id, parsed.data.ofOrganisation, claims)
      if (refused) refuse(response, refused)
      else response.status(204).end()
    }),
  )

  /** The coordinators of the plan's team, below a plan of the organisation; those of the one above put out. */
  api.put(
    '/documents/:id/parent',
    signedIn(async (claims, request, response) => {
      const found = await enter(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      const parsed = ParentBody.safeParse(request.body)
      if (!parsed.success) return refuse(response, invalid(parsed.error))
      const above = parsed.data.parent === null ? null : parseDocumentId(parsed.data.parent)
      if (above === null && parsed.data.parent !== null) return refuse(response, nothing)
      const refused = await parents.put(found.document.id, above, claims)
      if (refused) refuse(response, refused)
      else response.status(204).end()
    }),
  )
}
