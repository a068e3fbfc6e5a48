/**
 * Nextcloud's side of the signed calls, as an HTTP server whose behaviour a test chooses: for clocks, refusals and
 * addresses that a real one cannot be brought to on command. The real one is called in test/nextcloud/.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { keyToNextcloud } from '@auzolan/server/src/access/keys.ts'
import type { Sent } from '@auzolan/server/src/outbox/outbox.ts'
import { NEXTCLOUD } from './nextcloud-host.ts'

export interface User {
  readonly enabled: boolean
  readonly groups?: readonly string[]
  readonly teams?: readonly string[]
}
export interface Call {
  readonly what: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: {
    readonly nonce?: string
    readonly ids?: readonly string[]
    readonly files?: readonly { readonly name: string; readonly content: string }[]
    readonly parcels?: readonly Sent[]
  }
}
export interface NextcloudServer {
  readonly url: string
  readonly calls: Call[]
  secret: string
  /** Seconds its clock is ahead. */
  ahead: number
  users: Record<string, User>
  /** How long its answers take to arrive. */
  slowMs: number
  /** Folder of approved versions; `null` where nobody has chosen one. */
  archive: string | null
  /** Parcels it has taken, in the order they came. */
  readonly parcels: Sent[]
  /** What becomes of a parcel; `later` stops there, as when its database fails. */
  takes: (parcel: Sent) => 'yes' | 'never' | 'later'
  /** Answers with this instead of reading the call. */
  instead: { status: number; headers?: Record<string, string>; body?: string; afterMs?: number } | null
  close(): void
}

export async function startNextcloud(address = '127.0.0.1'): Promise<NextcloudServer> {
  const nonces = new Set<string>()
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const raw = Buffer.concat(pieces).toString('utf8')
      const path = request.url ?? ''
      const what = /\/ocs\/v2\.php\/apps\/auzolan\/api\/v1\/server\/(\w+)\?format=json$/.exec(path)?.[1] ?? ''
      here.calls.push({ what, path, headers: request.headers, body: JSON.parse(raw) as Call['body'] })
      const answer = (status: number, data: unknown): void => {
        // As it is now, also when it takes a while to arrive.
        const text = JSON.stringify({ ocs: { meta: { statuscode: status }, data } })
        setTimeout(
          () => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
          here.slowMs,
        )
      }
      if (here.instead) {
        const { status, headers = {}, body = '', afterMs = 0 } = here.instead
        return void setTimeout(() => response.writeHead(status, headers).end(body), afterMs)
      }
      const now = Math.floor(Date.now() / 1000) + here.ahead
      const time = Number(request.headers['x-auzolan-time'])
      const nonce = String(request.headers['x-auzolan-nonce'])
      const lines = [
        time,
        nonce,
        request.method,
        `/apps/auzolan/api/v1/server/${what}`,
        createHash('sha256').update(raw).digest('hex'),
      ]
      const expected = createHmac('sha256', keyToNextcloud(here.secret))
        .update(lines.join('\n'))
        .digest('hex')
      const good =
        request.headers['ocs-apirequest'] === 'true' &&
        request.headers['x-auzolan-signature'] === expected &&
        /^[0-9a-f]{32}$/.test(nonce) &&
        !nonces.has(nonce) &&
        Math.abs(now - time) <= 300
      if (!good) return answer(401, [])
      nonces.add(nonce)
      const body = JSON.parse(raw) as Call['body']
      if (what === 'ping')
        return answer(200, { nonce: body.nonce, time: now, version: '0.1.0', protocol: { min: 1, max: 1 } })
      if (what === 'archive')
        return answer(200, {
          files: here.archive === null ? [] : body.files!.map(({ name }) => `${here.archive}/${name}`),
        })
      if (what === 'notify') {
        const refused: number[] = []
        let done = 0
        for (const parcel of body.parcels ?? []) {
          const takes = here.takes(parcel)
          if (takes === 'later') break
          if (takes === 'never') refused.push(done)
          else here.parcels.push(parcel)
          done += 1
        }
        return answer(200, { done, refused })
      }
      const found = Object.entries(here.users).filter(([id]) => body.ids?.includes(id))
      // PHP writes an empty table as a list.
      answer(200, { users: found.length > 0 ? Object.fromEntries(found) : [] })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, address, resolve))
  const { port } = server.address() as { port: number }
  const here: NextcloudServer = {
    url: `http://${address.includes(':') ? `[${address}]` : address}:${port}`,
    calls: [],
    secret: NEXTCLOUD.secret,
    ahead: 0,
    users: {},
    slowMs: 0,
    archive: null,
    parcels: [],
    takes: () => 'yes',
    instead: null,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return here
}
