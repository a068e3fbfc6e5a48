/** Tools that were approved for what somebody wants one for. */
import { isSameNeed, needPartsOf } from '@auzolan/shared/find/alike.ts'
import { RECOMMENDED, type ToolSaid } from '@auzolan/shared/find/tool-said.ts'
import type { Visibility } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { readableWith } from '../documents/documents.ts'
import type { Rows } from '../journal/journal.ts'

interface Placed {
  readonly team_id: string
  readonly visibility: string
}
/** Whether whoever reads this evaluation reads the other one too. */
export const isForAll = (other: Placed, own: Placed): boolean =>
  (other.visibility as Visibility) !== 'team' ||
  (other.team_id === own.team_id && (own.visibility as Visibility) === 'team')

/** Recommended for what is of this kind. */
export const approvedOfKind = async (
  rows: Rows,
  category: string | null,
  among?: ReturnType<typeof readableWith>,
) =>
  category === null
    ? []
    : rows
        .selectFrom('document')
        .innerJoin('tool_said', (join) =>
          join.onRef('tool_said.document', '=', 'document.id').onRef('tool_said.n', '=', 'document.in_force'),
        )
        .select(['tool_said.document', 'tool_said.name', 'tool_said.need'])
        .select(['document.team_id', 'document.visibility'])
        .where('tool_said.category', '=', category)
        .where('tool_said.outcome', 'in', RECOMMENDED)
        .where('document.trashed_at', 'is', null)
        .where('document.archived', '=', 0)
        .$if(among !== undefined, (query) => query.where('document.id', 'in', among!))
        .execute()

/** Names of approved tools that cover what this text wants one for, of those that all its readers may read: for its checks (E-02). */
export async function coveringIn(
  rows: Rows,
  id: DocumentId,
  { category, need }: Pick<ToolSaid, 'category' | 'need'>,
): Promise<string[]> {
  const own = await rows
    .selectFrom('document')
    .select(['team_id', 'visibility'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!own) return []
  const wanted = needPartsOf(need)
  return (await approvedOfKind(rows, category))
    .filter((other) => other.document !== id && isForAll(other, own))
    .filter((other) => isSameNeed(wanted, needPartsOf(JSON.parse(other.need) as ToolSaid['need'])))
    .map(({ name }) => name)
}
