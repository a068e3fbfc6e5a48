/**
 * The bus of several nodes, over whatever wire: gathers what is to be said, notices when the wire carries nothing any more, and
 * looks for another by itself. That it carries is known from our own parcels, which come back to us as to everybody else.
 */
import { randomBytes } from 'node:crypto'
import type { Logger } from 'pino'
import type { ChannelId } from '@auzolan/shared/ids.ts'
import {
  BUS_ECHO_MAX_MS,
  BUS_GATHER_MS,
  BUS_LOOK_AGAIN_MS,
  BUS_PARCEL_MAX_BYTES,
  BUS_PRESENCE_WAITING_MAX_BYTES,
  BUS_RETRY_MAX_MS,
  BUS_RETRY_MIN_MS,
  BUS_SILENCE_MAX_MS,
} from '@auzolan/shared/limits.ts'
import type { Bus, BusCounts, BusListener, Hint } from './bus.ts'
import { emptyParcel, packed, readParcel } from './parcel.ts'
import { Waiting } from './waiting.ts'

/** One connection that takes parcels to everybody who listens, us too. */
export interface Wire {
  /** @throws when it is not known to have taken them */
  send(parcels: readonly Uint8Array[]): Promise<void>
  /** Lets go of it at once, whatever is under way; it says nothing any more. */
  end(): void
}
export interface WireEnds {
  heard(parcel: Uint8Array): void
  /** It carries nothing any more. @param why without a password or an address */
  lost(why: string): void
}
/** Opens a wire that already listens when this resolves. @throws with words that name no password */
export type OpenWire = (ends: WireEnds) => Promise<Wire>

export interface BusTimes {
  readonly gatherMs: number
  readonly echoMaxMs: number
  readonly silenceMaxMs: number
  readonly retryMinMs: number
  readonly retryMaxMs: number
}
const TIMES: BusTimes = {
  gatherMs: BUS_GATHER_MS,
  echoMaxMs: BUS_ECHO_MAX_MS,
  silenceMaxMs: BUS_SILENCE_MAX_MS,
  retryMinMs: BUS_RETRY_MIN_MS,
  retryMaxMs: BUS_RETRY_MAX_MS,
}

type State =
  | { readonly kind: 'away' }
  /** `askedAt`: when our own word was last looked for and has not come back yet (ms, monotonic). */
  | { readonly kind: 'up'; readonly wire: Wire; heardAt: number; askedAt: number | null }
  | { readonly kind: 'closed' }

export class SharedBus implements Bus {
  readonly #openWire: OpenWire
  readonly #log: Pick<Logger, 'info' | 'warn'>
  readonly #times: BusTimes
  readonly #node = randomBytes(9).toString('base64url')
  readonly #waiting = new Waiting(BUS_PRESENCE_WAITING_MAX_BYTES)
  readonly #counts = { sent: 0, received: 0, unread: 0, dropped: 0, lost: 0 }
  readonly #pulse: NodeJS.Timeout
  #listener: BusListener | null = null
  #state: State = { kind: 'away' }
  #gathering: NodeJS.Timeout | null = null
  #sending = false
  #retry: NodeJS.Timeout | null = null
  #failures = 0
  #toldOfUnread = -Infinity

  /** Looks for its wire at once, and for ever. */
  constructor(openWire: OpenWire, log: Pick<Logger, 'info' | 'warn'>, times: Partial<BusTimes> = {}) {
    this.#openWire = openWire
    this.#log = log
    this.#times = { ...TIMES, ...times }
    void this.#connect()
    this.#pulse = setInterval(() => this.#feel(), Math.max(10, this.#times.silenceMaxMs / 5))
    this.#pulse.unref()
  }

  get state(): 'up' | 'away' {
    return this.#state.kind === 'up' ? 'up' : 'away'
  }
  get counts(): BusCounts {
    return this.#counts
  }

  listen(listener: BusListener): void {
    this.#listener = listener
  }

