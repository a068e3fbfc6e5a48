/**
 * Takes what waits in the outbox to Nextcloud: in order, a few at a time, and takes a row away only when Nextcloud has said
 * that it has it. Nobody who works waits for this, and what Nextcloud cannot take does not stop what comes after.
 */
import type { Logger } from 'pino'
import { z } from 'zod'
import {
  OUTBOX_COUNT_EVERY_MS,
  OUTBOX_EVERY_MS,
  OUTBOX_RETRY_MAX_MS,
  OUTBOX_RETRY_MIN_MS,
  PARCELS_ANSWER_MAX_MS,
  PARCELS_PER_CALL_MAX,
  PARCELS_PER_CALL_MAX_BYTES,
  PARCEL_ASIDE_KEPT_MS,
  PARCEL_TRIES_MAX,
  TOLD_KEPT_MS,
} from '@auzolan/shared/limits.ts'
import type { Journal } from '../journal/journal.ts'
import type { Nextcloud } from '../nextcloud/nextcloud.ts'

export interface DeliveryPorts {
  readonly journal: Pick<Journal, 'rows' | 'transact'>
  /** `null` where there is nobody to tell (the demo): what was posted is dropped. */
  readonly nextcloud: Pick<Nextcloud, 'call' | 'ping' | 'pauseLeftMs'> | null
  readonly log: Pick<Logger, 'warn' | 'error'>
  readonly aside: () => void
  readonly now: () => Date
  /** Whether this node delivers: what goes out twice is known there by its key, and would only be asked about twice. */
  readonly isOurs?: () => boolean
  /** Time until the next attempt after so many failures in a row. */
  readonly pauseMs?: (failures: number) => number
}

/** Of the parcels of a call, in their order: how many are dealt with, and which of these it will never take. */
const Receipt = z.object({ done: z.int().min(0), refused: z.array(z.int().min(0)) })

/** Longest time that stopping waits for a call under way; what it was about goes out again after the start. */
const STOP_MAX_MS = 3_000
const CLEAN_EVERY_MS = 60 * 60 * 1000

/** Full jitter: servers that were away at the same time do not come back at the same time. */
export function backOff(failures: number, random: () => number = Math.random): number {
  const longest = Math.min(OUTBOX_RETRY_MAX_MS, OUTBOX_RETRY_MIN_MS * 2 ** Math.min(failures, 20))
  return OUTBOX_RETRY_MIN_MS + random() * (longest - OUTBOX_RETRY_MIN_MS)
}

interface Waiting {
  readonly n: number
  readonly kind: string
  readonly parcel: string
}

export class Deliveries {
  readonly #ports: DeliveryPorts
  #timer: NodeJS.Timeout | undefined
  #round: Promise<void> | null = null
  #closed = false
  #failures = 0
  /** The parcel that was first when a call failed while Nextcloud answered otherwise, and how often. */
  #head = { n: 0, tries: 0 }
  #waiting = 0
  #oldest: number | null = null
  #cleanedAt = -Infinity
  #countedAt = -Infinity

  constructor(ports: DeliveryPorts) {
    this.#ports = ports
  }

  /** Parcels that wait, as counted last. */
  get waiting(): number {
    return this.#waiting
  }
  /** How long the oldest of them has waited. */
  get oldestAgeS(): number {
    return this.#oldest === null ? 0 : Math.max(0, (this.#ports.now().getTime() - this.#oldest) / 1000)
  }

  start(): void {
    this.#after(0)
  }

  /** Ends it; a call under way gets a moment. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    if (!this.#round) return
    let tooLate: NodeJS.Timeout | undefined
    const patience = new Promise<void>((resolve) => (tooLate = setTimeout(resolve, STOP_MAX_MS)))
    await Promise.race([this.#round, patience])
    clearTimeout(tooLate)
  }

  #after(ms: number): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => {
      this.#round = this.#deliver()
        .catch((error: unknown) => {
          this.#ports.log.error({ err: error }, 'what waits for Nextcloud could not be looked at')
          return this.#pause()
        })
        .then((next) => {
          this.#round = null
          this.#after(next)
        })
    }, ms)
    this.#timer.unref()
  }

  /** One call. Gives the time until the next. */
  async #deliver(): Promise<number> {
    const { nextcloud, isOurs } = this.#ports
    if (isOurs && !isOurs()) {
      // Where nobody delivers, every node has to be able to say so.
      if (performance.now() - this.#countedAt >= OUTBOX_COUNT_EVERY_MS) await this.#count()
      return OUTBOX_EVERY_MS
    }
    await this.#clean()
    const batch = await this.#next()
    const [head] = batch
    if (!head) return OUTBOX_EVERY_MS
    if (nextcloud === null) return this.#settle(batch, [])
    // In peace, and nobody is asked whose fault it is.
    if (nextcloud.pauseLeftMs > 0) return nextcloud.pauseLeftMs
    const parcels = batch.map(({ parcel }) => JSON.parse(parcel) as unknown)
    const outcome = await nextcloud.call('notify', { parcels }, PARCELS_ANSWER_MAX_MS)
    if (this.#closed) return 0
    switch (outcome.kind) {
      case 'answered': {
        const receipt = Receipt.safeParse(outcome.data)
        const done = receipt.success ? batch.slice(0, receipt.data.done) : []
        const refused = receipt.success ? batch.filter((_, i) => receipt.data.refused.includes(i)) : []
        if (done.length === 0) return this.#failedAt(head)
        this.#failures = 0
        return this.#settle(
          done,
          refused.filter((parcel) => done.includes(parcel)),
        )
      }
      case 'failed':
        return this.#failedAt(head)
      case 'maintenance':
      case 'refused':
      case 'paused':
        return nextcloud.pauseLeftMs || this.#pause()
    }
  }

