/**
 * Own edits on their way onto this device: gathered for a moment, written one after the other, and in the one way that does
 * not wait (`keepAtOnce`) while the device takes its time.
 */
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { OUTBOX_MERGE_MS, UPDATE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import type { LocalCopy } from './copy.ts'
import { gatherInto } from './outbox.ts'

export interface KeepingOptions {
  readonly channel: ChannelName
  readonly copy: LocalCopy
  /** Queues a write to the copy behind those before it. */
  readonly write: (step: () => Promise<void>) => void
  /** The device has it; `key` is null when it did not take it. */
  readonly onKept: (update: Uint8Array, key: number | null) => void
  /** `slow` has changed. */
  readonly onSlow: () => void
}

/** A device that takes longer than this to keep an edit does not have it "on it". */
const SLOW_MS = 1_000
/** A device that takes longer than this gets help: a page that goes now would take the edit with it. */
const LATE_MS = 100
/** Whoever has not typed for this long is not in the middle of a word; and nobody is waited for longer than the second. */
const WORD_PAUSE_MS = 300
const WORD_MAX_MS = 3_000

export class Keeping {
  readonly #options: KeepingOptions
  /** Edits of the last moments. */
  #gathering: Uint8Array[] = []
  #gatherTimer: ReturnType<typeof setTimeout> | undefined
  /** Edits that are being written. */
  #storing: Uint8Array[] = []
  #lateTimer: ReturnType<typeof setTimeout> | undefined
  #slow = false
  #keptAtOnce = false
  /** Nothing more is written; what still comes is only gathered. */
  #stopped = false
  #takenAt = 0

  constructor(options: KeepingOptions) {
    this.#options = options
  }

  /** Edits that are not on the device yet. */
  get count(): number {
    return this.#gathering.length + this.#storing.length
  }
  /** The device has been at the last edits for more than a second. */
  get slow(): boolean {
    return this.#slow
  }

  take(update: Uint8Array): void {
    this.#gathering.push(update)
    this.#takenAt = performance.now()
    if (this.#keptAtOnce) this.#keepAtOnce()
    if (this.#stopped) return
    this.#gatherTimer ??= setTimeout(() => {
      this.#gatherTimer = undefined
      // One write after the other: on a slow device what is typed meanwhile goes into the next, not into a queue.
      if (this.#storing.length === 0) this.flush()
    }, OUTBOX_MERGE_MS)
  }

  /** Begins to write what was gathered. */
  flush(): void {
    if (this.#stopped) return
    clearTimeout(this.#gatherTimer)
    this.#gatherTimer = undefined
    const updates = this.#gathering
    this.#gathering = []
    for (const update of gatherInto(updates, UPDATE_MAX_BYTES)) {
      this.#storing.push(update)
      this.#lateTimer ??= setTimeout(() => this.#isLate(), LATE_MS)
      this.#options.write(() => this.#store(update))
    }
  }

  /** The page may be gone in a moment. */
  leave(): void {
    this.flush()
    this.#keepAtOnce()
  }

  /** Writes what there is, and from then on only gathers: the document is about to end. */
  stop(): void {
    this.flush()
    this.#stopped = true
  }

  /** What came since it was stopped, once whoever types has come to the end of a word. It is nowhere else. */
  async rest(): Promise<Uint8Array[]> {
    const end = performance.now() + WORD_MAX_MS
    for (
      let now = performance.now();
      now < end && now - this.#takenAt < WORD_PAUSE_MS;
      now = performance.now()
    )
      await new Promise((resolve) => setTimeout(resolve, WORD_PAUSE_MS - (now - this.#takenAt)))
    return this.#gathering.splice(0)
  }

  /** What `rest` gave is kept elsewhere by now: whoever opens the copy next must not find it a second time. */
  restIsKept(): void {
    this.#keepAtOnce()
  }

  async #store(update: Uint8Array): Promise<void> {
    const { copy, channel, onKept } = this.#options
    const key = await copy.addOwn(channel, update).catch((error: unknown) => {
      // A full device is no reason to keep the edit from the server as well.
      console.error('an edit could not be kept on this device', error)
      return null
    })
    this.#storing = this.#storing.filter((other) => other !== update)
    if (this.#storing.length === 0) this.#caughtUp()
    onKept(update, key)
  }

  #caughtUp(): void {
    clearTimeout(this.#lateTimer)
    this.#lateTimer = undefined
    this.#setSlow(false)
    if (this.#gathering.length > 0 && this.#gatherTimer === undefined) this.flush()
    // What was kept in case is in the store by now, but for what has come since.
    if (this.#keptAtOnce) this.#keepAtOnce()
  }

  /** Before a page goes it may get no more time: from here on every letter is kept as it is typed. */
  #isLate(): void {
    this.#keepAtOnce()
    this.#lateTimer = setTimeout(() => this.#setSlow(true), SLOW_MS - LATE_MS)
  }

  #keepAtOnce(): void {
    const unkept = [...this.#storing, ...this.#gathering]
    this.#options.copy.keepAtOnce(this.#options.channel, unkept)
    this.#keptAtOnce = unkept.length > 0
  }

  #setSlow(slow: boolean): void {
    if (slow === this.#slow) return
    this.#slow = slow
    this.#options.onSlow()
  }
}
