/** Every WebSocket of the process: the upgrade, the greeting's deadline, the beat, and the farewell. */
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { parseChannelName, parseDocumentId } from '@auzolan/shared/ids.ts'
import { BEAT_EVERY_MS, FRAME_MAX_BYTES, HELLO_DEADLINE_MS } from '@auzolan/shared/limits.ts'
import { STOCK_SUBPROTOCOL, STOCK_TICKET_PREFIX, SUBPROTOCOL } from '@auzolan/shared/protocol/frames.ts'
import { NativeSession } from './native.ts'
import { splitTarget } from './prefix.ts'
import type { Session, SyncPorts } from './session.ts'
import { StockSession } from './stock.ts'

export class Sockets {
  readonly #ports: SyncPorts
  readonly #sessions = new Map<Session, WebSocket>()
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_MAX_BYTES,
    perMessageDeflate: false,
    // Never the ticket: the selected protocol is echoed to whoever reads the answer.
    handleProtocols: (offered) => [SUBPROTOCOL, STOCK_SUBPROTOCOL].find((p) => offered.has(p)) ?? false,
  })
  readonly #beat: NodeJS.Timeout

  constructor(ports: SyncPorts) {
    this.#ports = ports
    this.#beat = setInterval(() => this.#beatAll(), BEAT_EVERY_MS)
    this.#beat.unref()
  }

  get count(): number {
    return this.#sessions.size
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const [path] = splitTarget(request.url ?? '/')
    const [, sync, id, channel, ...rest] = path.split('/')
    const document = parseDocumentId(id ?? '')
    const stock = channel === undefined ? null : parseChannelName(channel)
    if (
      sync !== 'sync' ||
      document === null ||
      rest.length > 0 ||
      (channel !== undefined && stock === null)
    ) {
      // Nobody else listens to this socket any more, and an unheard error ends the process.
      socket.on('error', () => socket.destroy())
      // The other side may never close: half-open sockets would pile up.
      socket.once('finish', () => socket.destroy())
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      if (stock === null) {
        this.#seat(ws, new NativeSession(ws, document, this.#ports))
      } else {
        const session = new StockSession(ws, document, stock, this.#ports)
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
    clearInterval(this.#beat)
    for (const session of this.#sessions.keys()) session.dismiss(code)
    this.#server.close()
  }

  #seat(ws: WebSocket, session: Session, greet: () => Promise<void> = async () => {}): void {
    this.#sessions.set(session, ws)
    const deadline = setTimeout(() => {
      if (!session.greeted) session.dismiss('TICKET_MISSING')
    }, HELLO_DEADLINE_MS)
    // One frame after the other: the greeting asks the journal, and what follows must wait for it.
    let work = Promise.resolve()
    const next = (step: () => Promise<void>): void => {
      work = work.then(step).catch((error: unknown) => {
        this.#ports.log.error({ err: error }, 'a session failed')
        session.dismiss('TRY_AGAIN')
      })
    }
    next(greet)
    ws.on('message', (data, isBinary) => {
      const bytes = isBinary ? new Uint8Array(data as Buffer) : new Uint8Array([255])
      next(() => session.receive(bytes))
    })
    ws.on('error', (error) => this.#ports.log.info({ why: error.message }, 'socket error'))
    ws.on('close', () => {
      clearTimeout(deadline)
      this.#sessions.delete(session)
      session.closed()
    })
  }

  #beatAll(): void {
    for (const session of this.#sessions.keys()) if (session.greeted) session.beat()
  }
}
