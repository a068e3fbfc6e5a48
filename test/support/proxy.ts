/** A network between page and server that lets HTTP through and WebSockets only when told. */
import { connect, createServer, type Socket } from 'node:net'
import type { TestServer } from './server.ts'

export interface Proxy {
  readonly url: string
  /** From now on every WebSocket is torn, those that are open as well. */
  blockWebSockets(): void
  allowWebSockets(): void
  /** As when the cable is pulled: nothing gets through until it is plugged in again. */
  unplug(): void
  plugIn(): void
  close(): Promise<void>
}

const UPGRADE = /^upgrade: *websocket/im
const HOST = /^(host: *127\.0\.0\.1:)\d+/im

export async function startProxy(server: Pick<TestServer, 'port'>): Promise<Proxy> {
  let blocked = true
  let unplugged = false
  const sockets = new Set<Socket>()
  const webSockets = new Set<Socket>()
  const listener = createServer((from) => {
    if (unplugged) return void from.destroy()
    const to = connect(server.port, '127.0.0.1')
    for (const socket of [from, to]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        webSockets.delete(socket)
        from.destroy()
        to.destroy()
      })
    }
    from.on('data', (bytes: Buffer) => {
      const words = bytes.toString('latin1')
      if (UPGRADE.test(words)) {
        if (blocked) return void from.destroy()
        webSockets.add(from)
      }
      // The demo answers under its own name and port only.
      to.write(words.replace(HOST, `$1${server.port}`), 'latin1')
    })
    to.on('data', (bytes: Buffer) => void from.write(bytes))
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const address = listener.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    blockWebSockets() {
      blocked = true
      for (const socket of webSockets) socket.destroy()
    },
    allowWebSockets: () => void (blocked = false),
    unplug() {
      unplugged = true
      for (const socket of sockets) socket.destroy()
    },
    plugIn: () => void (unplugged = false),
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
