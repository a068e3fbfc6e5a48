/** A process to be killed: appends without pause, in groups, and prints how far the journal says it is durable. */
import { writeSync } from 'node:fs'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import { PostgresJournal } from '@auzolan/server/src/journal/postgres/journal.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'

const [path, ...channels] = process.argv.slice(2) as [string, ...ChannelId[]]
const person = 'ane' as PersonId
const journal = await (path.startsWith('postgres://') ? PostgresJournal : SqliteJournal).open(
  path,
  () => new Date(),
)
const seqs = new Map<ChannelId, number>()
for (const channel of channels) {
  const head = await journal.open(channel)
  if (!head)
    await journal.create([{ channel, birth: { person, update: new Uint8Array(8), clocks: new Map() } }])
  seqs.set(channel, head?.seq ?? 1)
}
for (let round = 0; ; round++) {
  const batches = channels.map((channel) => {
    const afterSeq = seqs.get(channel)!
    const entries = Array.from({ length: 1 + (round % 4) }, (_, i) => {
      const update = new Uint8Array(200 + ((round * 37) % 4000))
      new DataView(update.buffer).setFloat64(0, afterSeq + 1 + i)
      return { person, update, clocks: new Map([[1, afterSeq + 1 + i]]) }
    })
    return { channel, epoch: 1, afterSeq, entries }
  })
  await journal.append(batches)
  for (const { channel, afterSeq, entries } of batches) seqs.set(channel, afterSeq + entries.length)
  // At once and past every buffer of ours: a line that is printed is a promise that was given.
  writeSync(1, `${[...seqs.values()].join(' ')}\n`)
}
