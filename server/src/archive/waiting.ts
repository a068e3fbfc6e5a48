/**
 * Approved versions that wait for their place in the archive: written with the approval, so that neither stands without the
 * other. On a way of their own and not in the outbox: a folder without room must not keep people from being told.
 */
import type { Transaction } from 'kysely'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Tables } from '../journal/journal.ts'

export interface ArchiveParcel {
  readonly document: DocumentId
  readonly version: number
}

export async function toArchive(
  rows: Transaction<Tables>,
  at: string,
  { document, version }: ArchiveParcel,
): Promise<void> {
  await rows.insertInto('to_archive').values({ document, n: version, at }).execute()
}

/** The oldest first. */
export async function waitingForArchive(
  rows: Pick<Transaction<Tables>, 'selectFrom'>,
): Promise<ArchiveParcel[]> {
  const found = await rows.selectFrom('to_archive').selectAll().orderBy('at').orderBy('n').execute()
  return found.map(({ document, n }) => ({ document: document as DocumentId, version: n }))
}

export async function archived(
  rows: Transaction<Tables>,
  { document, version }: ArchiveParcel,
): Promise<void> {
  await rows.deleteFrom('to_archive').where('document', '=', document).where('n', '=', version).execute()
}
