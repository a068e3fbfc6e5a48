/** The records of a list by the name of its root, whichever of a document’s texts they lie in. */
import type { Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { knownLists, knownSections } from './paths.ts'

export type ListRecord = { readonly id: string } & { readonly [field: string]: unknown }

export function recordsOf(
  root: string,
  json: DocumentJson,
  calendar: Calendar | null,
): readonly ListRecord[] {
  const id = knownLists().get(root)?.section
  const section = knownSections().find((one) => one.id === id)
  const key = Object.entries(section?.fields ?? {}).find(
    ([, field]) => field.kind === 'list' && field.root === root,
  )?.[0]
  if (!id || !key) return []
  const values = { ...json, ...(calendar ? { calendar } : {}) } as unknown as {
    readonly [section: string]: { readonly [list: string]: unknown }
  }
  return (values[id]?.[key] ?? []) as readonly ListRecord[]
}
