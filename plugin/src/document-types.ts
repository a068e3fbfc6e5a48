/**
 * The types of document this page knows the text of: plans and reports from the start, for most pages are theirs; the others are fetched
 * with the first document that is one. Whoever reads paths of any document (routes, comments, changes) asks here.
 */
import type { DocumentTypeId } from '@auzolan/shared/ids.ts'
import { PLAN_TYPE } from '@auzolan/shared/types/plan.ts'
import { REPORT_TYPE } from '@auzolan/shared/types/report.ts'
import { loadCountries } from './countries.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'

const FETCHED: { readonly [id in DocumentTypeId]?: () => Promise<TypeOfDocument> } = {
  evaluation: async () => {
    const [found] = await Promise.all([import('@auzolan/shared/types/evaluation.ts'), loadCountries()])
    return found.EVALUATION_TYPE
  },
}
let known: readonly TypeOfDocument[] = [PLAN_TYPE, REPORT_TYPE]

/** The same array until one more is known. */
export const knownTypes = (): readonly TypeOfDocument[] => known

export async function loadType(id: DocumentTypeId): Promise<TypeOfDocument> {
  const there = known.find((type) => type.id === id)
  if (there) return there
  const type = await FETCHED[id]!()
  if (!known.includes(type)) known = [...known, type]
  return type
}
/** For screens that show documents of any type. */
export const loadTypes = (): Promise<unknown> =>
  Promise.all((Object.keys(FETCHED) as DocumentTypeId[]).map(loadType))

/** @throws when nobody has fetched it */
export function knownType(id: DocumentTypeId): TypeOfDocument {
  const type = known.find((one) => one.id === id)
  if (!type) throw new Error(`the type ${id} was not fetched`)
  return type
}
