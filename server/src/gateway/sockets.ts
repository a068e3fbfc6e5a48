/** Every WebSocket of the process: the upgrade, the greeting's deadline, the beat, and the farewell. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { parseChannelName, parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  BEAT_EVERY_MS,
  FRAME_MAX_BUFFERED_CHUNKS,
  FRAME_MAX_BYTES,
  FRAME_MAX_FRAGMENTS,
  HELLO_DEADLINE_MS,
  PENDING_FRAMES_MAX,
} from '@auzolan/shared/limits.ts'
import {
  PROBE_SUBPROTOCOL,
  STOCK_SUBPROTOCOL,
  STOCK_TICKET_PREFIX,
  SUBPROTOCOL,
} from '@auzolan/shared/protocol/frames.ts'
import { concerns, type Change } from '../access/revocations.ts'
import { INERT } from './answers.ts'
import { NativeSession } from './native.ts'
import { splitTarget } from './prefix.ts'
import { answerProbe } from './probe.ts'
import type { Session, SyncPorts } from './session.ts'
import { StockSession } from './stock.ts'
import { TokenBucket, tokensFor } from '../token-bucket.ts'

/** Stands for a text frame: no kind of frame begins like this. */
const NOT_BINARY = new Uint8Array([255])
/** How often leases and slow readers are looked at. */
const SWEEP_EVERY_MS = 500

