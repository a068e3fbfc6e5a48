/** Evaluations of tools over REST: who begins one, and that one is decided on like any document, with the opinions its level asks for. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import { DOCUMENTS, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { scored, withDepartments, withdraw } from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'

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

const wanted = (more: object = {}) => ({
  type: 'evaluation',
  toolName: 'Saioa Meet',
  level: 'collective',
  team: { kind: 'team', id: team },
  ...more,
})
const begin = (who: Who | null, more: object = {}) => house.outcome(who, 'POST', '/documents', wanted(more))
/** «Saioa Meet», scored. */
const meet = async (changes: { readonly [section: string]: object } = {}): Promise<DocumentId> => {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  for (const [section, fields] of Object.entries(changes)) base[section] = { ...base[section], ...fields }
  const id = await house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team as never,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })
  await scored(house, id)
  return id
}
const decide = (id: DocumentId, { version }: Review, more: object = {}) =>
  house.outcome('mayor', 'POST', `/documents/${id}/decisions`, {
    id: newUuid(),
    version: version.n,
    sha256: version.sha256,
    verdict: 'approve',
    ...more,
  })

describe('[EV2] an evaluation', () => {
  it.each(WHO.map((who, i) => [who, [201, 201, 403, 403, 403, 404][i]!] as const))(
    'is begun for a team by those who write in it: %s gets %i',
    async (who, status) => expect((await begin(who))[0]).toBe(status),
  )
  it('is begun by anybody for themselves, and by nobody who is not signed in', async () => {
    expect((await begin('outsider', { team: { kind: 'person' } }))[0]).toBe(201)
    expect((await begin(null))[0]).toBe(401)
  })
  it.each([
    ['without a name', { toolName: '  ' }, 400],
    ['with a name of 120 signs', { toolName: 'a'.repeat(120) }, 201],
    ['with a name of 121', { toolName: 'a'.repeat(121) }, 400],
    ['at a level that there is not', { level: 'national' }, 400],
  ] as const)('%s', async (_what, more, status) => expect((await begin('jon', more))[0]).toBe(status))

  it('begins with its tool, its level and its day', async () => {
    const { json } = await house.call<{ id: string }>('jon', 'POST', '/documents', wanted())
    const found = (await house.call<DocumentEnvelope>('jon', 'GET', `/documents/${json.id}`)).json
    expect(found).toMatchObject({ type: 'evaluation', title: { eu: 'Saioa Meet', es: 'Saioa Meet' } })
    expect(found.capabilities.calendar?.read ?? false).toBe(false)
  })

  it('[E-20] of the institution waits for human resources, technology and legal services', async () => {
    const id = await meet()
    const review = await house.submit(id)
    expect(review.asked).toEqual(['hr', 'it', 'legal'])
    expect(await decide(id, review)).toEqual([409, 'GATE_CLOSED'])
  })
  it('[E-20] of a group waits for legal services alone', async () => {
    const id = await meet({ useLevel: { level: 'collective' }, decision: { allowedLevels: ['collective'] } })
    const review = await house.submit(id)
    expect(review.asked).toEqual(['legal'])
    await house.call('lawyer', 'PUT', `/documents/${id}/review/opinions/legal`, {
      version: review.version.n,
      stance: 'favourable',
      text: '',
    })
    expect(await decide(id, review)).toEqual([204, undefined])
    const found = (await house.call<DocumentEnvelope>('miren', 'GET', `/documents/${id}`)).json
    expect(found.work).toBe('draft')
  })
  it('[E-K1] cannot be approved for data that a blocking criterion stands against', async () => {
    const changes = (allowedDataClasses: string[]) => ({
      useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
      dataProtection: { dataClasses: ['public', 'special_art9'] },
      decision: { allowedDataClasses, allowedLevels: ['individual'] },
    })
    const refused = await meet(changes(['public', 'special_art9']))
    expect((await decide(refused, await house.submit(refused)))[0]).toBe(409)
    const scoped = await meet(changes(['public']))
    expect(await decide(scoped, await house.submit(scoped))).toEqual([204, undefined])
  })
  const own = (decision: object) => ({
    useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
    dataProtection: { dataClasses: ['public'] },
    decision: { allowedDataClasses: ['public'], allowedLevels: ['individual'], ...decision },
  })
  const sent = (id: DocumentId) => house.outcome('ane', 'POST', `/documents/${id}/review`, {})
  it.each<[string, object, number]>([
    ['what was evaluated', {}, 201],
    ['[E-11] other data', { allowedDataClasses: ['public', 'special_art9'] }, 409],
    ['[E-11] another level', { allowedLevels: ['individual', 'institutional'] }, 409],
    ['[E-22] conditions that there are not', { outcome: 'recommended_with_conditions', conditions: [] }, 409],
  ])('is sent to review for %s, or not', async (_what, decision, status) =>
    expect((await sent(await meet(own(decision))))[0]).toBe(status),
  )
  it('[E-22] is withdrawn when it was recommended, and not before', async () => {
    const left = { exitOn: '2027-06-30', useInstead: { eu: 'Gela', es: 'Gela' } }
    expect((await sent(await meet(own({ outcome: 'withdrawn', ...left }))))[0]).toBe(409)
    const id = await meet(own({}))
    await house.decided(id)
    await withdraw(house, id)
    await house.decided(id)
    // Put in other words, it is withdrawn all the same.
    expect((await sent(id))[0]).toBe(201)
  })
  it('[E-23] says where data would leave the EEA, when the organisation wants them to stay', async () => {
    const changes = { dataProtection: { dataClasses: ['personal_staff'] } }
    const id = await meet({
      ...own({ allowedDataClasses: ['personal_staff'] }),
      ...changes,
    })
    await house.submit(id)
    const said = async () => {
      const { findings } = (await house.call<Review>('mayor', 'GET', `/documents/${id}/review`)).json
      return findings.filter((one) => one.check === 'E-23').map(({ severity }) => severity)
    }
    expect(await said()).toEqual(['warn', 'warn', 'warn'])
    const organisation = house.server.container.resolve(ORGANISATION)
    const { version, ...facts } = await organisation.read()
    const policy = { ...facts.policy, requireEea: false }
    await organisation.change({ ...facts, policy }, version, 'root' as PersonId)
    expect(await said()).toEqual([])
  })
  it('[E-14] is not sent to review without a precaution', async () => {
    const id = await meet({ balance: { precautions: [] } })
    expect((await house.outcome('ane', 'POST', `/documents/${id}/review`, {}))[0]).toBe(409)
  })
})