  hint(hint: Hint): void {
    this.#waiting.hint(hint)
    this.#gather()
  }
  show(channel: ChannelId, states: readonly Uint8Array[]): void {
    for (const state of states) if (!this.#waiting.show(channel, state)) this.#counts.dropped += 1
    this.#gather()
  }
  ask(channel: ChannelId): void {
    this.#waiting.ask(channel)
    this.#gather()
  }
  hold(channel: ChannelId): void {
    this.#waiting.hold(channel)
    this.#gather()
  }
  news(): void {
    this.#waiting.news()
    this.#gather()
  }

  async close(): Promise<void> {
    const { wire } = this.#state.kind === 'up' ? this.#state : { wire: null }
    // What was said last, a farewell perhaps, gets one try.
    if (wire && !this.#sending && !this.#waiting.isEmpty) {
      const patience = new Promise<void>((resolve) => setTimeout(resolve, 200).unref())
      await Promise.race([wire.send(this.#parcels()).catch(() => {}), patience])
    }
    this.#state = { kind: 'closed' }
    clearInterval(this.#pulse)
    if (this.#gathering) clearTimeout(this.#gathering)
    if (this.#retry) clearTimeout(this.#retry)
    wire?.end()
  }

  #gather(): void {
    if (this.#gathering || this.#sending) return
    this.#gathering = setTimeout(() => {
      this.#gathering = null
      void this.#send()
    }, this.#times.gatherMs)
  }

  async #send(): Promise<void> {
    if (this.#state.kind !== 'up') return void this.#waiting.take()
    const { wire } = this.#state
    this.#sending = true
    try {
      const parcels = this.#parcels()
      await wire.send(parcels)
      this.#counts.sent += parcels.length
    } catch (error) {
      this.#lost(wire, reason(error))
    } finally {
      this.#sending = false
    }
    // What came meanwhile has been gathered already.
    if (!this.#waiting.isEmpty) this.#gather()
  }

  #parcels(): Uint8Array[] {
    return packed(this.#node, this.#waiting.take(), BUS_PARCEL_MAX_BYTES)
  }

  async #connect(): Promise<void> {
    let opened: Wire | null = null
    try {
      let gone: string | null = null
      const wire = await this.#openWire({
        heard: (bytes) => this.#heard(bytes, opened),
        lost: (why) => {
          gone = why
          if (opened) this.#lost(opened, why)
        },
      })
      if (this.#state.kind === 'closed') return wire.end()
      if (gone !== null) {
        wire.end()
        throw new Error(gone)
      }
      opened = wire
      this.#state = { kind: 'up', wire, heardAt: performance.now(), askedAt: null }
      this.#failures = 0
      this.#log.info('the bus carries')
      this.#told((listener) => listener.missed())
    } catch (error) {
      if (this.#state.kind === 'closed') return
      // Said once for each time it was lost, not once for each try.
      if (this.#failures === 0)
        this.#log.warn(
          { why: reason(error) },
          'the bus cannot be reached; nodes find each other’s writing by looking',
        )
      this.#again()
    }
  }

  #again(): void {
    const { retryMinMs, retryMaxMs } = this.#times
    this.#failures += 1
    const longest = Math.min(retryMaxMs, retryMinMs * 2 ** Math.min(this.#failures, 20))
    // Full jitter: nodes that lost it at the same moment do not all come back at the same moment.
    this.#retry = setTimeout(() => void this.#connect(), retryMinMs + Math.random() * (longest - retryMinMs))
    this.#retry.unref()
  }

  #lost(wire: Wire, why: string): void {
    if (this.#state.kind !== 'up' || this.#state.wire !== wire) return
    this.#state = { kind: 'away' }
    this.#counts.lost += 1
    wire.end()
    this.#log.warn({ why }, 'the bus was lost; nodes find each other’s writing by looking')
    this.#told((listener) => listener.missed())
    this.#again()
  }

  /** A cut that nobody has told us of shows in that our own word does not come back. */
  #feel(): void {
    if (this.#state.kind !== 'up') return
    const { state } = { state: this.#state }
    const now = performance.now()
    if (state.askedAt !== null && now - state.askedAt > this.#times.echoMaxMs)
      return this.#lost(state.wire, 'it carries nothing')
    if (state.askedAt !== null || now - state.heardAt < this.#times.silenceMaxMs) return
    state.askedAt = now
    state.wire
      .send([emptyParcel(this.#node)])
      .catch((error: unknown) => this.#lost(state.wire, reason(error)))
  }

  #heard(bytes: Uint8Array, wire: Wire | null): void {
    if (this.#state.kind !== 'up' || this.#state.wire !== wire) return
    const parcel = readParcel(bytes)
    if (!parcel) return this.#unread()
    if (parcel.node === this.#node) {
      this.#state.heardAt = performance.now()
      this.#state.askedAt = null
      return
    }
    this.#counts.received += 1
    for (const message of parcel.messages) {
      this.#told((listener) => {
        switch (message.kind) {
          case 'hint':
            return listener.hinted(message)
          case 'shown':
            return listener.shown(parcel.node, message.channel, message.states)
          case 'asked':
            return listener.asked(message.channel)
          case 'held':
            return listener.held(message.channel)
          case 'news':
            return listener.news()
        }
      })
    }
  }

  /** Of another version, or of somebody who is none of us: what it says may be that something is new. */
  #unread(): void {
    this.#counts.unread += 1
    const now = performance.now()
    if (now - this.#toldOfUnread < BUS_LOOK_AGAIN_MS) return
    this.#toldOfUnread = now
    this.#told((listener) => listener.missed())
  }

  #told(tell: (listener: BusListener) => void): void {
    if (!this.#listener) return
    try {
      tell(this.#listener)
    } catch (error) {
      this.#log.warn({ why: reason(error) }, 'what another node said could not be taken in')
    }
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error))
