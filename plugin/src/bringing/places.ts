/** Where text from a file can go: any running text of a section, three lists, the annex, or nowhere. */
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { Field, Section } from '@auzolan/shared/schema/fields.ts'

/** Path of a running text (`planning.whoAnswer`), root of a list, or `OUT`. */
export type Place = string
export const ANNEX: Place = 'crisis.annex'
export const OUT: Place = 'out'

/** Lists that are filled from a file, and the text that takes what is no item of them. */
export const LISTED = {
  purposes: { section: 'planning', rest: 'planning.whyAnswer' },
  audiences: { section: 'planning', rest: 'planning.whomAnswer' },
  profiles: { section: 'profiles', rest: ANNEX },
} as const
export type Listed = keyof typeof LISTED
export const isListed = (place: Place): place is Listed => Object.hasOwn(LISTED, place)

export interface PlaceGroup {
  readonly section: Section
  readonly places: readonly { readonly place: Place; readonly field: Field }[]
}

/** By section, in the order of the plan. A text that is asked for only under a condition is no place to look for. */
export const PLACES: readonly PlaceGroup[] = (PLAN.sections as readonly Section[])
  .map((section) => ({
    section,
    places: Object.entries(section.fields).flatMap(([key, field]) => {
      const place = field.kind === 'list' ? field.root : `${section.id}.${key}`
      const fits = field.kind === 'prose' ? !field.when : isListed(place)
      return fits ? [{ place, field }] : []
    }),
  }))
  .filter(({ places }) => places.length > 0)
