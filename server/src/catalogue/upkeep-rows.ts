/** What is said of tools beside their evaluations, as it stands in the tables, without any rule of who may. */
import type { DepartmentUse, MaterialKind, TrainingMaterial } from '@auzolan/shared/catalogue/upkeep.ts'
import type { Teacher } from '@auzolan/shared/protocol/upkeep.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import type { DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Rows, Tables } from '../journal/journal.ts'

/** `saidBy` is asked in a year; it and `by`, what they are called, are empty when that is nobody any more. */
export type UseSaid = DepartmentUse & { readonly saidBy: string; readonly by: string }
export interface Said {
  readonly uses: readonly UseSaid[]
  readonly materials: readonly TrainingMaterial[]
  readonly promisedBy: string | null
  readonly teachers: readonly Teacher[]
}
const NOTHING: Said = { uses: [], materials: [], promisedBy: null, teachers: [] }

const useOf = (row: Tables['tool_use'] & { readonly name: string | null }): UseSaid => ({
  department: row.department,
  since: row.since,
  until: row.until,
  level: row.level as UseLevel,
  useCase: JSON.parse(row.use_case) as Translated<string>,
  people: row.people,
  satisfaction: row.satisfaction,
  dataClasses: JSON.parse(row.data_classes) as DataClass[],
  confirmedOn: row.confirmed_on,
  saidBy: row.person,
  by: row.name ?? '',
})
const materialOf = (row: Tables['tool_material']): TrainingMaterial => ({
  id: row.id,
  title: JSON.parse(row.title) as Translated<string>,
  kind: row.kind as MaterialKind,
  language: row.language,
  url: row.url,
  minutes: row.minutes,
  updatedOn: row.updated_on,
  accessible: row.accessible === 1,
})

/** Of one tool, or of all; a tool of which nothing is said has nothing. */
export async function saidOf(rows: Rows, document?: string): Promise<(document: string) => Said> {
  const all = document === undefined
  const uses = await rows
    .selectFrom('tool_use')
    .leftJoin('named', 'named.person', 'tool_use.person')
    .selectAll('tool_use')
    .select('named.name')
    .$if(!all, (query) => query.where('document', '=', document!))
    .orderBy('department')
    .execute()
  const materials = await rows
    .selectFrom('tool_material')
    .selectAll()
    .$if(!all, (query) => query.where('document', '=', document!))
    .orderBy('updated_on', 'desc')
    .orderBy('id')
    .execute()
  const teachers = await rows
    .selectFrom('tool_teacher')
    .selectAll()
    .$if(!all, (query) => query.where('document', '=', document!))
    .orderBy('at')
    .execute()
  const promises = await rows
    .selectFrom('tool_promise')
    .selectAll()
    .$if(!all, (query) => query.where('document', '=', document!))
    .execute()
  const found = new Map<string, Said>()
  const add = (id: string, more: (before: Said) => Partial<Said>): void => {
    const before = found.get(id) ?? NOTHING
    found.set(id, { ...before, ...more(before) })
  }
  for (const row of uses) add(row.document, ({ uses }) => ({ uses: [...uses, useOf(row)] }))
  for (const row of materials)
    add(row.document, ({ materials }) => ({ materials: [...materials, materialOf(row)] }))
  for (const { document: id, person, person_name: name, department } of teachers)
    add(id, ({ teachers }) => ({ teachers: [...teachers, { person: { id: person, name }, department }] }))
  for (const { document: id, due_on: promisedBy } of promises) add(id, () => ({ promisedBy }))
  return (id) => found.get(id) ?? NOTHING
}
