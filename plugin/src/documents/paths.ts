/** Paths name fields for findings, presence and links: `identity.title`, `audiences/<id>/name`. */
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { INDICATOR_IN_SHORT, type QuestionId } from '@auzolan/shared/schema/plan/planning.ts'
import { questionOf } from '@auzolan/shared/checks/plan/questions.ts'
import { postOf } from '@auzolan/shared/posts/post.ts'
import type { Field, Fields, ListField } from '@auzolan/shared/schema/fields.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'

export const pathOf = (place: Place, name: string): string =>
  place.path.includes('/') ? `${place.path}/${name}` : `${place.path}.${name}`

/** Where figures are entered and what is measured is said in full; its list stands in the text, with the second question. */
export const INDICATORS = {
  id: 'indicators',
  group: 'daily',
  label: 'Indicators',
  purpose: '',
  fields: {} as Fields,
} as const

/** What a plan is made of, for whoever reads it: its text, the calendar beside it, and its figures. */
export const SECTIONS = [...PLAN.sections, calendar, INDICATORS] as const
export type AnySection = (typeof SECTIONS)[number]

/** Every list of the plan by the name of its root, with the section it is written in. */
export const LISTS: ReadonlyMap<string, { readonly section: string; readonly field: ListField }> = new Map(
  SECTIONS.flatMap((section) =>
    Object.values(section.fields).flatMap((field) =>
      field.kind === 'list'
        ? [[field.root as string, { section: section.id as string, field: field as ListField }] as const]
        : [],
    ),
  ),
)

/** Where on the screen a path is: its section, and there the question or the record to open. */
export function locate(path: string): { section: string; part: string | null } {
  const question: QuestionId | null = questionOf(path)
  if (path.includes('/')) {
    const [root = '', record = '', name = ''] = path.split('/')
    // What the second question does not ask of an indicator is asked where it is measured.
    if (root === INDICATORS.id && name !== '' && !INDICATOR_IN_SHORT.includes(name.replace(/:.*$/, '')))
      return { section: INDICATORS.id, part: record }
    const section = LISTS.get(root)?.section ?? ''
    // What belongs to a post is on the screen of the post.
    const part = root === 'variants' || root === 'mentions' ? postOf(record) : record
    return section === 'planning' ? { section, part: question } : { section, part }
  }
  const section = path.split('.')[0]!
  return { section, part: section === 'planning' ? question : null }
}

/** The field a path names; undefined when this build does not know it. */
export function fieldOf(path: string): Field | undefined {
  if (path.includes('/')) {
    const [root = '', , name = ''] = path.split('/')
    return LISTS.get(root)?.field.item[name]
  }
  const [section, name = ''] = path.split('.')
  const fields = SECTIONS.find((s) => s.id === section)?.fields as
    { readonly [name: string]: Field } | undefined
  return fields?.[name]
}
