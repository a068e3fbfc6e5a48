/** Every route of the REST interface tells each kind of caller exactly what is theirs, and survives any body. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPlan } from '@auzolan/shared/checks/run.ts'
import { newUuid } from '@auzolan/shared/ids.ts'
import {
  API_TOKEN_MAX_AGE_S,
  CLOCK_LEEWAY_S,
  JSON_BODY_MAX_BYTES,
  TITLE_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { DocumentEnvelope, DocumentSummary, Problem } from '@auzolan/shared/protocol/rest.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

const GROUP = 'Kultura'
const PEOPLE = {
  editor: { person: 'ane', groups: [GROUP] },
  reader: { person: 'jon', groups: ['Alkatetza'] },
  outsider: { person: 'miren', groups: ['Ingurumena'] },
}
type Who = keyof typeof PEOPLE

let server: Awaited<ReturnType<typeof startTestServer>>
let team: string
let plan: string
beforeAll(async () => {
  server = await startTestServer(NEXTCLOUD)
  team = await makeTeam(
    { principal: { kind: 'group', id: GROUP }, name: GROUP, roles: ['editor'] },
    { principal: { kind: 'person', id: 'jon' }, name: 'Jon', roles: ['director'] },
  )
  plan = await create(planIn(team))
})
afterAll(() => server.stop())

interface Call {
  readonly method?: string
  readonly token?: string | undefined
  readonly body?: unknown
  readonly raw?: string
  readonly headers?: Record<string, string>
}
async function call(path: string, { method = 'GET', token, body, raw, headers = {} }: Call = {}) {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const response = await fetch(server.url + path, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(payload === undefined ? {} : { body: payload }),
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    json: (text === '' ? null : JSON.parse(text)) as unknown,
  }
}
const tokenOf = (who: Who): Promise<string> => sign(PEOPLE[who])
async function create(body: unknown, who: Who = 'editor'): Promise<string> {
  const { status, json } = await call('/api/v1/documents', {
    method: 'POST',
    token: await tokenOf(who),
    body,
  })
  expect([status, json]).toEqual([201, { id: expect.any(String) as string }])
  return (json as { id: string }).id
}
const planIn = (id: string): object => ({ type: 'plan', title: { eu: 'Plana' }, team: { kind: 'team', id } })
const NEW = { type: 'plan', title: { eu: 'X' }, team: { kind: 'person' } }

/** A team of the editor's, who only writes in it as a member of the group: Koldo coordinates. */
async function makeTeam(...members: object[]): Promise<string> {
  const token = await sign({ person: 'koldo', groups: [] })
  const body = { name: { eu: 'Lantaldea' }, departments: [] }
  const { id } = (await call('/api/v1/teams', { method: 'POST', token, body })).json as { id: string }
  for (const member of members)
    expect((await call(`/api/v1/teams/${id}/members`, { method: 'PUT', token, body: member })).status).toBe(
      204,
    )
  return id
}

