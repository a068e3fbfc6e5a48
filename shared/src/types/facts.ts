/**
 * What there is to say of each type of document without its text: names, where its title stands, what belongs to it. A page knows these
 * of all types from the start, and the texts of a type (types/<id>.ts) when it opens one.
 */
import { DOCUMENT_TYPE_IDS, type DocumentTypeId } from '../ids.ts'
import type { ApprovalRoute } from '../protocol/organisation.ts'
import type { DocumentJson, Translated } from '../schema/fields.ts'

export interface TypeFacts {
  readonly id: DocumentTypeId
  /** Where its title stands. */
  readonly title: { readonly section: string; readonly field: string }
  /** What stands on paper above everything, of the section its title is in, and what its time is called there. */
  readonly head: { readonly fields: readonly string[]; readonly time: 'validity' | 'period' }
  /** The section that opens first. */
  readonly first: string
  /** How its sections are grouped; a group without a name is no group. */
  readonly groups: readonly { readonly id: string; readonly label: string }[]
  /** What one is called among others, and one that nobody has given a title. */
  readonly label: string
  readonly untitled: string
  /** A calendar of posts lies beside its text. */
  readonly calendar: boolean
  /** Whose rules of approval hold. */
  readonly route: ApprovalRoute['type']
  /** It belongs to a document of this type, in the same team. */
  readonly about: DocumentTypeId | null
}

export const FACTS: { readonly [id in DocumentTypeId]: TypeFacts } = {
  plan: {
    id: 'plan',
    title: { section: 'identity', field: 'title' },
    head: { fields: ['title'], time: 'validity' },
    first: 'planning',
    groups: [
      { id: 'start', label: 'Starting point' },
      { id: 'how', label: 'How we will act' },
      { id: 'daily', label: 'Day to day' },
    ],
    label: 'Social media plan',
    untitled: 'Plan without a title',
    calendar: true,
    route: 'plan',
    about: null,
  },
  report: {
    id: 'report',
    title: { section: 'identification', field: 'title' },
    head: { fields: ['title', 'from', 'to'], time: 'period' },
    first: 'identification',
    groups: [{ id: 'report', label: '' }],
    label: 'Report of figures',
    untitled: 'Report without a title',
    calendar: false,
    route: 'report',
    about: 'plan',
  },
  evaluation: {
    id: 'evaluation',
    title: { section: 'tool', field: 'title' },
    head: { fields: ['title', 'toolName', 'versionOrPlan'], time: 'validity' },
    first: 'tool',
    groups: [
      { id: 'tool', label: 'The tool' },
      { id: 'data', label: 'The data' },
      { id: 'use', label: 'Using it' },
      { id: 'decision', label: 'Judgement' },
    ],
    label: 'Evaluation of a tool',
    untitled: 'Evaluation without a title',
    calendar: false,
    route: 'evaluation',
    about: null,
  },
}

/** `null` for what this build does not know. */
export const typeNamed = (id: string): DocumentTypeId | null =>
  DOCUMENT_TYPE_IDS.find((known) => known === id) ?? null
export const factsOf = (id: DocumentTypeId): TypeFacts => FACTS[id]

/** Those that have a calendar. */
export const WITH_CALENDAR: readonly DocumentTypeId[] = Object.values(FACTS)
  .filter(({ calendar }) => calendar)
  .map(({ id }) => id)

/** From when to when: beside its title, where a document says it. */
export function periodIn({ title: { section } }: TypeFacts, json: DocumentJson) {
  const { from, to } = json[section] ?? {}
  const day = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return { from: day(from), to: day(to) }
}

export function titleIn({ title: { section, field } }: TypeFacts, json: DocumentJson): Translated<string> {
  const title = json[section]?.[field]
  return title !== null && typeof title === 'object' ? (title as Translated<string>) : {}
}
