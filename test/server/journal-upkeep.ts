/** The contract of every journal about replacing logs: by a snapshot of the same text, or by a new epoch. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChannelId } from '@auzolan/shared/ids.ts'
import { firstBreak } from '../support/first-break.ts'
import { BARRED, type Compacted, type Journal, type Renewal } from '@auzolan/server/src/journal/journal.ts'
import { ANE, JON, bytes, entry, newChannel, type Opened } from './journal.ts'

const ALL = { entries: 1000, bytes: 1_000_000 }

export function upkeepContract(name: string, open: () => Promise<Opened>): void {
  describe(`${name} puts logs together`, () => {
    let opened: Opened
    let journal: Journal
    let channel: ChannelId
    beforeEach(async () => {
      opened = await open()
      journal = opened.journal
      channel = newChannel()
      await journal.create([{ channel, birth: entry(ANE, bytes(3, 1), [1, 5]) }])
      await journal.append([
        {
          channel,
          epoch: 1,
          afterSeq: 1,
          entries: [
            entry(JON, bytes(4, 2), [2, 3]),
            entry(JON, bytes(5, 3), [2, 4]),
            entry(ANE, bytes(6, 4), [1, 9]),
          ],
        },
      ])
    })
    afterEach(() => opened.remove())

    const compacted = (seq: number, epoch = 1): Compacted => ({
      channel,
      epoch,
      seq,
      gzip: bytes(2, 9),
      bytes: 50,
    })
    const renewal = (more: Partial<Renewal> = {}): Renewal => ({
      ...compacted(4),
      cause: 'repair',
      clocks: new Map([[1, 9]]),
      removed: [{ seq: 2, why: 'reads otherwise' }],
      barred: [2],
      ...more,
    })
    const parts = async (after: number): Promise<[number | null, number[]]> => {
      const { snapshot, entries } = await journal.read(channel, after, ALL)
      return [snapshot?.seq ?? null, entries.map((e) => e.seq)]
    }

    it('[J7] a snapshot stands for the entries it holds; what comes after stays', async () => {
      expect(await journal.compact(compacted(3))).toBe(true)
      expect(await parts(0)).toEqual([3, [4]])
      expect(await parts(2)).toEqual([3, [4]])
      expect(await parts(3)).toEqual([null, [4]])
      expect(await parts(4)).toEqual([null, []])
      expect((await journal.read(channel, 0, ALL)).snapshot).toEqual({ seq: 3, gzip: bytes(2, 9) })
      expect(await journal.open(channel)).toMatchObject({
        epoch: 1,
        seq: 4,
        snapshotSeq: 3,
        snapshotBytes: 50,
        tailBytes: 6,
        clocks: new Map([
          [1, 9],
          [2, 4],
        ]),
      })
    })

    it('[J7] an earlier snapshot never takes the place of a later one: what lies between is in no entry any more', async () => {
      expect(await journal.compact({ ...compacted(3), gzip: bytes(7, 8) })).toBe(true)
      expect(await journal.compact(compacted(2))).toBe(false)
      expect(await journal.compact(compacted(3))).toBe(false)
      expect(await parts(0)).toEqual([3, [4]])
      expect((await journal.read(channel, 0, ALL)).snapshot?.gzip.length).toBe(7)
    })

    it('[J7] a later snapshot takes the place of an earlier one', async () => {
      await journal.compact(compacted(2))
      expect(await journal.compact({ ...compacted(4), gzip: bytes(7, 8) })).toBe(true)
      expect(await parts(0)).toEqual([4, []])
      expect((await journal.read(channel, 0, ALL)).snapshot?.gzip.length).toBe(7)
    })

    it.each([
      ['of another epoch', 3, 2],
      ['of more than there is', 5, 1],
    ])('[J7] a snapshot %s changes nothing', async (_what, seq, epoch) => {
      expect(await journal.compact(compacted(seq, epoch))).toBe(false)
      expect(await parts(0)).toEqual([null, [1, 2, 3, 4]])
    })

    it('[J7] who wrote how much outlives the entries', async () => {
      await journal.compact(compacted(4))
      const rows = await journal.rows.selectFrom('contribution').selectAll().orderBy('person').execute()
      expect(rows.map(({ person, entries }) => [person, entries])).toEqual([
        ['ane', 2],
        ['jon', 2],
      ])
    })

    it('[J8] a new epoch replaces the log, keeps aside what was taken out, and bars its writer’s ids', async () => {
      expect(await journal.renew(renewal())).toBe(true)
      const head = (await journal.open(channel))!
      expect(head).toMatchObject({ epoch: 2, epochCause: 'repair', seq: 4, snapshotSeq: 4, tailBytes: 0 })
      expect(head.clocks.get(2)).toBe(0)
      expect(head.owners.get(2)).toBe(BARRED)
      expect(head.owners.get(1)).toBe(ANE)
      const aside = await journal.rows.selectFrom('quarantined').selectAll().execute()
      expect(aside).toMatchObject([{ channel, epoch: 1, seq: 2, person: 'jon', why: 'reads otherwise' }])
      expect(aside[0]!.bytes).toEqual(bytes(4, 2))
    })

    it('[J8] whoever still writes in the epoch of before writes nothing, and is told', async () => {
      await journal.renew(renewal())
      const batch = { channel, epoch: 1, afterSeq: 4, entries: [entry(ANE, bytes(1), [1, 10])] }
      expect(await journal.append([batch])).toEqual(new Set([channel]))
      expect(await parts(0)).toEqual([4, []])
      expect(await journal.append([{ ...batch, epoch: 2 }])).toEqual(new Set())
      expect(await parts(0)).toEqual([4, [5]])
    })

    it.each([
      ['the log has moved on', { seq: 3 }],
      ['the epoch has moved on', { epoch: 2 }],
    ])('[J8] nothing happens when %s', async (_why, more) => {
      expect(await journal.renew(renewal(more))).toBe(false)
      expect(await parts(0)).toEqual([null, [1, 2, 3, 4]])
      expect(await journal.rows.selectFrom('audit').selectAll().execute()).toEqual([])
    })

    it('[J9] every new epoch is in the audit chain, and a row that is changed shows', async () => {
      await journal.renew(renewal())
      await journal.renew(renewal({ epoch: 2, cause: 'erasure', removed: [] }))
      const rows = await journal.rows.selectFrom('audit').select(['n', 'action']).orderBy('n').execute()
      expect(rows.map((r) => r.action)).toEqual(['epoch.repair', 'epoch.erasure'])
      expect(await firstBreak(journal.rows)).toBeNull()
      await journal.rows.updateTable('audit').set({ actor: 'nobody' }).where('n', '=', rows[0]!.n).execute()
      expect(await firstBreak(journal.rows)).toBe(rows[0]!.n)
    })

    it('[J7] goes on after a snapshot when it is opened again', async () => {
      await journal.compact(compacted(3))
      journal = await opened.reopen()
      await journal.append([{ channel, epoch: 1, afterSeq: 4, entries: [entry(JON, bytes(1), [2, 5])] }])
      expect(await parts(0)).toEqual([3, [4, 5]])
    })
  })
}
