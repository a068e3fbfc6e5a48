/**
 * The one socket to the sync server for a document, kept alive: ticket, greeting, reconnecting with full
 * jitter, and noticing silence. What the frames mean is the port's business.
 */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { BEAT_EVERY_MS, RECONNECT_MAX_MS, RECONNECT_MIN_MS, SILENCE_MAX_MS } from '@auzolan/shared/limits.ts'
import {
  SUBPROTOCOL,
  decodeServerFrame,
  encodeClientFrame,
  type ChannelGreeting,
  type ClientFrame,
  type ServerFrame,
} from '@auzolan/shared/protocol/frames.ts'

/**
 * Why there is no connection. `NETWORK`: nobody answered; `SIGN_IN`: Nextcloud gave no ticket; `NOT_CONNECTED`: it
 * knows no sync server.
 */
export type Cause = RefusalCode | 'NETWORK' | 'SIGN_IN' | 'NOT_CONNECTED'

export type Connectivity =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  | { readonly kind: 'offline'; readonly cause: Cause }
  /** The server has said no, and asking again would not help. */
  | { readonly kind: 'ended'; readonly cause: RefusalCode }

export interface ConnectionOptions {
  /** `ws(s)://…/sync/<document>` */
  readonly url: string
  readonly build: string
  readonly fetchTicket: () => Promise<string>
  /** Why `fetchTicket` failed; without it the host is taken not to know who we are. */
  readonly causeOf?: (error: unknown) => Cause
  readonly greeting: () => readonly ChannelGreeting[]
  readonly onFrame: (frame: ServerFrame) => void
  readonly onChange: (connectivity: Connectivity) => void
  readonly random?: () => number
}

/** Well within the minute a ticket lives. */
const TICKET_REUSE_MS = 40_000

/** No use in asking again with the same rights and the same document. */
const FINAL: readonly RefusalCode[] = ['NOT_FOUND', 'EPOCH_OLD', 'MALFORMED', 'CLIENT_ID_TAKEN']

export class Connection {
  readonly #options: ConnectionOptions
  #socket: WebSocket | null = null
  #state: Connectivity = { kind: 'connecting' }
  #failures = 0
  /** Between asking for a ticket and having lost or opened the socket. */
  #connecting = false
  #attempts = 0
  #ticket: { readonly value: string; readonly until: number } | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #watch: ReturnType<typeof setInterval> | undefined
  #heardAt = 0
  #bye: { code: RefusalCode; retryAfterMs: number } | null = null
  #closed = false

  constructor(options: ConnectionOptions) {
    this.#options = options
  }

  get state(): Connectivity {
    return this.#state
  }

  /** Starts, or tries again at once: the network came back, or somebody asked. */
  connect(): void {
    if (this.#closed || this.#connecting || this.#socket || this.#state.kind === 'ended') return
    clearTimeout(this.#retry)
    this.#connecting = true
    this.#change({ kind: 'connecting' })
    void this.#open()
  }

  send(frame: ClientFrame): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(encodeClientFrame(frame))
  }

  /** Ends for good; nothing is sent or retried afterwards. */
  close(): void {
    this.#closed = true
    this.#attempts += 1
    clearTimeout(this.#retry)
    this.#drop()
  }

  async #open(): Promise<void> {
    // Before the socket: the server gives a socket five seconds to say who it is, and Nextcloud may take longer.
    const attempt = ++this.#attempts
    const ticket = await this.#takeTicket().catch((error: unknown) => {
      if (attempt === this.#attempts) this.#failed(this.#options.causeOf?.(error) ?? 'SIGN_IN')
      return null
    })
    if (ticket === null || attempt !== this.#attempts || this.#closed) return
    const socket = new WebSocket(this.#options.url, SUBPROTOCOL)
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    this.#bye = null
    socket.onopen = () => {
      this.#ticket = null
      this.send({ kind: 'hello', ticket, build: this.#options.build, channels: this.#options.greeting() })
    }
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      this.#heardAt = Date.now()
      const frame = decodeServerFrame(new Uint8Array(event.data))
      if (frame) this.#take(frame)
    }
    socket.onclose = () => this.#lost(socket, this.#bye?.code ?? 'NETWORK')
    this.#heardAt = Date.now()
    this.#watch = setInterval(() => {
      if (Date.now() - this.#heardAt > SILENCE_MAX_MS) this.#lost(socket, 'NETWORK')
      else this.send({ kind: 'beat' })
    }, BEAT_EVERY_MS / 2)
  }

  /** A ticket nobody has taken yet is good for the next attempt: a server that is down must not cost Nextcloud. */
  async #takeTicket(): Promise<string> {
    if (!this.#ticket || this.#ticket.until < Date.now()) {
      const value = await this.#options.fetchTicket()
      this.#ticket = { value, until: Date.now() + TICKET_REUSE_MS }
    }
    return this.#ticket.value
  }

  #take(frame: ServerFrame): void {
    if (frame.kind === 'bye') {
      this.#bye = { code: frame.code, retryAfterMs: frame.retryAfterMs }
      return
    }
    if (frame.kind === 'welcome') {
      this.#failures = 0
      this.#connecting = false
      this.#change({ kind: 'online' })
    }
    this.#options.onFrame(frame)
  }

  #lost(socket: WebSocket, cause: Cause): void {
    if (this.#socket !== socket) return
    this.#drop()
    this.#failed(cause)
  }

  #failed(cause: Cause): void {
    this.#connecting = false
    if (this.#closed) return
    if (this.#bye && FINAL.includes(this.#bye.code)) {
      this.#change({ kind: 'ended', cause: this.#bye.code })
      return
    }
    this.#change({ kind: 'offline', cause })
    const ceiling = Math.min(RECONNECT_MAX_MS, RECONNECT_MIN_MS * 2 ** this.#failures++)
    const random = this.#options.random ?? Math.random
    const wait = this.#bye?.retryAfterMs || RECONNECT_MIN_MS / 2 + random() * ceiling
    this.#retry = setTimeout(() => this.connect(), wait)
  }

  #drop(): void {
    const socket = this.#socket
    this.#socket = null
    clearInterval(this.#watch)
    if (!socket) return
    socket.onopen = socket.onmessage = socket.onclose = null
    socket.close()
  }

  #change(state: Connectivity): void {
    this.#state = state
    this.#options.onChange(state)
  }
}
