/**
 * The second way to the server: requests that stand for themselves, made to look like one connection. Acknowledgements
 * are added up, presence that is no longer told becomes a leave-taking, and only the first welcome is passed on.
 */
import { isHold, type RefusalCode } from '@auzolan/shared/codes.ts'
import { EXCHANGE_BODY_MAX_BYTES, EXCHANGE_WAIT_MAX_MS } from '@auzolan/shared/limits.ts'
import type { ChannelName } from '@auzolan/shared/ids.ts'
import {
  EXCHANGE_TYPE,
  decodeExchangeAnswer,
  encodeExchange,
  type ExchangeRequest,
} from '@auzolan/shared/protocol/exchange.ts'
import type { ChannelWelcome, ClientFrame, ServerFrame } from '@auzolan/shared/protocol/frames.ts'
import { decodePresence, encodePresence } from '@auzolan/shared/protocol/presence.ts'
import type { Cause, Link, LinkEnd, LinkEvents } from './link.ts'
import { Pace } from './pace.ts'

export interface ExchangeOptions {
  /** `http(s)://…/api/v1/documents/<document>/exchange` */
  readonly url: string
  readonly build: string
  readonly session: string
  readonly apiToken: () => Promise<string>
  /** The server refuses the token: it is not shown again. */
  readonly forgetApiToken?: () => void
  /**
   * Through Nextcloud, which knows us by its cookie and by this token of its page, and signs for us; without it, straight
   * to the server.
   */
  readonly requestToken?: () => string
  readonly causeOf: (error: unknown) => Cause
  /** Longest wait of one request; 0 where a waiting request would block others (through a relay). */
  readonly waitMs: number
  readonly presence: (channel: ChannelName) => Uint8Array
  /** Everything passed on so far has been taken in, so that the next greeting says how far the copy reaches. */
  readonly settled: () => Promise<void>
}

/** Frames of one answer, in the order in which they are passed on. */
const TAKEN_IN_ORDER: readonly ServerFrame['kind'][] = [
  'refused',
  'welcome',
  'snapshot',
  'entries',
  'ack',
  'presence',
  'bye',
]
/** Time an answer may take on top of the wait that was asked for. */
const ANSWER_MAX_MS = 15_000
/** A caret that wanders must not become a storm of requests. */
const PRESENCE_PAUSE_MS = 1_000

export class ExchangeLink implements Link {
  readonly kind: 'http' | 'relay'
  readonly #options: ExchangeOptions
  readonly #events: LinkEvents
  #closed = false
  #queue: Extract<ClientFrame, { kind: 'update' }>[] = []
  #request: AbortController | null = null
  /** Ends a pause or an idle wait; null while a request carries something. */
  #hurry: (() => void) | null = null
  #presenceTimer: ReturnType<typeof setTimeout> | undefined
  readonly #pace = new Pace()
  #welcomed: readonly ChannelWelcome[] | null = null
  readonly #counted = new Map<ChannelName, number>()
  readonly #present = new Map<ChannelName, Map<number, number>>()

  constructor(options: ExchangeOptions, events: LinkEvents) {
    this.#options = options
    this.#events = events
    this.kind = options.requestToken ? 'relay' : 'http'
    void this.#run()
  }

