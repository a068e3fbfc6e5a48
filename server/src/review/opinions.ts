/** What legal, IT, HR and language have said about a version. */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Opinion } from '@auzolan/shared/protocol/review.ts'
import type { Rows } from './versions.ts'

export async function opinionsOn(rows: Rows, document: DocumentId, n: number): Promise<Opinion[]> {
  const found = await rows
    .selectFrom('opinion')
    .selectAll()
    .where('document', '=', document)
    .where('n', '=', n)
    .orderBy('at')
    .execute()
  return found.map(({ role, person, name, stance, text, at }) => ({
    role: role as Opinion['role'],
    by: { id: person, name },
    stance: stance as Opinion['stance'],
    text,
    at,
  }))
}
