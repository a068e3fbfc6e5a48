/**
 * What stands under the stock `WebsocketProvider` instead of a WebSocket: always open, so the provider never
 * drops an edit. It keeps edits on the device, sends them when it can, and knows what the server has.
 */
import * as Y from 'yjs'
import { HOLDS, isHold, type RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import { BEAT_EVERY_MS, CLIENT_IDS_PER_HELLO_MAX, FRAME_MAX_BYTES } from '@auzolan/shared/limits.ts'
import type {
  ChannelGreeting,
  ChannelWelcome,
  ClientFrame,
  EpochCause,
  ServerFrame,
  WriteState,
} from '@auzolan/shared/protocol/frames.ts'
import { encodePresence } from '@auzolan/shared/protocol/presence.ts'
import {
  EMPTY_UPDATE,
  decodeYjsMessage,
  encodeYjsMessage,
  type YjsMessage,
} from '@auzolan/shared/protocol/yjs.ts'
import { Aside, type SetAside } from './aside.ts'
import { Company } from './company.ts'
import { CopyWriter } from './copy-writer.ts'
import { NOTHING, type CopiedEntry, type LocalCopy, type Marker } from './copy.ts'
import type { Draft } from './draft.ts'
import { InOrder } from './in-order.ts'
import { Keeping } from './keeping.ts'
import { Outbox, type Waiting } from './outbox.ts'
import { PortSocket } from './port-socket.ts'

/** The facts of the ledger; each is true when it is said. */
export interface LedgerFacts {
  /** Edits the server does not have yet. */
  readonly waiting: number
  /** When this device last kept an edit; null when it keeps nothing. */
  readonly deviceAt: Date | null
  /** The device did not take the last edit, or what came from the server. */
  readonly deviceFull: boolean
  /** The device has been at the last edits for more than a second. */
  readonly deviceSlow: boolean
  /** When the server last had everything there was to send. */
  readonly serverAt: Date | null
  /** Whether the server takes edits of this person. Unknown (null) before it has been asked. */
  readonly write: WriteState | null
  /** This document is about to be built anew: what would be typed into it now would be nowhere afterwards. */
  readonly ending: boolean
}

export interface PortOptions {
  readonly channel: ChannelName
  readonly clientId: number
  readonly copy: LocalCopy
  readonly send: (frame: ClientFrame) => void
  readonly onChange: (facts: LedgerFacts) => void
  /** There is a hole in what came: only a new connection fills it. */
  readonly reconnect: () => void
  /** Yjs cannot roll back: the page must build its document anew from the copy. */
  readonly onBeginAgain: () => void
  /** The device does not keep this draft: what it holds is nowhere but in this tab. */
  readonly onUnkept: (draft: Draft) => void
  /** The whole document as it is now, to write a copy that was lost. */
  readonly state: () => Uint8Array
  readonly now: () => Date
  readonly newId: () => string
}

/** What a frame has around its update, at most. */
const FRAME_AROUND_BYTES = 1_024

export class ChannelPort {
  readonly #options: PortOptions
  readonly #outbox = new Outbox()
  #marker: Marker = NOTHING
  #online = false
  /** The document is about to be built anew: what still comes for this one counts no more. */
  #over = false
  #upTo: number | null = null
  #provider: PortSocket | null = null
  #ready = false
  /** 1 when this document holds what neither the server nor the device has. */
  #lost = 0
  readonly #aside: Aside
  readonly #writer: CopyWriter
  readonly #keeping: Keeping
  readonly #incoming: InOrder
  readonly #company: Company
  #beat: ReturnType<typeof setInterval> | undefined
  #facts: LedgerFacts = {
    waiting: 0,
    deviceAt: null,
    deviceFull: false,
    deviceSlow: false,
    serverAt: null,
    write: null,
    ending: false,
  }

  constructor(options: PortOptions) {
    this.#options = options
    this.#aside = new Aside(options)
    this.#company = new Company(options.clientId)
    this.#writer = new CopyWriter(
      () => this.#rewriteCopy(),
      () => this.#change({ deviceFull: this.#writer.behind }),
    )
    this.#keeping = new Keeping({
      ...options,
      write: (step) => this.#writer.then(step),
      onKept: (update, key) => this.#kept(update, key),
      onSlow: () => this.#change({ deviceSlow: this.#keeping.slow }),
    })
    this.#incoming = new InOrder({
      channel: options.channel,
      take: (frame, unpacked) => this.#take(frame, unpacked),
      onUnreadable: () => options.reconnect(),
    })
  }

  /** Everything up to this number of the log is on the screen. */
  get seq(): number {
    return this.#marker.afterSeq
  }

  get facts(): LedgerFacts {
    return this.#facts
  }
  get channel(): ChannelName {
    return this.#options.channel
  }
  get presence(): Uint8Array {
    return this.#company.own ?? new Uint8Array()
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
    for (const { update } of this.#outbox.entries)
      for (const s of Y.decodeUpdate(update).structs) ids.add(s.id.client)
    return {
      channel: this.#options.channel,
      ...this.#marker,
      clientIds: [...ids].slice(0, CLIENT_IDS_PER_HELLO_MAX),
    }
  }

  /** Reads the copy on this device into the document. Before this has finished, nothing may be typed. */
  async loadCopy(): Promise<void> {
    const { marker, entries } = await this.#options.copy.load(this.#options.channel)
    this.#marker = marker
    for (const { update } of entries) this.#toProvider({ kind: 'update', update })
    for (const { key, update, waiting } of entries) if (waiting) this.#outbox.add({ key, update })
    this.#change({ waiting: this.#waiting })
    if (marker.epoch > 0) this.#becomeReady()
  }

  /** Edits of a page that has just gone, which came to light after the copy was read. They were written under other ids. */
  takeLeft(entries: readonly CopiedEntry[]): void {
    // Then they stay in the copy, for the document that is built anew.
    if (this.#over) return
    for (const { key, update } of entries) {
      this.#toProvider({ kind: 'update', update })
      this.#outbox.add({ key, update })
    }
    this.#change({ waiting: this.#waiting })
    // Who may write under those ids is said in the greeting.
    this.#options.reconnect()
  }

  /** Resolves when everything that was received so far has been taken in. */
  settled(): Promise<void> {
    return this.#incoming.settled()
  }

  receive(frame: ServerFrame): void {
    this.#incoming.receive(frame)
  }

  /** The connection is gone: the others are no longer known to be here, and all that is waiting will go again. */
  disconnected(): void {
    this.#incoming.begin()
    this.#online = false
    this.#outbox.connectionBegins()
    const gone = this.#company.leave()
    if (gone) this.#toProvider({ kind: 'awareness', states: gone })
  }

  /** Puts what was typed in the last moments onto the device now. */
  flush(): void {
    this.#keeping.flush()
  }

  /** The page may be gone in a moment: what the device is still at is kept in the one way that does not wait. */
  leave(): void {
    this.#keeping.leave()
  }

  /** What the server does not have, as a draft that nobody has kept yet; null when it has everything. */
  async unsent(cause: RefusalCode): Promise<Draft | null> {
    this.flush()
    await this.#writer.idle
    return this.#aside.unsent(cause, this.#outbox.entries)
  }

  async close(): Promise<void> {
    this.flush()
    clearInterval(this.#beat)
    await this.#writer.idle
  }

  #kept(update: Uint8Array, key: number | null): void {
    const kept = this.#options.copy.durable && key !== null
    this.#outbox.add({ key, update })
    this.#change({
      waiting: this.#waiting,
      deviceFull: key === null || this.#writer.behind,
      ...(kept ? { deviceAt: this.#options.now() } : {}),
    })
    this.#pump()
  }

  #take(frame: ServerFrame, unpacked: Uint8Array | null): void {
    if (this.#over) return
    if ('channel' in frame && frame.channel !== this.#options.channel) return
    switch (frame.kind) {
      case 'welcome': {
        const channel = frame.channels.find((c) => c.channel === this.#options.channel)
        if (channel) this.#welcomed(channel)
        return
      }
      case 'grants': {
        const channel = frame.channels.find((c) => c.channel === this.#options.channel)
        if (!channel) return
        this.#change({ write: channel.write })
        this.#pump()
        return
      }
      case 'snapshot':
        if (unpacked) this.#given(frame.toSeq, [unpacked])
        return
      case 'entries':
        // A frame was lost on the way: moving the marker would lose it for ever.
        if (frame.fromSeq > this.#marker.afterSeq + 1) this.#options.reconnect()
        else this.#given(frame.toSeq, frame.updates)
        return
      case 'ack': {
        const done = this.#outbox.acknowledge(frame.count)
        const marker = this.#advance(frame.seq)
        this.#writer.keep(() => this.#options.copy.acknowledge(this.#options.channel, marker, done))
        this.#noteProgress()
        this.#pump()
        return
      }
      case 'refused':
        this.#refused(frame.n, frame.code)
        return
      case 'presence':
        this.#hear(frame.states)
        return
      case 'renewSoon':
      case 'beat':
      case 'bye':
        return
    }
  }

  #welcomed(channel: ChannelWelcome): void {
    const { epoch, afterSeq } = this.#marker
    // The server has less than it had told: it was brought back to an older state, whatever it says of its epoch.
    const wentBack = channel.epoch < epoch || (channel.epoch === epoch && channel.seq < afterSeq)
    if (epoch > 0 && (wentBack || channel.epoch !== epoch)) {
      this.#epochIsOver(wentBack ? 'restore' : channel.epochCause)
      return
    }
    if (this.#marker.epoch === 0) this.#marker = { epoch: channel.epoch, afterSeq: 0 }
    this.#online = true
    this.#outbox.connectionBegins()
    this.#upTo = channel.seq
    this.#change({ write: channel.write })
    this.#sendPresence()
    this.#noteProgress()
    this.#pump()
  }

  #given(toSeq: number, updates: readonly Uint8Array[]): void {
    for (const update of updates) this.#toProvider({ kind: 'update', update })
    const marker = this.#advance(toSeq)
    this.#writer.keep(() => this.#options.copy.addEntries(this.#options.channel, marker, updates))
    this.#noteProgress()
  }

  #advance(seq: number): Marker {
    this.#marker = { ...this.#marker, afterSeq: Math.max(seq, this.#marker.afterSeq) }
    return this.#marker
  }

  #refused(n: number, code: RefusalCode): void {
    if (this.#outbox.followsHold(n)) return
    if (isHold(code)) {
      this.#outbox.hold(n)
      this.#change({ write: HOLDS[code] })
      return
    }
    const taken = this.#outbox.takeFrom(n)
    if (taken.length === 0) return
    this.#endAndSetAside((late) => this.#aside.refused(code, [...taken, ...late]))
  }

  #epochIsOver(cause: EpochCause): void {
    const taken = this.#outbox.takeAll()
    const { epoch } = this.#marker
    this.#endAndSetAside((late) => this.#aside.epochOver(cause, epoch, [...taken, ...late]))
  }

  /** Ends this document; `setAside` gets what was still on its way to the device. */
  #endAndSetAside(setAside: (late: readonly Waiting[]) => Promise<SetAside>): void {
    this.#over = true
    this.#online = false
    const before = this.#outbox.entries.length
    this.#keeping.stop()
    this.#writer.then(async () => {
      const rest = await this.#keeping.rest()
      this.#change({ ending: true })
      const late = [...this.#outbox.takeAll(), ...rest.map((update) => ({ key: null, update }))]
      // What stands before the refused edit stays in the copy as waiting and goes out next time; what the device
      // could not keep would be gone with this document.
      const unkept = late.slice(0, before).filter((e) => e.key === null)
      const { draft, keep } = await setAside([...unkept, ...late.slice(before)])
      try {
        await keep()
      } catch (error) {
        // Then the text stays on the screen: it is nowhere else.
        console.error('a draft could not be kept', error)
        this.#lost = 1
        this.#change({ waiting: this.#waiting, deviceFull: true })
        if (draft) this.#options.onUnkept(draft)
        return
      }
      this.#keeping.restIsKept()
      this.#options.onBeginAgain()
    })
  }

  #hear(states: Uint8Array): void {
    const others = this.#company.hear(states)
    if (others) this.#toProvider({ kind: 'awareness', states: others })
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
        this.#keeping.take(message.update)
        this.#change({ waiting: this.#waiting })
        return
      case 'awareness':
        if (this.#company.say(message.states)) this.#sendPresence()
        return
      default:
        // Step 1 needs no answer: the port says step 2 by itself once the document is complete.
        return
    }
  }

  get #waiting(): number {
    return this.#outbox.entries.length + this.#keeping.count + this.#lost
  }

  #sendPresence(): void {
    const { own } = this.#company
    if (own && this.#online)
      this.#options.send({ kind: 'presence', channel: this.#options.channel, states: own })
  }

  get #held(): boolean {
    return (Object.values(HOLDS) as (WriteState | null)[]).includes(this.#facts.write)
  }

  #pump(): void {
    if (!this.#online || (this.#held && !this.#full)) return
    const next = (): ReturnType<Outbox['takeNext']> =>
      this.#full ? this.#outbox.takeNextDeletion() : this.#outbox.takeNext()
    for (let edit = next(); edit; edit = next()) {
      // No frame holds it, so no connection would survive it.
      if (edit.update.length > FRAME_MAX_BYTES - FRAME_AROUND_BYTES) return this.#refused(edit.n, 'TOO_LARGE')
      this.#options.send({ kind: 'update', channel: this.#options.channel, ...edit })
    }
  }
  /** Nothing goes in but what makes room. */
  get #full(): boolean {
    return this.#facts.write === 'full'
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

  /** False while something waits: the whole document holds it too, and the copy would say that the server has it. */
  async #rewriteCopy(): Promise<boolean> {
    if (this.#waiting > 0) return false
    await this.#options.copy.rewrite(this.#options.channel, this.#marker, this.#options.state())
    return true
  }

  #change(changed: Partial<LedgerFacts>): void {
    this.#facts = { ...this.#facts, ...changed }
    this.#options.onChange(this.#facts)
  }
}
