/** What a new plan begins from: the product's own, and templates made of versions [TP1]–[TP6]. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { TEMPLATE_SENTENCE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Version } from '@auzolan/shared/protocol/review.ts'
import type { TemplateSummary } from '@auzolan/shared/protocol/templates.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { DOCUMENTS, JOURNAL, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { contributionsNow } from '@auzolan/server/src/review/versions.ts'
import { builtIn, monthsAfter } from '@auzolan/server/src/documents/built-in.ts'
import { saidByOrganisation } from '@auzolan/server/src/documents/plan-template.ts'
import { UNDESCRIBED } from '@auzolan/shared/protocol/organisation.ts'
import { startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

let r: Reviewed
let press: string
let youth: string
beforeAll(async () => {
  r = await startReviewed()
  const teams = r.server.container.resolve(TEAMS)
  press = await teamOf(
    teams,
    'Prentsa',
    ['person', 'ane', 'coordinator'],
    ['person', 'miren', 'editor'],
    ['person', 'mayor', 'director'],
  )
  youth = await teamOf(teams, 'Gazteria', ['person', 'jon', 'coordinator'])
})
afterAll(() => r.stop())

const PICTURE = { name: 'a.png', sha256: 'a'.repeat(64), preview: '' }
const CONTENT = {
  identity: { title: { eu: 'Plana', es: 'Plan' }, from: '2027-01-01', strategy: { es: [] } },
  planning: {
    responsible: { id: 'ane', name: 'Ane' },
    responsibleAccepts: { by: 'ane', on: '2026-11-01' },
    purposes: [{ id: 'u1', text: { eu: 'Entzun', es: 'Escuchar a la juventud' } }],
  },
  team: { managers: [{ id: 'm1', person: { id: 'jon', name: 'Jon' }, knowsPeople: '3' }] },
  training: { training: [{ id: 't1', hours: 4, dueOn: '2027-02-01' }] },
  identityKit: { shortName: 'haranberri', avatar: PICTURE },
}
async function plan(): Promise<{ id: DocumentId; n: number }> {
  const id = await r.server.container.resolve(DOCUMENTS).create({
    teamId: press as never,
    languages: ['eu', 'es'],
    template: CONTENT,
    by: 'ane' as PersonId,
    authors: ['ane', 'miren'],
  })
  return { id, n: await kept('ane', id, 'Ona') }
}
const kept = async (who: Who, id: string, label: string): Promise<number> =>
  (await r.call<{ version: number }>(who, 'POST', `/documents/${id}/versions`, { label })).json.version
const request = (version: number, more: object = {}) => ({
  version,
  title: { eu: 'Txantiloia', es: 'Plantilla' },
  sentence: 'Sailentzat',
  organisation: false,
  pictures: false,
  ...more,
})
const making = (who: Who | null, id: string, version: number, more: object = {}) =>
  r.outcome(who, 'POST', `/documents/${id}/template`, request(version, more))
async function made(more: object = {}): Promise<string> {
  const { id, n } = await plan()
  const { json } = await r.call<{ id: string }>('ane', 'POST', `/documents/${id}/template`, request(n, more))
  return json.id
}
const begin = async (who: Who, from: object, team: string): Promise<string> =>
  (
    await r.call<{ id: string }>(who, 'POST', '/documents', {
      type: 'plan',
      title: { eu: 'Berria', es: 'Nuevo' },
      team: { kind: 'team', id: team },
      from,
    })
  ).json.id
const envelope = async (who: Who, id: string): Promise<DocumentEnvelope> =>
  (await r.call<DocumentEnvelope>(who, 'GET', `/documents/${id}`)).json
async function textOf(who: Who, id: string): Promise<Plan> {
  const n = await kept(who, id, 'v')
  return JSON.parse((await r.call<Version>(who, 'GET', `/documents/${id}/versions/${n}`)).json.json) as Plan
}
const listed = async (who: Who): Promise<readonly TemplateSummary[]> =>
  (await r.call<TemplateSummary[]>(who, 'GET', '/templates')).json

describe('a template', () => {
  it('[TP1] has the texts of the version, and nothing of people, acceptances, dates and pictures', async () => {
    const text = await textOf('ane', await made())
    expect(text.planning.purposes).toMatchObject([{ text: { es: 'Escuchar a la juventud' } }])
    expect(text.identity).toMatchObject({ title: { es: 'Plantilla' }, from: null })
    expect(text.planning).toMatchObject({ responsible: null, responsibleAccepts: null })
    expect(text.team.managers).toEqual([])
    expect(text.training.training).toMatchObject([{ hours: 4, dueOn: null }])
    expect(text.identityKit).toMatchObject({ shortName: 'haranberri', avatar: null })
  })
  it('[TP1] has the pictures when they are asked for', async () => {
    expect((await textOf('ane', await made({ pictures: true }))).identityKit.avatar).toEqual(PICTURE)
  })

  it('[TP2] is made by the coordinators, of a version that has a name or was approved', async () => {
    const { id, n } = await plan()
    expect(await making(null, id, n)).toEqual([401, 'TICKET_MISSING'])
    expect(await making('outsider', id, n)).toEqual([404, 'NOT_FOUND'])
    expect(await making('miren', id, n)).toEqual([403, 'NOT_ALLOWED'])
    expect(await making('mayor', id, n)).toEqual([403, 'NOT_ALLOWED'])
    expect(await making('ane', id, n + 1)).toEqual([404, 'NOT_FOUND'])
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows.updateTable('version').set({ label: null }).where('document', '=', id).execute()
    expect(await making('ane', id, n)).toEqual([409, 'ILLEGAL_MOVE'])
    const decision = { document: id, n, verdict: 'approve', person: 'mayor', name: 'M', comment: '' }
    const lists = { sections: '[]', conditions: '', waivers: '[]', overrides: '[]', receipt: '{}', at: '' }
    await rows
      .insertInto('decision')
      .values({ id: newUuid(), ...decision, ...lists })
      .execute()
    expect(await making('ane', id, n)).toEqual([201, undefined])
  })

  it('[TP2] says what it is for in no more than a sentence', async () => {
    const { id, n } = await plan()
    const sentence = 'x'.repeat(TEMPLATE_SENTENCE_MAX_CHARACTERS)
    expect(await making('ane', id, n, { sentence })).toEqual([201, undefined])
    expect(await making('ane', id, n, { sentence: `${sentence}x` })).toEqual([400, 'INVALID_INPUT'])
  })

  it('[TP3] is offered to its team, or to everybody', async () => {
    const [ours, theirs] = [await made(), await made({ organisation: true })]
    const ids = async (who: Who) =>
      (await listed(who)).map(({ id }) => id).filter((id) => [ours, theirs].includes(id))
    expect((await ids('miren')).sort()).toEqual([ours, theirs].sort())
    expect(await ids('jon')).toEqual([theirs])
    expect(await r.outcome(null, 'GET', '/templates')).toEqual([401, 'TICKET_MISSING'])
    expect((await listed('ane')).find(({ id }) => id === ours)).toMatchObject({
      sentence: 'Sailentzat',
      organisation: false,
      version: { n: 1, by: { id: 'ane' }, note: '' },
    })
    await r.call('ane', 'POST', `/documents/${theirs}/archive`, { reason: 'Ez da gehiago balio.' })
    expect(await ids('jon')).toEqual([])
  })

  it('[TP4] is written on, and asks nobody for a decision', async () => {
    const id = await made()
    expect(await envelope('miren', id)).toMatchObject({
      kind: 'template',
      capabilities: { content: { write: 'yes' } },
    })
    expect(await r.outcome('ane', 'POST', `/documents/${id}/review`, {})).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await r.call<{ id: string }[]>('ane', 'GET', '/plans')).json.map((one) => one.id)).not.toContain(
      id,
    )
  })
})

describe('a plan that begins from a template', () => {
  it('[TP5] has its newest version, remembers which, and hears of a newer one', async () => {
    const template = await made({ organisation: true })
    const id = await begin('jon', { kind: 'template', id: template }, youth)
    expect((await textOf('jon', id)).planning.purposes).toHaveLength(1)
    expect(await envelope('jon', id)).toMatchObject({
      kind: 'document',
      title: { es: 'Nuevo' },
      madeFrom: { id: template, version: 1, newest: 1, title: { es: 'Plantilla' } },
    })
    await kept('miren', template, 'Bigarrena')
    expect((await envelope('jon', id)).madeFrom).toMatchObject({ version: 1, newest: 2 })
    expect((await listed('jon')).find((one) => one.id === template)?.version).toMatchObject({
      n: 2,
      note: 'Bigarrena',
    })
    // What is kept before a restoring is no version to begin from.
    await r.call('ane', 'POST', `/documents/${template}/versions`, { beforeRestoring: 1 })
    expect((await envelope('jon', id)).madeFrom).toMatchObject({ newest: 2 })
    // Without the right to read it there is only a number.
    await r.call('ane', 'PUT', `/documents/${template}/visibility`, { visibility: 'team' })
    expect((await envelope('jon', id)).madeFrom).toMatchObject({ title: null, version: 1, newest: 1 })
  })

  it('[TP5] is not begun from what one may not read, from a plan, or from what is out of use', async () => {
    const team = { kind: 'team', id: youth }
    const from = (id: string, who: Who = 'jon') =>
      r.outcome(who, 'POST', '/documents', {
        type: 'plan',
        title: { eu: 'B' },
        team,
        from: { kind: 'template', id },
      })
    expect(await from(await made())).toEqual([404, 'NOT_FOUND'])
    expect(await from(await begin('jon', { kind: 'built_in', id: 'organisation' }, youth))).toEqual([
      404,
      'NOT_FOUND',
    ])
    const old = await made({ organisation: true })
    expect(await from(old)).toEqual([201, undefined])
    // Nor for a team in which one does not write.
    expect(await from(old, 'ane')).toEqual([404, 'NOT_FOUND'])
    await r.call('ane', 'POST', `/documents/${old}/archive`, { reason: 'Ez da gehiago balio.' })
    expect(await from(old)).toEqual([404, 'NOT_FOUND'])
  })

  it('[TP6] has the authors of the template: nobody stops having written it by that way', async () => {
    const id = await begin('jon', { kind: 'template', id: await made({ organisation: true }) }, youth)
    const authors = await contributionsNow(r.server.container.resolve(JOURNAL).rows, id as DocumentId)
    expect([...authors.keys()].sort()).toEqual(['/system', 'ane', 'miren'])
  })
})

describe('what the organisation has said of itself', () => {
  const PATTERN = '{org}[_{dept}]'
  const said = {
    namingPattern: PATTERN,
    licence: 'CC0-1.0',
    editorialPolicyUrl: 'https://udala.example/ildoa',
  }
  const describe = async (): Promise<void> => {
    const organisation = r.server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const departments = [{ id: 'gazteria', name: { eu: 'Gazteria' } }]
    await organisation.change({ ...facts, ...said, departments }, version, 'root' as PersonId)
  }
  const inPlan = async (id: string) => {
    const { identityKit, rights, principles } = await textOf('jon', id)
    return [identityKit.namingPattern, rights.licence, principles.editorialSource]
  }

  it('[TP5] stands in a new plan, and not before anybody has said it', async () => {
    const before = await begin('jon', { kind: 'built_in', id: 'organisation' }, youth)
    expect(await inPlan(before)).toEqual(['', null, ''])
    await describe()
    const after = await begin('jon', { kind: 'built_in', id: 'organisation' }, youth)
    expect(await inPlan(after)).toEqual(Object.values(said))
  })

  it('[TP5] gives way to what the template says', async () => {
    const organisation = { ...UNDESCRIBED, ...said, version: 1 }
    const own = { identityKit: { namingPattern: 'udala_{org}', shortName: 'h' }, rights: { licence: null } }
    expect(saidByOrganisation(own, organisation)).toEqual({
      identityKit: { namingPattern: 'udala_{org}', shortName: 'h' },
      rights: { licence: said.licence },
      principles: { editorialSource: said.editorialPolicyUrl },
    })
    expect(saidByOrganisation(own, { ...organisation, version: 0 })).toBe(own)
  })

  it('[TP5] which department it is for is said when it is begun', async () => {
    await describe()
    const create = (more: object, from = 'department') =>
      r.call<{ id: string }>('jon', 'POST', '/documents', {
        type: 'plan',
        title: { eu: 'Saila' },
        team: { kind: 'team', id: youth },
        from: { kind: 'built_in', id: from },
        ...more,
      })
    const scope = async (id: string) => (await textOf('jon', id)).identity.scope
    const made = await create({ department: 'gazteria' })
    expect(await scope(made.json.id)).toEqual(['gazteria'])
    expect((await create({ department: 'invented' })).status).toBe(400)
  })
})

describe('the product’s own', () => {
  const facts = { languages: ['eu', 'es'], title: { eu: 'K', es: 'C' }, today: '2026-11-30' }
  it('a department’s plan is for the only department of its team', () => {
    const scope = (departments: string[]) =>
      builtIn('department', { ...facts, departments })['identity']!['scope']
    expect(scope(['gazteria'])).toEqual(['gazteria'])
    expect(scope(['gazteria', 'kultura'])).toEqual([])
  })
  it('a campaign is short, and says of what is said elsewhere that it does not apply', () => {
    const campaign = builtIn('campaign', { ...facts, departments: [] })
    expect(campaign['identity']).toMatchObject({ from: '2026-11-30', to: '2027-02-28' })
    for (const section of ['training', 'staffGuidance', 'listening', 'crisis'])
      expect(campaign[section]!['notApplicable']).toMatchObject({ es: expect.stringContaining('campaña') })
    expect(
      builtIn('organisation', { ...facts, departments: [] })['training']!['notApplicable'],
    ).toBeUndefined()
  })
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-10-15', 3, '2027-01-15'],
  ])('%s and %i months is %s', (day, months, then) => expect(monthsAfter(day, months)).toBe(then))

  it('[TP5] is remembered by its name, and is below what its coordinators choose', async () => {
    const id = await begin('jon', { kind: 'built_in', id: 'campaign' }, youth)
    expect(await envelope('jon', id)).toMatchObject({
      madeFrom: { kind: 'built_in', id: 'campaign' },
      parent: null,
    })
    expect((await textOf('jon', id)).identity.to).not.toBeNull()
    const { id: top } = await plan()
    const rows = r.server.container.resolve(JOURNAL).rows
    await rows
      .updateTable('document')
      .set({ in_force: 1, visibility: 'public', of_organisation: 1 })
      .where('id', '=', top)
      .execute()
    const next = await begin('jon', { kind: 'built_in', id: 'department' }, youth)
    expect((await envelope('jon', next)).parent).toBeNull()
    expect(
      await r.outcome('jon', 'POST', '/documents', {
        type: 'plan',
        title: {},
        team: { kind: 'person' },
        from: { kind: 'built_in', id: 'invented' },
      }),
    ).toEqual([400, 'INVALID_INPUT'])
  })
})
