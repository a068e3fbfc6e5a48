/** Reading a whole log step by step while others write to it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Journal, LogPart } from '@auzolan/server/src/journal/journal.ts'
import { readOn } from '@auzolan/server/src/journal/read-on.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { channelId, newUuid, type ChannelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'

const ANE = 'ane' as PersonId
const update = (fill: number): Uint8Array => new Uint8Array(3).fill(fill)
let folder: string
let journal: SqliteJournal
let channel: ChannelId
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auzolan-test-'))
  journal = await SqliteJournal.open(join(folder, 'a.sqlite'), () => new Date())
})
afterAll(async () => {
  await journal.close()
  await rm(folder, { recursive: true })
})
beforeEach(async () => {
  channel = channelId(newUuid() as DocumentId, 'content')
  const entries = [1, 2, 3, 4, 5].map((fill) => ({ person: ANE, update: update(fill), clocks: new Map() }))
  await journal.create([{ channel, birth: null }])
  await journal.append([{ channel, epoch: 1, afterSeq: 0, entries }])
})

/** The journal in steps of two entries. @param between done once, after the first step */
function inSteps(between: () => Promise<unknown> = () => Promise.resolve()) {
  const parts: LogPart[] = []
  const read: Journal['read'] = async (of, after) => {
    if (parts.length === 1) await between()
    const part = await journal.read(of, after, { entries: 2, bytes: 100 })
    parts.push(part)
    return part
  }
  return { parts, journal: { read } as Journal }
}
const numbered = ({ entries }: Awaited<ReturnType<typeof readOn>>) => entries.map(({ seq }) => seq)

describe('reading on', () => {
  it('reads to the end, and does not ask once more for nothing', async () => {
    const steps = inSteps()
    const log = await readOn(steps.journal, channel, 0)
    expect([log.epoch, log.snapshot, numbered(log)]).toEqual([1, null, [1, 2, 3, 4, 5]])
    expect(steps.parts).toHaveLength(3)
    expect(numbered(await readOn(inSteps().journal, channel, 4))).toEqual([5])
    expect(await readOn(journal, channelId(newUuid() as DocumentId, 'content'), 0)).toMatchObject({
      epoch: 0,
    })
  })

  it('begins with what was put together meanwhile', async () => {
    const packed = { seq: 4, gzip: update(9), bytes: 3 }
    const steps = inSteps(() => journal.compact({ channel, epoch: 1, ...packed }))
    const log = await readOn(steps.journal, channel, 0)
    expect([log.epoch, log.snapshot?.seq, numbered(log)]).toEqual([1, 4, [5]])
  })

  it.each([0, 1, 3])('has nothing of an epoch that ended meanwhile, reading after %i', async (from) => {
    const renewal = { epoch: 1, seq: 5, cause: 'repair', removed: [], barred: [], clocks: new Map() } as const
    const steps = inSteps(() => journal.renew({ channel, gzip: update(9), bytes: 3, ...renewal }))
    const log = await readOn(steps.journal, channel, from)
    expect([log.epoch, log.snapshot?.seq, numbered(log)]).toEqual([2, 5, []])
  })
})
