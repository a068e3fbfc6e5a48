/** What was said about a version, as it counts; apart from who may say it, for who may decide depends on it. */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Opinion } from '@auzolan/shared/protocol/review.ts'
import type { Rows } from '../journal/journal.ts'

/** What each person says for each role: the latest. */
export async function opinionsOn(rows: Rows, document: DocumentId, n: number): Promise<Opinion[]> {
  const found = await rows
    .selectFrom('opinion')
    .selectAll()
    .where('document', '=', document)
    .where('n', '=', n)
    .orderBy('nth')
    .execute()
  const latest = new Map(found.map((row) => [`${row.role} ${row.person}`, row]))
  const inOrder = [...latest.values()].sort((a, b) => a.at.localeCompare(b.at) || a.nth - b.nth)
  return inOrder.map(({ role, person, name, stance, text, at }) => ({
    role: role as Opinion['role'],
    by: { id: person, name },
    stance: stance as Opinion['stance'],
    text,
    at,
  }))
}
