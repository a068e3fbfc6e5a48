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
    const append = (afterSeq: number, ...entries: NewEntry[]): Promise<ReadonlySet<ChannelId>> =>
      journal.append([{ channel, epoch: 1, afterSeq, entries }])
    /** What went into the log where its writer believed it to end. */
    const NONE: ReadonlySet<ChannelId> = new Set()

    const contributions = async (): Promise<[string, number][]> => {
      const of = journal.rows.selectFrom('contribution').where('channel', '=', channel)
      const rows = await of.select(['person', 'entries']).orderBy('person').execute()
      return rows.map(({ person, entries }) => [person, entries])
    }

    it('knows nothing of a channel that was never created', async () => {
      expect(await journal.open(newChannel())).toBeNull()
      expect(await journal.read(newChannel(), 0, ALL)).toEqual({
        epoch: 0,
        snapshot: null,
        entries: [],
        more: false,
      })
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

    it('says of each entry who has written it, and of which epoch all of it is', async () => {
      await append(1, entry(JON, bytes(1), [2, 1]), entry(ANE, bytes(1)))
      const { epoch, entries } = await journal.read(channel, 0, ALL)
      expect([epoch, ...entries.map(({ person }) => person)]).toEqual([1, ANE, JON, ANE])
      expect(await journal.read(channel, 9, ALL)).toEqual({
        epoch: 1,
        snapshot: null,
        entries: [],
        more: false,
      })
    })

    it('stores an update byte by byte', async () => {
      const update = new Uint8Array(256).map((_, i) => i)
      await append(1, entry(ANE, update), entry(ANE, new Uint8Array()))
      const [, stored, empty] = (await journal.read(channel, 0, ALL)).entries
      expect([...stored!.update]).toEqual([...update])
      expect(empty!.update).toHaveLength(0)
    })

    it.each([0, 2, 99])(
      '[J4] names the channel of a writer that believes its log ends at %i, and writes nothing there',
      async (afterSeq) => {
        expect(await append(afterSeq, entry(JON, bytes(1), [2, 1]))).toEqual(new Set([channel]))
        expect(await log()).toEqual([[1, 3, 1]])
        expect((await journal.open(channel))!.owners).toEqual(new Map([[1, ANE]]))
        expect(await contributions()).toEqual([[ANE, 1]])
      },
    )

    it.each([0, 2])(
      '[J4] names the channel of a writer of epoch %i, and writes nothing there',
      async (epoch) => {
        const batch = { channel, epoch, afterSeq: 1, entries: [entry(ANE, bytes(1), [1, 6])] }
        expect(await journal.append([batch])).toEqual(new Set([channel]))
        expect(await log()).toEqual([[1, 3, 1]])
        expect((await journal.open(channel))!.clocks.get(1)).toBe(5)
      },
    )

    it('[J3] writes what is where its writer believed, and names the others', async () => {
      const [other, nobody] = [newChannel(), newChannel()]
      await journal.create([{ channel: other, birth: entry(JON, bytes(2, 2), [3, 1]) }])
      const first = { channel, epoch: 1, afterSeq: 1, entries: [entry(ANE, bytes(1, 9), [1, 6])] }
      const stale = { channel: other, epoch: 1, afterSeq: 0, entries: [entry(ANE, bytes(1), [4, 1])] }
      const unknown = { channel: nobody, epoch: 1, afterSeq: 0, entries: [entry(JON, bytes(1))] }
      expect(await journal.append([stale, first, unknown])).toEqual(new Set([other, nobody]))
      expect(await log()).toEqual([
        [1, 3, 1],
        [2, 1, 9],
      ])
      expect((await journal.open(channel))!.clocks).toEqual(new Map([[1, 6]]))
      expect(await log(other)).toEqual([[1, 2, 2]])
      expect((await journal.open(other))!.owners).toEqual(new Map([[3, JON]]))
      expect(await journal.open(nobody)).toBeNull()
    })

    it('[J3] appends to many channels or to none', async () => {
      const other = newChannel()
      await journal.create([{ channel: other, birth: entry(JON, bytes(2, 2), [3, 1]) }])
      const first = { channel, epoch: 1, afterSeq: 1, entries: [entry(ANE, bytes(1, 9), [1, 6])] }
      const bad = [entry(JON, bytes(1), [4, 1]), entry(ANE, bytes(1), [4, 2])]
      const batches = [first, { channel: other, epoch: 1, afterSeq: 1, entries: bad }]
      await expect(journal.append(batches)).rejects.toThrow()
      expect(await log()).toEqual([[1, 3, 1]])
      expect(await log(other)).toEqual([[1, 2, 2]])
      expect((await journal.open(channel))!.clocks).toEqual(new Map([[1, 5]]))
      expect((await journal.open(other))!.owners).toEqual(new Map([[3, JON]]))
      const good = { channel: other, epoch: 1, afterSeq: 1, entries: [entry(JON, bytes(1, 8))] }
      expect(await journal.append([first, good])).toEqual(NONE)
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

    it('[J4] of writers at the same end of a log, one goes on and the others are told', async () => {
      const writers = [ANE, JON, ANE, JON, ANE].map((person, i) =>
        append(1, entry(person, bytes(1, 10 + i), [20 + i, 1])),
      )
      const moved = (await Promise.all(writers)).map((one) => one.size)
      expect(moved.filter((size) => size === 0)).toHaveLength(1)
      const won = moved.indexOf(0)
      expect(await log()).toEqual([
        [1, 3, 1],
        [2, 1, 10 + won],
      ])
      const { clocks } = (await journal.open(channel))!
      expect([...clocks.keys()].sort((a, b) => a - b)).toEqual([1, 20 + won])
    })

    it('[J5] of two people who first write under the same client id, one has it', async () => {
      const answers = await Promise.all(
        [ANE, JON].map((person) => append(1, entry(person, bytes(1, 2), [30, 1]))),
      )
      expect(answers.map((moved) => moved.size).sort()).toEqual([0, 1])
      const owner = (await journal.open(channel))!.owners.get(30)!
      const loser = owner === ANE ? JON : ANE
      await expect(append(2, entry(loser, bytes(1, 3), [30, 2]))).rejects.toThrow()
      expect(await append(2, entry(owner, bytes(1, 4), [30, 2]))).toEqual(NONE)
      expect((await log()).map(([, , first]) => first)).toEqual([1, 2, 4])
    })

    it('[J5] of whoever binds and whoever writes under the same client id, one has it', async () => {
      const [taken, written] = await Promise.allSettled([
        journal.bind(channel, [31], ANE),
        append(1, entry(JON, bytes(1, 2), [31, 1])),
      ])
      const { owners } = (await journal.open(channel))!
      const bound = taken.status === 'fulfilled' && taken.value.length === 0
      expect(written.status === 'fulfilled').toBe(!bound)
      expect(owners.get(31)).toBe(bound ? ANE : JON)
      expect(await log()).toHaveLength(bound ? 1 : 2)
    })

    it('[J5] moves a clock forward alone', async () => {
      await append(
        1,
        entry(ANE, bytes(1), [1, 9]),
        entry(ANE, bytes(1), [1, 7], [2, 3]),
        entry(ANE, bytes(1), [2, 4]),
      )
      await append(4, entry(ANE, bytes(1), [1, 4]))
      expect((await journal.open(channel))!.clocks).toEqual(
        new Map([
          [1, 9],
          [2, 4],
        ]),
      )
    })

    it('counts what each person has put into a channel', async () => {
      await append(1, entry(ANE, bytes(1)), entry(JON, bytes(1)), entry(ANE, bytes(1)))
      await append(4, entry(JON, bytes(1)))
      expect(await contributions()).toEqual([
        [ANE, 3],
        [JON, 2],
      ])
    })

    it('takes many entries of many channels at once', async () => {
      const channels = Array.from({ length: 40 }, newChannel)
      await journal.create(channels.map((one) => ({ channel: one, birth: entry(ANE, bytes(1)) })))
      const entries = Array.from({ length: 50 }, (_, i) =>
        entry(i % 2 ? JON : ANE, bytes(100 + i, i), [5 + (i % 2), i + 1]),
      )
      expect(
        await journal.append(channels.map((one) => ({ channel: one, epoch: 1, afterSeq: 1, entries }))),
      ).toEqual(NONE)
      for (const one of [channels[0]!, channels[39]!]) {
        expect((await log(one)).slice(1)).toEqual(entries.map((_, i) => [i + 2, 100 + i, i]))
        expect((await journal.open(one))!.clocks).toEqual(
          new Map([
            [5, 49],
            [6, 50],
          ]),
        )
      }
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
      [0, 2, [1, 2], true],
      [0, 3, [1, 2, 3], true],
      [0, 4, [1, 2, 3, 4], true],
      [0, 5, [1, 2, 3, 4], false],
      [2, 1, [3], true],
      [4, 5, [], false],
      [9, 5, [], false],
    ])(
      'reads after %i at most %i entries: %j, and says whether to ask on: %s',
      async (after, entries, seqs, more) => {
        await append(1, ...[2, 3, 4].map((fill) => entry(ANE, bytes(3, fill))))
        const read = await journal.read(channel, after, { entries, bytes: 1000 })
        expect([read.entries.map((e) => e.seq), read.more]).toEqual([seqs, more])
      },
    )

    it.each([
      [5, [1], true],
      [6, [1, 2], true],
      [8, [1, 2], true],
      [9, [1, 2, 3], true],
      [12, [1, 2, 3, 4], false],
      [1, [1], true],
    ])(
      'reads at most %i bytes, but always one entry: %j, and says whether to ask on: %s',
      async (limit, seqs, more) => {
        await append(1, ...[2, 3, 4].map((fill) => entry(ANE, bytes(3, fill))))
        const read = await journal.read(channel, 0, { entries: 100, bytes: limit })
        expect([read.entries.map((e) => e.seq), read.more]).toEqual([seqs, more])
      },
    )

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
      await expect(append(1, entry(JON, bytes(1), [1, 6]))).rejects.toThrow()
      await append(1, entry(ANE, bytes(1, 2)))
      await journal.close()
      await expect(append(2, entry(ANE, bytes(1)))).rejects.toThrow()
      await expect(journal.open(channel)).rejects.toThrow()
      await journal.close()
    })
  })
}
