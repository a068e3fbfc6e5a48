/** [FI9] Files made to do harm: as a page of our origin, as a way to another file, as a weight on the server. */
import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FILES_AT_ONCE_MAX, FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { FILE_TYPES, type KeptFile } from '@auzolan/shared/protocol/files.ts'
import { INERT } from '@auzolan/server/src/gateway/answers.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign } from '../support/nextcloud-host.ts'
import { oneOf, seeded, under } from '../support/random.ts'
import { SAMPLES, gif, jpeg, pdf } from '../support/sample-files.ts'

let server: ServerHere
let plan: string
const tokens: Record<string, string> = {}
beforeAll(async () => {
  server = await startHere()
  plan = await server.plan()
  for (const person of ['ane', 'jon', 'miren'])
    tokens[person] = await sign({ person, groups: person === 'miren' ? [] : ['Kultura'], expires: 300 })
})
afterAll(() => server.stop())

const SCRIPT = '<script>parent.steal()</script>'
const shaOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const address = (sha256: string, query = '?name=x'): string =>
  `${server.url}/api/v1/documents/${plan}/files/${sha256}${query}`
const headers = (person = 'ane'): Record<string, string> => ({
  authorization: `Bearer ${tokens[person]}`,
  'content-type': 'application/octet-stream',
})
const put = (bytes: Buffer, query?: string, person?: string): Promise<Response> =>
  fetch(address(shaOf(bytes), query), {
    method: 'PUT',
    headers: headers(person),
    body: new Uint8Array(bytes),
  })
const get = (sha256: string): Promise<Response> => fetch(address(sha256, ''), { headers: headers() })
const incoming = (): Promise<string[]> => readdir(join(server.dataFolder, 'files', 'incoming'))

describe('as a page', () => {
  it.each<[string, Buffer]>([
    ['a GIF that is a script', Buffer.from('GIF89a/*\0\0*/=1;alert(1)')],
    ['a page behind a byte order mark', Buffer.from(`\uFEFF${SCRIPT}`)],
    ['SVG behind blanks', Buffer.from(`\n\n  <svg onload="steal()"/>`)],
    ['a page with the beginning of a PDF further on', Buffer.from(`${SCRIPT}\n%PDF-1.7`)],
    ['MHTML', Buffer.from(`From: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n${SCRIPT}`)],
    ['a program with a picture behind it', Buffer.concat([Buffer.from('MZ\0\0'), jpeg()])],
    ['Flash', Buffer.from('CWS\x0a\0\0\0\0')],
  ])('%s is not taken, whatever it is called', async (_what, bytes) => {
    for (const name of ['a.jpg', 'a.html', 'a.svg'])
      expect([415, 422]).toContain((await put(bytes, `?name=${name}`)).status)
  })
  it.each([
    ['a picture with a page in its comment', jpeg({ after: Buffer.from(SCRIPT) })],
    ['a picture with a page behind it', Buffer.concat([gif(), Buffer.from(SCRIPT)])],
  ])('%s loses it', async (_what, bytes) => {
    const kept = (await (await put(bytes)).json()) as KeptFile
    expect(Buffer.from(await (await get(kept.sha256)).arrayBuffer()).includes('script')).toBe(false)
  })
  it('what is taken is given as an attachment of its own type, inert, whatever it is called', async () => {
    // Where nothing has a name yet.
    plan = await server.plan()
    for (const [type, bytes] of Object.entries(SAMPLES)) {
      const name = 'x.html";filename=evil.svg\r\nContent-Type: text/html'
      const kept = (await (await put(bytes, `?name=${encodeURIComponent(name)}`)).json()) as KeptFile
      const answer = await get(kept.sha256)
      await answer.arrayBuffer()
      const given = Object.fromEntries(answer.headers)
      for (const [header, value] of Object.entries(INERT)) expect(given[header.toLowerCase()]).toBe(value)
      expect(given['content-type']).toBe(type)
      expect(given['content-disposition']).toMatch(/^attachment; filename="/)
      const [ending] = FILE_TYPES[type as keyof typeof FILE_TYPES]
      expect(given['content-disposition']).toMatch(new RegExp(`\\.${ending}"$`))
    }
  })
})

describe('as a way to something else', () => {
  it.each([
    '..%2f..%2fauzolan.sqlite',
    '%2e%2e',
    'incoming',
    '..',
    'a'.repeat(63),
    `${'a'.repeat(63)}%00`,
    `${'a'.repeat(64)}%0a`,
    `${'a'.repeat(62)}%2f`,
  ])('%s is no hash', async (path) => {
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const status = await new Promise((resolve, reject) =>
        request(
          server.url,
          { method, path: `/api/v1/documents/${plan}/files/${path}?name=x`, headers: headers() },
          (answer) => resolve(answer.resume().statusCode),
        )
          .on('error', reject)
          .end(method === 'PUT' ? 'WEBVTT\n' : undefined),
      )
      expect(status, `${method} ${path}`).toBe(404)
    }
  })
  it.each(['?name=a&name=b', '?name[]=a', '?name[x]=a', '', '?name=%E0%A4%A', '?name=%E2%80%8B'])(
    'a name like %s is none, or a plain one',
    async (query) => {
      const answer = await put(Buffer.from(`WEBVTT ${query}\n`), query)
      expect([201, 400]).toContain(answer.status)
      if (answer.status === 201) expect(((await answer.json()) as KeptFile).name.length).toBeGreaterThan(0)
    },
  )
  it.each([
    'bytes=0-0,2-2,4-4',
    `bytes=${Array.from({ length: 800 }, (_, i) => `${i}-${i}`).join(',')}`,
    'bytes=-0',
    'x',
  ])('many parts at once are no way to make much of little (%#)', async (range) => {
    const kept = (await (await put(pdf())).json()) as KeptFile
    const answer = await fetch(address(kept.sha256, ''), { headers: { ...headers(), range } })
    expect([200, 206, 416]).toContain(answer.status)
    expect((await answer.arrayBuffer()).byteLength).toBeLessThanOrEqual(kept.bytes)
  })
})