describe('who may call what', () => {
  const routes: {
    name: string
    path: () => string
    call: Call
    body?: () => object
    answers: { [who in Who]: number }
  }[] = [
    {
      name: 'GET /organisation',
      path: () => '/organisation',
      call: {},
      answers: { editor: 200, reader: 200, outsider: 200 },
    },
    {
      name: 'GET /documents',
      path: () => '/documents',
      call: {},
      answers: { editor: 200, reader: 200, outsider: 200 },
    },
    {
      name: 'POST /documents',
      path: () => '/documents',
      call: { method: 'POST' },
      body: () => planIn(team),
      answers: { editor: 201, reader: 403, outsider: 404 },
    },
    {
      name: 'GET /documents/:id',
      path: () => `/documents/${plan}`,
      call: {},
      answers: { editor: 200, reader: 200, outsider: 404 },
    },
  ]
  const strangers: [string, () => string | undefined | Promise<string>, string][] = [
    ['no token', () => undefined, 'TICKET_MISSING'],
    ['garbage', () => 'gar.ba.ge', 'TICKET_INVALID'],
    [
      'an expired token',
      () => sign({ ...PEOPLE.editor, issued: -300, expires: -CLOCK_LEEWAY_S - 5 }),
      'TICKET_EXPIRED',
    ],
    [
      'a token that is too old, whatever it says of its end',
      () => sign({ ...PEOPLE.editor, issued: -API_TOKEN_MAX_AGE_S - CLOCK_LEEWAY_S - 5, expires: 9999 }),
      'TICKET_EXPIRED',
    ],
    [
      'a token from the future',
      () => sign({ ...PEOPLE.editor, issued: CLOCK_LEEWAY_S + 60, expires: 900 }),
      'TICKET_EXPIRED',
    ],
    [
      'a ticket instead of a token',
      () => sign({ ...PEOPLE.editor, scope: 'ticket', document: plan }),
      'TICKET_INVALID',
    ],
    ['a token for somebody else', () => sign({ ...PEOPLE.editor, audience: 'another' }), 'TICKET_INVALID'],
    [
      'a token of another Nextcloud',
      () => sign({ ...PEOPLE.editor, issuer: 'http://127.0.0.1:2' }),
      'TICKET_INVALID',
    ],
    [
      'a token with another secret',
      () => sign({ ...PEOPLE.editor, secret: 'x'.repeat(64) }),
      'TICKET_INVALID',
    ],
    ['a token without a person', () => sign({ person: '' }), 'TICKET_INVALID'],
  ]
  const table = routes.flatMap((route) =>
    strangers.map(([what, token, code]) => ({ ...route, what, token, code })),
  )
  it.each(table)('$name with $what: 401', async ({ path, call: how, token, code }) => {
    const answer = await call(`/api/v1${path()}`, { ...how, token: await token() })
    expect(answer.status).toBe(401)
    expect((answer.json as Problem).code).toContain(code)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(JSON.stringify(answer.json)).not.toContain(plan)
  })

  const people = routes.flatMap((route) =>
    (Object.keys(PEOPLE) as Who[]).map((who) => ({ ...route, who, status: route.answers[who] })),
  )
  it.each(people)('$name as $who: $status', async ({ path, call: how, body, who, status }) => {
    const answer = await call(`/api/v1${path()}`, { ...how, body: body?.(), token: await tokenOf(who) })
    expect(answer.status).toBe(status)
    if (status === 404) expect((answer.json as Problem).code).toBe('NOT_FOUND')
  })

  it('lists for each the documents they may read', async () => {
    const list = async (who: Who): Promise<string[]> => {
      const { json } = await call('/api/v1/documents', { token: await tokenOf(who) })
      return (json as DocumentSummary[]).map((d) => d.id)
    }
    expect(await list('editor')).toContain(plan)
    expect(await list('reader')).toContain(plan)
    expect(await list('outsider')).toEqual([])
  })

  it('says who may write', async () => {
    const envelope = async (who: Who): Promise<DocumentEnvelope> =>
      (await call(`/api/v1/documents/${plan}`, { token: await tokenOf(who) })).json as DocumentEnvelope
    expect(await envelope('editor')).toMatchObject({
      id: plan,
      type: 'plan',
      title: { eu: 'Plana', es: '' },
      team: { id: team, name: { eu: 'Lantaldea' }, personal: false },
      languages: ['eu', 'es'],
      work: 'draft',
      visibility: 'team',
      inForce: null,
      roles: ['editor'],
      capabilities: { content: { read: true, write: 'yes' } },
    })
    expect(await envelope('reader')).toMatchObject({
      roles: ['director'],
      capabilities: { content: { read: true, write: 'no' } },
    })
  })

  it('[A2] answers an outsider exactly as somebody who invents a document', async () => {
    const token = await tokenOf('outsider')
    const [real, invented] = [
      await call(`/api/v1/documents/${plan}`, { token }),
      await call(`/api/v1/documents/${newUuid()}`, { token }),
    ]
    expect([real.status, real.json]).toEqual([invented.status, invented.json])
  })

  it.each(['not-an-id', '../organisation', '%00', 'A'.repeat(5000)])('knows no document %s', async (id) => {
    const { status } = await call(`/api/v1/documents/${encodeURIComponent(id)}`, {
      token: await tokenOf('editor'),
    })
    expect(status).toBe(404)
  })

  it('never takes a cookie for a token', async () => {
    const cookie = `nc_session=${await tokenOf('editor')}; Authorization=Bearer ${await tokenOf('editor')}`
    expect((await call('/api/v1/documents', { headers: { cookie } })).status).toBe(401)
  })
})

