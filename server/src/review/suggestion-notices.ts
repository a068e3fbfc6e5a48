/** Who is told what became of a tool that they suggested, use or asked for. Written in the transaction of the deed. */
import type { Transaction } from 'kysely'
import type { NoticeKind } from '@auzolan/shared/protocol/notices.ts'
import type { Someone } from '@auzolan/shared/protocol/review.ts'
import type { KeptImport } from '@auzolan/shared/protocol/suggestions.ts'
import type { Tables } from '../journal/journal.ts'
import { withDuplicates } from '../catalogue/duplicates.ts'
import { post } from '../outbox/outbox.ts'

type Writing = Transaction<Tables>
type Kind = Extract<NoticeKind, `suggestion_${string}`>

const everything = (suggestion: string): string => `suggestion/${suggestion}`
const keyOf = (suggestion: string, kind: Kind): string => `${everything(suggestion)}/${kind}`
const isTold = async (rows: Writing, suggestion: string): Promise<boolean> =>
  (await rows
    .selectFrom('told')
    .select('n')
    .where('key', '=', keyOf(suggestion, 'suggestion_evaluated'))
    .executeTakeFirst()) !== undefined

/** Everybody with a voice on it, and who has brought it in; what was said of it before is no longer so. */
export async function tellVoices(
  rows: Writing,
  at: string,
  { id, name }: { readonly id: string; readonly name: string },
  kind: Kind,
  by: Someone,
): Promise<void> {
  await takeBack(rows, at, id)
  const spoken = await rows
    .selectFrom('suggestion_voice')
    .select('person')
    .where('suggestion', '=', id)
    .execute()
  const brought = await rows
    .selectFrom('suggestion')
    .select('imported')
    .where('id', 'in', await withDuplicates(rows, id))
    .execute()
  const bringers = brought.flatMap(({ imported }) => JSON.parse(imported) as KeptImport[])
  const people = new Set([...spoken.map(({ person }) => person), ...bringers.map((one) => one.by.id)])
  people.delete(by.id)
  await post(rows, at, {
    kind: 'notify',
    notice: {
      key: keyOf(id, kind),
      kind,
      to: [...people].sort().map((person) => ({ kind: 'person', id: person })),
      document: id,
      // What a tool is called is the same in every language.
      title: { en: name },
      version: null,
      by,
      due: null,
    },
  })
}
export const takeBack = (rows: Writing, at: string, suggestion: string): Promise<void> =>
  post(rows, at, { kind: 'dismiss', key: everything(suggestion) })

/** An evaluation comes into force. Of each suggestion that is news once: what a later decision changes stands on the card. */
export async function tellEvaluated(rows: Writing, at: string, document: string, by: Someone): Promise<void> {
  const found = await rows
    .selectFrom('suggestion')
    .select(['id', 'name'])
    .where('evaluation', '=', document)
    .where('merged_into', 'is', null)
    .execute()
  for (const one of found)
    if (!(await isTold(rows, one.id))) await tellVoices(rows, at, one, 'suggestion_evaluated', by)
}
