/**
 * The social media plan: its sections in document order (DOMAIN A.17). A section is a file beside this one; a further
 * one is a further entry here, and nothing else needs to know it.
 */
import type { DocumentOf, DocumentType } from './fields.ts'
import { identity } from './plan/identity.ts'
import { planning } from './plan/planning.ts'
import { principles } from './plan/principles.ts'
import { profiles } from './plan/profiles.ts'

const sections = [identity, planning, principles, profiles] as const
export const PLAN = { id: 'plan', version: 1, sections } as const satisfies DocumentType
export type Plan = DocumentOf<typeof sections>
