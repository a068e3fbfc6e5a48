/**
 * The connection to the sync server for a document, kept alive over whichever way is open: a WebSocket, else HTTP, else
 * HTTP through Nextcloud. Reconnecting with full jitter, changing ways unseen. What the frames mean is the port's business.
 */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { RECONNECT_MAX_MS, RECONNECT_MIN_MS, WEBSOCKET_RETRY_EVERY_MS } from '@auzolan/shared/limits.ts'
import type { ChannelGreeting, ClientFrame, ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { ExchangeLink, type ExchangeOptions } from './exchange-link.ts'
import type { Cause, Link, LinkEnd, LinkEvents } from './link.ts'
import type { Way, Ways } from './ways.ts'
import { WebSocketLink } from './websocket-link.ts'

export type { Cause } from './link.ts'

export type Connectivity =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online'; readonly by: Link['kind'] }
  | { readonly kind: 'offline'; readonly cause: Cause }
  /** The server has said no, and asking again would not help. */
  | { readonly kind: 'ended'; readonly cause: RefusalCode }

export interface ConnectionOptions {
  /** `ws(s)://…/sync/<document>` */
  readonly url: string
  readonly build: string
  readonly fetchTicket: () => Promise<string>
  /** Without it there is only the WebSocket. */
  readonly exchange?: Omit<ExchangeOptions, 'build' | 'causeOf'>
  /** The same through Nextcloud, and what decides whether to go there; without it there is only the straight way. */
  readonly relay?: {
    readonly exchange: Omit<ExchangeOptions, 'build' | 'causeOf'>
    readonly ways: Pick<Ways, 'current' | 'again' | 'onChange'>
  }
  /** Why `fetchTicket` failed; without it the host is taken not to know who we are. */
  readonly causeOf?: (error: unknown) => Cause
  readonly greeting: () => readonly ChannelGreeting[]
  readonly onFrame: (frame: ServerFrame) => void
  readonly onChange: (connectivity: Connectivity) => void
  readonly random?: () => number
  readonly retryWebSocketMs?: number
}

/** Well within the minute a ticket lives. */
const TICKET_REUSE_MS = 40_000
/** WebSockets lost before a welcome, without a word, after which HTTP takes over. */
const BLOCKED_AFTER = 2

/** A connection that lasted this long was a good one. */
const STABLE_AFTER_MS = 5_000

/** No use in asking again with the same rights and the same document. */
const FINAL: readonly Cause[] = ['NOT_FOUND', 'ACCESS_ENDED', 'MALFORMED', 'CLIENT_ID_TAKEN']

export class Connection {
  readonly #options: ConnectionOptions
  /** The way that has been welcomed. */
  #link: Link | null = null
  /** Ways that have been begun and not welcomed yet. */
  readonly #pending = new Set<Link>()
  #state: Connectivity = { kind: 'connecting' }
  /** Attempts in a row that came to nothing, or to very little. */
  #failures = 0
  #welcomedAt = 0
  /** WebSockets in a row that came to nothing. */
  #blocked = 0
  #trying = false
  #attempts = 0
  #ticket: { readonly value: string; readonly until: number } | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #retryWebSocket: ReturnType<typeof setInterval> | undefined
  readonly #unlisten: () => void
  #closed = false
  /** When the server was last heard. */
  #heardAt: Date | null = null

  constructor(options: ConnectionOptions) {
    this.#options = options
    this.#unlisten = options.relay?.ways.onChange((way) => this.#wayChanged(way)) ?? (() => {})
  }

  get state(): Connectivity {
    return this.#state
  }
  get heardAt(): Date | null {
    return this.#heardAt
  }

  /** Starts, or tries again at once: the network came back, or somebody asked. */
  connect(): void {
    if (this.#closed || this.#trying || this.#link || this.#state.kind === 'ended') return
    clearTimeout(this.#retry)
    this.#trying = true
    this.#change({ kind: 'connecting' })
    void this.#open(++this.#attempts)
  }

  async #open(attempt: number): Promise<void> {
    const { relay, exchange } = this.#options
    const way = relay ? await relay.ways.current() : 'direct'
    if (attempt !== this.#attempts || this.#closed) return
    if (way === 'relay') this.#openExchange(relay!.exchange)
    else if (this.#blocked >= BLOCKED_AFTER && exchange) this.#openExchange(exchange)
    else await this.#openWebSocket(attempt)
  }

  /** Tries the best way in the background; while the server itself does not answer (`ways`), there is none. */
  async #openBetter(): Promise<void> {
    const link = this.#link
    const way = link?.kind === 'relay' ? await this.#options.relay?.ways.current() : 'direct'
    if (way === 'direct' && link && this.#link === link) await this.#openWebSocket(++this.#attempts)
  }

  /** The straight way is open again: what goes through Nextcloud goes on until the new link is welcomed. */
  #wayChanged(way: Way): void {
    if (this.#closed || this.#state.kind === 'ended') return
    if (this.#link && way === 'direct') void this.#openBetter()
    else this.connect()
  }

  send(frame: ClientFrame): void {
    this.#link?.send(frame)
  }

  /** Begins anew: what came had a hole, or the way is known to be gone. */
  reconnect(cause: Cause = 'TRY_AGAIN'): void {
    const link = this.#link
    if (!link) return
    link.close()
    this.#ended(link, { cause, said: true, retryAfterMs: 0 })
  }

  /** Ends for good; nothing is sent or retried afterwards. */
  close(): void {
    this.#closed = true
    this.#attempts += 1
    this.#unlisten()
    clearTimeout(this.#retry)
    clearInterval(this.#retryWebSocket)
    for (const link of [this.#link, ...this.#pending]) link?.close()
    this.#pending.clear()
    this.#link = null
  }

  async #openWebSocket(attempt: number): Promise<void> {
    // Before the socket: the server gives a socket five seconds to say who it is, and Nextcloud may take longer.
    const ticket = await this.#takeTicket().catch((error: unknown) => {
      if (attempt === this.#attempts && !this.#link)
        this.#failed({ cause: this.#options.causeOf?.(error) ?? 'SIGN_IN', said: false, retryAfterMs: 0 })
      return null
    })
    if (ticket === null || attempt !== this.#attempts || this.#closed) return
    try {
      const link: Link = new WebSocketLink(this.#options.url, this.#options.build, ticket, {
        ...this.#events(() => link),
        onHello: () => void (this.#ticket = null),
      })
      this.#pending.add(link)
    } catch (error) {
      // An address that is none, or one this page may not call: no attempt will go better, but HTTP may.
      console.error('no WebSocket can be opened', error)
      this.#blocked = BLOCKED_AFTER
      if (!this.#link) this.#failed({ cause: 'NETWORK', said: false, retryAfterMs: 0 })
    }
  }

  #openExchange(exchange: Omit<ExchangeOptions, 'build' | 'causeOf'>): void {
    const { build, causeOf } = this.#options
    const link: Link = new ExchangeLink(
      { ...exchange, build, causeOf: causeOf ?? (() => 'NETWORK') },
      this.#events(() => link),
    )
    this.#pending.add(link)
  }

  #events(link: () => Link): LinkEvents {
    return {
      greeting: this.#options.greeting,
      onFrame: (frame) => this.#take(link(), frame),
      onEnd: (end) => this.#ended(link(), end),
    }
  }

  /** A ticket nobody has taken yet is good for the next attempt: a server that is down must not cost Nextcloud. */
  async #takeTicket(): Promise<string> {
    if (!this.#ticket || this.#ticket.until < performance.now()) {
      const value = await this.#options.fetchTicket()
      this.#ticket = { value, until: performance.now() + TICKET_REUSE_MS }
    }
    return this.#ticket.value
  }

  #take(link: Link, frame: ServerFrame): void {
    if (frame.kind === 'welcome' && this.#pending.delete(link)) this.#welcomed(link)
    if (this.#link !== link) return
    this.#heardAt = new Date()
    if (frame.kind === 'renewSoon') void this.#renew(link)
    else this.#options.onFrame(frame)
  }

  #welcomed(link: Link): void {
    // The port takes the welcome for a new connection and sends again what was on its way: nothing is lost.
    this.#link?.close()
    for (const other of this.#pending) other.close()
    this.#pending.clear()
    this.#link = link
    this.#welcomedAt = performance.now()
    this.#trying = false
    clearInterval(this.#retryWebSocket)
    if (link.kind === 'websocket') this.#blocked = 0
    else
      this.#retryWebSocket = setInterval(
        () => void this.#openBetter(),
        this.#options.retryWebSocketMs ?? WEBSOCKET_RETRY_EVERY_MS,
      )
    // The straight way may have opened while this one was being begun.
    if (link.kind === 'relay') void this.#openBetter()
    this.#change({ kind: 'online', by: link.kind })
  }

  async #renew(link: Link): Promise<void> {
    try {
      const ticket = await this.#options.fetchTicket()
      if (this.#link === link) link.send({ kind: 'renew', ticket })
    } catch {
      // Nextcloud does not answer: the lease runs out, and reconnecting goes on from there.
    }
  }

  #ended(link: Link, end: LinkEnd): void {
    const tried = this.#pending.delete(link)
    // Tried in the background while another way works.
    if (this.#link && this.#link !== link) {
      const { exchange } = this.#options
      // The server answers, its WebSocket does not come through: straight over HTTP is still better than the relay.
      const straight = tried && link.kind === 'websocket' && this.#link.kind === 'relay' && !end.said
      if (straight && exchange) this.#openExchange(exchange)
      return
    }
    if (tried && link.kind === 'websocket') this.#blocked = end.said ? 0 : this.#blocked + 1
    // HTTP does not answer either: next time it is the WebSocket's turn again.
    if (tried && link.kind === 'http' && !end.said) this.#blocked = BLOCKED_AFTER - 1
    this.#link = null
    clearInterval(this.#retryWebSocket)
    this.#failed(end)
  }

  #failed(end: LinkEnd): void {
    this.#trying = false
    if (this.#closed) return
    if (end.said && FINAL.includes(end.cause)) {
      this.#change({ kind: 'ended', cause: end.cause as RefusalCode })
      return
    }
    this.#change({ kind: 'offline', cause: end.cause })
    // Nobody answered here: perhaps somebody does on the other way. The answer to this comes as a change.
    if (!end.said && end.cause === 'NETWORK') void this.#options.relay?.ways.again()
    // Welcomed and lost at once, again and again, is no success.
    if (this.#welcomedAt > 0 && performance.now() - this.#welcomedAt > STABLE_AFTER_MS) this.#failures = 0
    this.#welcomedAt = 0
    const ceiling = Math.min(RECONNECT_MAX_MS, RECONNECT_MIN_MS * 2 ** this.#failures++)
    const random = this.#options.random ?? Math.random
    const wait = end.retryAfterMs || RECONNECT_MIN_MS / 2 + random() * ceiling
    this.#retry = setTimeout(() => this.connect(), wait)
  }

  #change(state: Connectivity): void {
    this.#state = state
    this.#options.onChange(state)
  }
}