  send(frame: ClientFrame): void {
    if (frame.kind === 'update') {
      this.#queue.push(frame)
      this.#hurry?.()
    } else if (frame.kind === 'presence') {
      // Where each request costs others something, a caret goes along with the next one.
      if (this.#options.waitMs === 0) return
      this.#presenceTimer ??= setTimeout(() => {
        this.#presenceTimer = undefined
        this.#hurry?.()
      }, PRESENCE_PAUSE_MS)
    }
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#presenceTimer)
    this.#request?.abort()
    this.#hurry?.()
  }

  async #run(): Promise<void> {
    let behind = true
    while (!this.#closed) {
      const updates = this.#takeUpdates()
      const idle = updates.length === 0 && !behind
      const asked = performance.now()
      const answer = await this.#ask(updates, idle ? this.#options.waitMs : 0)
      this.#pace.answered(performance.now() - asked)
      if (this.#closed) return
      if (answer === 'hurried') continue
      if (!Array.isArray(answer)) return this.#end(answer as LinkEnd)
      const frames = answer as ServerFrame[]
      this.#take(frames)
      if (this.#isClosed()) return
      await this.#options.settled()
      const before = behind
      behind = this.#isBehind(frames)
      // The same twice would be a server that cannot go on; it must not be asked without a pause.
      const stuck = before && behind && !frames.some((f) => f.kind === 'entries' || f.kind === 'snapshot')
      if (stuck) behind = false
      if (!behind && this.#options.waitMs === 0) await this.#pause(updates.length > 0)
    }
  }
  // For the compiler, which takes the flag for unchanged.
  #isClosed = (): boolean => this.#closed

  #takeUpdates(): Extract<ClientFrame, { kind: 'update' }>[] {
    let bytes = 0
    const at = this.#queue.findIndex((f) => (bytes += f.update.length) > EXCHANGE_BODY_MAX_BYTES / 2)
    return this.#queue.splice(0, at < 0 ? this.#queue.length : Math.max(at, 1))
  }

  async #ask(
    updates: ExchangeRequest['updates'],
    waitMs: number,
  ): Promise<readonly ServerFrame[] | LinkEnd | 'hurried'> {
    const request = new AbortController()
    this.#request = request
    let hurried = false
    let tooLate: ReturnType<typeof setTimeout> | undefined
    try {
      const { requestToken, apiToken } = this.#options
      const pass = requestToken
        ? { requesttoken: requestToken() }
        : { Authorization: `Bearer ${await apiToken()}` }
      if (this.#isClosed()) return 'hurried'
      const body = encodeExchange({
        session: this.#options.session,
        build: this.#options.build,
        waitMs,
        channels: this.#events.greeting().map((g) => ({ ...g, presence: this.#options.presence(g.channel) })),
        updates: updates.map(({ channel, n, update }) => ({ channel, n, update })),
      })
      if (updates.length === 0 && waitMs > 0) {
        this.#hurry = () => {
          hurried = true
          request.abort()
        }
        if (this.#queue.length > 0) this.#hurry()
      }
      tooLate = setTimeout(() => request.abort(), waitMs + ANSWER_MAX_MS)
      const response = await fetch(this.#options.url, {
        method: 'POST',
        headers: { ...pass, 'Content-Type': EXCHANGE_TYPE },
        body,
        signal: request.signal,
        credentials: requestToken ? 'same-origin' : 'omit',
        cache: 'no-store',
      })
      if (response.status === 401) this.#options.forgetApiToken?.()
      if (!response.ok) return await endOf(response)
      return decodeExchangeAnswer(new Uint8Array(await response.arrayBuffer())) ?? NOT_AN_ANSWER
    } catch (error) {
      if (hurried) return 'hurried'
      return { cause: this.#options.causeOf(error), said: false, retryAfterMs: 0 }
    } finally {
      clearTimeout(tooLate)
      this.#hurry = null
      this.#request = null
    }
  }

  /**
   * What was refused before what the channel is now (it may take edits again), the text before the acknowledgement that
   * counts it (a crash in between must not skip what was not stored).
   */
  #take(frames: readonly ServerFrame[]): void {
    const rank = ({ kind }: ServerFrame): number => Math.max(0, TAKEN_IN_ORDER.indexOf(kind))
    const held = new Set(frames.flatMap((f) => (f.kind === 'refused' && isHold(f.code) ? f.channel : [])))
    for (const frame of [...frames].sort((a, b) => rank(a) - rank(b))) {
      if (this.#isClosed()) return
      switch (frame.kind) {
        case 'welcome':
          this.#welcome(frame.channels, held)
          break
        case 'ack': {
          const count = (this.#counted.get(frame.channel) ?? 0) + frame.count
          this.#counted.set(frame.channel, count)
          this.#events.onFrame({ ...frame, count })
          break
        }
        case 'presence':
          this.#events.onFrame({ ...frame, states: this.#whoLeft(frame.channel, frame.states) })
          break
        case 'bye':
          this.#end({ cause: frame.code, said: true, retryAfterMs: frame.retryAfterMs })
          return
        case 'refused':
          this.#events.onFrame(frame)
          this.#refuseQueued(frame.channel)
          break
        case 'snapshot':
        case 'entries':
        case 'grants':
        case 'renewSoon':
        case 'beat':
          this.#events.onFrame(frame)
      }
    }
  }

  /** What was given to us behind a refused edit has not left yet: it is refused here, as a server would. */
  #refuseQueued(channel: ChannelName): void {
    const behind = this.#queue.filter((f) => f.channel === channel)
    this.#queue = this.#queue.filter((f) => f.channel !== channel)
    for (const { n } of behind) this.#events.onFrame({ kind: 'refused', channel, n, code: 'LOCKED' })
  }

  /** @param held channels of which an edit was just told to wait: what they are now is news in any case */
  #welcome(channels: readonly ChannelWelcome[], held: ReadonlySet<ChannelName>): void {
    const last = this.#welcomed
    this.#welcomed = channels
    const was = (c: ChannelWelcome): ChannelWelcome | undefined => last?.find((l) => l.channel === c.channel)
    // Another epoch is another connection: the port decides what becomes of its copy.
    if (!last || channels.some((c) => was(c)?.epoch !== c.epoch)) {
      this.#counted.clear()
      this.#events.onFrame({ kind: 'welcome', channels })
      return
    }
    const changed = channels.filter((c) => was(c)?.write !== c.write || held.has(c.channel))
    if (changed.length > 0) this.#events.onFrame({ kind: 'grants', channels: changed })
  }

  /** The presence of all others is told whole: who is missing has gone. */
  #whoLeft(channel: ChannelName, states: Uint8Array): Uint8Array {
    const before = this.#present.get(channel) ?? new Map<number, number>()
    const now = decodePresence(states)
    const here = new Map(now.filter((s) => s.state).map((s) => [s.clientId, s.clock]))
    this.#present.set(channel, here)
    const gone = [...before].filter(([id]) => !here.has(id) && !now.some((s) => s.clientId === id))
    return encodePresence([
      ...now,
      ...gone.map(([clientId, clock]) => ({ clientId, clock: clock + 1, state: null })),
    ])
  }

  #isBehind(frames: readonly ServerFrame[]): boolean {
    const reached = new Map(this.#events.greeting().map((g) => [g.channel, g.afterSeq]))
    const welcome = frames.find((f) => f.kind === 'welcome')
    return welcome?.channels.some((c) => c.seq > (reached.get(c.channel) ?? c.seq)) ?? false
  }

  /** Until the next request, where none may wait for news. */
  async #pause(typed: boolean): Promise<void> {
    const people = [...this.#present.values()].reduce((sum, here) => sum + here.size, 0)
    const { soonestMs, usualMs } = this.#pace.pause(typed, people)
    const from = performance.now()
    await new Promise<void>((resolve) => {
      let timer = setTimeout(resolve, usualMs)
      this.#hurry = () => {
        clearTimeout(timer)
        const left = this.#isClosed() ? 0 : soonestMs - (performance.now() - from)
        timer = setTimeout(resolve, Math.max(0, left))
      }
      if (this.#queue.length > 0) this.#hurry()
    })
    this.#hurry = null
  }

  #end(end: LinkEnd): void {
    if (this.#closed) return
    this.close()
    this.#events.onEnd(end)
  }
}

/** The longest wait a request may ask for. */
export const LONG_POLL_MS = EXCHANGE_WAIT_MAX_MS

const NOT_AN_ANSWER: LinkEnd = { cause: 'NETWORK', said: false, retryAfterMs: 0 }

async function endOf(response: Response): Promise<LinkEnd> {
  const problem = (await response.json().catch(() => null)) as { code?: unknown } | null
  const seconds = Number(response.headers.get('Retry-After') ?? 0)
  const retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : 0
  if (typeof problem?.code === 'string')
    return { cause: problem.code as RefusalCode, said: true, retryAfterMs }
  // What Nextcloud says in place of the server: too many requests; or a session or request token that has run out.
  if (response.status === 429) return { cause: 'TRY_AGAIN', said: true, retryAfterMs }
  const stranger = response.status === 401 || response.status === 412
  return { cause: stranger ? 'SIGN_IN' : 'NETWORK', said: false, retryAfterMs }
}
