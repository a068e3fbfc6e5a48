/**
 * Trying to see a sealed score by every way there is: every route that the sources name, as everybody, with what an open round knows;
 * the sockets; the log; the metrics; what goes to Nextcloud; and every row of the database but the sheet itself.
 */
import Database from 'better-sqlite3'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANNELS, newUuid } from '@auzolan/shared/ids.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import type { AnyTask } from '@auzolan/shared/protocol/review.ts'
import type { Scoring } from '@auzolan/shared/protocol/scoring.ts'
import { CRITERIA, DEFAULT_WEIGHTS } from '@auzolan/shared/scoring/criteria.ts'
import { resultOf, type Score } from '@auzolan/shared/scoring/result.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { DEPARTMENTS, reasonsFor, sheetOf } from '../support/scored.ts'
import { startTestServer, until, type TestServer } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

const MEMBERS = {
  ane: ['coordinator'],
  jon: ['editor'],
  mayor: ['director'],
  lawyer: ['legal'],
  itziar: ['it'],
  hanna: ['hr'],
  lurdes: ['language'],
  miren: ['reader'],
  /** Every role at once. */
  anton: ['coordinator', 'editor', 'director', 'legal', 'it', 'hr', 'language', 'reader'],
} as const
/** Jon and Lide score. Root administers Nextcloud; Outsider is in no team. */
const OTHERS = [...Object.keys(MEMBERS).filter((who) => who !== 'jon'), 'outsider', 'root']

/** What must be nowhere: reasons, a conflict, and scores, by themselves, in a row, and in all. */
const WORD = 'ZIGILUPEKOA7F3A'
const CONFLICT = 'INTERESGATAZKA9B1C'
const SCORES: readonly Score[] = [5, 1, 5, 0, 5, 1, 0, 5, 1, 4, 5, 0, 1, 5, 0, 'NA', 4]
/** To its last digit: what is shown of it is a number like others. */
const TOTAL = String(resultOf([{ evaluator: 'jon', scores: sheetOf(SCORES) }], DEFAULT_WEIGHTS).overall)
const IN_ROWS = CRITERIA.map(({ id }, i) => ({ id, score: SCORES[i]!, weight: DEFAULT_WEIGHTS[id] }))
  .filter(({ score, weight }) => score !== weight)
  .map(({ id, score }) => `"${id}":${JSON.stringify(score)}`)
const NEEDLES = [WORD, CONFLICT, TOTAL, ...IN_ROWS, ...IN_ROWS.map((one) => one.replaceAll('"', '\\"'))]
const found = (text: string): string[] => NEEDLES.filter((needle) => text.includes(needle))

let server: TestServer & { stop(): Promise<void> }
let nextcloud: NextcloudServer
let document: string
let team: string

