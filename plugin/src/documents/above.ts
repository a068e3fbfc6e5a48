/** What this plan reads from the plan of the organisation: the same for as long as the page is open. */
import * as Y from 'yjs'
import type { Parent } from '@auzolan/shared/protocol/rest.ts'
import { writeDocument } from '@auzolan/shared/schema/json.ts'
import type { Inheritance } from '@auzolan/shared/schema/inherited.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'

export interface Above extends Inheritance {
  readonly id: string
  readonly title: Parent['title']
  /** The same values where the inputs of a form read theirs; nobody writes there, and it goes nowhere. */
  readonly doc: Y.Doc
}

export function aboveOf(parent: Parent | null, languages: readonly string[]): Above | null {
  if (!parent?.inForce) return null
  const doc = new Y.Doc()
  writeDocument(PLAN, doc, languages, parent.inForce.values)
  return { id: parent.id, title: parent.title, doc, ...parent.inForce }
}
