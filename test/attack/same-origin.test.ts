/**
 * [L9] Behind `/auzolan/` the server gets Nextcloud's cookies, and what it answers has Nextcloud's origin: an answer that
 * became a page or a script there could do all that Nextcloud may. One attack a line of docs/adr/0011.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { EXCHANGE_TYPE } from '@auzolan/shared/protocol/exchange.ts'
import { INERT } from '@auzolan/server/src/gateway/answers.ts'
import { groupsOf, startHere, type ServerHere } from '../support/in-process.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'

let server: ServerHere
let plan: string
let token: string
beforeAll(async () => {
  server = await startHere({ AUZOLAN_METRICS_TOKEN: 'a token for the collector of metrics' })
  plan = await server.plan()
  token = await sign({ person: 'ane', groups: groupsOf('ane'), expires: 300 })
})
afterAll(() => server.stop())

const PAGE = '<script>parent.steal()</script>'
const authorised = (): Record<string, string> => ({ authorization: `Bearer ${token}` })
/** Every kind of answer there is: good, refused, missing, broken; with and without the prefix. */
const answers: [string, () => Promise<Response>][] = [
  ['/healthz', () => fetch(`${server.url}/healthz`)],
  ['/readyz', () => fetch(`${server.url}/auzolan/readyz`)],
  ['/metrics', () => fetch(`${server.url}/metrics`)],
  [
    '/metrics with its token',
    () =>
      fetch(`${server.url}/metrics`, {
        headers: { authorization: 'Bearer a token for the collector of metrics' },
      }),
  ],
  ['a list', () => fetch(`${server.url}/auzolan/api/v1/documents`, { headers: authorised() })],
  ['a document', () => fetch(`${server.url}/api/v1/documents/${plan}`, { headers: authorised() })],
  ['a refusal', () => fetch(`${server.url}/api/v1/documents`)],
  [
    'an exchange',
    () =>
      fetch(`${server.url}/api/v1/documents/${plan}/exchange`, {
        method: 'POST',
        headers: { ...authorised(), 'content-type': EXCHANGE_TYPE },
        body: new Uint8Array([1, 2, 3]),
      }),
  ],
  ['a host call', () => fetch(`${server.url}/api/v1/host/self-test`, { method: 'POST' })],
  ['a wrong path', () => fetch(`${server.url}/auzolan/${encodeURIComponent(PAGE)}`)],
  ['a wrong path of the API', () => fetch(`${server.url}/api/v1/${encodeURIComponent(PAGE)}`)],
  ['the root', () => fetch(`${server.url}/auzolan/`)],
  ['a path that cannot be decoded', () => fetch(`${server.url}/api/v1/documents/%E0%A4%A`)],
  ['an upgrade that is none', () => fetch(`${server.url}/sync/probe`)],
  ['another method', () => fetch(`${server.url}/healthz`, { method: 'DELETE' })],
  ['a preflight', () => fetch(`${server.url}/api/v1/documents`, { method: 'OPTIONS' })],
  [
    'a body that is a page',
    () =>
      fetch(`${server.url}/api/v1/documents`, {
        method: 'POST',
        headers: { ...authorised(), 'content-type': 'application/json' },
        body: PAGE,
      }),
  ],
]

describe('[L9] every answer is inert', () => {
  it.each(answers)('%s: no script, no frame, no guess at what it is, no page', async (_what, ask) => {
    const answer = await ask()
    for (const [name, value] of Object.entries(INERT)) expect(answer.headers.get(name)).toBe(value)
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-type') ?? '').not.toMatch(/html|xml\b|svg|javascript/)
    expect(await answer.text()).not.toContain('<script')
  })

  it('a WebSocket that is declined too', async () => {
    const said = await new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(
          'GET /auzolan/elsewhere HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
        ),
      )
      let text = ''
      socket.on('data', (data) => (text += data.toString()))
      socket.on('close', () => resolve(text))
    })
    expect(said).toMatch(/^HTTP\/1\.1 404/)
    for (const [name, value] of Object.entries(INERT)) expect(said).toContain(`${name}: ${value}\r\n`)
  })
})

describe('[L9] no cookie', () => {
  const cookies = (): string =>
    `nc_session_id=${token}; token=${token}; Authorization=Bearer ${token}; oc_sessionPassphrase=x`

  it('opens anything by HTTP', async () => {
    for (const path of ['/api/v1/documents', `/api/v1/documents/${plan}`, '/auzolan/api/v1/organisation'])
      expect((await fetch(server.url + path, { headers: { cookie: cookies() } })).status).toBe(401)
  })

  it('opens a WebSocket', async () => {
    const url = `ws://127.0.0.1:${server.port}/sync/${plan}/content`
    const headers = { cookie: cookies() }
    const closed = await new Promise<number>((resolve) => {
      const socket = new WebSocket(url, ['auzolan.y'], { headers })
      socket.on('close', resolve)
      socket.on('error', () => {})
    })
    expect(closed).toBe(4401)
  })

  it('is set, changes an answer, or makes it one that may be kept', async () => {
    for (const [, ask] of answers) expect((await ask()).headers.get('set-cookie')).toBeNull()
    const list = async (headers: Record<string, string>): Promise<string> =>
      (await fetch(`${server.url}/api/v1/documents`, { headers: { ...authorised(), ...headers } })).text()
    expect(await list({ cookie: cookies() })).toBe(await list({}))
  })

  it('is read anywhere in the program: its text knows no such header', () => {
    const folder = fileURLToPath(new URL('../../server/src/', import.meta.url))
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(30)
    for (const file of files)
      expect([
        file,
        /headers\W{1,4}cookie|cookie-parser|request\.cookies/i.exec(readFileSync(folder + file, 'utf8')),
      ]).toEqual([file, null])
  })
})

describe('[L9] a page of another site', () => {
  it.each(['https://evil.example', 'null', `${NEXTCLOUD.url}.evil.example`])(
    'of %s reads nothing and may send nothing of its own',
    async (origin) => {
      for (const method of ['GET', 'OPTIONS']) {
        const answer = await fetch(`${server.url}/api/v1/documents`, {
          method,
          headers: { origin, ...authorised() },
        })
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
        expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
      }
    },
  )

  it('even Nextcloud’s own is not allowed to send cookies along', async () => {
    const answer = await fetch(`${server.url}/healthz`, { headers: { origin: NEXTCLOUD.url } })
    expect(answer.headers.get('access-control-allow-origin')).toBe(NEXTCLOUD.url)
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })
})
