// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns a proxy before the sync server that makes the mistakes proxies make, and tells what the test wants the server to say. */
import { createServer, request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'

export interface Fault {
  /** The path in front, under which alone it passes anything; whether the server sees it. */
  readonly prefix?: string
  readonly strip?: boolean
  readonly noUpgrade?: boolean
  /** It answers this itself. */
  readonly status?: number
  /** Seconds by which the clock in its answers is ahead. */
  readonly clockS?: number
  /** What the server says in the self-test, changed. */
  readonly rewrite?: (answer: Record<string, unknown>) => Record<string, unknown>
}

export interface FaultyProxy {
  readonly url: string
  fault: Fault
  close(): Promise<void>
}

export async function startFaultyProxy(port: number): Promise<FaultyProxy> {
  const sockets = new Set<Socket>()
  const proxy = { fault: {} as Fault }
  const target = (url: string): string | null => {
    const { prefix = '', strip = false } = proxy.fault
    if (!url.startsWith(`${prefix}/`)) return null
    return strip ? url.slice(prefix.length) : url
  }

  const listener = createServer((incoming, outgoing) => {
    const path = target(incoming.url ?? '/')
    const { status, clockS, rewrite } = proxy.fault
    if (path === null || status !== undefined) {
      outgoing.writeHead(status ?? 404, { 'Content-Type': 'text/html' }).end('<h1>the proxy</h1>')
      return
    }
    const { upgrade: _upgrade, connection: _connection, ...headers } = incoming.headers
    const onwards = request({ port, host: '127.0.0.1', method: incoming.method, path, headers }, (answer) => {
      void bodyOf(answer).then((body) => {
        const told = { ...answer.headers }
        delete told['content-length']
        delete told['content-encoding']
        delete told['transfer-encoding']
        if (clockS !== undefined) told['date'] = new Date(Date.now() + clockS * 1000).toUTCString()
        const changed =
          rewrite !== undefined && path.endsWith('/host/self-test') && answer.statusCode === 200
            ? JSON.stringify(rewrite(JSON.parse(body.toString()) as Record<string, unknown>))
            : body
        outgoing.writeHead(answer.statusCode ?? 502, told).end(changed)
      })
    })
    onwards.setHeader('accept-encoding', 'identity')
    onwards.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onwards)
  })
  listener.on('upgrade', (incoming, socket: Socket, head: Buffer) => {
    const path = target(incoming.url ?? '/')
    if (path === null || proxy.fault.noUpgrade === true) {
      // What the server says to a request whose Upgrade was lost on the way.
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const to = connect(port, '127.0.0.1')
    const lines = [`GET ${path} HTTP/1.1`]
    for (let i = 0; i < incoming.rawHeaders.length; i += 2)
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`)
    to.write(`${lines.join('\r\n')}\r\n\r\n`)
    to.write(head)
    for (const one of [socket, to]) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => [socket, to].forEach((other) => other.destroy()))
    }
    socket.pipe(to)
    to.pipe(socket)
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve())
        listener.closeAllConnections()
        for (const socket of sockets) socket.destroy()
      }),
  })
}

async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of answer) parts.push(part as Buffer)
  return Buffer.concat(parts)
}
