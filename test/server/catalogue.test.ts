/** The catalogue over REST: only what was decided, for everybody in the house, and no more of it than an entry says [CA5]–[CA7]. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { Answered, Catalogue, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { CATALOGUE, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { decideTool, draftTool, teamOfTools, type Changes } from '../support/decided-tool.ts'
import { teamOf } from '../support/teams.ts'
import { saidWhatChanged, withDepartments } from '../support/scored.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import type { Approver, Route } from '@auzolan/shared/approval-route.ts'

let house: Reviewed
let team: string
beforeAll(async () => {
  house = await startReviewed()
  await withDepartments(house)
  team = await teamOfTools(house)
})
afterAll(() => house.stop())

const drafted = (toolName: string, changes: Changes = {}): Promise<DocumentId> =>
  draftTool(house, team, toolName, changes)
const decide = (id: DocumentId): Promise<void> => decideTool(house, id)
const tools = async (who: Who = 'outsider') =>
  (await house.call<Catalogue>(who, 'GET', '/catalogue')).json.tools
const card = (who: Who, id: string) => house.call<ToolCard>(who, 'GET', `/catalogue/${id}`)
const ask = (who: Who | null, query: string) => house.call<Answered>(who, 'GET', `/catalogue/answer?${query}`)

describe('[CA5] the catalogue', () => {
  it('has a tool from the moment its evaluation was approved, for everybody in the house', async () => {
    const id = await drafted('Gela')
    expect(await tools('ane')).toEqual([])
    await house.submit(id)
    expect(await tools('ane')).toEqual([])
    const version = (
      await house.call<{ version: { n: number; sha256: string } }>('mayor', 'GET', `/documents/${id}/review`)
    ).json.version
    await house.outcome('mayor', 'POST', `/documents/${id}/decisions`, {
      id: newUuid(),
      version: version.n,
      sha256: version.sha256,
      verdict: 'approve',
    })
    for (const who of WHO) expect([who, (await tools(who)).map((one) => one.name)]).toEqual([who, ['Gela']])
    expect((await house.call(null, 'GET', '/catalogue')).status).toBe(401)
    // An entry is what everybody may know; the evaluation stays with its team.
    for (const [who, readable] of [
      ['miren', true],
      ['outsider', false],
    ] as const) {
      const { json } = await card(who, id)
      expect([json.entry.name, json.readable]).toEqual(['Gela', readable])
      expect(json.history).toMatchObject([{ version: version.n, outcome: json.entry.outcome }])
    }
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(404)
  })
  it('says nothing of people, scores of one of them, or where contracts are', async () => {
    const id = await drafted('Orri', {
      cost: { contractFile: 'https://cloud.example/f/77' },
    })
    await decide(id)
    const { text } = await card('outsider', id)
    expect(text).not.toContain('/f/77')
    for (const who of WHO) expect(text).not.toContain(`"${who}"`)
  })
  it('goes on with what is in force while another version is written or waits, and follows the next', async () => {
    const id = await drafted('Tauler')
    await decide(id)
    const before = (await card('outsider', id)).json.entry.version
    await house.submit(id)
    expect((await card('outsider', id)).json.entry.version).toBe(before)
    await house.outcome('ane', 'POST', `/documents/${id}/review/withdraw`, {})
  })
  it('has nothing that is archived or in the trash', async () => {
    const id = await drafted('Desagertu')
    await decide(id)
    expect((await tools()).some((one) => one.id === id)).toBe(true)
    await house.call('ane', 'POST', `/documents/${id}/trash`, {})
    expect((await tools()).some((one) => one.id === id)).toBe(false)
    expect((await card('ane', id)).status).toBe(404)
  })
})

describe('[CA1] what was decided on a tool before', () => {
  const DIRECTORS: Approver = { kind: 'directors' }
  /** One who has scored nothing, beside the mayor. */
  const DEPUTY: Approver = { kind: 'person', id: 'outsider', name: 'Outsider' }
  async function route(approval: Route): Promise<void> {
    const organisation = house.server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const approvalRoutes = [{ type: 'evaluation' as const, opinions: [], approval, departments: [] }]
    await organisation.change({ ...facts, approvalRoutes }, version, 'root' as PersonId)
  }
  afterAll(() => route({ quorum: 'any', approvers: [DIRECTORS] }))
  const say = async (who: Who, id: string, { version }: Review, verdict: 'approve' | 'request_changes') => {
    const more = verdict === 'approve' ? {} : { comment: 'Hau ez da oraindik garbi.', sections: ['need'] }
    const given = { id: newUuid(), version: version.n, sha256: version.sha256, verdict, ...more }
    expect(await house.outcome(who, 'POST', `/documents/${id}/decisions`, given)).toEqual([204, undefined])
  }

  it('are the versions that came into force, and none that one of two has approved', async () => {
    const two = await teamOf(
      house.server.container.resolve(TEAMS),
      'Bi eskuz',
      ...[['person', 'ane', 'coordinator'] as const, ['person', 'jon', 'editor'] as const],
      ...[['person', 'mayor', 'director'] as const, ['person', 'outsider', 'director'] as const],
      ...[['person', 'lawyer', 'legal'] as const, ['person', 'miren', 'reader'] as const],
    )
    const id = await draftTool(house, two, 'Bi eskuz')
    await decide(id)
    const versions = async () => (await card('miren', id)).json.history.map(({ version }) => version)
    const [first] = await versions()
    await route({ quorum: 'all', approvers: [DEPUTY, { kind: 'person', id: 'mayor', name: 'Mayor' }] })
    await saidWhatChanged(house, id)
    const second = await house.submit(id)
    await say('mayor', id, second, 'approve')
    expect(await versions()).toEqual([first])
    await say('outsider', id, second, 'approve')
    expect(await versions()).toEqual([second.version.n, first])
    await saidWhatChanged(house, id)
    const third = await house.submit(id)
    await say('mayor', id, third, 'approve')
    await say('outsider', id, third, 'request_changes')
    expect(await versions()).toEqual([second.version.n, first])
    expect((await card('miren', id)).json.entry.version).toBe(second.version.n)
  })
})