export class Sockets {
  readonly #ports: SyncPorts
  readonly #prefixes: readonly string[]
  readonly #sessions = new Map<Session, WebSocket>()
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX_BYTES,
    maxFragments: FRAME_MAX_FRAGMENTS,
    maxBufferedChunks: FRAME_MAX_BUFFERED_CHUNKS,
    perMessageDeflate: false,
    // Never the ticket: the selected protocol is echoed to whoever reads the answer.
    handleProtocols: (offered) =>
      [SUBPROTOCOL, STOCK_SUBPROTOCOL, PROBE_SUBPROTOCOL].find((p) => offered.has(p)) ?? false,
  })
  /** One timer for all sockets. */
  readonly #sweep: NodeJS.Timeout
  #beatAt = performance.now()
  #draining = false
  #toLookAt = new Set<DocumentId>()
  #looking: Promise<void> | null = null

  /** @param prefixes what a proxy may leave in front of every path */
  constructor(ports: SyncPorts, prefixes: readonly string[]) {
    this.#ports = ports
    this.#prefixes = prefixes
    this.#sweep = setInterval(() => this.#sweepAll(), SWEEP_EVERY_MS)
    this.#sweep.unref()
  }

  get count(): number {
    return this.#sessions.size
  }

  /** Bytes that readers have not taken yet, over all sockets. */
  get backlogBytes(): number {
    let bytes = 0
    for (const ws of this.#sessions.values()) bytes += ws.bufferedAmount
    return bytes
  }

  /**
   * What people may do with these documents has changed. Resolves when everybody in them has been looked at again. What comes
   * meanwhile is done in one more round, not in one each: whoever changes their own team all the time must not keep
   * somebody who was sent away from another one in their seat.
   */
  reconsider(documents: Iterable<DocumentId>): Promise<void> {
    for (const document of documents) this.#toLookAt.add(document)
    return (this.#looking ??= this.#lookAgain())
  }

  async #lookAgain(): Promise<void> {
    // What has no end but the end of this turn must not be over before it is remembered.
    await Promise.resolve()
    while (this.#toLookAt.size > 0) {
      const documents = this.#toLookAt
      this.#toLookAt = new Set()
      for (const session of [...this.#sessions.keys()]) {
        if (!documents.has(session.document)) continue
        await session.reconsider().catch((error: unknown) => {
          this.#ports.log.error({ err: error }, 'a session could not be looked at again')
          session.dismiss('TRY_AGAIN')
        })
      }
    }
    // In the same turn as the last look at the list: what is added next begins anew.
    this.#looking = null
  }

  /** Nextcloud says that accounts or groups have changed. */
  revoke(change: Change): void {
    for (const session of [...this.#sessions.keys()]) {
      const { claims } = session
      if (!claims || !concerns(change, claims)) continue
      if (change.ended.includes(claims.person)) session.dismiss('ACCESS_ENDED')
      else session.suspend()
    }
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.#draining) return decline(socket, '503 Service Unavailable', 'Retry-After: 5\r\n')
    const [path] = splitTarget(request.url ?? '/', this.#prefixes)
    if (path === '/sync/probe') return this.#server.handleUpgrade(request, socket, head, answerProbe)
    const [, sync, id, channel, ...rest] = path.split('/')
    const document = parseDocumentId(id ?? '')
    const stock = channel === undefined ? null : parseChannelName(channel)
    if (
      sync !== 'sync' ||
      document === null ||
      rest.length > 0 ||
      (channel !== undefined && stock === null)
    ) {
      return decline(socket, '404 Not Found')
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      if (stock === null) {
        this.#seat(ws, new NativeSession(ws, socket, document, this.#ports))
      } else {
        const session = new StockSession(ws, socket, document, stock, this.#ports)
        const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((p) => p.trim())
        const ticket = offered
          .find((p) => p.startsWith(STOCK_TICKET_PREFIX))
          ?.slice(STOCK_TICKET_PREFIX.length)
        const token = Buffer.from(ticket ?? '', 'base64url').toString('utf8')
        this.#seat(ws, session, () => session.greet(token))
      }
    })
  }

  /** Tells everybody to come back later, and stops. */
  close(code: RefusalCode): void {
    this.#draining = true
    clearInterval(this.#sweep)
    for (const session of this.#sessions.keys()) session.dismiss(code)
    this.#server.close()
  }

  #seat(ws: WebSocket, session: Session, greet?: () => Promise<void>): void {
    this.#sessions.set(session, ws)
    // Steps of ours that are not done: whoever has spoken is not late because we are.
    let busy = 0
    const overdue = (): void => {
      if (session.claims) return
      if (busy === 0) session.dismiss('TICKET_MISSING')
      else deadline = setTimeout(overdue, HELLO_DEADLINE_MS)
    }
    let deadline = setTimeout(overdue, HELLO_DEADLINE_MS)
    const { updatesPerSecond, updatesBurst } = this.#ports.capacity
    const bucket = new TokenBucket(updatesPerSecond, updatesBurst, () => performance.now())
    const failed = (error: unknown): void => {
      this.#ports.log.error({ err: error }, 'a session failed')
      session.dismiss('TRY_AGAIN')
    }
    // One frame after the other: the greeting asks the journal, and what follows must wait for it.
    let work = Promise.resolve()
    let pending = 0
    let pendingBytes = 0
    const next = (bytes: number, step: () => Promise<void> | undefined): void => {
      const done = this.#ports.awaited.begin()
      busy += 1
      pending += 1
      pendingBytes += bytes
      // What is not read stays with the sender: its socket fills up, nothing here does.
      if (pending > PENDING_FRAMES_MAX || pendingBytes > FRAME_MAX_BYTES) ws.pause()
      work = work
        .then(step)
        .catch(failed)
        .finally(() => {
          done()
          busy -= 1
          pending -= 1
          pendingBytes -= bytes
          if (ws.isPaused && pending < PENDING_FRAMES_MAX / 4 && pendingBytes < FRAME_MAX_BYTES / 4)
            ws.resume()
        })
    }
    const ration = (bytes: Uint8Array): number =>
      session.isUpdate(bytes) ? bucket.take(tokensFor(bytes.length)) : 0
    if (greet) next(0, greet)
    ws.on('message', (data, isBinary) => {
      const bytes = isBinary ? new Uint8Array(data as Buffer) : NOT_BINARY
      if (pending > 0 || bucket.waitMs() > 0)
        return next(bytes.length, async () => {
          const wait = ration(bytes)
          if (wait > 0) await sleep(wait)
          await session.receive(bytes)
        })
      // Nothing is before it, as a rule: a promise for each letter would cost more than reading it.
      ration(bytes)
      try {
        const step = session.receive(bytes)
        if (step) next(bytes.length, () => step)
      } catch (error) {
        failed(error)
      }
    })
    ws.on('error', (error) => this.#ports.log.info({ why: error.message }, 'socket error'))
    ws.on('close', () => {
      clearTimeout(deadline)
      this.#sessions.delete(session)
      session.closed()
    })
  }

  #sweepAll(): void {
    const now = performance.now()
    const beat = now - this.#beatAt >= BEAT_EVERY_MS
    if (beat) this.#beatAt = now
    for (const session of [...this.#sessions.keys()]) {
      session.sweep()
      if (beat && session.claims) session.beat()
    }
    this.#ports.rooms.sweep()
  }
}

/** Answers an upgrade with a plain "no". */
function decline(socket: Duplex, status: string, header = ''): void {
  // Nobody else listens to this socket any more, and an unheard error ends the process.
  socket.on('error', () => socket.destroy())
  // The other side may never close: half-open sockets would pile up.
  socket.once('finish', () => socket.destroy())
  const inert = Object.entries(INERT).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status}\r\n${header}${inert.join('')}Connection: close\r\nContent-Length: 0\r\n\r\n`)
}
