/** The way from the outbox to Nextcloud, over real HTTP: in order, at least once, and past what cannot be taken. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  OUTBOX_RETRY_MAX_MS,
  OUTBOX_RETRY_MIN_MS,
  PARCELS_PER_CALL_MAX,
  PARCELS_PER_CALL_MAX_BYTES,
  PARCEL_ASIDE_KEPT_MS,
  PARCEL_TRIES_MAX,
  TOLD_KEPT_MS,
} from '@auzolan/shared/limits.ts'
import { keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { Nextcloud } from '@auzolan/server/src/nextcloud/nextcloud.ts'
import { Deliveries, backOff, type DeliveryPorts } from '@auzolan/server/src/outbox/deliveries.ts'
import { post } from '@auzolan/server/src/outbox/outbox.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder, until } from '../support/server.ts'

let folder: string
let journal: SqliteJournal
let there: NextcloudServer
let time: Date
let aside: number
let logged: string[]
let open: Deliveries[]
const now = (): Date => time
const path = (): string => join(folder, 'auzolan.sqlite')

beforeEach(async () => {
  folder = await temporaryFolder()
  time = new Date('2026-11-25T21:00:00.000Z')
  journal = await SqliteJournal.open(path(), now)
  there = await startNextcloud()
  aside = 0
  logged = []
  open = []
})
afterEach(async () => {
  for (const deliveries of open) await deliveries.close()
  await journal.close()
  there.close()
  await rm(folder, { recursive: true })
})

const nextcloudAt = (url = there.url): Nextcloud =>
  new Nextcloud({ url, host: null, key: keyToNextcloud(NEXTCLOUD.secret), now: () => new Date() })
function deliveries(given: Partial<DeliveryPorts> = {}): Deliveries {
  const log = (...words: unknown[]): void => void logged.push(JSON.stringify(words))
  const made = new Deliveries({
    journal,
    nextcloud: nextcloudAt(),
    log: { warn: log, error: log },
    aside: () => (aside += 1),
    now,
    pauseMs: () => 5,
    ...given,
  })
  open.push(made)
  return made
}
const started = (given: Partial<DeliveryPorts> = {}): Deliveries => {
  const made = deliveries(given)
  made.start()
  return made
}
const TITLE = 'Hiltegiko plana'
const told = (key: string, title = TITLE): Promise<void> =>
  journal.transact((rows) =>
    post(rows, time.toISOString(), {
      kind: 'notify',
      notice: {
        key,
        kind: 'decide',
        to: [{ kind: 'person', id: 'mayor' }],
        document: 'd1',
        title: { eu: title },
        version: 1,
        by: null,
        due: null,
      },
    }),
  )
const rows = (): Promise<{ n: number; aside: string | null }[]> =>
  journal.rows.selectFrom('outbox').select(['n', 'aside']).orderBy('n').execute()
const gone = (): Promise<void> => until(async () => (await rows()).length === 0, 'everything has gone out')
const keys = (): string[] => there.parcels.flatMap((p) => (p.kind === 'notify' ? [p.notice.key] : []))
const calls = (what: string): number => there.calls.filter((call) => call.what === what).length
const many = (count: number): string[] => Array.from({ length: count }, (_, i) => `k/${i}`)

describe('[NT2] what waits', () => {
  it('goes out in the order it was written, so many at a time, and is then gone', async () => {
    for (const key of many(PARCELS_PER_CALL_MAX + 1)) await told(key)
    started()
    await gone()
    expect(keys()).toEqual(many(PARCELS_PER_CALL_MAX + 1))
    const sizes = there.calls.map(({ body }) => body.parcels?.length)
    expect(sizes).toEqual([PARCELS_PER_CALL_MAX, 1])
  })

  it('goes out from the node that keeps house, and is counted by the others too', async () => {
    await told('a')
    time = new Date(time.getTime() + 60_000)
    const idle = started({ isOurs: () => false })
    await until(() => idle.waiting === 1, 'it is counted')
    expect(idle.oldestAgeS).toBe(60)
    expect(keys()).toEqual([])
  })

  it('goes soon after it was written', async () => {
    started()
    await sleep(50)
    await told('a')
    await gone()
    expect(keys()).toEqual(['a'])
  })

  it('stays while nobody answers, in its order, and goes when somebody does', async () => {
    const port = await freePort()
    for (const key of ['a', 'b']) await told(key)
    const nowhere = started({ nextcloud: nextcloudAt(`http://127.0.0.1:${port}`) })
    await sleep(100)
    expect((await rows()).length).toBe(2)
    expect(nowhere.waiting).toBe(2)
    await nowhere.close()
    started()
    await gone()
    expect(keys()).toEqual(['a', 'b'])
    expect(aside).toBe(0)
  })

  it('is sent again when the server ended between the answer and its own note of it', async () => {
    for (const key of ['a', 'b']) await told(key)
    const crashing = started({
      journal: { rows: journal.rows, transact: () => Promise.reject(new Error('the power went')) },
    })
    await until(() => keys().length >= 2, 'Nextcloud has taken both')
    await crashing.close()
    await journal.close()
    journal = await SqliteJournal.open(path(), now)
    there.parcels.length = 0
    await told('c')
    started()
    await gone()
    expect(keys()).toEqual(['a', 'b', 'c'])
  })

  it('is dropped where there is nobody to tell', async () => {
    await told('a')
    started({ nextcloud: null })
    await gone()
    expect(there.calls).toEqual([])
  })
})

describe('[NT3] an answer that is none', () => {
  it.each([
    ['an error', { status: 500 }],
    ['another page', { status: 200, body: '<html>' }],
    ['other data', { status: 200, body: '{"ocs":{"data":{"fine":true}}}' }],
    ['an older app', { status: 404, body: '{"ocs":{"data":[]}}' }],
  ])('%s: nothing is lost, and nobody is blamed', async (_what, instead) => {
    for (const key of ['a', 'b']) await told(key)
    there.instead = instead
    started()
    await until(() => calls('notify') > PARCEL_TRIES_MAX + 2, 'it was tried often')
    expect((await rows()).length).toBe(2)
    there.instead = null
    await gone()
    expect([keys(), aside]).toEqual([['a', 'b'], 0])
  })

  it('maintenance is waited for', async () => {
    await told('a')
    there.instead = { status: 503, headers: { 'x-nextcloud-maintenance-mode': '1' } }
    started()
    await until(() => calls('notify') > PARCEL_TRIES_MAX + 2, 'it was tried')
    expect([(await rows()).length, calls('ping')]).toEqual([1, 0])
    there.instead = null
    await gone()
    expect(keys()).toEqual(['a'])
  })

  it('refused signatures end the attempts, before Nextcloud locks us out', async () => {
    await told('a')
    there.secret = 'another secret '.repeat(5)
    started()
    await until(() => calls('notify') === 2, 'it was tried twice')
    await sleep(100)
    expect([calls('notify'), (await rows()).length]).toEqual([2, 1])
  })

  it('is waited for longer and longer, never longer than five minutes, and never the same', () => {
    const least = (failures: number): number => backOff(failures, () => 0)
    const most = (failures: number): number => backOff(failures, () => 1)
    expect([1, 2, 3, 4].map(most)).toEqual([2_000, 4_000, 8_000, 16_000])
    expect([1, 5, 100].map(least)).toEqual(Array(3).fill(OUTBOX_RETRY_MIN_MS))
    expect([8, 9, 100_000].map(most)).toEqual([256_000, OUTBOX_RETRY_MAX_MS, OUTBOX_RETRY_MAX_MS])
  })
})

describe('[NT4] what Nextcloud will never take', () => {
  it('is put aside, and the rest goes its way', async () => {
    for (const key of ['a', 'poison', 'b']) await told(key)
    there.takes = (parcel) => (parcel.kind === 'notify' && parcel.notice.key === 'poison' ? 'never' : 'yes')
    started()
    await until(async () => (await rows()).every((row) => row.aside !== null), 'the rest has gone')
    expect([keys(), await rows(), aside]).toEqual([['a', 'b'], [{ n: 2, aside: time.toISOString() }], 1])
    expect(logged.length).toBe(1)
    expect(logged[0]).not.toContain(TITLE)
  })

  it('or fails at, again and again, while it answers otherwise: the same', async () => {
    for (const key of ['a', 'poison', 'b']) await told(key)
    there.takes = (parcel) => (parcel.kind === 'notify' && parcel.notice.key === 'poison' ? 'later' : 'yes')
    started()
    await until(async () => (await rows()).length === 1, 'the rest has gone')
    expect([keys(), aside]).toEqual([['a', 'b'], 1])
    // The first attempt was with all three, the second found it at the head of its call.
    const attempts = there.calls.filter(({ body }) =>
      body.parcels?.some((p) => p.kind === 'notify' && p.notice.key === 'poison'),
    )
    expect(attempts.length).toBeGreaterThanOrEqual(PARCEL_TRIES_MAX)
    expect(attempts.length).toBeLessThanOrEqual(PARCEL_TRIES_MAX + 2)
  })

  it('because it is longer than it reads is not even sent', async () => {
    const envelope = async (): Promise<number> => {
      const [row] = await journal.rows.selectFrom('outbox').select('parcel').execute()
      return Buffer.byteLength(row!.parcel)
    }
    await told('a', '')
    const room = PARCELS_PER_CALL_MAX_BYTES - (await envelope())
    await told('a', 'x'.repeat(room))
    expect(await envelope()).toBe(PARCELS_PER_CALL_MAX_BYTES)
    started()
    await gone()
    expect(keys()).toEqual(['a'])
    await told('a', 'x'.repeat(room + 1))
    await told('b')
    await until(() => keys().length === 2, 'the next one goes')
    expect([keys(), aside]).toEqual([['a', 'b'], 1])
  })

  it('is kept for a month, what was told for a year and more', async () => {
    await told('a')
    there.takes = () => 'never'
    const first = started()
    await until(() => aside === 1, 'it is put aside')
    await first.close()
    const after = async (ms: number): Promise<[number, number]> => {
      time = new Date(Date.parse('2026-11-25T21:00:00.000Z') + ms)
      const later = started()
      await sleep(60)
      await later.close()
      return [(await rows()).length, (await journal.rows.selectFrom('told').select('n').execute()).length]
    }
    expect(await after(PARCEL_ASIDE_KEPT_MS)).toEqual([1, 1])
    expect(await after(PARCEL_ASIDE_KEPT_MS + 1)).toEqual([0, 1])
    expect(await after(TOLD_KEPT_MS)).toEqual([0, 1])
    expect(await after(TOLD_KEPT_MS + 1)).toEqual([0, 0])
  })
})

describe('the deliveries', () => {
  it('say how many wait, and for how long', async () => {
    there.instead = { status: 503 }
    const watched = started()
    expect([watched.waiting, watched.oldestAgeS]).toEqual([0, 0])
    await told('a')
    await told('b')
    time = new Date(time.getTime() + 90_000)
    await until(() => watched.waiting === 2, 'it has counted')
    expect(watched.oldestAgeS).toBe(90)
    there.instead = null
    await gone()
    await until(() => watched.waiting === 0, 'it has counted')
    expect(watched.oldestAgeS).toBe(0)
  })

  it('end with the call that is under way, or without it when that takes long', async () => {
    await told('a')
    there.instead = { status: 500, afterMs: 300 }
    const short = started()
    await until(() => calls('notify') === 1, 'it has called')
    await short.close()
    there.instead = { status: 500, afterMs: 60_000 }
    const long = started()
    await until(() => calls('notify') === 2, 'it has called again')
    const since = performance.now()
    await long.close()
    expect(performance.now() - since).toBeLessThan(4_000)
    expect((await rows()).length).toBe(1)
    expect(logged).toEqual([])
  })
})
