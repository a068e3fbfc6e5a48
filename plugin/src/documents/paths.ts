/** Paths name fields for findings, presence and links: `identity.title`, `audiences/<id>/name`. */
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import { INDICATOR_IN_SHORT, type QuestionId } from '@auzolan/shared/schema/plan/planning.ts'
import { knownTypes } from '../document-types.ts'
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
/** Of every type that this page knows: none has a name that another has. */
export const knownSections = (): readonly Section[] => read().sections
/** Every list of those by the name of its root, with the section it is written in. */
export const knownLists = (): Lists => read().lists

type Lists = ReadonlyMap<string, { readonly section: string; readonly field: ListField }>
let last: {
  readonly of: readonly TypeOfDocument[]
  readonly sections: readonly Section[]
  readonly lists: Lists
}

function read(): typeof last {
  const of = knownTypes()
  if (last?.of === of) return last
  const sections = [...of.flatMap(({ frozen }) => frozen.sections), calendar, INDICATORS]
  const lists: Lists = new Map(
    sections.flatMap((section) =>
      Object.values(section.fields).flatMap((field) =>
        field.kind === 'list' ? [[field.root, { section: section.id, field }] as const] : [],
      ),
    ),
  )
  return (last = { of, sections, lists })
}

/** Where on the screen a path is: its section, and there the question or the record to open. */
export function locate(path: string): { section: string; part: string | null } {
  const question: QuestionId | null = questionOf(path)
  if (path.includes('/')) {
    const [root = '', record = '', name = ''] = path.split('/')
    // What the second question does not ask of an indicator is asked where it is measured.
    if (root === INDICATORS.id && name !== '' && !INDICATOR_IN_SHORT.includes(name.replace(/:.*$/, '')))
      return { section: INDICATORS.id, part: record }
    const section = knownLists().get(root)?.section ?? ''
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
    return knownLists().get(root)?.field.item[name]
  }
  const [section, name = ''] = path.split('.')
  return knownSections().find((s) => s.id === section)?.fields[name]
}