describe('[CA6] may I use it?', () => {
  it('answers by the name, however it is written, and cites what it rests on', async () => {
    const { answer } = (await ask('outsider', 'tool=%20GELA&data=public&level=individual')).json
    expect(answer?.entry).toMatchObject({
      name: 'Gela',
      nextReviewOn: expect.any(String),
      sha256: expect.any(String),
    })
    const no = (await ask('outsider', 'tool=gela&data=personal_citizen&level=individual')).json.answer
    expect([no?.verdict, no?.by]).toEqual(['no', 'data_not_allowed'])
    expect((await ask('outsider', 'tool=Ideamapa&data=public&level=individual')).json).toEqual({
      answer: null,
      readable: false,
      before: null,
    })
  })
  it('[CA30] says who may read the evaluation, and nobody else may', async () => {
    for (const [who, readable] of [
      ['miren', true],
      ['outsider', false],
    ] as const)
      expect((await ask(who, 'tool=gela&data=public&level=individual')).json).toMatchObject({
        answer: { entry: { name: 'Gela' } },
        readable,
      })
  })
  it.each([
    'tool=&data=public&level=individual',
    'tool=gela&data=everything&level=individual',
    'tool=gela&data=public&level=galactic',
    'tool=gela',
    `tool=${'a'.repeat(121)}&data=public&level=individual`,
  ])('[CA7] %s is no question', async (query) => expect((await ask('ane', query)).status).toBe(400))
  it('is answered to those who have said who they are', async () =>
    expect((await ask(null, 'tool=gela&data=public&level=individual')).status).toBe(401))
})

describe('[CA27] the list', () => {
  it('is the same one until something in it changes; then what has not is still not read anew', async () => {
    const catalogue = house.server.container.resolve(CATALOGUE)
    const before = await catalogue.all()
    expect(before.length).toBeGreaterThan(1)
    expect(await catalogue.all()).toBe(before)
    const id = await drafted('Berria')
    expect(await catalogue.all()).toBe(before)
    await decide(id)
    const after = await catalogue.all()
    expect(after.map(({ entry }) => entry.name)).toContain('Berria')
    for (const { entry } of before) expect(after.some((one) => one.entry === entry)).toBe(true)
    expect((await tools()).map(({ name }) => name)).toContain('Berria')
    await house.call('ane', 'POST', `/documents/${id}/trash`, {})
    expect((await catalogue.all()).length).toBe(before.length)
    expect((await tools()).map(({ name }) => name)).not.toContain('Berria')
  })
})
