/** A type of document: what there is to say of it, what its text is made of, and what is checked. */
import type { DocumentChecks } from '../checks/document.ts'
import type { DocumentType } from '../schema/fields.ts'
import type { TypeFacts } from './facts.ts'

export interface TypeOfDocument extends TypeFacts {
  /** What people write in it. */
  readonly content: DocumentType
  /** As a version of it is read: also what the server attaches when it freezes one, which nobody writes in it. */
  readonly frozen: DocumentType
  readonly checks: DocumentChecks
}
