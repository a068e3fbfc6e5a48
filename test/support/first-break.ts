/** The number of the first row of the audit that does not fit; `null` when the chain is whole. */
import type { Journal } from '@auzolan/server/src/journal/journal.ts'
import { FIRST } from '@auzolan/server/src/journal/audit.ts'
import { Chain } from '@auzolan/server/src/verify/chain.ts'

export async function firstBreak(rows: Journal['rows']): Promise<number | null> {
  const chain = new Chain(true, FIRST, null)
  for (const row of await rows.selectFrom('audit').selectAll().orderBy('n').execute())
    if (chain.next(row) !== null) return row.n
  return null
}
