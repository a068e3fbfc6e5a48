/** The contract of every journal: what rooms, tickets and documents rely on, whatever stands behind it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { channelId, newUuid, type ChannelId, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Journal, NewEntry } from '@auzolan/server/src/journal/journal.ts'

export const ANE = 'ane' as PersonId
export const JON = 'jon' as PersonId
export const newChannel = (): ChannelId => channelId(newUuid() as DocumentId, 'content')
export const bytes = (length: number, fill = 7): Uint8Array => new Uint8Array(length).fill(fill)
export const entry = (person: PersonId, update: Uint8Array, ...clocks: [number, number][]): NewEntry => ({
  person,
  update,
  clocks: new Map(clocks),
})
const ALL = { entries: 1000, bytes: 1_000_000 }

/** A journal under test: `reopen` lets go of it and opens the same data again. */
export interface Opened {
  readonly journal: Journal
  reopen(): Promise<Journal>
  remove(): Promise<void>
}

export function journalContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} as a journal`, () => {
    let opened: Opened
    let journal: Journal
    let channel: ChannelId
    beforeEach(async () => {
      opened = await open()
      journal = opened.journal
      channel = newChannel()
      await journal.create([{ channel: channel, birth: entry(ANE, bytes(3, 1), [1, 5]) }])
    })
    afterEach(() => opened.remove())

    const log = async (of: ChannelId = channel, from: Journal = journal): Promise<number[][]> =>
      (await from.read(of, 0, ALL)).entries.map(({ seq, update }) => [seq, update.length, update[0] ?? -1])
    const append = (afterSeq: number, ...entries: NewEntry[]): Promise<void> =>
      journal.append([{ channel, afterSeq, entries }])

    it('knows nothing of a channel that was never created', async () => {
      expect(await journal.open(newChannel())).toBeNull()
      expect(await journal.read(newChannel(), 0, ALL)).toEqual({ snapshot: null, entries: [] })
    })

    it('begins a channel with its birth', async () => {
      expect(await journal.open(channel)).toEqual({
        epoch: 1,
        epochCause: 'birth',
        seq: 1,
        snapshotSeq: 0,
        snapshotBytes: 0,
        tailBytes: 3,
        clocks: new Map([[1, 5]]),
        owners: new Map([[1, ANE]]),
      })
      expect(await log()).toEqual([[1, 3, 1]])
    })

    it('creates a channel once', async () => {
      await expect(journal.create([{ channel: channel, birth: entry(JON, bytes(9)) }])).rejects.toThrow()
      expect(await log()).toEqual([[1, 3, 1]])
    })

    it('[J4] numbers entries in the order in which they are appended', async () => {
      await append(1, entry(ANE, bytes(1, 2), [1, 6]), entry(JON, bytes(1, 3), [2, 1]))
      await append(3, entry(ANE, bytes(1, 4)))
      expect(await log()).toEqual([
        [1, 3, 1],
        [2, 1, 2],
        [3, 1, 3],
        [4, 1, 4],
      ])
      expect(await journal.open(channel)).toMatchObject({
        seq: 4,
        clocks: new Map([
          [1, 6],
          [2, 1],
        ]),
        owners: new Map([
          [1, ANE],
          [2, JON],
        ]),
      })
    })

    it('keeps the order of appends that nobody waited for', async () => {
      await Promise.all([1, 2, 3, 4, 5].map((seq) => append(seq, entry(ANE, bytes(1, seq + 1)))))
      expect((await log()).map(([, , first]) => first)).toEqual([1, 2, 3, 4, 5, 6])
    })

    it('stores an update byte by byte', async () => {
      const update = new Uint8Array(256).map((_, i) => i)
      await append(1, entry(ANE, update), entry(ANE, new Uint8Array()))
      const [, stored, empty] = (await journal.read(channel, 0, ALL)).entries
      expect([...stored!.update]).toEqual([...update])
      expect(empty!.update).toHaveLength(0)
    })

    it.each([0, 2, 99])(
      '[J4] refuses a writer that believes the log ends at %i, and writes nothing',
      async (afterSeq) => {
        await expect(append(afterSeq, entry(ANE, bytes(1)))).rejects.toThrow()
        expect(await log()).toEqual([[1, 3, 1]])
      },
    )

    it('[J3] appends to many channels or to none', async () => {
      const other = newChannel()
      await journal.create([{ channel: other, birth: entry(JON, bytes(2, 2), [3, 1]) }])
      const first = { channel, afterSeq: 1, entries: [entry(ANE, bytes(1, 9), [1, 6])] }
      const bad = [
        [first, { channel: other, afterSeq: 0, entries: [entry(JON, bytes(1))] }],
        [first, { channel: newChannel(), afterSeq: 0, entries: [entry(JON, bytes(1))] }],
        [
          first,
          {
            channel: other,
            afterSeq: 1,
            entries: [entry(JON, bytes(1), [4, 1]), entry(ANE, bytes(1), [4, 2])],
          },
        ],
      ]
      for (const batches of bad) {
        await expect(journal.append(batches)).rejects.toThrow()
        expect(await log()).toEqual([[1, 3, 1]])
        expect(await log(other)).toEqual([[1, 2, 2]])
        expect((await journal.open(channel))!.clocks).toEqual(new Map([[1, 5]]))
        expect((await journal.open(other))!.owners).toEqual(new Map([[3, JON]]))
      }
      await journal.append([first, { channel: other, afterSeq: 1, entries: [entry(JON, bytes(1, 8))] }])
      expect([await log(), await log(other)]).toEqual([
        [
          [1, 3, 1],
          [2, 1, 9],
        ],
        [
          [1, 2, 2],
          [2, 1, 8],
        ],
      ])
    })

    it('[J5] gives a client id to whoever comes first, for ever', async () => {
      expect(await journal.bind(channel, [10, 11], ANE)).toEqual([])
      expect(await journal.bind(channel, [10, 11], ANE)).toEqual([])
      expect(await journal.bind(channel, [11, 12, 1], JON)).toEqual([11, 1])
      const { owners } = (await journal.open(channel))!
      expect([10, 11, 12, 1].map((id) => owners.get(id))).toEqual([ANE, ANE, JON, ANE])
    })

    it('binds a client id in one channel and not in another', async () => {
      const other = newChannel()
      await journal.create([{ channel: other, birth: entry(ANE, bytes(1)) }])
      await journal.bind(channel, [10], ANE)
      expect(await journal.bind(other, [10], JON)).toEqual([])
    })

    it('[J5] gives a contested client id to exactly one', async () => {
      const answers = await Promise.all(
        [ANE, JON, ANE, JON].map((person) => journal.bind(channel, [20], person)),
      )
      expect(answers.map((taken) => taken.length)).toEqual([0, 1, 0, 1])
    })

    it('gives up client ids that never wrote, and no others', async () => {
      const many = Array.from({ length: 1_200 }, (_, i) => 100 + i)
      await journal.bind(channel, many, ANE)
      await append(1, entry(ANE, bytes(1), [100, 1]))
      await journal.release(channel, many)
      const { owners } = (await journal.open(channel))!
      expect(many.filter((id) => owners.has(id))).toEqual([100])
      expect(await journal.bind(channel, [100, 101], JON)).toEqual([100])
    })

    it('takes client ids and clocks as large as JavaScript counts', async () => {
      const large = Number.MAX_SAFE_INTEGER
      await append(1, entry(JON, bytes(1), [large, large]))
      expect(await journal.bind(channel, [large], ANE)).toEqual([large])
      expect((await journal.open(channel))!.clocks.get(large)).toBe(large)
    })

    it('[J5] does not let an entry move a client id of somebody else', async () => {
      await expect(append(1, entry(JON, bytes(1), [1, 6]))).rejects.toThrow()
      expect((await journal.open(channel))!.clocks.get(1)).toBe(5)
    })

    it.each([
      [0, 2, [1, 2]],
      [0, 3, [1, 2, 3]],
      [0, 4, [1, 2, 3, 4]],
      [0, 5, [1, 2, 3, 4]],
      [2, 1, [3]],
      [4, 5, []],
      [9, 5, []],
    ])('reads after %i at most %i entries: %j', async (after, entries, seqs) => {
      await append(1, ...[2, 3, 4].map((fill) => entry(ANE, bytes(3, fill))))
      const read = (await journal.read(channel, after, { entries, bytes: 1000 })).entries
      expect(read.map((e) => e.seq)).toEqual(seqs)
    })

    it.each([
      [5, [1]],
      [6, [1, 2]],
      [8, [1, 2]],
      [9, [1, 2, 3]],
      [12, [1, 2, 3, 4]],
      [1, [1]],
    ])('reads at most %i bytes, but always one entry: %j', async (limit, seqs) => {
      await append(1, ...[2, 3, 4].map((fill) => entry(ANE, bytes(3, fill))))
      const read = (await journal.read(channel, 0, { entries: 100, bytes: limit })).entries
      expect(read.map((e) => e.seq)).toEqual(seqs)
    })

    it('finds everything again when it is opened again', async () => {
      await append(1, entry(JON, bytes(2, 2), [2, 3]))
      await journal.bind(channel, [30], JON)
      await journal.transact((rows) => rows.insertInto('setting').values({ key: 'k', value: 'v' }).execute())
      const before = [await journal.open(channel), await log()]
      const again = await opened.reopen()
      expect([await again.open(channel), await log(channel, again)]).toEqual(before)
      expect(await again.rows.selectFrom('setting').selectAll().execute()).toEqual([{ key: 'k', value: 'v' }])
      expect(await again.bind(channel, [30], ANE)).toEqual([30])
    })

    it('changes rows together, or not at all', async () => {
      const put = (key: string, fail: boolean): Promise<string> =>
        journal.transact(async (rows) => {
          await rows.insertInto('setting').values({ key, value: '1' }).execute()
          await rows
            .insertInto('setting')
            .values({ key: `${key}2`, value: '2' })
            .execute()
          if (fail) throw new Error('no')
          return 'done'
        })
      await expect(put('a', true)).rejects.toThrow('no')
      expect(await put('b', false)).toBe('done')
      const rows = await journal.rows.selectFrom('setting').select('key').orderBy('key').execute()
      expect(rows.map((r) => r.key)).toEqual(['b', 'b2'])
    })

    it('leaves rows as they were when one of them breaks a rule', async () => {
      const work = journal.transact(async (rows) => {
        await rows.insertInto('setting').values({ key: 'a', value: '1' }).execute()
        await rows.insertInto('setting').values({ key: 'a', value: '2' }).execute()
      })
      await expect(work).rejects.toThrow()
      expect(await journal.rows.selectFrom('setting').selectAll().execute()).toEqual([])
    })

    it('keeps what others append meanwhile out of a transaction that is rolled back', async () => {
      const order: string[] = []
      const work = journal.transact(async (rows) => {
        await rows.insertInto('setting').values({ key: 'a', value: '1' }).execute()
        // Nobody waits here: the append has its turn when the transaction is over.
        void append(1, entry(ANE, bytes(1, 2), [1, 6])).then(() => order.push('append'))
        void journal.bind(channel, [40], JON).then(() => order.push('bind'))
        await new Promise((resolve) => setTimeout(resolve, 50))
        await rows.insertInto('setting').values({ key: 'b', value: '1' }).execute()
        order.push('rows')
        throw new Error('no')
      })
      await expect(work).rejects.toThrow('no')
      await journal.bind(channel, [41], JON)
      expect(order).toEqual(['rows', 'append', 'bind'])
      expect((await log()).map(([seq]) => seq)).toEqual([1, 2])
      expect((await journal.open(channel))!.owners.get(40)).toBe(JON)
      expect(await journal.rows.selectFrom('setting').selectAll().execute()).toEqual([])
    })

    it('lets nobody see half a transaction', async () => {
      let seen: unknown[] = ['not asked']
      let asking: Promise<void> = Promise.resolve()
      await journal.transact(async (rows) => {
        await rows.insertInto('setting').values({ key: 'a', value: '1' }).execute()
        asking = journal.rows
          .selectFrom('setting')
          .select('key')
          .execute()
          .then((found) => void (seen = found))
        await rows.insertInto('setting').values({ key: 'b', value: '1' }).execute()
      })
      await asking
      expect(seen).toHaveLength(2)
    })

    it('goes on after a refusal, and says no once it is closed', async () => {
      await expect(append(7, entry(ANE, bytes(1)))).rejects.toThrow()
      await append(1, entry(ANE, bytes(1, 2)))
      await journal.close()
      await expect(append(2, entry(ANE, bytes(1)))).rejects.toThrow()
      await expect(journal.open(channel)).rejects.toThrow()
      await journal.close()
    })
  })
}
