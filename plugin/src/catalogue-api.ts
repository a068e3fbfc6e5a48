/** The catalogue of tools, as pages ask the server for it. */
import type { Answered, Catalogue, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import type { Case } from '@auzolan/shared/catalogue/may-i-use.ts'
import { get } from './api.ts'

export const getCatalogue = (): Promise<Catalogue> => get('/catalogue')
export const getTool = (id: string): Promise<ToolCard> => get(`/catalogue/${encodeURIComponent(id)}`)
export const askCatalogue = (tool: string, { purpose, data, level }: Case): Promise<Answered> =>
  get(
    `/catalogue/answer?${new URLSearchParams({ tool, ...(purpose ? { purpose } : {}), data, level }).toString()}`,
  )
