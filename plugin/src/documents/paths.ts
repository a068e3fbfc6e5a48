/** Paths name fields for findings, presence and links: `identity.title`, `audiences/<id>/name`. */
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { DOCUMENT_TYPES, type TypeOfDocument } from '@auzolan/shared/document-types.ts'
import { INDICATOR_IN_SHORT, type QuestionId } from '@auzolan/shared/schema/plan/planning.ts'
import { questionOf } from '@auzolan/shared/checks/plan/questions.ts'
import { postOf } from '@auzolan/shared/posts/post.ts'
import type { Field, ListField, Section } from '@auzolan/shared/schema/fields.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'

export const pathOf = (place: Place, name: string): string =>
  place.path.includes('/') ? `${place.path}/${name}` : `${place.path}.${name}`

/** Where figures are entered and what is measured is said in full; its list stands in the text, with the second question. */
export const INDICATORS: Section = {
  id: 'indicators',
  group: 'daily',
  label: 'Indicators',
  purpose: '',
  fields: {},
}

/** What goes on with the profiles that a plan has, beside its text. */
const GOING_ON: readonly Section[] = [calendar, INDICATORS]
export const goesOn = ({ id }: Section): boolean => GOING_ON.some((one) => one.id === id)

/** What a document is made of, for whoever reads it; what goes on stands first of what there is from day to day (DOMAIN A.17). */
export function sectionsOf(type: TypeOfDocument): readonly Section[] {
  const { sections } = type.frozen
  if (!type.calendar) return sections
  const daily = sections.filter(({ group }) => group === 'daily')
  return [...sections.filter(({ group }) => group !== 'daily'), ...GOING_ON, ...daily]
}
/** Of every type: none has a name that another has. */
export const SECTIONS: readonly Section[] = [
  ...Object.values(DOCUMENT_TYPES).flatMap(({ frozen }) => frozen.sections),
  calendar,
  INDICATORS,
]

/** Every list by the name of its root, with the section it is written in. */
export const LISTS: ReadonlyMap<string, { readonly section: string; readonly field: ListField }> = new Map(
  SECTIONS.flatMap((section) =>
    Object.values(section.fields).flatMap((field) =>
      field.kind === 'list' ? [[field.root, { section: section.id, field }] as const] : [],
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
  return SECTIONS.find((s) => s.id === section)?.fields[name]
}
