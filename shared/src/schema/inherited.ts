/**
 * What a department's plan has from the plan of the organisation (DOMAIN A): the fields that are the same for everybody,
 * and their text as the organisation's version in force has it. One function for the screen, the checks and the server, so
 * that what is read while one writes is what is frozen and decided on.
 */
import type { Field } from './fields.ts'
import { withEveryField } from './json.ts'
import { PLAN } from './plan.ts'
import { identityKit } from './plan/identity-kit.ts'
import { participation } from './plan/participation.ts'
import { rights } from './plan/rights.ts'

/** By section; where the norms hold is said by each plan, for its own profiles. */
const FIELDS: { readonly [section: string]: readonly string[] } = {
  [identityKit.id]: Object.keys(identityKit.fields),
  [rights.id]: ['licence'] satisfies (keyof typeof rights.fields)[],
  [participation.id]: Object.keys(participation.fields).filter((key) => key !== 'spaces'),
}

export const isInherited = (section: string, field: string): boolean =>
  FIELDS[section]?.includes(field) === true

/** Of the path of a field or of a record: `participation.hours`, `ladder/<id>/when`. */
export function isInheritedPath(path: string): boolean {
  const [root = ''] = path.replace(/:.*$/, '').split('/')
  if (root.includes('.')) {
    const [section = '', field = ''] = root.split('.')
    return isInherited(section, field)
  }
  return PLAN.sections.some(({ id, fields }) =>
    Object.entries(fields as { readonly [key: string]: Field }).some(
      ([key, field]) => field.kind === 'list' && field.root === root && isInherited(id, key),
    ),
  )
}

type Values = { readonly [field: string]: unknown }

/** A version in force, and those of its fields that others take over. */
export interface Inheritance {
  readonly version: number
  readonly sha256: string
  readonly values: { readonly [section: string]: Values }
}
/** Where a text comes from that is not the plan's own: stands in its JSON, so that a decision covers it. */
export interface Origin {
  readonly id: string
  readonly version: number
  readonly sha256: string
}
export const ORIGIN = 'parent'

/** Of a version of the organisation's plan, in the languages of the plan that takes it over. */
export function inheritable(json: string, languages: readonly string[]): Inheritance['values'] {
  const plan = withEveryField(PLAN, JSON.parse(json), languages)
  return Object.fromEntries(
    Object.entries(FIELDS).map(([section, keys]) => {
      const { fields } = PLAN.sections.find(({ id }) => id === section)!
      return [
        section,
        Object.fromEntries(
          keys.map((key) => [key, spoken(fieldOf(fields, key), plan[section]?.[key], languages)]),
        ),
      ]
    }),
  )
}
const fieldOf = (fields: object, key: string): Field => (fields as { readonly [key: string]: Field })[key]!

/** What it says in these languages, and in no others: every plan has the languages it was born with. */
function spoken(field: Field, value: unknown, languages: readonly string[]): unknown {
  if (field.kind === 'list')
    return (value as readonly ({ readonly id: string } & Values)[]).map((record) =>
      Object.fromEntries(
        Object.entries(record).map(([key, inner]) => {
          const kind = field.item[key]
          return [key, kind ? spoken(kind, inner, languages) : inner]
        }),
      ),
    )
  if ((field.kind !== 'text' && field.kind !== 'prose') || !field.translated) return value
  const texts = (value ?? {}) as Values
  return Object.fromEntries(languages.map((l) => [l, texts[l] ?? (field.kind === 'prose' ? [] : '')]))
}

/** The plan as it is read: what it takes over in the place of what somebody may have written there. */
export function inherited<P extends object>(
  plan: P,
  from: (Pick<Inheritance, 'version' | 'sha256' | 'values'> & { readonly id: string }) | null,
): P {
  if (!from) return plan
  const { id, version, sha256 } = from
  const own = plan as unknown as { readonly [section: string]: Values }
  const sections = Object.fromEntries(
    Object.entries(from.values).map(([section, values]) => [section, { ...own[section], ...values }]),
  )
  const origin: Origin = { id, version, sha256 }
  return { ...own, ...sections, [ORIGIN]: origin } as unknown as P
}

/** What a stored version says about where it comes from. */
export function originOf(json: string): Origin | null {
  const origin = (JSON.parse(json) as { readonly [ORIGIN]?: Origin } | null)?.[ORIGIN]
  return origin ?? null
}
