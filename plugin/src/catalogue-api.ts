/** The catalogue of tools, as pages ask the server for it. */
import type { Answered, Catalogue, OnShelf, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import type { CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import type { Answer, Case } from '@auzolan/shared/catalogue/may-i-use.ts'
import type {
  CareLine,
  CareList,
  MaterialGiven,
  Upkeep,
  UseGiven,
  UseShown,
} from '@auzolan/shared/protocol/upkeep.ts'
import { get, send } from './api.ts'
import { signed } from './signed.ts'

/** What a server older than this page does not say of a tool: there it is as if nobody had said it. */
type Older<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>
const located = <T extends object>(location: T): T & { readonly backedUp: readonly string[] } => ({
  backedUp: [],
  ...location,
})
/** An older server says neither why data are left out nor when a condition is due. */
const told = (entry: Older<CatalogueEntry, 'leftOut'>): CatalogueEntry => ({
  leftOut: [],
  ...entry,
  conditions: entry.conditions.map(
    (one: Older<CatalogueEntry['conditions'][number], 'dueOn' | 'doneOn'>) => ({
      dueOn: null,
      doneOn: null,
      ...one,
    }),
  ),
  location: located(entry.location),
})
const shelved = (tool: Older<OnShelf, 'usedBy' | 'words'>): OnShelf => ({
  usedBy: [],
  words: '',
  ...tool,
  location: located(tool.location),
})
const kept = (upkeep: Older<Upkeep, 'own'>): Upkeep => ({
  own: [],
  ...upkeep,
  uses: upkeep.uses.map((use: Older<UseShown, 'by' | 'changes'>) => ({
    by: '',
    changes: upkeep.speaksFor.includes(use.department),
    ...use,
  })),
})

export const getCatalogue = async (): Promise<Catalogue> => {
  const { tools } = await get<Catalogue>('/catalogue')
  return { tools: tools.map(shelved) }
}
export const getTool = async (id: string): Promise<ToolCard> => {
  const { entry, upkeep, ...card } = await get<ToolCard>(`/catalogue/${encodeURIComponent(id)}`)
  return { ...card, entry: told(entry), upkeep: kept(upkeep) }
}
export const askCatalogue = async (tool: string, { purpose, data, level }: Case): Promise<Answered> => {
  const asked = new URLSearchParams({ tool, ...(purpose ? { purpose } : {}), data, level })
  const { answer, ...rest } = await get<Answered>(`/catalogue/answer?${asked.toString()}`)
  return {
    readable: false,
    ...(rest as Older<typeof rest, 'readable'>),
    answer: answer && {
      otherKinds: [],
      ...(answer as Older<Answer, 'otherKinds'>),
      entry: told(answer.entry),
    },
  }
}

/** What is said of a tool beside its evaluation: each change answers with how it is now. */
const at = (tool: string, ...rest: readonly string[]): string =>
  `/catalogue/${[tool, ...rest].map(encodeURIComponent).join('/')}`
export const getCare = async (): Promise<CareList> => {
  const { lines, ...care } = await get<CareList>('/catalogue/care')
  const done = lines.map((line: Older<CareLine, 'acts'>) => ({ acts: true, ...line }) as CareLine)
  return { ...care, suggestions: (care as Partial<CareList>).suggestions ?? 0, lines: done }
}
const change = async (method: 'PUT' | 'POST' | 'DELETE', path: string, body: object = {}): Promise<Upkeep> =>
  kept(await send<Upkeep>(method, path, signed(body)))
export const keepUse = (tool: string, department: string, given: UseGiven): Promise<Upkeep> =>
  change('PUT', at(tool, 'uses', department), given)
export const confirmUse = (tool: string, department: string): Promise<Upkeep> =>
  change('POST', at(tool, 'uses', department, 'confirm'))
export const removeUse = (tool: string, department: string): Promise<Upkeep> =>
  change('DELETE', at(tool, 'uses', department))
export const keepMaterial = (tool: string, material: string, given: MaterialGiven): Promise<Upkeep> =>
  change('PUT', at(tool, 'materials', material), given)
export const removeMaterial = (tool: string, material: string): Promise<Upkeep> =>
  change('DELETE', at(tool, 'materials', material))
export const promiseTraining = (tool: string, by: string | null): Promise<Upkeep> =>
  change('PUT', at(tool, 'promise'), { by })
export const teach = (tool: string, department: string | null): Promise<Upkeep> =>
  change('PUT', at(tool, 'teachers', 'me'), { department })
export const unteach = (tool: string, person: string): Promise<Upkeep> =>
  change('DELETE', at(tool, 'teachers', person))
