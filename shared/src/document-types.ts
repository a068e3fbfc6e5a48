/**
 * The types of document there are. A further one is its id, its facts (types/facts.ts), its schema and checks (types/<id>.ts), an entry
 * here, and the screens that only it has: forms, history, reviews, comments, archive and paper ask the entry of the document they are about.
 *
 * Sections and lists have names that no other type has: a path alone says where it leads.
 */
import type { DocumentTypeId } from './ids.ts'
import { EVALUATION_TYPE } from './types/evaluation.ts'
import { PLAN_TYPE } from './types/plan.ts'
import { REPORT_TYPE } from './types/report.ts'
import type { TypeOfDocument } from './types/type.ts'

export const DOCUMENT_TYPES: { readonly [id in DocumentTypeId]: TypeOfDocument } = {
  plan: PLAN_TYPE,
  report: REPORT_TYPE,
  evaluation: EVALUATION_TYPE,
}
export const typeOfDocument = (id: DocumentTypeId): TypeOfDocument => DOCUMENT_TYPES[id]
