/** How plans stand to each other, and what new ones begin from, as the screens ask the server for it. */
import type { PlanAtAGlance } from '@auzolan/shared/protocol/plans.ts'
import type { Beginning, TemplateRequest, TemplateSummary } from '@auzolan/shared/protocol/templates.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { get, send, type TeamChoice } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const listPlans = (): Promise<PlanAtAGlance[]> => get('/plans')
export const listTemplates = (): Promise<TemplateSummary[]> => get('/templates')
export const createPlan = async (
  title: Translated<string>,
  team: TeamChoice,
  from: Beginning,
  /** Of a plan that may be below another one: which, and for which department it is. */
  place: { readonly parent?: string | null; readonly department?: string } = {},
): Promise<string> =>
  (await send<{ id: string }>('POST', '/documents', { type: 'plan', title, team, from, ...place })).id
/** Plans that others can be below: those of the whole organisation which are below nothing themselves. */
export const listAbove = async (): Promise<PlanAtAGlance[]> =>
  (await listPlans()).filter((one) => one.parent === null && one.says?.scope.length === 0)
export const makeTemplate = async (id: string, request: TemplateRequest): Promise<string> =>
  (await send<{ id: string }>('POST', `${at(id)}/template`, request)).id
export const putBelow = (id: string, parent: string | null): Promise<void> =>
  send('PUT', `${at(id)}/parent`, { parent })
