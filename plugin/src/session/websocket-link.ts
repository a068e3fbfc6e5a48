/** The first way to the server: one WebSocket, with greeting, heartbeat, and an eye on silence. */
import { BEAT_EVERY_MS, SILENCE_MAX_MS, WEBSOCKET_OPEN_MAX_MS } from '@auzolan/shared/limits.ts'
import {
  SUBPROTOCOL,
  decodeServerFrame,
  encodeClientFrame,
  type ClientFrame,
  type ServerFrame,
} from '@auzolan/shared/protocol/frames.ts'
import type { Link, LinkEnd, LinkEvents } from './link.ts'

export class WebSocketLink implements Link {
  readonly kind = 'websocket'
  readonly #events: LinkEvents
  readonly #socket: WebSocket
  readonly #watch: ReturnType<typeof setInterval>
  readonly #deadline: ReturnType<typeof setTimeout>
  /** Monotonic: the clock of the device may jump. */
  #heardAt = performance.now()
  #bye: LinkEnd | null = null
  #ended = false

  constructor(url: string, build: string, ticket: string, events: LinkEvents & { onHello: () => void }) {
    this.#events = events
    const socket = new WebSocket(url, SUBPROTOCOL)
    this.#socket = socket
    socket.binaryType = 'arraybuffer'
    socket.onopen = () => {
      events.onHello()
      this.send({ kind: 'hello', ticket, build, channels: events.greeting() })
    }
    socket.onmessage = (event: MessageEvent<ArrayBuffer>) => {
      this.#heardAt = performance.now()
      const frame = decodeServerFrame(new Uint8Array(event.data))
      if (frame) this.#take(frame)
    }
    socket.onclose = () => this.#end(this.#bye ?? LOST)
    this.#deadline = setTimeout(() => this.#end(LOST), WEBSOCKET_OPEN_MAX_MS)
    this.#watch = setInterval(() => {
      if (performance.now() - this.#heardAt > SILENCE_MAX_MS) this.#end(LOST)
      else this.send({ kind: 'beat' })
    }, BEAT_EVERY_MS / 2)
  }

  send(frame: ClientFrame): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(encodeClientFrame(frame))
  }

  close(): void {
    this.#ended = true
    clearTimeout(this.#deadline)
    clearInterval(this.#watch)
    const socket = this.#socket
    socket.onopen = socket.onmessage = socket.onclose = null
    // A socket closed while connecting reports an error nobody can act on.
    socket.onerror = () => {}
    socket.close()
  }

  #take(frame: ServerFrame): void {
    if (frame.kind === 'bye') {
      this.#bye = { cause: frame.code, said: true, retryAfterMs: frame.retryAfterMs }
      return
    }
    if (frame.kind === 'welcome') clearTimeout(this.#deadline)
    this.#events.onFrame(frame)
  }

  #end(end: LinkEnd): void {
    if (this.#ended) return
    this.close()
    this.#events.onEnd(end)
  }
}

const LOST: LinkEnd = { cause: 'NETWORK', said: false, retryAfterMs: 0 }
