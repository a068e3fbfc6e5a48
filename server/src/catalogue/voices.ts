/** What people say of a suggestion, each of them for themselves. */
import type { Transaction } from 'kysely'
import type { VoiceTerms } from '@auzolan/shared/protocol/suggestions.ts'
import type { Claims } from '../access/claims.ts'
import type { Rows, Tables } from '../journal/journal.ts'
import { voiceColumns, type VoiceRow } from './suggestion-rows.ts'

/** The first to speak first. */
export const voicesIn = (rows: Rows) =>
  rows.selectFrom('suggestion_voice').selectAll().orderBy('at').orderBy('origin').orderBy('person')

/**
 * One voice for each person. Whoever uses it goes on using it when they ask whether they may, and nothing that was said is lost by
 * asking or by saying no more than "me too".
 * @param whole it stands in the place of what they said before, also where it says nothing any more
 */
export async function speak(
  rows: Transaction<Tables>,
  { person, name }: Claims,
  id: string,
  terms: VoiceTerms,
  at: string,
  whole = false,
): Promise<void> {
  const before = await rows
    .selectFrom('suggestion_voice')
    .selectAll()
    .where('suggestion', '=', id)
    .where('person', '=', person)
    .orderBy('at', 'desc')
    .executeTakeFirst()
  const said = voiceColumns(terms)
  if (!before) {
    const own = { origin: id, suggestion: id, person, person_name: name, at, ...said }
    await rows
      .insertInto('suggestion_voice')
      .values(own)
      .onConflict((conflict) => conflict.columns(['origin', 'person']).doUpdateSet(own))
      .execute()
    return
  }
  await rows
    .updateTable('suggestion_voice')
    .set({ ...after(before, said, whole), person_name: name })
    .where('origin', '=', before.origin)
    .where('person', '=', person)
    .execute()
}

function after(before: VoiceRow, said: ReturnType<typeof voiceColumns>, whole: boolean): Partial<VoiceRow> {
  const { asked_data, asked_level, asked_purpose } = said.asked_data === null ? before : said
  const asked = { asked_data, asked_level, asked_purpose }
  const isBare = !whole && said.what_for === '' && said.likes === '' && said.cautions === ''
  if (said.kind === 'uses' && !isBare) return { ...said, ...asked }
  return {
    ...asked,
    kind: before.kind === 'uses' ? 'uses' : said.kind,
    can_teach: Math.max(before.can_teach, said.can_teach),
  }
}
