/**
 * What stands under the stock `WebsocketProvider` instead of a WebSocket: always open, so the provider never
 * drops an edit. It keeps edits on the device, sends them when it can, and knows what the server has.
 */
import * as Y from 'yjs'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { BEAT_EVERY_MS, IN_FLIGHT_MAX, OUTBOX_MERGE_MS, UPDATE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import type { ChannelGreeting, ClientFrame, ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import {
  EMPTY_UPDATE,
  decodeYjsMessage,
  encodeYjsMessage,
  type YjsMessage,
} from '@auzolan/shared/protocol/yjs.ts'
import type { LocalCopy, Marker } from './copy.ts'
import { PortSocket } from './port-socket.ts'

/** The facts of the ledger; each is true when it is said. */
export interface LedgerFacts {
  /** Edits the server does not have yet. */
  readonly waiting: number
  /** When this device last kept an edit; null when it keeps nothing. */
  readonly deviceAt: Date | null
  /** When the server last had everything there was to send. */
  readonly serverAt: Date | null
  /** The server would take edits of this person. Unknown (null) before it has been asked. */
  readonly write: boolean | null
  /** The server took an edit of ours for impossible; what is typed since is only here. */
  readonly refused: RefusalCode | null
}

export interface PortOptions {
  readonly channel: ChannelName
  readonly clientId: number
  readonly copy: LocalCopy
  readonly send: (frame: ClientFrame) => void
  readonly onChange: (facts: LedgerFacts) => void
  readonly now: () => Date
}

interface Waiting {
  /** Its row in the copy; null when the device could not keep it. */
  readonly key: number | null
  readonly update: Uint8Array
  /** Number under which it went out last; 0 before. */
  n: number
}

export class ChannelPort {
  readonly #options: PortOptions
  #marker: Marker = { epoch: 0, afterSeq: 0 }
  /** Edits of the last moments, not yet on the device. */
  #gathering: Uint8Array[] = []
  /** Edits on their way to the device. */
  #storing = 0
  /** The copy missed something from the server: its marker must not move past that. */
  #copyBehind = false
  #gatherTimer: ReturnType<typeof setTimeout> | undefined
  /** Edits on the device that the server has not acknowledged, in order. */
  #outbox: Waiting[] = []
  /** Edits the server has refused. They stay on the device; no acknowledgement is ever theirs. */
  #refused: Waiting[] = []
  /** How many of the outbox have gone out on this connection. */
  #sent = 0
  /** Acknowledged on this connection so far. */
  #acknowledged = 0
  #lastN = 0
  #online = false
  #upTo: number | null = null
  #provider: PortSocket | null = null
  #ready = false
  #work: Promise<void> = Promise.resolve()
  #presence: Uint8Array | null = null
  readonly #present = new Map<number, number>()
  #beat: ReturnType<typeof setInterval> | undefined
  #facts: LedgerFacts = { waiting: 0, deviceAt: null, serverAt: null, write: null, refused: null }

  constructor(options: PortOptions) {
    this.#options = options
  }

  get facts(): LedgerFacts {
    return this.#facts
  }

  /** For `WebSocketPolyfill`: the provider builds its "socket" with this. */
  get asWebSocket(): typeof WebSocket {
    const attach = (socket: PortSocket): void => this.#attach(socket)
    return class extends PortSocket {
      constructor() {
        super()
        attach(this)
      }
    } as unknown as typeof WebSocket
  }

  /** What the greeting says: how far the copy reaches, and under which ids waiting edits were written. */
  greeting(): ChannelGreeting {
    const ids = new Set([this.#options.clientId])
    for (const { update } of this.#outbox)
      for (const s of Y.decodeUpdate(update).structs) ids.add(s.id.client)
    return { channel: this.#options.channel, ...this.#marker, clientIds: [...ids] }
  }

  /** Reads the copy on this device into the document. Before this has finished, nothing may be typed. */
  async loadCopy(): Promise<void> {
    const { marker, entries } = await this.#options.copy.load(this.#options.channel)
    this.#marker = marker
    for (const { update } of entries) this.#toProvider({ kind: 'update', update })
    this.#outbox = entries.filter((e) => e.waiting).map(({ key, update }) => ({ key, update, n: 0 }))
    this.#change({ waiting: this.#waiting })
    if (marker.epoch > 0) this.#becomeReady()
  }

  receive(frame: ServerFrame): void {
    switch (frame.kind) {
      case 'welcome': {
        const channel = frame.channels.find((c) => c.channel === this.#options.channel)
        if (!channel) return
        if (channel.epoch !== this.#marker.epoch) this.#marker = { epoch: channel.epoch, afterSeq: 0 }
        this.#online = true
        this.#sent = 0
        this.#acknowledged = 0
        this.#upTo = channel.seq
        this.#change({ write: channel.write })
        if (this.#presence) this.#sendPresence(this.#presence)
        this.#noteProgress()
        this.#pump()
        return
      }
      case 'entries': {
        this.#marker = { ...this.#marker, afterSeq: frame.toSeq }
        for (const update of frame.updates) this.#toProvider({ kind: 'update', update })
        const marker = this.#marker
        this.#keep(() => this.#options.copy.addEntries(this.#options.channel, marker, frame.updates))
        this.#noteProgress()
        return
      }
      case 'ack': {
        const done = this.#outbox.splice(0, frame.count - this.#acknowledged)
        this.#sent -= done.length
        this.#acknowledged = frame.count
        this.#marker = { ...this.#marker, afterSeq: Math.max(frame.seq, this.#marker.afterSeq) }
        const marker = this.#marker
        this.#keep(() => this.#options.copy.acknowledge(this.#options.channel, marker, done))
        this.#noteProgress()
        this.#pump()
        return
      }
      case 'refused': {
        // What is refused stays here and on the screen; nothing further is sent until it is resolved.
        const at = this.#outbox.findIndex((w) => w.n === frame.n)
        if (at >= 0 && at < this.#sent) {
          this.#refused.push(...this.#outbox.splice(at, 1))
          this.#sent -= 1
        }
        this.#change({ refused: frame.code })
        return
      }
      case 'presence':
        for (const { clientId, clock, state } of decodePresence(frame.states)) {
          if (state) this.#present.set(clientId, clock)
          else this.#present.delete(clientId)
        }
        this.#toProvider({ kind: 'awareness', states: frame.states })
        return
      case 'beat':
      case 'bye':
        return
    }
  }

  /** The connection is gone: the others are no longer known to be here, and all that is waiting will go again. */
  disconnected(): void {
    this.#online = false
    this.#sent = 0
    this.#acknowledged = 0
    const gone = [...this.#present].map(([clientId, clock]) => ({ clientId, clock: clock + 1, state: null }))
    this.#present.clear()
    if (gone.length > 0) this.#toProvider({ kind: 'awareness', states: encodePresence(gone) })
  }

  /** Puts what was typed in the last moments onto the device now: the page may be about to go. */
  flush(): void {
    clearTimeout(this.#gatherTimer)
    this.#gatherTimer = undefined
    const updates = this.#gathering
    this.#gathering = []
    for (const update of gatherInto(updates, UPDATE_MAX_BYTES)) {
      this.#storing += 1
      this.#then(async () => {
        const key = await this.#options.copy.addOwn(this.#options.channel, update).catch((error: unknown) => {
          // A full device is no reason to keep the edit from the server as well.
          console.error('an edit could not be kept on this device', error)
          return null
        })
        this.#storing -= 1
        this.#outbox.push({ key, update, n: 0 })
        const kept = this.#options.copy.durable && key !== null
        this.#change({ waiting: this.#waiting, ...(kept ? { deviceAt: this.#options.now() } : {}) })
        this.#pump()
      })
    }
  }

  /** Forgets what the server refused, and what was typed on top of it in this tab. */
  async giveUp(): Promise<void> {
    const own = [...this.#refused, ...this.#outbox].flatMap((w) => (w.key === null ? [] : [w.key]))
    await this.#work
    await this.#options.copy.discard(own)
  }

  async close(): Promise<void> {
    this.flush()
    clearInterval(this.#beat)
    await this.#work
  }

  #attach(socket: PortSocket): void {
    this.#provider = socket
    socket.onSend = (bytes) => this.#fromProvider(bytes)
    socket.onClosed = () => clearInterval(this.#beat)
    // The provider takes 30 s of silence for a dead connection; this one is never dead.
    this.#beat = setInterval(
      () => this.#toProvider({ kind: 'awareness', states: encodePresence([]) }),
      BEAT_EVERY_MS,
    )
  }

  #fromProvider(bytes: Uint8Array): void {
    const message = decodeYjsMessage(bytes)
    switch (message?.kind) {
      case 'update':
      case 'step2':
        this.#gathering.push(message.update)
        this.#gatherTimer ??= setTimeout(() => this.flush(), OUTBOX_MERGE_MS)
        this.#change({ waiting: this.#waiting })
        return
      case 'awareness':
        this.#sendPresence(message.states)
        return
      default:
        // Step 1 needs no answer: the port says step 2 by itself once the document is complete.
        return
    }
  }

  get #waiting(): number {
    return this.#outbox.length + this.#refused.length + this.#storing + this.#gathering.length
  }

  #sendPresence(states: Uint8Array): void {
    const own = decodePresence(states).filter((s) => s.clientId === this.#options.clientId)
    if (own.length === 0) return
    this.#presence = encodePresence(own)
    if (this.#online)
      this.#options.send({ kind: 'presence', channel: this.#options.channel, states: this.#presence })
  }

  #pump(): void {
    while (
      this.#online &&
      this.#facts.refused === null &&
      this.#sent < Math.min(this.#outbox.length, IN_FLIGHT_MAX)
    ) {
      const next = this.#outbox[this.#sent]!
      next.n = ++this.#lastN
      this.#sent += 1
      this.#options.send({ kind: 'update', channel: this.#options.channel, n: next.n, update: next.update })
    }
  }

  #noteProgress(): void {
    const complete = this.#online && this.#upTo !== null && this.#marker.afterSeq >= this.#upTo
    const waiting = this.#waiting
    this.#change({ waiting, ...(complete && waiting === 0 ? { serverAt: this.#options.now() } : {}) })
    if (complete) this.#becomeReady()
  }

  #becomeReady(): void {
    if (this.#ready) return
    this.#ready = true
    this.#toProvider({ kind: 'step2', update: EMPTY_UPDATE })
  }

  #toProvider(message: YjsMessage): void {
    this.#provider?.deliver(encodeYjsMessage(message))
  }

  /** Writes to the copy one after the other, in the order in which things happened. */
  #then(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch((error: unknown) => console.error('the session stumbled', error))
  }

  /** Keeps what came from the server. After a failure nothing more: a gap before the marker would stay for ever. */
  #keep(step: () => Promise<void>): void {
    this.#then(async () => {
      if (this.#copyBehind) return
      await step().catch((error: unknown) => {
        this.#copyBehind = true
        console.error('the copy on this device could not be written', error)
      })
    })
  }

  #change(changed: Partial<LedgerFacts>): void {
    this.#facts = { ...this.#facts, ...changed }
    this.#options.onChange(this.#facts)
  }
}

/** Merges neighbouring updates as long as the result stays sendable; order is kept. */
export function gatherInto(updates: readonly Uint8Array[], maxBytes: number): Uint8Array[] {
  const groups: Uint8Array[][] = []
  let bytes = 0
  for (const update of updates) {
    const group = groups.at(-1)
    if (group && bytes + update.length <= maxBytes) {
      group.push(update)
      bytes += update.length
    } else {
      groups.push([update])
      bytes = update.length
    }
  }
  return groups.map((group) => (group.length === 1 ? group[0]! : Y.mergeUpdates(group)))
}
