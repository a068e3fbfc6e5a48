/** What somebody of the demo writes into a text that is there already: one update under their name, as their page would send it. */
import * as Y from 'yjs'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import { channelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { clocksOf, docOf } from '../compaction/followed.ts'
import type { Journal } from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'

/** Fields of the decision of an evaluation: a text by language, or a value. It stands in the place of what was there. */
export type Rewritten = { readonly [field: string]: string | { readonly [language: string]: string } }

export async function rewriteDecision(
  journal: Journal,
  id: DocumentId,
  person: PersonId,
  rewritten: Rewritten,
): Promise<void> {
  const channel = channelId(id, 'content')
  const { entries } = await readOn(journal, channel, 0)
  const doc = docOf(...entries.map(({ update }) => update))
  const before = Y.encodeStateVector(doc)
  const section = typeOfDocument('evaluation').content.sections.find((one) => one.id === 'decision')!
  const place = new SectionPlace(doc, section)
  doc.transact(() => {
    for (const [field, value] of Object.entries(rewritten))
      if (typeof value === 'string') place.set(field, value)
      else
        for (const [language, words] of Object.entries(value)) {
          const text = place.text(field, language)
          text.delete(0, text.length)
          text.insert(0, words)
        }
  })
  const client = doc.clientID
  const clock = clocksOf(doc).get(client)!
  const update = Y.encodeStateAsUpdate(doc, before)
  doc.destroy()
  await journal.bind(channel, [client], person)
  const entry = { person, update, clocks: new Map([[client, clock]]) }
  const { epoch } = (await journal.open(channel))!
  const batch = { channel, epoch, afterSeq: entries.at(-1)!.seq, entries: [entry] }
  if ((await journal.append([batch])).size > 0) throw new Error(`${channel} has moved on`)
}