describe('POST /documents', () => {
  const post = async (how: Call) =>
    call('/api/v1/documents', { method: 'POST', token: await tokenOf('editor'), ...how })
  const bad: [string, unknown][] = [
    ['nothing', undefined],
    ['a list', []],
    ['an empty object', {}],
    ['an unknown type', { ...NEW, type: 'evaluation' }],
    ['a title that is no translation', { ...NEW, title: 'Plana' }],
    ['a title of numbers', { ...NEW, title: { eu: 1 } }],
    ['a title in a language of 36 letters', { ...NEW, title: { ['x'.repeat(36)]: 'a' } }],
    ['a title one character too long', { ...NEW, title: { eu: 'x'.repeat(TITLE_MAX_CHARACTERS + 1) } }],
    ['no team', { type: 'plan', title: {} }],
    ['a team of another kind', { ...NEW, team: { kind: 'circle', id: 'x' } }],
    ['a team without id', { ...NEW, team: { kind: 'team' } }],
    ['a group, which is no team', { ...NEW, team: { kind: 'group', id: GROUP } }],
  ]
  it.each(bad)('refuses %s', async (_what, body) => {
    const answer = await post({ body })
    expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
  })

  it.each(['{', '{"type":"plan"', 'plan', 'null', '"plan"', '\u0000'])(
    'refuses what is no JSON object or list: %j',
    async (raw) => {
      const answer = await post({ raw })
      expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'MALFORMED'])
    },
  )

  it('refuses a body of another kind', async () => {
    const answer = await post({ raw: JSON.stringify(NEW), headers: { 'content-type': 'text/plain' } })
    expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
  })

  it('reads a body of the largest size and none above', async () => {
    const filled = (bytes: number): string => {
      const empty = JSON.stringify({ ...NEW, padding: '' })
      return JSON.stringify({ ...NEW, padding: 'x'.repeat(bytes - empty.length) })
    }
    expect((await post({ raw: filled(JSON_BODY_MAX_BYTES) })).status).toBe(201)
    const answer = await post({ raw: filled(JSON_BODY_MAX_BYTES + 1) })
    expect([answer.status, (answer.json as Problem).code]).toEqual([413, 'TOO_LARGE'])
  })

  it('takes a title of the largest size, trims it, and keeps the organisation’s languages only', async () => {
    const longest = 'x'.repeat(TITLE_MAX_CHARACTERS)
    const id = await create({ ...NEW, title: { eu: `  ${longest} `, es: ' a ', ca: 'no' } })
    const { json } = await call(`/api/v1/documents/${id}`, { token: await tokenOf('editor') })
    expect((json as DocumentEnvelope).title).toEqual({ eu: longest, es: 'a' })
  })

  it.each(['{"__proto__":"x","eu":"a"}', '{"constructor":"x","eu":"a"}'])(
    'is not confused by a title %s',
    async (title) => {
      const raw = `{"type":"plan","title":${title},"team":{"kind":"person"}}`
      const answer = await post({ raw })
      expect(answer.status).toBe(201)
    },
  )

  it('makes a plan that can be opened and written', async () => {
    const id = await create({ ...NEW, title: { eu: 'Berria' } })
    const wire = await openWire(server, id)
    const doc = new Y.Doc()
    wire.say(hello(await sign({ ...PEOPLE.editor, scope: 'ticket', document: id }), [doc.clientID]))
    const [entries] = await wire.heard('entries')
    entries!.updates.forEach((u) => Y.applyUpdate(doc, u))
    expect(readPlan(doc).identity.title).toEqual({ eu: 'Berria', es: '' })
    expect(readPlan(doc).principles.values).toHaveLength(7)
    const known = Y.encodeStateVector(doc)
    doc.getText('identity.title:es').insert(0, 'Nuevo')
    wire.say({ kind: 'update', channel: 'content', n: 1, update: Y.encodeStateAsUpdate(doc, known) })
    expect((await wire.heard('ack'))[0]).toMatchObject({ count: 1, seq: 2 })
    await wire.close()
    // The list of documents follows the text.
    await until(async () => {
      const { json } = await call(`/api/v1/documents/${id}`, { token: await tokenOf('editor') })
      return (json as DocumentEnvelope).title['es'] === 'Nuevo'
    }, 'the title is renewed')
  })

  it('for a person alone makes something that only this person sees', async () => {
    const id = await create({ type: 'plan', title: { eu: 'Nirea' }, team: { kind: 'person' } })
    const seen = async (who: Who): Promise<number> =>
      (await call(`/api/v1/documents/${id}`, { token: await tokenOf(who) })).status
    expect([await seen('editor'), await seen('reader'), await seen('outsider')]).toEqual([200, 404, 404])
    const groupMate = await sign({ person: 'koldo', groups: [GROUP] })
    expect((await call(`/api/v1/documents/${id}`, { token: groupMate })).status).toBe(404)
  })
})

