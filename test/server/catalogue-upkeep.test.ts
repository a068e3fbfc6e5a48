/** What is said of a tool beside its evaluation: who may, what lasts, who is told and when; over real sockets [TU7]–[TU10]. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { MATERIAL_URL_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Catalogue, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import type { ToolWatch } from '@auzolan/shared/protocol/organisation.ts'
import type { UpkeepTask } from '@auzolan/shared/protocol/review.ts'
import type { CareList, Upkeep } from '@auzolan/shared/protocol/upkeep.ts'
import { addDays, localTime } from '@auzolan/shared/working-days.ts'
import {
  ARRANGING,
  CATALOGUE,
  DOCUMENTS,
  JOURNAL,
  ORGANISATION,
  TEAMS,
} from '@auzolan/server/src/container.ts'
import { ToolReminders } from '@auzolan/server/src/reminding/tool-upkeep.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { sign } from '../support/nextcloud-host.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { saidWhatChanged, scored, withDepartments, withdraw } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'
import { allLeft, passedOn } from '../support/told.ts'

const NOBODY: ToolWatch = { person: null, department: null, hoursPerWeek: null }
const DAY = localTime(new Date(), 'Europe/Madrid').day

let house: Reviewed
let team: string
beforeAll(async () => {
  house = await startReviewed()
  await withDepartments(house)
  team = await teamOf(
    house.server.container.resolve(TEAMS),
    'Tresnak',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
    ['person', 'mayor', 'director'],
    ['person', 'lawyer', 'legal'],
    ['person', 'miren', 'reader'],
  )
})
afterAll(() => house.stop())
beforeEach(() => watchedBy(NOBODY))

async function watchedBy(toolWatch: ToolWatch, groups: { readonly [department: string]: string } = {}) {
  const organisation = house.server.container.resolve(ORGANISATION)
  const { version, ...facts } = await organisation.read()
  const departments = facts.departments.map((one) => ({ ...one, group: groups[one.id] ?? null }))
  await organisation.change({ ...facts, departments, toolWatch }, version, 'root' as PersonId)
}
async function tool(toolName: string, decision: object = {}): Promise<DocumentId> {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  const own: { readonly [section: string]: object } = {
    tool: { toolName },
    useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
    dataProtection: { dataClasses: ['public'] },
    decision: { allowedDataClasses: ['public'], allowedLevels: ['individual'], ...decision },
  }
  for (const [section, fields] of Object.entries(own)) base[section] = { ...base[section], ...fields }
  const id = await house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team as never,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })
  await scored(house, id)
  await house.decided(id)
  return id
}
const said = async (id: string, who: Who = 'outsider'): Promise<Upkeep> =>
  (await house.call<ToolCard>(who, 'GET', `/catalogue/${id}`)).json.upkeep
const USE = {
  since: '2026-01-10',
  until: null,
  level: 'individual',
  useCase: { eu: 'Zirriborroak' },
  people: 6,
  satisfaction: 4,
  dataClasses: ['public'],
}
const MATERIAL = {
  title: { eu: 'Bilera bat 5 minututan' },
  kind: 'guide',
  language: 'eu',
  url: 'https://cloud.example/f/12',
  minutes: 5,
  updatedOn: '2026-11-01',
  accessible: true,
}

it('[TU13] the shelf says which departments use a tool today, as soon as one has said so', async () => {
  const id = await tool('Apalekoa')
  const usedBy = async (): Promise<readonly string[]> => {
    const { tools } = (await house.call<Catalogue>('outsider', 'GET', '/catalogue')).json
    return tools.find((one) => one.id === id)!.usedBy
  }
  const say = async (method: string, department: string, body: object = {}): Promise<void> => {
    const { status } = await house.call('outsider', method, `/catalogue/${id}/uses/${department}`, body)
    expect(status).toBe(200)
  }
  expect(await usedBy()).toEqual([])
  await say('PUT', 'kultura', USE)
  await say('PUT', 'gazteria', { ...USE, until: DAY })
  expect(await usedBy()).toEqual(['gazteria', 'kultura'])
  // Its last day was yesterday.
  await say('PUT', 'gazteria', { ...USE, until: addDays(DAY, -1) })
  expect(await usedBy()).toEqual(['kultura'])
  await say('DELETE', 'kultura')
  expect(await usedBy()).toEqual([])
})

describe('[TU7] who says what', () => {
  let id: DocumentId
  beforeAll(async () => void (id = await tool('Nork')))
  const material = newUuid()
  const EVERYBODY: readonly Who[] = [...WHO, 'root']
  it('a use of a department of which nobody has said anything: anybody', async () => {
    const path = `/catalogue/${id}/uses/gazteria`
    for (const who of EVERYBODY)
      for (const method of ['PUT', 'DELETE'])
        expect([who, method, (await house.call(who, method, path, USE)).status]).toEqual([who, method, 200])
  })
  it('what stands there is corrected by whoever said it, the people of the department, and whoever watches', async () => {
    const path = `/catalogue/${id}/uses/kultura`
    expect((await house.call('jon', 'PUT', path, USE)).status).toBe(200)
    const ways = [
      ['PUT', path],
      ['POST', `${path}/confirm`],
    ] as const
    // Whoever watches puts it right, and it stays with whoever said it.
    for (const who of [...EVERYBODY, 'jon'] as const)
      for (const [method, at] of ways) {
        const { status } = await house.call(who, method, at, USE)
        expect([who, method, status]).toEqual([who, method, who === 'jon' || who === 'root' ? 200 : 403])
      }
    const ofKultura = async (who: Who) =>
      (await said(id, who)).uses.find((use) => use.department === 'kultura')
    expect(await ofKultura('miren')).toMatchObject({ by: 'jon of the council', changes: false })
    expect(await ofKultura('jon')).toMatchObject({ changes: true })
    expect(await ofKultura('root')).toMatchObject({ changes: true })
    await watchedBy(NOBODY, { kultura: 'culture' })
    const from = (method: string, groups: string[]) =>
      sign({ person: 'outsider', groups }).then((token) =>
        fetch(`${house.server.url}/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(USE),
        }).then(({ status }) => status),
      )
    expect([await from('PUT', ['other']), await from('PUT', ['culture'])]).toEqual([403, 200])
    expect(await ofKultura('miren')).toMatchObject({ by: 'outsider of the council' })
    expect((await house.call('jon', 'DELETE', path, {})).status).toBe(403)
    expect([await from('DELETE', []), await from('DELETE', ['culture'])]).toEqual([200, 200])
  })
  it('[TU15] a person is known to be of a department by its group alone', async () => {
    expect((await said(id)).own).toEqual([])
    await watchedBy(NOBODY, { kultura: 'culture' })
    const token = await sign({ person: 'outsider', groups: ['culture'] })
    const answer = await fetch(`${house.server.url}/api/v1/catalogue/${id}`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(((await answer.json()) as ToolCard).upkeep.own).toEqual(['kultura'])
  })
  it.each<[string, string, () => string, unknown, readonly Who[]]>([
    ['that there is none', 'DELETE', () => `/catalogue/${id}/uses/gazteria`, {}, EVERYBODY],
    [
      'how it is learnt',
      'PUT',
      () => `/catalogue/${id}/materials/${material}`,
      MATERIAL,
      ['ane', 'jon', 'root'],
    ],
    [
      'when it will be',
      'PUT',
      () => `/catalogue/${id}/promise`,
      { by: '2099-01-01' },
      ['ane', 'jon', 'root'],
    ],
    ['that they teach', 'PUT', () => `/catalogue/${id}/teachers/me`, { department: 'kultura' }, EVERYBODY],
    [
      'that another does not',
      'DELETE',
      () => `/catalogue/${id}/teachers/mayor`,
      {},
      ['ane', 'jon', 'mayor', 'root'],
    ],
    [
      'that it is not learnt so',
      'DELETE',
      () => `/catalogue/${id}/materials/${material}`,
      {},
      ['ane', 'jon', 'root'],
    ],
  ])('%s', async (_what, method, path, body, allowed) => {
    for (const who of EVERYBODY)
      expect([who, (await house.call(who, method, path(), body)).status]).toEqual([
        who,
        allowed.includes(who) ? 200 : 403,
      ])
    expect((await house.call(null, method, path(), body)).status).toBe(401)
    const other = path().replace(id, newUuid())
    expect((await house.call('ane', method, other, body)).status).toBe(404)
    expect((await house.outcome('ane', method, path(), { ...(body as object), signedInAs: 'jon' }))[1]).toBe(
      'OTHER_PERSON',
    )
  })
  it('whoever watches says how a tool is learnt that they may not even read', async () => {
    const path = `/catalogue/${id}/promise`
    expect((await house.call('outsider', 'PUT', path, { by: null })).status).toBe(403)
    await watchedBy({ ...NOBODY, person: { id: 'outsider', name: 'Outsider' } })
    expect((await house.call('outsider', 'PUT', path, { by: null })).status).toBe(200)
    expect(await said(id)).toMatchObject({ trains: true, promisedBy: null })
  })
  it('where a department has a group, its people alone speak for it, and whoever watches', async () => {
    const path = `/catalogue/${id}/uses/informatika`
    const from = (groups: string[]) =>
      sign({ person: 'outsider', groups }).then((token) =>
        fetch(`${house.server.url}/api/v1${path}`, {
          method: 'PUT',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body: JSON.stringify(USE),
        }).then(({ status }) => status),
      )
    await watchedBy(NOBODY, { informatika: 'it' })
    expect([await from([]), await from(['other']), await from(['it'])]).toEqual([403, 403, 200])
    expect((await said(id)).speaksFor).not.toContain('informatika')
    expect((await said(id, 'root')).speaksFor).toContain('informatika')
    // The department that watches is known by its group, too.
    await watchedBy({ ...NOBODY, department: 'informatika' }, { informatika: 'it', kultura: 'culture' })
    const token = await sign({ person: 'outsider', groups: ['it'] })
    const answer = await fetch(`${house.server.url}/api/v1/catalogue/care`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(await answer.json()).toMatchObject({ watches: true, watched: true })
  })
  it.each([
    ['of nobody', { people: 0 }],
    ['of half a person', { people: 1.5 }],
    ['from tomorrow on', { since: addDays(DAY, 2) }],
    ['that ends before it begins', { until: '2026-01-09' }],
    ['that is six times good', { satisfaction: 6 }],
    ['of no data', { dataClasses: [] }],
    ['of other data than there are', { dataClasses: ['all'] }],
    ['for nothing', { useCase: { eu: ' ' } }],
    ['for nothing that is seen', { useCase: { eu: '\u200B' } }],
    ['said in no language', { useCase: { eu: 'Zirriborroak', evil: 'x' } }],
    ['for too much', { useCase: { eu: 'a'.repeat(501) } }],
    ['at no level', { level: 'galactic' }],
  ])('no use %s', async (_what, more) =>
    expect(
      (await house.call('ane', 'PUT', `/catalogue/${id}/uses/kultura`, { ...USE, ...more })).status,
    ).toBe(400),
  )
  it('data that are said twice are said once', async () => {
    const use = { ...USE, dataClasses: ['public', 'internal', 'public'] }
    expect((await house.call('ane', 'PUT', `/catalogue/${id}/uses/kultura`, use)).status).toBe(200)
    const { uses } = await said(id)
    expect(uses.find(({ department }) => department === 'kultura')?.dataClasses).toEqual([
      'public',
      'internal',
    ])
  })
  it('no use of a department that there is not, and none confirmed that nobody has said', async () => {
    expect((await house.call('ane', 'PUT', `/catalogue/${id}/uses/martzianoak`, USE)).status).toBe(400)
    expect((await house.call('ane', 'POST', `/catalogue/${id}/uses/gazteria/confirm`, {})).status).toBe(404)
  })
  it.each([
    ['that a browser would run', { url: 'javascript:alert(1)' }],
    ['with a password', { url: 'https://ane:secret@cloud.example/f/12' }],
    ['with a sign that turns what follows around', { url: 'https://cloud.example/\u202Egpj.exe' }],
    ['with a sign that ends it', { url: 'https://cloud.example/a\0b' }],
    ['without an address', { url: ' ' }],
    ['with a long address', { url: `https://cloud.example/${'a'.repeat(MATERIAL_URL_MAX_CHARACTERS)}` }],
    ['called something in no language', { title: { eu: 'Gida', __proto__x: 'x' } }],
    ['called something in a language that nobody knows here', { title: { eu: 'Gida', tlh: 'x' } }],
    ['without a title', { title: {} }],
    ['with a title that nobody sees', { title: { eu: '\u200B' } }],
    ['in no language', { language: 'euskara batua' }],
    ['of no length', { minutes: 0 }],
    ['of no kind', { kind: 'rumour' }],
  ])('no material %s', async (_what, more) => {
    const path = `/catalogue/${id}/materials/${newUuid()}`
    expect((await house.call('ane', 'PUT', path, { ...MATERIAL, ...more })).status).toBe(400)
    expect((await house.call('ane', 'PUT', path.replace(/[^/]+$/, 'x'), MATERIAL)).status).toBe(404)
  })
  it('[TU3] a promise is kept once there is material in a language of the house, and not before', async () => {
    const promised = async () => (await said(id)).promisedBy
    const add = (language: string) =>
      house.call('ane', 'PUT', `/catalogue/${id}/materials/${newUuid()}`, { ...MATERIAL, language })
    await house.call('ane', 'PUT', `/catalogue/${id}/promise`, { by: '2099-01-01' })
    expect((await add('en')).status).toBe(200)
    expect(await promised()).toBe('2099-01-01')
    expect((await add('eu')).status).toBe(200)
    expect(await promised()).toBeNull()
  })
  it('nothing is promised for a day that is over', async () =>
    expect((await house.call('ane', 'PUT', `/catalogue/${id}/promise`, { by: '2026-01-01' })).status).toBe(
      400,
    ))
})

describe('[TU8] what was said', () => {
  it('is of counts, and of the names of those who offered to teach', async () => {
    const id = await tool('Zenbat')
    await house.call('jon', 'PUT', `/catalogue/${id}/uses/kultura`, USE)
    await house.call('miren', 'PUT', `/catalogue/${id}/teachers/me`, { department: 'gazteria' })
    const { text, json } = await house.call<ToolCard>('outsider', 'GET', `/catalogue/${id}`)
    expect(text).not.toContain('"jon"')
    expect(json.upkeep.uses).toMatchObject([
      { department: 'kultura', people: 6, confirmedOn: DAY, by: 'jon of the council' },
    ])
    expect(json.upkeep.teachers).toEqual([
      { person: { id: 'miren', name: expect.any(String) }, department: 'gazteria' },
    ])
    expect(json.upkeep).toMatchObject({ trains: false })
    await house.call('miren', 'DELETE', `/catalogue/${id}/teachers/me`, {})
    expect((await said(id)).teachers).toEqual([])
  })
  it('survives the next decision, and goes with the evaluation', async () => {
    const id = await tool('Iraun')
    await house.call('jon', 'PUT', `/catalogue/${id}/uses/kultura`, USE)
    await house.call('jon', 'PUT', `/catalogue/${id}/materials/${newUuid()}`, MATERIAL)
    await house.call('jon', 'PUT', `/catalogue/${id}/teachers/me`, { department: null })
    await house.call('jon', 'PUT', `/catalogue/${id}/promise`, { by: '2099-01-01' })
    await saidWhatChanged(house, id)
    await house.decided(id)
    const { json } = await house.call<ToolCard>('ane', 'GET', `/catalogue/${id}`)
    expect(json.history.map(({ changedSince }) => changedSince['eu'] ?? '')).toEqual(['Ezer ez.', ''])
    expect(json.history[0]?.sha256).toBe(json.entry.sha256)
    expect([json.upkeep.uses, json.upkeep.materials, json.upkeep.teachers].map((all) => all.length)).toEqual([
      1, 1, 1,
    ])
    await house.call('ane', 'POST', `/documents/${id}/trash`, {})
    expect((await house.call('jon', 'PUT', `/catalogue/${id}/uses/kultura`, USE)).status).toBe(404)
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ trashed_at: '2020-01-01' }).where('id', '=', id).execute()
    await house.server.container.resolve(ARRANGING).purge()
    for (const table of ['tool_use', 'tool_material', 'tool_teacher', 'tool_promise'] as const)
      expect(await rows.selectFrom(table).select('at').where('document', '=', id).execute()).toEqual([])
  })
  it('leads from what was withdrawn to what the decision names, and to the others of its kind', async () => {
    const id = await tool('Utzia')
    const gela = await tool('Gela')
    await withdraw(house, id)
    await house.decided(id)
    const { json } = await house.call<ToolCard>('outsider', 'GET', `/catalogue/${id}`)
    expect(json.instead).toMatchObject({ id: gela, name: 'Gela' })
    expect(json.sameNeed.map((one) => one.id)).toContain(gela)
    expect(json.sameNeed.map((one) => one.id)).not.toContain(id)
  })
})

describe('[TU9] what needs care', () => {
  let id: DocumentId
  beforeAll(async () => void (id = await tool('Zaindu')))
  const lines = async (who: Who) =>
    (await house.call<CareList>(who, 'GET', '/catalogue/care')).json.lines.filter((one) => one.tool === id)
  it('is for whoever watches, of all tools, and of a tool for those who see to it', async () => {
    await house.call('outsider', 'PUT', `/catalogue/${id}/uses/kultura`, {
      ...USE,
      dataClasses: ['personal_citizen'],
    })
    const beyond = { kind: 'beyond', department: 'kultura', what: ['data'] }
    for (const who of ['ane', 'jon', 'mayor', 'root'] as const)
      expect([who, await lines(who)]).toMatchObject([who, [beyond, { kind: 'training' }]])
    // Who writes its evaluation evaluates it for more; whoever watches sees to training, too; who decides sees that it is done.
    const acting = async (who: Who) => (await lines(who)).map(({ acts }) => acts)
    expect([await acting('jon'), await acting('root'), await acting('mayor')]).toEqual([
      [true, true],
      [false, true],
      [false, false],
    ])
    for (const who of ['miren', 'lawyer', 'outsider'] as const)
      expect([who, await lines(who)]).toEqual([who, []])
    expect((await house.call(null, 'GET', '/catalogue/care')).status).toBe(401)
    await watchedBy({ ...NOBODY, person: { id: 'outsider', name: 'O' } })
    expect(await lines('outsider')).toHaveLength(2)
  })
  it('is done where it is said that it is', async () => {
    await house.call('jon', 'PUT', `/catalogue/${id}/materials/${newUuid()}`, MATERIAL)
    await house.call('outsider', 'PUT', `/catalogue/${id}/uses/kultura`, USE)
    expect(await lines('ane')).toEqual([])
  })
  it('[TU17] says how many suggested tools wait for an answer, to whoever watches; at home to whom the organisation has named', async () => {
    const waiting = async (who: Who) =>
      (await house.call<CareList>(who, 'GET', '/catalogue/care')).json.suggestions
    const atHome = async (who: Who) =>
      (await house.call<UpkeepTask[]>(who, 'GET', '/reviews')).json
        .filter(({ kind }) => kind === 'tools_suggested')
        .map(({ count }) => count)
    const suggest = async (name: string): Promise<string> => {
      const voice = { kind: 'uses', whatFor: 'Bilerak', likes: '', cautions: '', dataUsed: 'public' }
      const rest = { level: null, since: null, department: null, free: null, canTeach: false, asked: null }
      const given = { name, address: '', category: null, voice: { ...voice, ...rest }, imported: null }
      return (await house.call<{ id: string }>('miren', 'POST', '/suggestions', given)).json.id
    }
    await watchedBy({ ...NOBODY, person: { id: 'outsider', name: 'O' } })
    expect([await waiting('outsider'), await atHome('outsider')]).toEqual([0, []])
    const ids = [await suggest('Gelaxka'), await suggest('Ideamapa')]
    expect([await waiting('outsider'), await waiting('root'), await waiting('ane')]).toEqual([2, 2, 0])
    expect([await atHome('outsider'), await atHome('root'), await atHome('ane')]).toEqual([[2], [], []])
    const reason = { reason: 'Badugu beste bat horretarako.' }
    expect((await house.call('outsider', 'POST', `/suggestions/${ids[0]}/decline`, reason)).status).toBe(204)
    expect([await waiting('outsider'), await atHome('outsider')]).toEqual([1, [1]])
    await house.call('outsider', 'POST', `/suggestions/${ids[1]}/decline`, reason)
    expect([await waiting('outsider'), await atHome('outsider')]).toEqual([0, []])
  })
  it('says to those who decide, and to administrators, that nobody watches, as long as nobody does', async () => {
    const told = async (who: Who) =>
      (await house.call<UpkeepTask[]>(who, 'GET', '/reviews')).json.some(
        (one) => one.kind === 'tools_unwatched',
      )
    const all = async () =>
      Promise.all([...WHO, 'root' as const].map(async (who) => (await told(who)) && who))
    expect((await all()).filter(Boolean)).toEqual(['mayor', 'root'])
    await watchedBy({ ...NOBODY, department: 'kultura' })
    expect((await all()).filter(Boolean)).toEqual([])
  })
})

describe('[TU10] who is told', () => {
  /** Thursday, 10 in the morning in Haranberri. */
  let clock = new Date(`${DAY}T09:00:00Z`)
  const reminders = () => {
    const { container } = house.server
    return new ToolReminders({
      journal: container.resolve(JOURNAL),
      organisation: container.resolve(ORGANISATION),
      catalogue: container.resolve(CATALOGUE),
      now: () => clock,
    })
  }
  const notices = async (id: string) =>
    (await passedOn(house.server, house.nextcloud)).flatMap((one) =>
      one.kind === 'notify' && one.notice.document === id && one.notice.key.startsWith('tool/')
        ? [[one.notice.kind, one.notice.due, ...one.notice.to.map((to) => to.id)]]
        : [],
    )
  const takenBack = async () =>
    (await passedOn(house.server, house.nextcloud)).flatMap((one) => (one.kind === 'dismiss' ? one.keys : []))
  /** The first worked morning from that day on. */
  async function lookOn(day: string): Promise<void> {
    clock = new Date(`${day}T09:00:00Z`)
    for (let i = 0; i < 4 && [0, 6].includes(clock.getUTCDay()); i++)
      clock = new Date(clock.getTime() + 86_400_000)
    await reminders().look()
    await allLeft(house.server)
  }
  beforeEach(async () => {
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ trashed_at: '9999' }).execute()
  })

  it('of a day on which somebody has to look again: whoever coordinates and whoever watches, 90 and 30 days before and on it, once each', async () => {
    const id = await tool('Berriz')
    await watchedBy({ ...NOBODY, person: { id: 'outsider', name: 'O' } })
    const due = (await house.call<ToolCard>('ane', 'GET', `/catalogue/${id}`)).json.entry.nextReviewOn
    await lookOn(addDays(due, -95))
    expect(await notices(id)).toEqual([])
    const one = ['tool_review', due, 'ane', 'outsider']
    for (const [day, times] of [
      [-90, 1],
      [-80, 1],
      [-30, 2],
      [0, 3],
      [40, 3],
    ] as const) {
      await lookOn(addDays(due, day))
      // A server that begins again knows no more than the store does.
      await lookOn(addDays(due, day))
      expect([day, await notices(id)]).toEqual([day, Array.from({ length: times }, () => one)])
    }
    // What was told before is no longer true.
    expect(await takenBack()).toEqual(
      expect.arrayContaining([90, 30].map((days) => `tool/${id}/review/${due}/${days}`)),
    )
  })
  it('nobody at night, nor while it is in review; and decided again it is over', async () => {
    const id = await tool('Gauez', { reviewBy: addDays(DAY, 20) })
    clock = new Date(`${DAY}T22:00:00Z`)
    await reminders().look()
    expect(await notices(id)).toEqual([])
    await saidWhatChanged(house, id)
    await house.submit(id)
    await lookOn(DAY)
    expect(await notices(id)).toEqual([])
    await house.outcome('ane', 'POST', `/documents/${id}/review/withdraw`, {})
    await lookOn(DAY)
    expect(await notices(id)).toHaveLength(1)
    await house.call('ane', 'POST', `/documents/${id}/trash`, {})
    await lookOn(DAY)
    expect(await takenBack()).toContain(`tool/${id}/review/${addDays(DAY, 20)}/30`)
  })
  it('of a use that nobody has confirmed for a year: whoever said it last, once, until somebody does', async () => {
    const id = await tool('Urtero')
    await house.call('jon', 'PUT', `/catalogue/${id}/uses/kultura`, USE)
    const { rows } = house.server.container.resolve(JOURNAL)
    const year = (confirmed_on: string) =>
      rows.updateTable('tool_use').set({ confirmed_on }).where('document', '=', id).execute()
    await year('2025-11-20')
    await lookOn(DAY)
    await lookOn(DAY)
    expect(await notices(id)).toEqual([['tool_use', '2026-11-20', 'jon']])
    const tasks = async (who: Who) =>
      (await house.call<UpkeepTask[]>(who, 'GET', '/reviews')).json.filter((one) => one.kind === 'tool_use')
    expect([await tasks('jon'), await tasks('ane')]).toMatchObject([[{ document: id }], []])
    await house.call('root', 'POST', `/catalogue/${id}/uses/kultura/confirm`, {})
    expect(await takenBack()).toContain(`tool/${id}/use/kultura`)
    expect(await tasks('jon')).toEqual([])
    // Whoever watches has confirmed it for them: a year later they are asked again.
    await year('2025-11-20')
    expect(await tasks('jon')).toHaveLength(1)
    // Of the people of a department it is whoever confirmed it.
    await watchedBy(NOBODY, { kultura: 'culture' })
    const token = await sign({ person: 'miren', groups: ['culture'] })
    await fetch(`${house.server.url}/api/v1/catalogue/${id}/uses/kultura/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: '{}',
    })
    await year('2025-11-20')
    await lookOn(DAY)
    expect((await notices(id)).at(-1)).toEqual(['tool_use', '2026-11-20', 'miren'])
  })
  it('finds what waits at home, too', async () => {
    const id = await tool('Etxean', { reviewBy: addDays(DAY, 20) })
    const tasks = async (who: Who) =>
      (await house.call<UpkeepTask[]>(who, 'GET', '/reviews')).json.filter(
        (one) => one.kind === 'tool_review',
      )
    expect([await tasks('ane'), await tasks('jon'), await tasks('root')]).toMatchObject([
      [{ document: id, due: addDays(DAY, 20) }],
      [],
      [],
    ])
    await watchedBy({ ...NOBODY, person: { id: 'outsider', name: 'O' } })
    expect(await tasks('outsider')).toHaveLength(1)
  })
})
