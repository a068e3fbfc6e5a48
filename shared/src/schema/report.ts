/**
 * The report of what a plan achieved (DOMAIN A.14): what its figures say, and what they do not. The figures themselves nobody writes
 * here: they are the plan's, and the server puts them into a version when it freezes one.
 */
import type { DocumentOf, DocumentType } from './fields.ts'
import { figures } from './report/figures.ts'
import { identification } from './report/identification.ts'
import { limits } from './report/limits.ts'
import { reading } from './report/reading.ts'

const sections = [identification, reading, limits] as const
export const REPORT = { id: 'report', version: 1, sections } as const satisfies DocumentType
export type IndicatorReport = DocumentOf<typeof sections>

/** As a version is read: what it is, the figures, and then what is said about them. */
export const FROZEN_REPORT = {
  ...REPORT,
  sections: [identification, figures, reading, limits],
} as const satisfies DocumentType
