/** How plans stand to each other, and what new ones begin from, as the screens ask the server for it. */
import type { PlanAtAGlance } from '@auzolan/shared/protocol/plans.ts'
import type { ReportSays } from '@auzolan/shared/protocol/reports.ts'
import type { Beginning, TemplateRequest, TemplateSummary } from '@auzolan/shared/protocol/templates.ts'
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { get, send, type TeamChoice } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const listPlans = (): Promise<PlanAtAGlance[]> => get('/plans')
export const listTemplates = (): Promise<TemplateSummary[]> => get('/templates')
export const createPlan = async (
  title: Translated<string>,
  team: TeamChoice,
  from: Beginning,
  parent: string | null,
  /** Whose plan it is; left out, the one of the team. */
  department?: string,
): Promise<string> =>
  (await send<{ id: string }>('POST', '/documents', { type: 'plan', title, team, from, parent, department }))
    .id
export const createReport = async (
  about: string,
  title: Translated<string>,
  { from, to }: Span,
): Promise<string> =>
  (await send<{ id: string }>('POST', '/documents', { type: 'report', about, title, from, to })).id
/** What approved reports of these days say that figures do not show. */
export const getReportsSay = (plan: string, { from, to }: Span): Promise<readonly ReportSays[]> =>
  get(`${at(plan)}/reports?from=${from}&to=${to}`)
export const createEvaluation = async (
  toolName: string,
  level: UseLevel,
  team: TeamChoice,
  known: { readonly address?: string; readonly category?: string | null; readonly need?: string } = {},
): Promise<string> =>
  (await send<{ id: string }>('POST', '/documents', { type: 'evaluation', toolName, level, team, ...known }))
    .id
export const makeTemplate = async (id: string, request: TemplateRequest): Promise<string> =>
  (await send<{ id: string }>('POST', `${at(id)}/template`, request)).id
/** For administrators: whether it is a plan of the organisation, which others can be put below. */
export const nameOfOrganisation = (id: string, ofOrganisation: boolean): Promise<void> =>
  send('PUT', `${at(id)}/of-organisation`, { ofOrganisation })
export const putBelow = (id: string, parent: string | null): Promise<void> =>
  send('PUT', `${at(id)}/parent`, { parent })
