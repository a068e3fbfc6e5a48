/**
 * [AT6] What is secret, personal or written stays out of the log, of the command line and of refusals, at the most talkative level, also
 * when what is sent is wrong and when the database fails. [AT7] The headers of every answer.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { INERT } from '@auzolan/server/src/gateway/answers.ts'
import { PEOPLE, heardOf } from '../support/furnished.ts'
import { startLivedIn, type Answer, type LivedIn } from '../support/lived-in.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

/** Said wherever a mistake can be made; found nowhere. */
const CANARY = 'zozabeltz77'
const METRICS_TOKEN = `${CANARY}-collector-of-metrics-0123456789`
let house: LivedIn
let answers: Answer[]
let commandLine: string
beforeAll(async () => {
  house = await startLivedIn({ AUZOLAN_LOG_LEVEL: 'trace', AUZOLAN_METRICS_TOKEN: METRICS_TOKEN })
  answers = await house.live()
  commandLine = readFileSync(`/proc/${house.server.pid()}/cmdline`, 'utf8')
  await mistakes()
  await house.server.stop()
})
afterAll(() => house?.stop())

async function mistakes(): Promise<void> {
  const { server } = house
  const { id } = house.house.plans.changes
  const heard = `/api/v1/documents/${id}/heard`
  const edurne = await house.sign({ person: 'edurne', expires: 290 })
  const ask = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const response = await fetch(server.url + path, init)
    const { status, headers } = response
    answers.push({ route: path, status, headers, text: await response.text() })
  }
  const json = (token: string): Record<string, string> => ({
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
  })
  // Passes that are none.
  const wrong = [
    CANARY,
    await house.sign({ person: CANARY, secret: CANARY.repeat(6) }),
    await house.sign({ person: CANARY, expires: -600, issued: -900 }),
    await house.sign({ person: CANARY, audience: CANARY }),
    await house.sign({ person: CANARY, scope: 'ticket', document: id }),
    `${edurne.slice(0, -4)}AAAA`,
  ]
  for (const token of wrong) {
    await ask('/api/v1/documents', { headers: { authorization: `Bearer ${token}` } })
    await ask('/api/v1/host/changed', {
      method: 'POST',
      headers: json(token),
      body: `{"people":["${CANARY}"]}`,
    })
    await ask('/metrics', { headers: { authorization: `Bearer ${token}` } })
    const pass = Buffer.from(token).toString('base64url')
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/sync/${id}/content?token=${CANARY}`, [
      'auzolan.y',
      `ticket.${pass}`,
    ])
    await new Promise((resolve) => socket.once('close', resolve).once('error', () => {}))
    const wire = await openWire(server, id)
    wire.say(hello(token, [7]))
    await wire.farewell()
  }
  await ask(`/api/v1/documents?token=${edurne}`)
  // Bodies, addresses and names that are wrong.
  const body = JSON.stringify({ ...heardOf(newUuid()), summary: CANARY, author: `@${CANARY}` })
  const post = (content: string, path = heard) =>
    ask(path, { method: 'POST', headers: json(edurne), body: content })
  await post(body.slice(0, -9))
  await post(`{"${CANARY}": ${CANARY}}`)
  await post(JSON.stringify({ ...heardOf(CANARY), [CANARY]: CANARY }))
  await post(JSON.stringify({ ...heardOf(newUuid()), sentiment: CANARY, url: `${CANARY}:` }))
  await post(JSON.stringify({ ...heardOf(newUuid()), summary: CANARY.repeat(200_000) }))
  await ask(`/api/v1/${CANARY}/${edurne}`)
  await ask(`/api/v1/documents/${id}/files/${'a'.repeat(64)}?name=${CANARY}.png`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${edurne}`, 'content-type': 'application/octet-stream' },
    body: `<script>${CANARY}</script>`,
  })
  const wire = await openWire(server, id)
  for (let i = 0; i < 4; i++) wire.raw(Buffer.from(CANARY))
  await wire.farewell()
  // The database fails in the middle of it.
  const file = new Database(join(house.folder, 'auzolan.sqlite'))
  file.exec('ALTER TABLE mention RENAME COLUMN salt TO pepper')
  await post(body)
  file.exec('ALTER TABLE mention RENAME COLUMN pepper TO salt')
  file.close()
  await until(() => server.output().includes('a request failed'), 'the failure is in the log')
}

