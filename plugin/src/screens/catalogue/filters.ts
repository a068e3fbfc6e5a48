/** Which tools are on the shelves: by words and by what somebody needs. Pure. */
import { foldWithOffsets } from '@auzolan/shared/find/folded.ts'
import { allows } from '@auzolan/shared/catalogue/may-i-use.ts'
import { isInEea } from '@auzolan/shared/location/zones.ts'
import type { OnShelf } from '@auzolan/shared/protocol/catalogue.ts'
import { termsOf } from '@auzolan/shared/search/terms.ts'

export const FILTERS = ['personal', 'offline', 'eea', 'open'] as const
export type FilterId = (typeof FILTERS)[number]

const usable = ({ status }: OnShelf): boolean => status === 'recommended' || status === 'conditional'

export const RULES: { readonly [id in FilterId]: (tool: OnShelf) => boolean } = {
  personal: (tool) => usable(tool) && allows(tool.allowedDataClasses, 'personal_citizen'),
  offline: ({ offline }) => offline === 'full_edit' || offline === 'read_only',
  eea: ({ location: { own, worst, exposed } }) => own || (worst !== null && isInEea(worst) && !exposed),
  open: ({ licence }) => licence !== '' && !/^propriet/i.test(licence.trim()),
}

/** @param kindOf what its kind of tool is called */
export function shown(
  tools: readonly OnShelf[],
  words: string,
  filters: readonly FilterId[],
  kindOf: (tool: OnShelf) => string,
): readonly OnShelf[] {
  const terms = termsOf(words)
  return tools.filter((tool) => {
    if (!filters.every((id) => RULES[id](tool))) return false
    if (terms.length === 0) return true
    const texts = [tool.name, kindOf(tool), tool.intendedUse, tool.description, tool.tags]
    const all = texts.flatMap((text) => (typeof text === 'string' ? [text] : Object.values(text)))
    const folded = foldWithOffsets(all.join(' ')).text.match(/[\p{L}\p{N}]+/gu) ?? []
    return terms.every((term) => folded.some((word) => word.startsWith(term)))
  })
}