describe('every answer', () => {
  it.each(['/healthz', '/api/v1/documents', '/api/v1/organisation', '/api/elsewhere', '/api/v1/documents/x'])(
    'of %s is the same behind the proxy’s prefix, and is no page',
    async (path) => {
      const token = await tokenOf('editor')
      const [plain, prefixed] = [await call(path, { token }), await call(`/auzolan${path}?x=1`, { token })]
      expect(prefixed).toMatchObject({ status: plain.status, json: plain.json })
      expect(plain.headers.get('x-content-type-options')).toBe('nosniff')
      expect(plain.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'")
      expect(plain.headers.get('cache-control')).toBe('no-store')
      expect(plain.headers.get('x-powered-by')).toBeNull()
      expect(plain.headers.get('set-cookie')).toBeNull()
    },
  )

  it('to the question whether it lives says yes, to anybody', async () => {
    expect((await call('/healthz')).json).toMatchObject({ status: 'ok', api: 1 })
  })

  it.each(['//', '//[', '/%', '/api/v1/documents/%E0%A4%A', '/api/v1/%2e%2e/%2e%2e'])(
    'to the strange path %s is a plain no',
    async (path) => {
      const response = await fetch(server.url + path, {
        headers: { authorization: `Bearer ${await tokenOf('editor')}` },
      })
      expect([400, 404]).toContain(response.status)
      expect(await response.text()).not.toContain(' at ')
    },
  )

  const cors = (headers: Headers): (string | null)[] => [
    headers.get('access-control-allow-origin'),
    headers.get('access-control-allow-credentials'),
  ]
  it.each([
    [NEXTCLOUD.url, NEXTCLOUD.url],
    ['http://127.0.0.1:2', null],
    ['https://127.0.0.1:1', null],
    ['http://127.0.0.1:1.evil.example', null],
    ['null', null],
  ])('to a page of %s allows %s', async (origin, allowed) => {
    for (const method of ['GET', 'OPTIONS']) {
      for (const path of ['/healthz', '/api/v1/documents', '/auzolan/api/v1/documents']) {
        const { headers } = await call(path, { method, headers: { origin } })
        expect(cors(headers)).toEqual([allowed, null])
        if (allowed) expect(headers.get('vary')).toContain('Origin')
      }
    }
  })

  it('to a preflight names the headers our page sends', async () => {
    const { status, headers } = await call('/api/v1/documents', {
      method: 'OPTIONS',
      headers: { origin: NEXTCLOUD.url },
    })
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-headers')).toContain('Authorization')
    expect(headers.get('access-control-allow-methods')).toContain('POST')
  })

  it('leaves nothing in the log that was meant for one person', async () => {
    const token = await tokenOf('editor')
    await call('/api/v1/documents', { token })
    expect(server.output()).not.toContain(token)
    expect(server.output()).not.toContain(NEXTCLOUD.secret)
  })
})
