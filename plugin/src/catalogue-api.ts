/** The catalogue of tools, as pages ask the server for it. */
import type { Answered, Catalogue, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import type { Case } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { CareList, MaterialGiven, Upkeep, UseGiven } from '@auzolan/shared/protocol/upkeep.ts'
import { get, send } from './api.ts'

export const getCatalogue = (): Promise<Catalogue> => get('/catalogue')
export const getTool = (id: string): Promise<ToolCard> => get(`/catalogue/${encodeURIComponent(id)}`)
export const askCatalogue = (tool: string, { purpose, data, level }: Case): Promise<Answered> =>
  get(
    `/catalogue/answer?${new URLSearchParams({ tool, ...(purpose ? { purpose } : {}), data, level }).toString()}`,
  )

/** What is said of a tool beside its evaluation: each change answers with how it is now. */
const at = (tool: string, ...rest: readonly string[]): string =>
  `/catalogue/${[tool, ...rest].map(encodeURIComponent).join('/')}`
export const getCare = (): Promise<CareList> => get('/catalogue/care')
export const keepUse = (tool: string, department: string, given: UseGiven): Promise<Upkeep> =>
  send('PUT', at(tool, 'uses', department), given)
export const confirmUse = (tool: string, department: string): Promise<Upkeep> =>
  send('POST', at(tool, 'uses', department, 'confirm'), {})
export const removeUse = (tool: string, department: string): Promise<Upkeep> =>
  send('DELETE', at(tool, 'uses', department))
export const keepMaterial = (tool: string, material: string, given: MaterialGiven): Promise<Upkeep> =>
  send('PUT', at(tool, 'materials', material), given)
export const removeMaterial = (tool: string, material: string): Promise<Upkeep> =>
  send('DELETE', at(tool, 'materials', material))
export const promiseTraining = (tool: string, by: string | null): Promise<Upkeep> =>
  send('PUT', at(tool, 'promise'), { by })
export const teach = (tool: string, department: string | null): Promise<Upkeep> =>
  send('PUT', at(tool, 'teachers', 'me'), { department })
export const unteach = (tool: string, person: string): Promise<Upkeep> =>
  send('DELETE', at(tool, 'teachers', person))