describe('as a weight', () => {
  it('no harmed file stops the server, or is anything but kept or refused', async () => {
    const random = seeded(7)
    const types = Object.keys(SAMPLES)
    for (let i = 0; i < 80; i++) {
      const bytes = Buffer.from(SAMPLES[oneOf(random, types)]!)
      for (let k = 0; k < 6; k++) bytes[under(random, bytes.length)] = under(random, 256)
      const answer = await put(
        bytes.subarray(0, 1 + under(random, bytes.length)),
        undefined,
        oneOf(random, ['ane', 'jon']),
      )
      expect([200, 201, 415, 422]).toContain(answer.status)
      await answer.arrayBuffer()
    }
    expect(await incoming()).toEqual([])
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  })
  it('one person sends so many at the same time, and others are not kept from it', async () => {
    const open = Array.from({ length: FILES_AT_ONCE_MAX }, () => {
      const sending = request(address('b'.repeat(64)), { method: 'PUT', headers: headers('jon') })
      sending.on('error', () => {})
      sending.write('WEBVTT\n')
      return sending
    })
    await vi.waitFor(async () => expect(await incoming()).toHaveLength(FILES_AT_ONCE_MAX))
    expect((await put(Buffer.from('WEBVTT jon\n'), undefined, 'jon')).status).toBe(503)
    expect((await put(Buffer.from('WEBVTT ane\n'), undefined, 'ane')).status).toBe(201)
    for (const sending of open) sending.destroy()
    await vi.waitFor(async () => expect(await incoming()).toEqual([]))
    expect((await put(Buffer.from('WEBVTT jon\n'), undefined, 'jon')).status).toBe(201)
  })
  it.each<[string, string]>([
    ['a stranger', ''],
    ['a reader', 'miren'],
  ])('of %s not a byte is written', async (_who, person) => {
    const socket = connect(server.port, '127.0.0.1')
    let said = ''
    socket.on('data', (data: Buffer) => (said += data.toString('latin1')))
    socket.on('error', () => {})
    const authorization = person === '' ? '' : `Authorization: Bearer ${tokens[person]}\r\n`
    socket.write(
      `PUT /api/v1/documents/${plan}/files/${'c'.repeat(64)}?name=x HTTP/1.1\r\nHost: x\r\n${authorization}` +
        `Content-Type: application/octet-stream\r\nContent-Length: ${FILE_MAX_BYTES}\r\n\r\nWEBVTT`,
    )
    await vi.waitFor(() => expect(said).toMatch(person === '' ? /^HTTP\/1.1 401/ : /^HTTP\/1.1 403/))
    expect(await incoming()).toEqual([])
    socket.destroy()
  })
})