  #inLine() {
    return this.#ports.journal.rows.selectFrom('outbox').where('aside', 'is', null)
  }

  async #count(): Promise<number> {
    const { waiting, oldest } = await this.#inLine()
      .select((row) => [row.fn.countAll<number>().as('waiting'), row.fn.min('at').as('oldest')])
      .executeTakeFirstOrThrow()
    this.#waiting = waiting
    this.#oldest = oldest ? Date.parse(oldest) : null
    this.#countedAt = performance.now()
    return waiting
  }

  /** In order, up to what fits into one call; after a failure one by one, so that what cannot be taken is alone. */
  async #next(): Promise<readonly Waiting[]> {
    if ((await this.#count()) === 0) return []
    const limit = this.#failures > 0 ? 1 : PARCELS_PER_CALL_MAX
    const found = await this.#inLine().select(['n', 'kind', 'parcel']).orderBy('n').limit(limit).execute()
    const batch: Waiting[] = []
    let bytes = 0
    for (const row of found) {
      bytes += Buffer.byteLength(row.parcel)
      if (bytes > PARCELS_PER_CALL_MAX_BYTES) {
        // Longer than Nextcloud reads, it would look like a forged one.
        if (batch.length === 0) await this.#settle([row], [row])
        break
      }
      batch.push(row)
    }
    return batch.length > 0 || found.length === 0 ? batch : this.#next()
  }

  /** Takes away what is dealt with, or puts it aside. */
  async #settle(done: readonly Waiting[], refused: readonly Waiting[]): Promise<number> {
    const { journal, now, log } = this.#ports
    const numbers = (some: readonly Waiting[]): number[] => some.map(({ n }) => n)
    await journal.transact(async (rows) => {
      const aside = now().toISOString()
      if (refused.length > 0)
        await rows.updateTable('outbox').set({ aside }).where('n', 'in', numbers(refused)).execute()
      const gone = done.filter((parcel) => !refused.includes(parcel))
      if (gone.length > 0) await rows.deleteFrom('outbox').where('n', 'in', numbers(gone)).execute()
    })
    for (const { n, kind } of refused) {
      this.#ports.aside()
      log.warn({ n, kind }, 'Nextcloud does not take this parcel; it is put aside')
    }
    this.#waiting -= done.length
    if (this.#waiting === 0) this.#oldest = null
    return 0
  }

  /**
   * The first parcel may be the reason, or Nextcloud: that shows when it is asked something else. A parcel that has failed
   * often while Nextcloud answers otherwise makes place for the next.
   */
  async #failedAt(head: Waiting): Promise<number> {
    const alone = this.#failures > 0
    const { signature } = await this.#ports.nextcloud!.ping()
    if (this.#closed) return 0
    if (signature !== 'ok' || !alone) return this.#pause()
    this.#head = { n: head.n, tries: head.n === this.#head.n ? this.#head.tries + 1 : 1 }
    if (this.#head.tries < PARCEL_TRIES_MAX) return this.#pause()
    this.#failures = 0
    return this.#settle([head], [head])
  }

  #pause(): number {
    this.#failures += 1
    return (this.#ports.pauseMs ?? backOff)(this.#failures)
  }

  /** What was put aside, and what it is remembered by, ends some day. */
  async #clean(): Promise<void> {
    const now = this.#ports.now().getTime()
    if (now - this.#cleanedAt < CLEAN_EVERY_MS) return
    this.#cleanedAt = now
    const before = (ms: number): string => new Date(now - ms).toISOString()
    const { rows } = this.#ports.journal
    await rows.deleteFrom('outbox').where('aside', '<', before(PARCEL_ASIDE_KEPT_MS)).execute()
    await rows.deleteFrom('told').where('at', '<', before(TOLD_KEPT_MS)).execute()
  }
}
