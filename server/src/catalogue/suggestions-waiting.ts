/** How many tools that colleagues have suggested wait for somebody to evaluate them, or to answer with a reason. */
import type { Rows } from '../journal/journal.ts'
import { evaluationOf, suggestionsIn } from './suggestion-rows.ts'

export async function suggestionsWaiting(rows: Rows): Promise<number> {
  const open = await suggestionsIn(rows)
    .where('merged_into', 'is', null)
    .where('declined', 'is', null)
    .execute()
  return open.filter((row) => evaluationOf(row) === 'none').length
}
