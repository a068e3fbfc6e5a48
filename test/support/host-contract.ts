/** What the app may expect of the page's host, whichever it is: a Nextcloud, or the stand-in of the demo. */
import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { FILE_MAX_BYTES, RELAY_BODY_MAX_BYTES, RELAY_FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { EXCHANGE_TYPE, decodeExchangeAnswer, encodeExchange } from '@auzolan/shared/protocol/exchange.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'

export interface HostUnderTest {
  readonly url: string
  /** Somebody who is signed in: their id, and what their page sends along. */
  readonly person: { readonly id: string; readonly headers: Readonly<Record<string, string>> }
  /** The same without the request token of the page; only where a cookie alone says who it is. */
  readonly forged?: Readonly<Record<string, string>>
  /** Document that the person may write. */
  readonly document: string
  /** Beginning of the app's addresses, e.g. `/index.php/apps/auzolan`. */
  readonly app: string
}

export function hostContract(host: () => HostUnderTest): void {
  const ask = (path: string, init: RequestInit = {}, headers = host().person.headers): Promise<Response> =>
    fetch(host().url + path, {
      ...init,
      redirect: 'manual',
      headers: { ...headers, ...(init.headers as Record<string, string>) },
    })
  const relay = (path: string, init?: RequestInit, headers?: Readonly<Record<string, string>>) =>
    ask(`${host().app}/relay/${path}`, init, headers)
  const ocs = async (path: string, init: RequestInit = {}): Promise<Record<string, unknown>> => {
    const answer = await ask(`/ocs/v2.php/apps/auzolan/api/v1/${path}`, {
      ...init,
      headers: { 'OCS-APIRequest': 'true', accept: 'application/json', 'content-type': 'application/json' },
    })
    expect(answer.status).toBe(200)
    return ((await answer.json()) as { ocs: { data: Record<string, unknown> } }).ocs.data
  }
  const claims = (token: unknown): Record<string, unknown> =>
    JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString('utf8')) as Record<
      string,
      unknown
    >
  /** As it stands, without a client that puts it in order. */
  const raw = (path: string): Promise<number | undefined> =>
    new Promise((resolve, reject) =>
      request(host().url, { path, headers: host().person.headers }, (answer) =>
        resolve(answer.resume().statusCode),
      )
        .on('error', reject)
        .end(),
    )

  describe('signs', () => {
    it('an API token and a ticket for whoever is signed in', async () => {
      const { token } = await ocs('token')
      expect(claims(token)).toMatchObject({ sub: host().person.id, aud: 'auzolan-server', scope: 'api' })
      expect(claims(token)['groups']).toBeInstanceOf(Array)
      expect(claims(token)['teams']).toBeInstanceOf(Array)
      const { document } = host()
      const { ticket } = await ocs('ticket', { method: 'POST', body: JSON.stringify({ document }) })
      expect(claims(ticket)).toMatchObject({ sub: host().person.id, scope: 'ticket', document })
      expect(Number(claims(ticket)['exp']) - Number(claims(ticket)['iat'])).toBeLessThanOrEqual(60)
    })
  })

  describe('[L10] passes on', () => {
    it('questions in JSON, both ways', async () => {
      const list = await relay('organisation')
      expect([list.status, list.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('application/json'),
      ])
      expect(((await list.json()) as Organisation).languages.length).toBeGreaterThan(0)
      const made = await relay('documents', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ type: 'plan', title: { eu: 'Bitartekoa' }, team: { kind: 'person' } }),
      })
      expect(made.status).toBe(201)
      const { id } = (await made.json()) as { id: string }
      expect((await relay(`documents/${id}`)).status).toBe(200)
    })

    it('an exchange byte for byte', async () => {
      const body = encodeExchange({
        session: 'contract',
        build: 'test',
        waitMs: 0,
        channels: [
          { channel: 'content', epoch: 0, afterSeq: 0, clientIds: [4711], presence: new Uint8Array() },
        ],
        updates: [],
      })
      const answer = await relay(`documents/${host().document}/exchange`, {
        method: 'POST',
        headers: { 'content-type': EXCHANGE_TYPE },
        body,
      })
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining(EXCHANGE_TYPE),
      ])
      const frames = decodeExchangeAnswer(new Uint8Array(await answer.arrayBuffer()))
      expect(frames?.map((frame) => frame.kind)).toContain('welcome')
    })

    it('refusals as the server says them', async () => {
      const missing = await relay('documents/00000000-0000-4000-8000-000000000000')
      expect([missing.status, missing.headers.get('content-type')]).toEqual([
        404,
        expect.stringContaining('application/problem+json'),
      ])
      expect(await missing.json()).toMatchObject({ code: 'NOT_FOUND' })
      const malformed = await relay(`documents/${host().document}/exchange`, {
        method: 'POST',
        headers: { 'content-type': EXCHANGE_TYPE },
        body: new Uint8Array([1, 2, 3]),
      })
      expect([malformed.status, ((await malformed.json()) as { code: string }).code]).toEqual([
        400,
        'MALFORMED',
      ])
    })

    it('no body above its limit; below, the server itself says what is too large', async () => {
      const send = async (bytes: number): Promise<[number, string]> => {
        const answer = await relay('documents', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: new Uint8Array(bytes).fill(32),
        })
        return [answer.status, ((await answer.json()) as { code: string }).code]
      }
      expect(await send(RELAY_BODY_MAX_BYTES)).toEqual([413, 'TOO_LARGE'])
      expect(await send(RELAY_BODY_MAX_BYTES + 1)).toEqual([413, 'TOO_LARGE'])
    })

    it('a file beside a document, as large as it may be, both ways', async () => {
      const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(FILE_MAX_BYTES - 9)])
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const path = `documents/${host().document}/files/${sha256}`
      const sent = (what: Uint8Array<ArrayBuffer>) =>
        relay(`${path}?name=a%20b.pdf`, {
          method: 'PUT',
          headers: { 'content-type': 'application/octet-stream' },
          body: what,
        })
      expect((await sent(new Uint8Array(bytes))).status).toBe(201)
      const back = await relay(path)
      expect([back.status, back.headers.get('content-type')]).toEqual([200, 'application/pdf'])
      expect(Buffer.from(await back.arrayBuffer()).equals(bytes)).toBe(true)
      const tooLarge = await sent(new Uint8Array(RELAY_FILE_MAX_BYTES + 1))
      expect([tooLarge.status, ((await tooLarge.json()) as { code: string }).code]).toEqual([
        413,
        'TOO_LARGE',
      ])
    })

    it('nothing that climbs, is read in two ways, or only the host itself may say', async () => {
      const start = `${host().app}/relay`
      for (const path of [
        'host/changed',
        'host/self-test',
        'HOST/changed',
        '%68ost/changed',
        '../healthz',
        '..%2fhealthz',
        '%2e%2e/healthz',
        'documents/../host/changed',
        '/host/changed',
        'documents//x',
        'documents/%2e%2e/x',
        'documents/a%5cb',
        'documents/a%00b',
      ])
        expect([path, (await raw(`${start}/${path}`)) === 404 || path]).toEqual([path, true])
    })

    it('for nobody who is not signed in, and nothing that a page of another site could ask', async () => {
      for (const init of [{}, { method: 'POST', body: '{}' }]) {
        const stranger = await relay('organisation', init, {})
        expect([401, 412]).toContain(stranger.status)
        const { forged } = host()
        if (forged) expect((await relay('organisation', init, forged)).status).toBe(412)
      }
    })

    it('as a download that no browser shows', async () => {
      const answer = await relay('organisation')
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-disposition')).toContain('attachment')
      expect(answer.headers.get('authorization')).toBeNull()
    })
  })
}
