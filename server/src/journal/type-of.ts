/** Of which type a document is; asked where its id alone is at hand. */
import type { DocumentTypeId } from '@auzolan/shared/ids.ts'
import { typeNamed } from '@auzolan/shared/types/facts.ts'
import type { Rows } from './journal.ts'

/** What has no envelope (any more), or one of a build to come, is read as a plan, as what says nothing of itself is. */
export const storedType = (type: string | null | undefined): DocumentTypeId => typeNamed(type ?? '') ?? 'plan'

export async function typeOfStored(
  rows: Pick<Rows, 'selectFrom'>,
  document: string,
): Promise<DocumentTypeId> {
  const row = await rows.selectFrom('document').select('type').where('id', '=', document).executeTakeFirst()
  return storedType(row?.type)
}
