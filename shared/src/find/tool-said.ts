/** What an evaluation says of its tool that others are found by. */
import { at, isObject } from '../compare/damage.ts'
import type { DocumentJson, Translated } from '../schema/fields.ts'
import type { Outcome } from '../schema/evaluation/decision.ts'
import type { UseLevel } from '../schema/evaluation/levels.ts'
import { isSameSite, likeness, partsOf, siteOf, type Likeness, type NameParts } from './alike.ts'

export interface ToolSaid {
  readonly name: string
  /** Kind of tool. */
  readonly category: string | null
  readonly address: string
  readonly need: Translated<string>
  readonly level: UseLevel | null
  readonly outcome: Outcome | null
}

/** `null` of a document of another type. */
export function toolSaidIn(json: DocumentJson): ToolSaid | null {
  if (!isObject(json['tool'])) return null
  const text = (section: string, field: string): string => {
    const value = at(at(json, section), field)
    return typeof value === 'string' ? value : ''
  }
  const need = at(at(json, 'need'), 'need')
  return {
    name: text('tool', 'toolName'),
    category: text('tool', 'category') || null,
    address: text('tool', 'url'),
    need: isObject(need) ? (need as Translated<string>) : {},
    level: (text('useLevel', 'level') || null) as UseLevel | null,
    outcome: (text('decision', 'outcome') || null) as Outcome | null,
  }
}

/** What of a tool is compared: made once of each, since one is compared with many. */
export interface ToolParts {
  readonly name: NameParts
  readonly site: string | null
}
export const toolPartsOf = ({ name, address }: Pick<ToolSaid, 'name' | 'address'>): ToolParts => ({
  name: partsOf(name),
  site: siteOf(address),
})
/** The same tool by its name or its address, or nearly. */
export const likenessOf = (one: ToolParts, other: ToolParts): Likeness | null =>
  isSameSite(one.site, other.site) ? 'same' : likeness(one.name, other.name)

/** What can cover a need: nobody is sent to what was not recommended. */
export const RECOMMENDED = [
  'recommended',
  'recommended_with_conditions',
] as const satisfies readonly Outcome[]
