/** All lists of reference data (DOMAIN, "dated reference data an administrator can replace"), and how things are called by them. */
import type { Entry, ReferenceList } from './list.ts'
import { adequacy, eea, type Adequacy, type EeaMember } from './adequacy.ts'
import { dpiaCriteria, toolCategories, type DpiaCriterion, type ToolCategory } from './tools.ts'
import { languages, type Language } from './languages.ts'
import { licences, type Licence } from './licences.ts'
import { networks, type Network } from './networks.ts'
import { phrases, type Phrase } from './phrases.ts'

/** The entries of every list, as they hold now. */
export interface References {
  readonly networks: readonly Network[]
  readonly phrases: readonly Phrase[]
  readonly licences: readonly Licence[]
  readonly languages: readonly Language[]
  readonly eea: readonly EeaMember[]
  readonly adequacy: readonly Adequacy[]
  readonly toolCategories: readonly ToolCategory[]
  readonly dpiaCriteria: readonly DpiaCriterion[]
}
export type ListId = keyof References

export const LISTS: { readonly [id in ListId]: ReferenceList } = {
  networks: networks as unknown as ReferenceList,
  phrases: phrases as unknown as ReferenceList,
  licences: licences as unknown as ReferenceList,
  languages: languages as unknown as ReferenceList,
  eea: eea as unknown as ReferenceList,
  adequacy: adequacy as unknown as ReferenceList,
  toolCategories: toolCategories as unknown as ReferenceList,
  dpiaCriteria: dpiaCriteria as unknown as ReferenceList,
}
export const LIST_IDS = Object.keys(LISTS) as readonly ListId[]
export const isListId = (id: string): id is ListId => Object.hasOwn(LISTS, id)

/** As the program brings them. */
export const BUILTIN: References = referencesIn((id) => LISTS[id].builtin.entries)

export function referencesIn(entriesOf: (id: ListId) => readonly Entry[]): References {
  return Object.fromEntries(LIST_IDS.map((id) => [id, entriesOf(id)])) as unknown as References
}

/** What is no longer in the list is called by its id. */
export const networkLabel = (id: string, { networks: all }: References = BUILTIN): string =>
  all.find((network) => network.id === id)?.label ?? id
export const licenceLabel = (id: string, { licences: all }: References = BUILTIN): string =>
  all.find((licence) => licence.id === id)?.label ?? id
