/** Requests of a page, against a browser's XMLHttpRequest that answers what a test says. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const token = vi.hoisted(() => ({ current: 'old', fetched: vi.fn() }))
vi.mock('@nextcloud/auth', () => ({
  getRequestToken: () => token.current,
  fetchRequestToken: async () => (token.fetched(), (token.current = 'new')),
}))
const { HttpError, request, requestHost } = await import('@auzolan/plugin/src/http.ts')

type Said = { readonly status: number; readonly text?: string; readonly blob?: Blob } | 'nobody'
interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: { readonly [name: string]: string }
  readonly body: unknown
}
let answers: Said[] = []
let sent: Sent[] = []

class Call {
  status = 0
  responseText = ''
  response: unknown
  responseType = ''
  readonly upload: { onprogress?: (event: object) => void } = {}
  onload = (): void => {}
  onerror = (): void => {}
  readonly #headers: { [name: string]: string } = {}
  #to: readonly [string, string] = ['', '']
  open(method: string, url: string): void {
    this.#to = [method, url]
  }
  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value
  }
  getAllResponseHeaders(): string {
    return 'X-Nextcloud-Maintenance-Mode: 1\r\ncontent-type: a: b\r\n'
  }
  send(body: unknown): void {
    sent.push({ method: this.#to[0], url: this.#to[1], headers: this.#headers, body })
    const said = answers.shift() ?? 'nobody'
    this.upload.onprogress?.({ loaded: 1, total: 4 })
    if (said === 'nobody') return this.onerror()
    this.status = said.status
    this.response = said.blob
    this.responseText = said.text ?? ''
    this.onload()
  }
}
beforeEach(() => {
  answers = []
  sent = []
  token.current = 'old'
  token.fetched.mockReset()
  vi.stubGlobal('XMLHttpRequest', Call)
})
afterEach(() => vi.unstubAllGlobals())

describe('what goes out', () => {
  it('is JSON under its own type; without anything there is no body and no type', async () => {
    answers = [
      { status: 200, text: '{"a":[1]}' },
      { status: 204, text: '' },
    ]
    expect(await request('POST', '/x', { data: { b: 'ñ' } })).toEqual({ a: [1] })
    expect(await request('DELETE', '/x')).toBe('')
    expect(sent[0]).toMatchObject({ method: 'POST', url: '/x', body: '{"b":"ñ"}' })
    expect(sent[0]!.headers).toMatchObject({ 'Content-Type': 'application/json' })
    expect(sent[1]!.body).toBeNull()
    expect(Object.keys(sent[1]!.headers)).toEqual(['Accept'])
  })
  it('is bytes as they are, and says how far they are', async () => {
    answers = [{ status: 200, text: '{}' }]
    const file = new Blob(['Kaixo'])
    const parts: number[] = []
    const headers = { 'Content-Type': 'application/octet-stream' }
    await request('PUT', '/x', { data: file, headers, onUploadProgress: ({ loaded }) => parts.push(loaded) })
    expect(sent[0]).toMatchObject({ body: file, headers })
    expect(parts).toEqual([1])
  })
  it.each([
    ['/x', { search: 'a&b c', 'shareTypes[]': 0 }, '/x?search=a%26b+c&shareTypes%5B%5D=0'],
    ['/x', { shareTypes: [0, 1] }, '/x?shareTypes%5B%5D=0&shareTypes%5B%5D=1'],
    ['/x?y=1', { z: 2 }, '/x?y=1&z=2'],
    ['/x', {}, '/x'],
  ])('%s with %j is %s', async (url, params, asked) => {
    answers = [{ status: 200, text: '{}' }]
    await request('GET', url, { params })
    expect(sent[0]!.url).toBe(asked)
  })
  it('the token of the host goes to the host and to nobody else', async () => {
    answers = [
      { status: 200, text: '{}' },
      { status: 200, text: '{}' },
    ]
    await requestHost('GET', '/ocs')
    await request('GET', 'https://sync.example/api/v1/x', { headers: { Authorization: 'Bearer t' } })
    expect(sent[0]!.headers).toMatchObject({ requesttoken: 'old', 'X-Requested-With': 'XMLHttpRequest' })
    expect(Object.keys(sent[1]!.headers)).toEqual(['Accept', 'Authorization'])
  })
})

describe('what comes back', () => {
  const caught = (call: Promise<unknown>): Promise<InstanceType<typeof HttpError>> =>
    call.then(
      () => Promise.reject(new Error('it was answered')),
      (error: unknown) => error as InstanceType<typeof HttpError>,
    )
  it.each([199, 300, 304, 401, 503])('status %d is an error, with the answer', async (status) => {
    answers = [{ status, text: '{"code":"LOCKED"}' }]
    const error = await caught(request('GET', '/x?secret=1'))
    expect(error).toBeInstanceOf(HttpError)
    expect(error.response).toEqual({
      status,
      data: { code: 'LOCKED' },
      headers: { 'x-nextcloud-maintenance-mode': '1', 'content-type': 'a: b' },
    })
    expect(error.message).not.toContain('secret')
  })
  it.each([200, 299])('status %d is none', async (status) => {
    answers = [{ status, text: '1' }]
    expect(await request('GET', '/x')).toBe(1)
  })
  it('nobody answers: an error without an answer', async () => {
    const error = await caught(request('GET', '/x'))
    expect(error).toBeInstanceOf(HttpError)
    expect(error.response).toBeUndefined()
  })
  it('a page of a web server on the way is text, and a file is bytes', async () => {
    const blob = new Blob(['x'])
    answers = [
      { status: 200, text: '<html>' },
      { status: 200, blob },
    ]
    expect(await request('GET', '/x')).toBe('<html>')
    expect(await request('GET', '/x', { responseType: 'blob' })).toBe(blob)
  })
  it('a token that has run out is fetched anew, once', async () => {
    const refused: Said = { status: 412, text: '{"message":"CSRF check failed"}' }
    answers = [refused, { status: 200, text: '2' }]
    expect(await requestHost('POST', '/ocs', { data: { a: 1 } })).toBe(2)
    expect(sent.map(({ headers, body }) => [headers['requesttoken'], body])).toEqual([
      ['old', '{"a":1}'],
      ['new', '{"a":1}'],
    ])
    answers = [refused, refused]
    expect((await caught(requestHost('GET', '/ocs'))).response?.status).toBe(412)
    expect(token.fetched).toHaveBeenCalledTimes(2)
  })
  it('another 412 is not asked again', async () => {
    answers = [{ status: 412, text: '{"ocs":{}}' }]
    expect((await caught(requestHost('GET', '/ocs'))).response?.data).toEqual({ ocs: {} })
    expect(token.fetched).not.toHaveBeenCalled()
    expect(sent).toHaveLength(1)
  })
})
