/** Puts the work of a document into a state, for tests that are about something else than how it got there. */
import type { DependencyContainer } from 'tsyringe'
import type { Work } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { DOCUMENTS, JOURNAL } from '@auzolan/server/src/container.ts'

export async function setWork(container: DependencyContainer, id: DocumentId, work: Work): Promise<void> {
  const { rows } = container.resolve(JOURNAL)
  await rows.updateTable('document').set({ work }).where('id', '=', id).execute()
  container.resolve(DOCUMENTS).standingChanged(id)
}
