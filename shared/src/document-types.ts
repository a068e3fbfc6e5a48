/**
 * The types of document there are. A further one is its schema, its checks, an entry here, and the screens that only it has:
 * forms, history, reviews, comments, archive and paper ask the entry of the document they are about.
 *
 * Sections and lists have names that no other type has: a path alone says where it leads.
 */
import type { DocumentChecks } from './checks/document.ts'
import { EVALUATION_CHECKS } from './checks/evaluation.ts'
import { PLAN_CHECKS } from './checks/plan.ts'
import { REPORT_CHECKS } from './checks/report.ts'
import { DOCUMENT_TYPE_IDS, type DocumentTypeId } from './ids.ts'
import type { ApprovalRoute } from './protocol/organisation.ts'
import type { DocumentJson, DocumentType, Translated } from './schema/fields.ts'
import { EVALUATION } from './schema/evaluation.ts'
import { PLAN } from './schema/plan.ts'
import { FROZEN_REPORT, REPORT } from './schema/report.ts'

export interface TypeOfDocument {
  readonly id: DocumentTypeId
  /** What people write in it. */
  readonly content: DocumentType
  /** As a version of it is read: also what the server attaches when it freezes one, which nobody writes in it. */
  readonly frozen: DocumentType
  readonly checks: DocumentChecks
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

export const DOCUMENT_TYPES: { readonly [id in DocumentTypeId]: TypeOfDocument } = {
  plan: {
    id: 'plan',
    content: PLAN,
    frozen: PLAN,
    checks: PLAN_CHECKS,
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
    content: REPORT,
    frozen: FROZEN_REPORT,
    checks: REPORT_CHECKS,
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
    content: EVALUATION,
    frozen: EVALUATION,
    checks: EVALUATION_CHECKS,
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
export const typeOfDocument = (id: DocumentTypeId): TypeOfDocument => DOCUMENT_TYPES[id]

/** Those that have a calendar. */
export const WITH_CALENDAR: readonly DocumentTypeId[] = Object.values(DOCUMENT_TYPES)
  .filter(({ calendar }) => calendar)
  .map(({ id }) => id)

/** From when to when: beside its title, where a document says it. */
export function periodIn({ title: { section } }: TypeOfDocument, json: DocumentJson) {
  const { from, to } = json[section] ?? {}
  const day = (value: unknown): string | null => (typeof value === 'string' ? value : null)
  return { from: day(from), to: day(to) }
}

export function titleIn(
  { title: { section, field } }: TypeOfDocument,
  json: DocumentJson,
): Translated<string> {
  const title = json[section]?.[field]
  return title !== null && typeof title === 'object' ? (title as Translated<string>) : {}
}