/** As people wrote them; what they are called, and what they call their files. */
const WRITTEN = [
  ...[
    'Hau ez da oraindik garbi',
    'Plazan, bostetan',
    'Kontzertua',
    'Irainak',
    'Tresna Berria',
    'Bilerak egiteko',
  ],
  ...[
    'of the council',
    'irudia.png',
    'tresna.example',
    'mastodon.example',
    'haranberriudala',
    'P-017',
    'Zirriborroak',
  ],
  CANARY,
]
const isIn = (text: string, words: readonly string[]): string[] =>
  words.filter((one) => text.toLowerCase().includes(one.toLowerCase()))
const secrets = (): string[] => [
  NEXTCLOUD.secret,
  METRICS_TOKEN,
  ...house.shown.flatMap((token) => [
    token,
    ...token
      .split('.')
      .slice(1)
      .filter((part) => part.length > 20),
  ]),
]

describe('[AT6] the log', () => {
  it('is one: it says what happened, also that something failed', () => {
    const lines = house.server.output().split('\n').filter(Boolean)
    expect(lines.length).toBeGreaterThan(5)
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual(
      expect.arrayContaining(['listening', 'the pass of a page was refused', 'a request failed']),
    )
    expect(house.shown.length).toBeGreaterThan(10)
  })
  it('has no secret, no token, no ticket', () => expect(isIn(house.server.output(), secrets())).toEqual([]))
  it('has nothing that people wrote, no name of theirs', () => {
    const people = Object.values(PEOPLE).map(({ person }) => person)
    // Root is what the administrator is called here, and a word of our own messages.
    expect(isIn(house.server.output(), [...WRITTEN, ...people.filter((one) => one !== 'root')])).toEqual([])
  })
  it('nor has the command line a secret', () => {
    expect(commandLine).toContain('main.ts')
    expect(isIn(commandLine, secrets())).toEqual([])
  })
})

describe('[AT6] a refusal', () => {
  const refused = (): Answer[] => answers.filter(({ status }) => status >= 400)
  it('repeats no secret, no token, no ticket, and nothing that was written', () => {
    expect(refused().length).toBeGreaterThan(60)
    const found = refused().flatMap(({ route, status, text }) =>
      isIn(text, [...secrets(), ...WRITTEN]).map((one) => `${status} ${route}: ${one} in ${text}`),
    )
    expect(found).toEqual([])
  })
})

describe('[AT7] an answer', () => {
  it('is inert, whatever it is of', () => {
    const bare = answers.filter(({ headers }) =>
      Object.entries(INERT).some(([name, value]) => headers.get(name) !== value),
    )
    expect(bare.map(({ route }) => route)).toEqual([])
  })
  it('sets no cookie, and opens itself to no other site', () => {
    const open = answers.filter(
      ({ headers }) => headers.has('set-cookie') || headers.has('access-control-allow-origin'),
    )
    expect(open.map(({ route }) => route)).toEqual([])
  })
  it('is kept by nobody; a file only by the browser of whoever may read it', () => {
    const kept = answers.filter(({ headers }) => headers.get('cache-control') !== 'no-store')
    expect(new Set(kept.map(({ route }) => route))).toEqual(new Set(['GET /documents/:id/files/:sha256']))
    for (const { headers } of kept) expect(headers.get('cache-control')).toMatch(/^private, /)
  })
  it('that is a file is saved and not opened', () => {
    const files = answers.filter(
      ({ route, status }) => status < 300 && /files\/:sha256$|calendar\.ics|posts\.csv|approval$/.test(route),
    )
    const handed = files.filter(({ route }) => route.startsWith('GET'))
    expect(handed.length).toBeGreaterThan(8)
    for (const { headers } of handed) expect(headers.get('content-disposition')).toMatch(/^attachment/)
  })
  it('says nothing of the program that answers', () => {
    const telling = answers.filter(({ headers }) => headers.has('x-powered-by') || headers.has('server'))
    expect(telling.map(({ route }) => route)).toEqual([])
  })
})
