/** A network between page and server that lets HTTP through and WebSockets only when told. */
import { connect, createServer, type Socket } from 'node:net'
import type { TestServer } from './server.ts'

export interface Proxy {
  readonly url: string
  /** From now on every WebSocket is torn, those that are open as well. */
  blockWebSockets(): void
  allowWebSockets(): void
  close(): Promise<void>
}

const UPGRADE = /^upgrade: *websocket/im

export async function startProxy(server: Pick<TestServer, 'port'>): Promise<Proxy> {
  let blocked = true
  const sockets = new Set<Socket>()
  const webSockets = new Set<Socket>()
  const listener = createServer((from) => {
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
        // The demo takes WebSockets under its own name and port only.
        const own = words.replaceAll(`127.0.0.1:${from.localPort}`, `127.0.0.1:${server.port}`)
        return void to.write(own, 'latin1')
      }
      to.write(bytes)
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
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
