/** How long the words of what was heard are kept, as the plan in force says (DOMAIN A.8). */
import { z } from 'zod'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { LISTENING_KEPT_MAX_MONTHS, LISTENING_KEPT_MONTHS } from '@auzolan/shared/limits.ts'
import type { Rows } from '../journal/journal.ts'

const Kept = z.object({
  listening: z.object({ retentionMonths: z.int().min(1).max(LISTENING_KEPT_MAX_MONTHS) }),
})

/** Of a plan in force that says nothing, or of one that is not approved yet: what the law's spirit asks for. */
export async function keptMonths(rows: Rows, id: DocumentId): Promise<number> {
  const version = await rows
    .selectFrom('version')
    .innerJoin('document', (join) =>
      join.onRef('document.id', '=', 'version.document').onRef('document.in_force', '=', 'version.n'),
    )
    .select('version.json')
    .where('version.document', '=', id)
    .executeTakeFirst()
  const said = Kept.safeParse(version && JSON.parse(version.json))
  return said.success ? said.data.listening.retentionMonths : LISTENING_KEPT_MONTHS
}
