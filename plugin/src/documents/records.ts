/** The records of a list by the name of its root, whichever document of a plan they lie in. */
import type { Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { LISTS, SECTIONS } from './paths.ts'

export type ListRecord = { readonly id: string } & { readonly [field: string]: unknown }

export function recordsOf(root: string, plan: Plan, calendar: Calendar): readonly ListRecord[] {
  const id = LISTS.get(root)?.section
  const section = SECTIONS.find((one) => one.id === id)
  const key = Object.entries(section?.fields ?? {}).find(
    ([, field]) => field.kind === 'list' && field.root === root,
  )?.[0]
  if (!id || !key) return []
  const values = { ...plan, calendar } as unknown as {
    readonly [section: string]: { readonly [list: string]: unknown }
  }
  return (values[id]?.[key] ?? []) as readonly ListRecord[]
}
