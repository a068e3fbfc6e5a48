/**
 * The web server in front of everything: what it passes to the host it always passes; `/auzolan/` only once its
 * administrator has written the lines for it, and until then answers as web servers do.
 */
import { createServer, request, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'

export interface Front {
  readonly url: string
  /** Whether `/auzolan/` is passed on, and whether WebSockets are. */
  passes: boolean
  upgrades: boolean
  /** Requests by the beginning of their path. */
  count(path: string): number
  close(): Promise<void>
}

export async function startFront(target: { readonly port: number }): Promise<Front> {
  const seen: string[] = []
  const sockets = new Set<{ destroy(): void }>()
  const host = `127.0.0.1:${target.port}`
  const headersOf = ({ headers }: IncomingMessage): Record<string, string | string[] | undefined> => ({
    ...headers,
    host,
    ...(headers.origin === undefined ? {} : { origin: `http://${host}` }),
  })
  const server: Server = createServer((from, to) => {
    const path = from.url ?? '/'
    seen.push(path)
    if (path.startsWith('/auzolan/') && !front.passes)
      return void to.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not Found</h1>')
    const { method } = from
    const onwards = request({ port: target.port, path, method, headers: headersOf(from) }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
    })
    onwards.on('error', () => {
      if (to.headersSent) to.destroy()
      else to.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad Gateway</h1>')
    })
    from.pipe(onwards)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (from: IncomingMessage, socket, head) => {
    socket.on('error', () => {})
    if (!front.passes || !front.upgrades) return void socket.destroy()
    const onwards = connect(target.port, '127.0.0.1', () => {
      const headers = Object.entries(headersOf(from)).map(([name, value]) => `${name}: ${String(value)}\r\n`)
      onwards.write(`GET ${from.url} HTTP/1.1\r\n${headers.join('')}\r\n`)
      onwards.write(head)
      onwards.pipe(socket)
      socket.pipe(onwards)
    })
    sockets.add(onwards)
    onwards.on('error', () => socket.destroy())
    socket.on('close', () => onwards.destroy())
    onwards.on('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const front: Front = {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    passes: false,
    upgrades: true,
    count: (path) => seen.filter((s) => s.startsWith(path)).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
  return front
}
