/** Rows of what evaluations say of their tools. */
import type { Selectable, Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import type { ToolSaid } from '@auzolan/shared/find/tool-said.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Tables } from '../journal/journal.ts'

/** `n` is 0 for what is written now. Writes nothing where nothing has changed: it is called after every look at a text. */
export async function keepToolSaid(
  rows: Pick<Transaction<Tables>, 'insertInto'>,
  document: string,
  n: number,
  said: ToolSaid | null,
): Promise<void> {
  if (said === null) return
  const row = { ...said, need: canonicalJson(said.need as Json) }
  await rows
    .insertInto('tool_said')
    .values({ document, n, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['document', 'n'])
        .doUpdateSet(row)
        .where((old) =>
          old.or(
            (Object.keys(row) as (keyof typeof row)[]).map((column) =>
              old(`tool_said.${column}`, 'is distinct from', row[column]),
            ),
          ),
        ),
    )
    .execute()
}

export const toolSaidOf = ({
  name,
  category,
  address,
  need,
  level,
  outcome,
}: Omit<Selectable<Tables['tool_said']>, 'document' | 'n'>): ToolSaid => ({
  name,
  category,
  address,
  need: JSON.parse(need) as Translated<string>,
  level: level as ToolSaid['level'],
  outcome: outcome as ToolSaid['outcome'],
})
