/** The organisation over REST: who may describe it, what is taken, and that nobody overwrites anybody. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UNDESCRIBED, type Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { DocumentEnvelope, Problem } from '@auzolan/shared/protocol/rest.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { sign, type Signing } from '../support/nextcloud-host.ts'

const ROOT = { person: 'root', admin: true }
const ANE = { person: 'ane' }

let server: ServerHere
beforeAll(async () => {
  server = await startHere()
})
afterAll(() => server.stop())

async function call(who: Signing | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(who ? { authorization: `Bearer ${await sign(who)}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  return { status: response.status, json: (await response.json()) as unknown }
}
const now = async (): Promise<Organisation> => (await call(ANE, 'GET', '/organisation')).json as Organisation
const GOOD = { ...UNDESCRIBED, name: { eu: 'Udala', es: 'Ayuntamiento' } }

describe('[O1] describing the organisation', () => {
  it.each([
    ['nobody', null, 401],
    ['a person', ANE, 403],
    ['an administrator of Nextcloud', ROOT, 200],
  ] as const)('as %s: %i', async (_name, who, status) => {
    const { version } = await now()
    expect((await call(who, 'PUT', '/organisation', { ...GOOD, version })).status).toBe(status)
  })

  it('is read by anybody signed in, and by nobody else', async () => {
    expect((await call(null, 'GET', '/organisation')).status).toBe(401)
    expect((await call(ANE, 'GET', '/organisation')).status).toBe(200)
  })
})

describe('the organisation', () => {
  it('has usable values before anybody has described it, and keeps all that is said', async () => {
    const { version } = await now()
    const all: Organisation = {
      ...GOOD,
      version,
      languages: ['ca', 'es'],
      departments: [{ id: 'kultura', name: { ca: 'Cultura' }, group: 'Kultura', communications: true }],
      kind: 'foral',
      size: 'large',
      dir3: 'L01480209',
      website: 'https://udala.example',
      editorialPolicyUrl: 'https://udala.example/linea',
      transparencyUrl: '',
      dpoMailbox: 'dpo@udala.example',
      holidays: [{ id: 'h', name: 'Nadal', from: '2026-12-25', to: '2026-12-25' }],
      closedPeriods: [{ id: 'c', name: 'Agost', from: '2027-08-01', to: '2027-08-31' }],
      electoralPeriods: [{ id: 'e', name: 'Municipals', from: '2027-04-01', to: '2027-05-23' }],
      mourningPeriods: [{ id: 'm', name: 'Dol', from: '2026-12-10', to: '2026-12-11' }],
      timeZone: 'Atlantic/Canary',
      namingPattern: '{org}{Dept}',
      licence: 'CC0-1.0',
      approvalRoutes: [{ type: 'plan', opinions: ['legal', 'language'] }],
    }
    const saved = await call(ROOT, 'PUT', '/organisation', all)
    expect(saved).toEqual({ status: 200, json: { ...all, version: version + 1 } })
    expect(await now()).toEqual(saved.json)
  })

  it('[O2] that somebody else has changed meanwhile is not overwritten', async () => {
    const { version } = await now()
    const change = (es: string) => call(ROOT, 'PUT', '/organisation', { ...GOOD, name: { es }, version })
    const answers = await Promise.all([change('Uno'), change('Dos')])
    expect(answers.map((a) => a.status).sort()).toEqual([200, 409])
    const refused = answers.find((a) => a.status === 409)!
    expect((refused.json as Problem).code).toBe('CHANGED_MEANWHILE')
    expect((await now()).version).toBe(version + 1)
  })

  it('[O2] leaves a row of who changed what', async () => {
    const { version } = await now()
    await call(ROOT, 'PUT', '/organisation', { ...GOOD, size: 'medium', name: { es: 'Otro' }, version })
    const rows = await server.container
      .resolve(JOURNAL)
      .rows.selectFrom('audit')
      .selectAll()
      .where('action', '=', 'organisation.change')
      .orderBy('n', 'desc')
      .execute()
    expect(rows[0]).toMatchObject({ actor: 'root', subject: 'organisation' })
    expect(JSON.parse(rows[0]!.detail)).toMatchObject({ version: version + 1 })
    expect((JSON.parse(rows[0]!.detail) as { changed: string[] }).changed).toContain('size')
  })

  it('[O3] gives its official languages to new plans', async () => {
    const { version } = await now()
    await call(ROOT, 'PUT', '/organisation', { ...GOOD, languages: ['ca', 'oc', 'es'], version })
    const body = { type: 'plan', title: { ca: 'Pla' }, team: { kind: 'person' } }
    const { id } = (await call(ANE, 'POST', '/documents', body)).json as { id: string }
    const { json } = await call(ANE, 'GET', `/documents/${id}`)
    expect((json as DocumentEnvelope).languages).toEqual(['ca', 'oc', 'es'])
  })

  const bad: [string, object][] = [
    ['no name', { name: {} }],
    ['no language', { languages: [] }],
    ['a language twice', { languages: ['eu', 'eu'] }],
    ['no language tag', { languages: ['Euskara!'] }],
    ['two departments of one id', { departments: [1, 2].map(() => ({ id: 'a', name: {} })) }],
    ['an unknown kind', { kind: 'kingdom' }],
    ['an unknown size', { size: 'huge' }],
    ['no DIR3 code', { dir3: '12345' }],
    ['an address a browser would run', { website: 'javascript:alert(1)' }],
    ['no mailbox', { dpoMailbox: 'dpo' }],
    [
      'a period that ends before it begins',
      { holidays: [{ id: 'a', name: '', from: '2027-02-02', to: '2027-02-01' }] },
    ],
    ['a day there is not', { closedPeriods: [{ id: 'a', name: '', from: '2027-02-30', to: '2027-03-01' }] }],
    [
      'an electoral period that ends before it begins',
      { electoralPeriods: [{ id: 'a', name: '', from: '2027-02-02', to: '2027-02-01' }] },
    ],
    ['no list of days of mourning', { mourningPeriods: 'none' }],
    ['a time zone there is not', { timeZone: 'Europe/Bilbao' }],
    ['a naming pattern without the organisation', { namingPattern: '{dept}' }],
    ['an unknown licence', { licence: 'MINE' }],
    [
      'thresholds the wrong way round',
      { policy: { ...GOOD.policy, thresholds: { recommend: 40, conditional: 50 } } },
    ],
    [
      'no evaluators',
      { policy: { ...GOOD.policy, minEvaluators: { ...GOOD.policy.minEvaluators, collective: 0 } } },
    ],
    ['a route of unknown type', { approvalRoutes: [{ type: 'poem', opinions: [] }] }],
    ['an opinion nobody gives', { approvalRoutes: [{ type: 'plan', opinions: ['director'] }] }],
    ['no version', { version: undefined }],
  ]
  it.each(bad)('takes no %s', async (_what, part) => {
    const { version } = await now()
    const answer = await call(ROOT, 'PUT', '/organisation', { ...GOOD, version, ...part })
    expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
    expect((await now()).version).toBe(version)
  })
})