const passFor = (who: string) => sign({ person: who, admin: who === 'root' })
async function call(who: string | null, method: string, path: string, body?: unknown) {
  const response = await fetch(
    `${server.url}${path.startsWith('/api') || !path.startsWith('/') ? '' : '/api/v1'}${path}`,
    {
      method,
      headers: {
        ...(who === null ? {} : { authorization: `Bearer ${await passFor(who)}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
  )
  const head = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return { status: response.status, text: await response.text(), head }
}
async function done(who: string, method: string, path: string, body: unknown): Promise<string> {
  const { status, text } = await call(who, method, path, body)
  if (status >= 300) throw new Error(`${method} ${path} as ${who}: ${status} ${text}`)
  return text
}
const reasons = reasonsFor(sheetOf(SCORES), WORD)
const sheet = () => `/documents/${document}/scoring/1/sheet`

beforeAll(async () => {
  nextcloud = await startNextcloud()
  for (const who of ['jon', 'lide', ...OTHERS])
    nextcloud.users[who] = { enabled: true, groups: [], teams: [] }
  server = await startTestServer(NEXTCLOUD, {
    AUZOLAN_NEXTCLOUD_INTERNAL_URL: nextcloud.url,
    AUZOLAN_LOG_LEVEL: 'trace',
    AUZOLAN_METRICS_TOKEN: 'metrics-metrics-metrics-metrics-1234',
  })
  const { version: _, ...facts } = UNDESCRIBED
  await done('root', 'PUT', '/organisation', {
    ...facts,
    name: { eu: 'Udala', es: 'Ayuntamiento' },
    departments: DEPARTMENTS.map((id) => ({ id, name: { eu: id, es: id } })),
    version: 0,
  })
  team = (JSON.parse(await done('ane', 'POST', '/teams', { name: { eu: 'Tresnak' } })) as { id: string }).id
  for (const [id, roles] of [...Object.entries(MEMBERS), ['lide', ['reader']] as const])
    if (id !== 'ane')
      await done('ane', 'PUT', `/teams/${team}/members`, {
        principal: { kind: 'person', id },
        name: id,
        roles,
      })
  const made = await done('ane', 'POST', '/documents', {
    type: 'evaluation',
    toolName: 'Saioa Meet',
    level: 'institutional',
    team: { kind: 'team', id: team },
  })
  document = (JSON.parse(made) as { id: string }).id
  await done('ane', 'PUT', `/documents/${document}/visibility`, { visibility: 'organisation' })
  await done('ane', 'PUT', `/documents/${document}/scoring/1`, {
    evaluators: [
      { person: 'jon', name: 'Jon', department: 'informatika' },
      { person: 'lide', name: 'Lide', department: 'kultura' },
      { person: 'lawyer', name: 'Lawyer', department: 'gazteria' },
      { person: 'anton', name: 'Anton', department: null },
    ],
  })
  // By every command that a sheet has, and by those that are refused, too.
  await done('jon', 'PUT', sheet(), { id: newUuid(), revision: 0, scores: sheetOf(SCORES), reasons: {} })
  await call('jon', 'POST', `${sheet()}/hand-in`, { revision: 1 })
  await done('jon', 'PUT', sheet(), { id: newUuid(), revision: 1, scores: sheetOf(SCORES), reasons })
  await done('jon', 'POST', `${sheet()}/hand-in`, { revision: 2 })
  await done('jon', 'POST', `${sheet()}/take-back`, {})
  await call('jon', 'PUT', sheet(), { id: newUuid(), revision: 9, scores: { N1: 6 }, reasons: { N1: WORD } })
  await call('jon', 'PUT', sheet(), { id: newUuid(), revision: 2, scores: {}, reasons: { [WORD]: 'x' } })
  await call('outsider', 'PUT', sheet(), { id: newUuid(), revision: 0, scores: {}, reasons: { N1: WORD } })
  await done('jon', 'POST', `${sheet()}/hand-in`, { revision: 2 })
  await done('lide', 'PUT', `${sheet()}/conflict`, { text: CONFLICT })
  // Versions are made of it meanwhile, and outside parties are told of it.
  await done('ane', 'POST', `/documents/${document}/versions`, { label: 'Zirriborroa' })
}, 120_000)
afterAll(async () => {
  await server.stop()
  nextcloud.close()
})

/** Every route of the sources, with something in each of its places. */
const routes = (): readonly { readonly method: string; readonly path: string }[] => {
  const folder = fileURLToPath(new URL('../../server/src/gateway/', import.meta.url))
  const all = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(
        /\b(?:api|app|router|routes)\.(get|post|put|patch|delete)\(\s*'([^']+)'/g,
      ),
    ].map(([, method, path]) => ({ method: method!.toUpperCase(), path: path! })),
  )
  return all.map(({ method, path }) => ({
    method,
    path: path
      .replace(/^\/teams\/:id/, `/teams/${team}`)
      .replace(/^\/documents\/:id/, `/documents/${document}`)
      .replace(/:(n|version|number|revision)\b/g, '1')
      .replace(/:(role)\b/g, 'legal')
      .replace(/:\w+/g, document),
  }))
}
/** Of rounds, in the order in which Nextcloud was told. */
const notices = (): Notice[] =>
  nextcloud.parcels.flatMap((sent) =>
    sent.kind === 'notify' && sent.notice.key.startsWith('scoring/') ? [sent.notice] : [],
  )
const atHome = async (who: string): Promise<string[]> =>
  (JSON.parse((await call(who, 'GET', '/reviews')).text) as AnyTask[])
    .filter((task) => task.document === document)
    .map(({ kind }) => kind)
const QUERIES = ['', '?since=1&from=2020-01-01&to=2030-01-01&q=ZIGILU&format=json&language=eu&n=1&version=1']

describe('[EV8] a sealed score', () => {
  it('is there to be found, by whoever has written it alone', async () => {
    expect(TOTAL.length).toBeGreaterThan(10)
    const own = await call('jon', 'GET', `/documents/${document}/scoring`)
    expect(found(own.text)).toEqual(expect.arrayContaining([WORD, ...IN_ROWS]))
    expect(found((await call('lide', 'GET', `/documents/${document}/scoring`)).text)).toEqual([CONFLICT])
  })

  it.each(OTHERS)('is in no answer to %s, whatever is asked', async (who) => {
    const all = routes()
    expect(all.length).toBeGreaterThan(90)
    let answered = 0
    for (const { path } of all.filter((one) => one.method === 'GET'))
      for (const query of QUERIES) {
        const root = /^\/(healthz|readyz|metrics)$/.test(path)
        const { status, text, head } = root
          ? await fetch(`${server.url}${path}${query}`, {
              headers: { authorization: 'Bearer metrics-metrics-metrics-metrics-1234' },
            }).then(async (one) => ({ status: one.status, text: await one.text(), head: '' }))
          : await call(who, 'GET', `${path}${query}`)
        if (status === 200) answered += 1
        expect([path, found(text), found(head)]).toEqual([path, [], []])
      }
    expect(answered).toBeGreaterThan(10)
    const { status, text } = await call(who, 'GET', `/documents/${document}/scoring`)
    if (status !== 200) return
    const { rounds } = JSON.parse(text) as Scoring
    // Who is not of the team is not even told that there is one.
    if (who === 'outsider' || who === 'root') return expect(rounds).toBeNull()
    const [round] = rounds!
    expect(round).toMatchObject({ handedIn: 1, awaited: 4, sheets: null, result: null })
    expect(round!.own?.scores ?? {}).toEqual({})
  })

  it.each(OTHERS)('comes to %s over no socket and no exchange', async (who) => {
    const reach = {
      port: server.port,
      ticket: (person: string, of: string) => sign({ person, scope: 'ticket', document: of }),
    }
    for (const channel of CHANNELS) {
      const wire = await openWire(reach, document)
      wire.say(hello(await reach.ticket(who, document), [7], 0, 0, channel))
      await until(() => wire.frames.length > 0 || wire.closed() !== null, 'it answers')
      await new Promise((resolve) => setTimeout(resolve, 30))
      for (const frame of wire.frames) {
        const bytes = Object.values(frame)
          .flat()
          .filter((one): one is Uint8Array => one instanceof Uint8Array)
          .map((one) => Buffer.from(frame.kind === 'snapshot' ? gunzipSync(one) : one).toString('latin1'))
        expect([frame.kind, found(JSON.stringify(frame) + bytes.join(''))]).toEqual([frame.kind, []])
      }
      await wire.close()
    }
  })

  it('is in no answer to whoever tries to change something', async () => {
    for (const who of ['ane', 'anton', 'mayor', 'root'])
      for (const { method, path } of routes().filter(
        (one) => one.method !== 'GET' && !/exchange|\/host/.test(one.path),
      ))
        // Not what would take the document out of reach of what is tried after it.
        if (method !== 'DELETE' && !/\/(archive|trash|team|members)/.test(path)) {
          const { text } = await call(who, method, path, {
            signedInAs: who,
            evaluators: [],
            reason: 'x'.repeat(30),
          })
          expect([who, path, found(text)]).toEqual([who, path, []])
        }
    const { status } = await call('ane', 'POST', `/documents/${document}/scoring/1/reveal`, {})
    expect(status).toBe(409)
  }, 60_000)

  it('is in no row but its own, the audit and what goes to Nextcloud among them', () => {
    const db = new Database(join(server.dataFolder, 'auzolan.sqlite'), { readonly: true })
    try {
      const tables = db
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .pluck()
        .all() as string[]
      expect(tables).toEqual(expect.arrayContaining(['audit', 'version', 'outbox', 'scoring_round']))
      const holding = tables.filter((table) =>
        db
          .prepare(`SELECT * FROM "${table}"`)
          .all()
          .some((row) =>
            Object.values(row as object).some(
              (value) => found(Buffer.isBuffer(value) ? value.toString('latin1') : String(value)).length > 0,
            ),
          ),
      )
      expect(holding).toEqual(['score_sheet'])
      const told = db
        .prepare("SELECT action, detail FROM audit WHERE action LIKE 'scoring.%' ORDER BY n")
        .all() as { action: string; detail: string }[]
      // Nor who has handed in, took it back, or has a conflict of interest: that is on record with the reveal.
      expect(told.map(({ action }) => action)).toEqual(['scoring.open'])
    } finally {
      db.close()
    }
  })

  it('is in no line of the log, and in nothing that Nextcloud was told', async () => {
    await until(() => nextcloud.parcels.length > 0, 'Nextcloud is told something')
    expect(found(JSON.stringify(nextcloud.calls))).toEqual([])
    // There is a log, of everything: a call that cannot be read stands in it.
    await call('ane', 'PUT', sheet(), `{"${WORD}`)
    expect(server.output()).toContain('"level"')
    expect(found(server.output())).toEqual([])
  })

  it('is in no notice, nor at home: they ask those who are named, and say nothing of who has answered', async () => {
    const told = () => notices().map(({ to }) => to.map(({ id }) => id).join())
    await until(() => told().includes('lawyer') && told().includes('anton'), 'Nextcloud is told')
    // All alike, whoever has handed in, or cannot, by now; to those two it may have left before they had.
    for (const { key: _, title: __, to, ...notice } of notices()) {
      expect(['jon', 'lide', 'lawyer', 'anton']).toContain(to.map(({ id }) => id).join())
      expect(notice).toEqual({
        kind: 'score',
        by: { id: 'ane', name: expect.any(String) as string },
        document,
        version: null,
        due: null,
      })
    }
    for (const who of [...OTHERS, 'jon'])
      expect([who, await atHome(who)]).toEqual([who, ['lawyer', 'anton'].includes(who) ? ['score'] : []])
  })

  it('is, revealed and in a version, told with a name to the team alone', async () => {
    for (const who of ['lawyer', 'anton']) {
      const scores = sheetOf(SCORES.map((score) => (score === 'NA' ? 'NA' : 3)))
      const given = { id: newUuid(), revision: 0, scores, reasons: reasonsFor(scores, WORD) }
      await done(who, 'PUT', sheet(), given)
      await done(who, 'POST', `${sheet()}/hand-in`, { revision: 1 })
    }
    // Lide cannot, and that is nowhere to be seen: it is as if she had not handed in yet.
    expect([await atHome('ane'), await atHome('lide'), await atHome('mayor')]).toEqual([[], [], []])
    expect(notices().every(({ kind }) => kind === 'score')).toBe(true)
    await done('ane', 'POST', `/documents/${document}/scoring/1/reveal`, {})
    await done('ane', 'POST', `/documents/${document}/versions`, { label: 'Erakutsita' })
    expect(found((await call('miren', 'GET', `/documents/${document}/scoring`)).text)).toEqual(
      expect.arrayContaining([WORD, CONFLICT, ...IN_ROWS]),
    )
    const made = (await call('outsider', 'GET', `/documents/${document}/versions/2`)).text
    expect(made).toContain('revealed')
    const { scoring } = JSON.parse((JSON.parse(made) as { json: string }).json) as { scoring: object }
    expect(JSON.stringify(scoring)).not.toMatch(/jon|lawyer|anton|informatika|gazteria/i)
    for (const who of ['outsider', 'root'])
      for (const { path } of routes().filter((one) => one.method === 'GET'))
        for (const place of [path, path.replaceAll('/versions/1', '/versions/2')]) {
          const { text } = await call(who, 'GET', place)
          expect([who, place, found(text).filter((one) => one !== TOTAL)]).toEqual([who, place, []])
        }
  }, 60_000)
})
