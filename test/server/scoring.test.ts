/** Rounds of scores over REST: who opens, scores and reveals, what a sheet needs, and what of it is frozen and decided by. */
import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId, type TeamId } from '@auzolan/shared/ids.ts'
import {
  CONFLICT_MAX_CHARACTERS,
  EVALUATORS_MAX,
  SCORE_REASON_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { Review } from '@auzolan/shared/protocol/review.ts'
import type { Scoring, WeightSet } from '@auzolan/shared/protocol/scoring.ts'
import type { FrozenScoring } from '@auzolan/shared/schema/evaluation/scoring.ts'
import { CRITERIA, DEFAULT_WEIGHTS } from '@auzolan/shared/scoring/criteria.ts'
import type { Score } from '@auzolan/shared/scoring/result.ts'
import { ARRANGING, DOCUMENTS, JOURNAL, ORGANISATION, TEAMS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import {
  DEPARTMENTS,
  done,
  handIn,
  openRound,
  reasonsFor,
  SAIOA_SHEETS,
  scored,
  sheetOf,
  withDepartments,
} from '../support/scored.ts'
import { teamOf } from '../support/teams.ts'
import { openWriter } from '../support/wire.ts'

let house: Reviewed
let team: TeamId
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
    ['person', 'garazi', 'reader'],
  )
})
afterAll(() => house.stop())

const LEVEL = (level: string) => ({ useLevel: { level, ownBackup: { eu: 'Etxean', es: 'En casa' } } })
const meet = (changes: { readonly [section: string]: object } = {}): Promise<DocumentId> => {
  const base = structuredClone(SAIOA_MEET) as { [section: string]: object }
  for (const [section, fields] of Object.entries(changes)) base[section] = { ...base[section], ...fields }
  return house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team,
    languages: ['eu', 'es'],
    template: base as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })
}
const at = (id: string, n = 1) => `/documents/${id}/scoring/${n}`
const read = async (id: string, who: Who = 'ane') =>
  (await house.call<Scoring>(who, 'GET', `/documents/${id}/scoring`)).json.rounds!
const people = (...names: string[]) => ({
  evaluators: names.map((person) => ({ person, name: person, department: null })),
})
const put = (id: string, who: Who | null, body: object, n = 1) => house.outcome(who, 'PUT', at(id, n), body)
const post = (id: string, who: Who | null, what: string, body: object = {}, n = 1) =>
  house.outcome(who, 'POST', `${at(id, n)}/${what}`, body)
const draft = (revision = 0, more: object = {}) => ({
  id: newUuid(),
  revision,
  scores: { N1: 3 },
  reasons: {},
  ...more,
})
const save = (id: string, who: Who | null, body: object = draft(), n = 1) =>
  house.outcome(who, 'PUT', `${at(id, n)}/sheet`, body)
const attached = async (id: string) =>
  (await house.call<{ scoring: FrozenScoring }>('ane', 'GET', `/documents/${id}/attached`)).json.scoring
const gate = async (id: string): Promise<[number, string]> => {
  const { status, text } = await house.call('ane', 'POST', `/documents/${id}/review`, {})
  return [status, text]
}
const OK = [204, undefined]

describe('[EV4] who may', () => {
  it.each(WHO.map((who, i) => [who, [204, 403, 403, 403, 403, 404][i]!] as const))(
    '%s opens, reveals and closes a round: %i',
    async (who, status) => {
      const id = await meet(LEVEL('individual'))
      expect((await put(id, who, people('jon')))[0]).toBe(status)
      if (status !== 204) await openRound(house, id, 1, ['jon'])
      await handIn(house, 'jon', id, SAIOA_SHEETS[0]!)
      expect((await post(id, who, 'reveal'))[0]).toBe(status)
      if (status !== 204) await done(house, 'ane', 'POST', `${at(id)}/reveal`, {})
      expect((await post(id, who, 'close'))[0]).toBe(status)
    },
  )
  it.each(WHO.map((who, i) => [who, [403, 204, 403, 403, 403, 404][i]!] as const))(
    '%s writes where Jon alone was named: %i',
    async (who, status) => {
      const id = await meet()
      await openRound(house, id, 1, ['jon'])
      expect((await save(id, who))[0]).toBe(status)
      expect((await post(id, who, 'sheet/take-back'))[0]).toBe(status)
      expect((await house.outcome(who, 'PUT', `${at(id)}/sheet/conflict`, { text: 'Senideak' }))[0]).toBe(
        status,
      )
    },
  )
  it('nobody without a pass, nobody for whom it is merely public, and no document of another type has any', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    for (const path of ['/scoring', '/scoring/1'])
      expect(
        (await house.call(null, path === '/scoring' ? 'GET' : 'PUT', `/documents/${id}${path}`)).status,
      ).toBe(401)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect((await house.call('outsider', 'GET', `/documents/${id}/scoring`)).json).toEqual({ rounds: null })
    expect((await save(id, 'outsider'))[0]).toBe(403)
    const plan = await house.plan()
    expect((await house.call('ane', 'GET', `/documents/${plan}/scoring`)).status).toBe(404)
    expect((await put(plan, 'ane', people('jon')))[0]).toBe(404)
  })
  it.each([
    ['nobody', { evaluators: [] }, 400],
    ['somebody outside the team', people('outsider'), 400],
    ['the same person twice', people('jon', 'jon'), 400],
    ['of a department there is not', { evaluators: [{ person: 'jon', name: 'J', department: 'x' }] }, 400],
    ['very many', people(...Array.from({ length: EVALUATORS_MAX + 1 }, (_, i) => `p${i}`)), 400],
    ['weights of 99', { ...people('jon'), weights: { ...DEFAULT_WEIGHTS, N1: 8 } }, 400],
    ['weights of 101', { ...people('jon'), weights: { ...DEFAULT_WEIGHTS, N1: 10 } }, 400],
    ['a weight below 0', { ...people('jon'), weights: { ...DEFAULT_WEIGHTS, N1: -1, D1: 20 } }, 400],
    ['half a weight', { ...people('jon'), weights: { ...DEFAULT_WEIGHTS, N1: 9.5, N2: 5.5 } }, 400],
    ['other weights', { ...people('jon'), weights: { ...DEFAULT_WEIGHTS, N1: 0, D1: 19 } }, 204],
  ] as const)('naming %s', async (_what, body, status) => {
    const id = await meet()
    expect((await put(id, 'ane', body))[0]).toBe(status)
    expect(await read(id)).toHaveLength(status === 204 ? 1 : 0)
  })
  it('names people once, adds some while it is open, takes nobody out, and leaves its weights alone', async () => {
    const id = await meet()
    expect(await put(id, 'ane', people('jon'), 2)).toEqual([409, 'CHANGED_MEANWHILE'])
    for (let twice = 0; twice < 2; twice++) expect(await put(id, 'ane', people('jon'))).toEqual(OK)
    expect(await put(id, 'ane', people('jon', 'miren'))).toEqual(OK)
    expect(await put(id, 'ane', people('miren'))).toEqual([409, 'ILLEGAL_MOVE'])
    const weights = { ...DEFAULT_WEIGHTS, N1: 0, D1: 19 }
    expect(await put(id, 'ane', { ...people('jon', 'miren'), weights })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await put(id, 'ane', people('jon'), 2)).toEqual([409, 'ILLEGAL_MOVE'])
    const [round] = await read(id)
    expect(round).toMatchObject({ n: 1, state: 'open', weights: DEFAULT_WEIGHTS, awaited: 2, handedIn: 0 })
    expect(round!.evaluators.map(({ person }) => person)).toEqual(['jon', 'miren'])
  })
  it('[EV8] asks Nextcloud about nobody for whoever may not name people', async () => {
    const id = await meet()
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    for (const who of ['outsider', 'miren', 'jon'] as const)
      for (const person of ['lawyer', 'nobody-is-called-so'])
        expect([who, person, await put(id, who, people(person))]).toEqual([who, person, [403, 'NOT_ALLOWED']])
  })
  it('adds people although somebody who was named has no account any more', async () => {
    house.nextcloud.users['garazi'] = { enabled: true, groups: [], teams: [] }
    const id = await meet()
    expect(await put(id, 'ane', people('garazi', 'lawyer'))).toEqual(OK)
    house.nextcloud.users['garazi'] = { enabled: false, groups: [], teams: [] }
    await house.server.changed({ people: ['garazi'] })
    expect(await put(id, 'ane', people('garazi', 'lawyer', 'miren'))).toEqual(OK)
    expect((await put(await meet(), 'ane', people('garazi')))[0]).toBe(400)
  })
  it('[EV8] goes to no other team with its sheets', async () => {
    const id = await meet()
    const other = await teamOf(house.server.container.resolve(TEAMS), 'Bestea', [
      'person',
      'ane',
      'coordinator',
    ])
    const move = () => house.outcome('ane', 'POST', `/documents/${id}/move`, { team: other })
    await put(id, 'ane', people('jon'))
    expect(await move()).toEqual([409, 'ILLEGAL_MOVE'])
  })
  it('says while it is open of which departments people are: named without one, it could never be revealed', async () => {
    const id = await meet()
    const of = (...all: readonly (readonly [Who, string | null])[]) => ({
      evaluators: all.map(([person, department]) => ({ person, name: person, department })),
    })
    await put(id, 'ane', of(['jon', null], ['lawyer', null], ['miren', null]))
    for (const who of ['jon', 'lawyer', 'miren'] as const) await handIn(house, who, id, SAIOA_SHEETS[0]!)
    const reveal = () => house.outcome('ane', 'POST', `/documents/${id}/scoring/1/reveal`, {})
    expect(await reveal()).toEqual([409, 'GATE_CLOSED'])
    expect((await put(id, 'ane', of(['jon', 'x'], ['lawyer', null], ['miren', null])))[0]).toBe(400)
    const placed = of(['jon', 'informatika'], ['lawyer', 'idazkaritza'], ['miren', null])
    expect(await put(id, 'jon', placed)).toEqual([403, 'NOT_ALLOWED'])
    expect(await put(id, 'ane', placed)).toEqual(OK)
    // What was handed in is as it was.
    expect((await read(id))[0]).toMatchObject({ handedIn: 3, evaluators: placed.evaluators })
    expect(await reveal()).toEqual(OK)
    expect((await put(id, 'ane', of(['jon', 'kultura'], ['lawyer', null], ['miren', null])))[0]).toBe(409)
  })
})

describe('[EV15] weights of the organisation', () => {
  const list = async () => (await house.call<WeightSet[]>('miren', 'GET', '/weights')).json
  const save = async (who: Who | null, more: object = {}) => {
    const from = (await list())[0]!.n
    return house.outcome(who, 'PUT', '/weights', { from, weights: DEFAULT_WEIGHTS, ...more })
  }
  const other = (n: number) => ({ ...DEFAULT_WEIGHTS, N1: 9 - n, D1: 10 + n })
  it.each([[null, 401], ...WHO.map((who) => [who, 403] as const), ['root', 200]] as const)(
    'are saved by administrators of Nextcloud: %s %i',
    async (who, status) => expect((await save(who))[0]).toBe(status),
  )
  it('are read by anybody signed in', async () => {
    expect((await house.outcome(null, 'GET', '/weights'))[0]).toBe(401)
    expect((await list()).at(-1)).toEqual({ n: 0, weights: DEFAULT_WEIGHTS, saved: null })
  })
  it.each([
    ['99', { ...DEFAULT_WEIGHTS, N1: 8 }, 400],
    ['101', { ...DEFAULT_WEIGHTS, N1: 10 }, 400],
    ['half of one', { ...DEFAULT_WEIGHTS, N1: 9.5, N2: 5.5 }, 400],
    ['one that lacks', { ...DEFAULT_WEIGHTS, N1: undefined, D1: 19 }, 400],
    ['100', other(1), 200],
  ] as const)('come to 100: %s', async (_what, weights, status) => {
    expect((await save('root', { weights }))[0]).toBe(status)
  })
  it('are another version each time, with who and when; of two who save, the second one is told', async () => {
    const before = (await list())[0]!.n
    expect(await save('root', { weights: other(2) })).toEqual([200, undefined])
    expect(await save('root', { weights: other(2) })).toEqual([200, undefined])
    const [now] = await list()
    expect(now).toMatchObject({ n: before + 1, weights: other(2), saved: { by: { id: 'root' } } })
    expect(await save('root', { from: before, weights: other(3) })).toEqual([409, 'CHANGED_MEANWHILE'])
  })
  it('a round keeps those it was opened with, and its thresholds, and says which', async () => {
    await save('root', { weights: other(4) })
    const [set] = await list()
    const id = await meet()
    await scored(house, id, ['jon', 'lawyer', 'miren'])
    const first = (await read(id))[0]!
    expect(first).toMatchObject({
      weightSet: set!.n,
      weights: other(4),
      thresholds: { recommend: 70, conditional: 50 },
    })
    const frozen = async () =>
      (await house.call<{ scoring: object }>('ane', 'GET', `/documents/${id}/attached`)).json.scoring
    const before = await frozen()
    expect(before).toMatchObject({
      weightSet: set!.n,
      recommendFrom: 70,
      conditionsFrom: 50,
      band: 'recommended_with_conditions',
    })
    await save('root', { weights: other(5) })
    const organisation = house.server.container.resolve(ORGANISATION)
    const policy = async (thresholds: { recommend: number; conditional: number }) => {
      const { version, ...facts } = await organisation.read()
      await organisation.change(
        { ...facts, policy: { ...facts.policy, thresholds } },
        version,
        'root' as PersonId,
      )
    }
    await policy({ recommend: 90, conditional: 80 })
    expect((await read(id))[0]).toEqual(first)
    expect(await frozen()).toEqual(before)
    // The next one is opened with what holds then; what is given for it alone has no version.
    await openRound(house, id, 2, ['jon'])
    expect((await read(id))[1]).toMatchObject({
      weightSet: set!.n + 1,
      weights: other(5),
      thresholds: { recommend: 90, conditional: 80 },
    })
    const own = await meet()
    await put(own, 'ane', { ...people('jon'), weights: other(6) })
    expect((await read(own))[0]).toMatchObject({ weightSet: null, weights: other(6) })
    await policy({ recommend: 70, conditional: 50 })
    await save('root', { weights: DEFAULT_WEIGHTS })
  })
  it.each([
    [71, 'recommended_with_conditions'],
    [70, 'recommended'],
  ] as const)(
    'with %i points asked for, the round of somebody who gives 70 suggests %s',
    async (recommend, band) => {
      const organisation = house.server.container.resolve(ORGANISATION)
      const { version, ...facts } = await organisation.read()
      const thresholds = { recommend, conditional: 50 }
      await organisation.change(
        { ...facts, policy: { ...facts.policy, thresholds } },
        version,
        'root' as PersonId,
      )
      const id = await meet()
      const half = CRITERIA.map((_, i) => (i % 2 ? 4 : 3) as Score)
      const others = half.map((score) => (score === 3 ? 4 : 3) as Score)
      await scored(house, id, ['jon', 'lawyer', 'miren', 'mayor'], [half, others, half, others])
      const scoring = (await house.call<{ scoring: object }>('ane', 'GET', `/documents/${id}/attached`)).json
      expect(scoring).toMatchObject({ scoring: { overall: 70, band } })
      const now = await organisation.read()
      const back = { ...facts, policy: { ...facts.policy, thresholds: { recommend: 70, conditional: 50 } } }
      await organisation.change(back, now.version, 'root' as PersonId)
    },
  )
})

describe('[EV5] a sheet', () => {
  it('[EV18] that waited on a device is taken from its writer, and from nobody else who is signed in there', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'miren'])
    const given = draft(0, { signedInAs: 'jon' })
    expect(await house.outcome('miren', 'PUT', `${at(id)}/sheet`, given)).toEqual([403, 'OTHER_PERSON'])
    expect((await read(id, 'miren'))[0]!.own!.revision).toBe(0)
    for (let twice = 0; twice < 2; twice++)
      expect(await house.outcome('jon', 'PUT', `${at(id)}/sheet`, given)).toEqual(OK)
    expect((await read(id, 'jon'))[0]!.own!.revision).toBe(1)
  })
  it('is saved as a draft, once for each time it was sent, and never over what is newer', async () => {
    const id = await meet()
    await openRound(house, id, 1, ['jon', 'miren'])
    const first = draft()
    for (let twice = 0; twice < 2; twice++) expect(await save(id, 'jon', first)).toEqual(OK)
    expect(await save(id, 'jon', { ...first, scores: { N1: 4 } })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await save(id, 'jon', draft(0))).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await save(id, 'jon', draft(1, { scores: { N1: 5 }, reasons: { N1: 'Bai' } }))).toEqual(OK)
    const [round] = await read(id, 'jon')
    expect(round!.own).toEqual({
      scores: { N1: 5 },
      reasons: { N1: 'Bai' },
      conflict: '',
      handedInAt: null,
      revision: 2,
    })
  })
  it.each([
    ['6', { scores: { N1: 6 } }, 400],
    ['-1', { scores: { N1: -1 } }, 400],
    ['half a point', { scores: { N1: 2.5 } }, 400],
    ['a text', { scores: { N1: '3' } }, 400],
    ['0', { scores: { N1: 0 } }, 204],
    ['5', { scores: { N1: 5 } }, 204],
    ['that it does not apply', { scores: { N1: 'NA' } }, 204],
    ['a criterion that there is not', { scores: { Z9: 3 } }, 400],
    ['a long reason', { reasons: { N1: 'a'.repeat(SCORE_REASON_MAX_CHARACTERS) } }, 204],
    ['a longer one', { reasons: { N1: 'a'.repeat(SCORE_REASON_MAX_CHARACTERS + 1) } }, 400],
  ] as const)('of %s', async (_what, more, status) => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    expect((await save(id, 'jon', draft(0, more)))[0]).toBe(status)
  })
  it.each([
    ['a score is missing', 'N1', undefined, 409],
    ['0 without a reason', 'N1', 0, 409],
    ['1 without a reason', 'N1', 1, 409],
    ['2 without a reason', 'N1', 2, 204],
    ['4 without a reason', 'N1', 4, 204],
    ['5 without a reason', 'N1', 5, 409],
    ['it does not apply, without a reason', 'N1', 'NA', 409],
  ] as const)('handed in: %s', async (_what, criterion, score, status) => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    const scores = { ...sheetOf(SAIOA_SHEETS[0]!), [criterion]: score }
    const { [criterion]: _, ...reasons } = reasonsFor(sheetOf(SAIOA_SHEETS[0]!))
    expect(await save(id, 'jon', draft(0, { scores, reasons }))).toEqual(OK)
    expect((await post(id, 'jon', 'sheet/hand-in', { revision: 1 }))[0]).toBe(status)
    expect((await read(id))[0]!.handedIn).toBe(status === 204 ? 1 : 0)
  })
  it('that is handed in stays as it is until it is taken back, and for good from the reveal on', async () => {
    const id = await meet(LEVEL('individual'))
    await openRound(house, id, 1, ['jon'])
    await handIn(house, 'jon', id, SAIOA_SHEETS[0]!)
    expect(await post(id, 'jon', 'sheet/hand-in', { revision: 1 })).toEqual(OK)
    expect(await post(id, 'jon', 'sheet/hand-in', { revision: 0 })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await save(id, 'jon', draft(1))).toEqual([409, 'ILLEGAL_MOVE'])
    for (let twice = 0; twice < 2; twice++) expect(await post(id, 'jon', 'sheet/take-back')).toEqual(OK)
    expect(await post(id, 'ane', 'reveal')).toEqual([409, 'GATE_CLOSED'])
    expect(await post(id, 'jon', 'sheet/hand-in', { revision: 1 })).toEqual(OK)
    for (let twice = 0; twice < 2; twice++) expect(await post(id, 'ane', 'reveal')).toEqual(OK)
    expect(await post(id, 'jon', 'sheet/take-back')).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await save(id, 'jon', draft(1))).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await house.outcome('jon', 'PUT', `${at(id)}/sheet/conflict`, { text: 'Orain bai' })).toEqual([
      409,
      'ILLEGAL_MOVE',
    ])
  })
  it.each([
    ['without a word', ' ', 400],
    ['in 500 signs', 'a'.repeat(CONFLICT_MAX_CHARACTERS), 204],
    ['in 501', 'a'.repeat(CONFLICT_MAX_CHARACTERS + 1), 400],
  ] as const)('a conflict of interest %s', async (_what, text, status) => {
    const id = await meet()
    await openRound(house, id, 1, ['jon'])
    expect((await house.outcome('jon', 'PUT', `${at(id)}/sheet/conflict`, { text }))[0]).toBe(status)
  })
  it('of somebody with a conflict of interest is closed, empty, and counts for nothing', async () => {
    const id = await meet(LEVEL('collective'))
    await openRound(house, id, 1, ['jon', 'lawyer', 'miren'])
    for (const [i, who] of (['jon', 'lawyer', 'miren'] as const).entries())
      await handIn(house, who, id, SAIOA_SHEETS[i]!)
    const text = 'Hornitzailean lan egin nuen.'
    for (let twice = 0; twice < 2; twice++)
      await done(house, 'miren', 'PUT', `${at(id)}/sheet/conflict`, { text })
    expect(await save(id, 'miren', draft(2))).toEqual([409, 'ILLEGAL_MOVE'])
    // That there is one is sealed, too.
    expect((await read(id))[0]).toMatchObject({ handedIn: 2, awaited: 3, sheets: null, result: null })
    expect(await post(id, 'ane', 'reveal')).toEqual(OK)
    const [round] = await read(id, 'mayor')
    expect(round).toMatchObject({ handedIn: 2, awaited: 2 })
    const { rows } = house.server.container.resolve(JOURNAL)
    const told = await rows
      .selectFrom('audit')
      .select(['actor', 'action'])
      .where('subject', '=', id)
      .where('action', 'like', 'scoring.%')
      .orderBy('n')
      .execute()
    expect(told.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'ane scoring.open',
      'ane scoring.reveal',
      'jon scoring.hand_in',
      'lawyer scoring.hand_in',
      'miren scoring.conflict',
    ])
    expect(round!.sheets).toHaveLength(3)
    expect(round!.sheets![2]).toMatchObject({ conflict: text, scores: {}, reasons: {} })
    expect(round!.result!.totals.map(({ evaluator }) => evaluator)).toEqual(['jon', 'lawyer'])
  })
})

describe('[EV6] a reveal', () => {
  it('asks for no less than on the day it was opened, whatever the level is written to be since', async () => {
    const id = await meet(LEVEL('institutional'))
    await openRound(house, id, 1, ['jon', 'lawyer', 'miren'])
    await handIn(house, 'jon', id, SAIOA_SHEETS[0]!)
    const jon = await openWriter(house.server, 'jon', id)
    const [update] = jon.edit((doc) => doc.getMap('useLevel.*').set('level', 'individual'))
    expect(await jon.write(update!)).toBe(null)
    await jon.close()
    expect((await attached(id)).sheetsNeeded).toBe(1)
    expect(await post(id, 'ane', 'reveal')).toEqual([409, 'GATE_CLOSED'])
  })
  it.each([
    ['individual', 0, 409],
    ['individual', 1, 204],
    ['collective', 1, 409],
    ['collective', 2, 204],
    ['institutional', 2, 409],
    ['institutional', 3, 204],
  ] as const)('%s, with %i sheets handed in: %i', async (level, count, status) => {
    const id = await meet(LEVEL(level))
    const all = ['jon', 'lawyer', 'miren'] as const
    await openRound(house, id, 1, all)
    for (const who of all.slice(0, count)) await handIn(house, who, id, SAIOA_SHEETS[0]!)
    expect((await post(id, 'ane', 'reveal'))[0]).toBe(status)
    expect(await post(id, 'ane', 'close')).toEqual(status === 204 ? OK : [409, 'ILLEGAL_MOVE'])
  })
  it.each([
    ['of one department', ['kultura', 'kultura', 'kultura'], 409],
    ['of one, and two of none', ['kultura', null, null], 409],
    ['of two', ['kultura', 'kultura', 'gazteria'], 204],
  ] as const)('of the institution, by people %s', async (_what, departments, status) => {
    const id = await meet()
    const all = ['jon', 'lawyer', 'miren'] as const
    const evaluators = all.map((person, i) => ({ person, name: person, department: departments[i] }))
    expect(await put(id, 'ane', { evaluators })).toEqual(OK)
    for (const who of all) await handIn(house, who, id, SAIOA_SHEETS[0]!)
    expect((await post(id, 'ane', 'reveal'))[0]).toBe(status)
  })
  it('begins the next round with what everybody had written, and leaves the first one as it was', async () => {
    const id = await meet()
    const all = ['jon', 'lawyer', 'miren'] as const
    await scored(house, id, all, SAIOA_SHEETS)
    const before = (await read(id))[0]!
    await openRound(house, id, 2, ['jon', 'lawyer', 'miren', 'ane'])
    const own = async (who: Who) => (await read(id, who))[1]!.own
    expect(await own('lawyer')).toMatchObject({
      scores: sheetOf(SAIOA_SHEETS[1]!),
      handedInAt: null,
      revision: 0,
    })
    expect(await own('ane')).toMatchObject({ scores: {}, revision: 0 })
    await handIn(house, 'lawyer', id, SAIOA_SHEETS[0]!, { n: 2 })
    const [first, second] = await read(id)
    expect(first).toEqual({ ...before, state: 'closed', closed: first!.closed, own: null })
    expect(second).toMatchObject({ n: 2, state: 'open', handedIn: 1, awaited: 4, sheets: null })
    expect(await gate(id)).toEqual([409, expect.stringContaining('E-17')])
  })
})

describe('[G.2] «Saioa Meet», scored by four', () => {
  const FOUR = ['jon', 'lawyer', 'miren', 'ane'] as const
  const resolved = {
    resolutions: [
      {
        id: 'r1',
        criterion: 'D1',
        outcome: 'agreed',
        note: {
          eu: 'Laguntza ixteko baldintza jarri dugu.',
          es: 'Ponemos la condición de cerrar el soporte.',
        },
      },
    ],
  }
  it('comes to 65.8, between 61.2 and 70.4, fragile, with one disagreement; and that is what is decided on', async () => {
    const id = await meet({ decision: resolved })
    expect(await attached(id)).toMatchObject({
      round: null,
      state: null,
      sheetsNeeded: 3,
      departmentsNeeded: 2,
    })
    expect(await gate(id)).toEqual([409, expect.stringContaining('E-17')])
    await scored(house, id, FOUR, SAIOA_SHEETS)
    const frozen = await attached(id)
    expect(frozen).toMatchObject({
      round: 1,
      state: 'revealed',
      overall: 65.8,
      low: 61.2,
      high: 70.4,
      coverage: 100,
      covered: true,
      band: 'recommended_with_conditions',
      fragile: true,
      sheets: 4,
      departments: 4,
    })
    expect(frozen.totals.map(({ points }) => points)).toEqual([74.6, 70.4, 59.2, 57.4])
    expect(frozen.blocks.map(({ points }) => points)).toEqual([82.8, 85.3, 54.1, 66.7, 46, 48.8])
    expect(frozen.criteria.filter(({ flagged }) => flagged).map(({ id: one }) => one)).toEqual(['D1'])
    expect(frozen.criteria.find(({ id: one }) => one === 'D1')).toMatchObject({
      n: 4,
      median: 2.5,
      mean: 2.5,
      deviation: 1.12,
      range: 3,
      agreement: 0.55,
      weight: 10,
    })
    const review = await house.submit(id)
    const version = JSON.parse(review.version.json) as { scoring: FrozenScoring }
    expect(version.scoring).toEqual(frozen)
    // Whoever may read the version is told nobody's points: no name, no account, no department, and not the order of the sheets.
    const said = JSON.stringify(version.scoring)
    for (const word of [...FOUR, ...DEPARTMENTS]) expect(said).not.toContain(`"${word}"`)
    // Another round moves nothing of what is being decided on.
    await openRound(house, id, 2, FOUR)
    const again = (await house.call<Review>('mayor', 'GET', `/documents/${id}/review`)).json
    expect(again.version.sha256).toBe(review.version.sha256)
  })
  it.each(WHO.map((who, i) => [who, ['all', 'all', 'all', 'all', 'all', 'none'][i]!] as const))(
    'is read with its names by the team alone (%s)',
    async (who, what) => {
      const id = await meet()
      await scored(house, id, FOUR, SAIOA_SHEETS)
      expect((await house.call(who, 'GET', `/documents/${id}/scoring`)).status).toBe(
        what === 'none' ? 404 : 200,
      )
      await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
      const { rounds } = (await house.call<Scoring>(who, 'GET', `/documents/${id}/scoring`)).json
      expect(rounds?.[0]?.sheets?.length ?? null).toBe(what === 'none' ? null : 4)
    },
  )
  it('[E-16] is not sent to review while nothing is said of the disagreement', async () => {
    const id = await meet()
    await scored(house, id, FOUR, SAIOA_SHEETS)
    const [status, text] = await gate(id)
    expect([status, text.includes('E-16'), text.includes('E-17')]).toEqual([409, true, false])
  })
})

describe('[W-02] whoever has scored', () => {
  const decide = (id: DocumentId, { version }: Review) =>
    house.outcome('mayor', 'POST', `/documents/${id}/decisions`, {
      id: newUuid(),
      version: version.n,
      sha256: version.sha256,
      verdict: 'approve',
    })
  // For data that nothing stands against at this level.
  const own = {
    ...LEVEL('individual'),
    dataProtection: { dataClasses: ['public'] },
    decision: { allowedDataClasses: ['public'], allowedLevels: ['individual'] },
  }

  it('does not decide; whoever has not, does', async () => {
    const id = await meet(own)
    await scored(house, id, ['mayor'])
    const review = await house.submit(id)
    expect(review.barred).toBe('evaluator')
    expect(await decide(id, review)).toEqual([403, 'OWN_SCORES'])
    const other = await meet(own)
    await scored(house, other, ['jon'])
    const theirs = await house.submit(other)
    expect(theirs.barred).toBe(null)
    expect(await decide(other, theirs)).toEqual(OK)
  })
  it('nor whoever has said that it is in their interest; whoever was only named, does', async () => {
    const id = await meet(own)
    await openRound(house, id, 1, ['jon', 'mayor'])
    await handIn(house, 'jon', id, SAIOA_SHEETS[0]!)
    await done(house, 'mayor', 'PUT', `${at(id)}/sheet/conflict`, { text: 'Anaia' })
    await done(house, 'ane', 'POST', `${at(id)}/reveal`, {})
    expect((await house.submit(id)).barred).toBe('evaluator')
    const named = await meet(own)
    await openRound(house, named, 1, ['jon', 'mayor'])
    await handIn(house, 'jon', named, SAIOA_SHEETS[0]!)
    await done(house, 'ane', 'POST', `${at(named)}/reveal`, {})
    expect((await house.submit(named)).barred).toBe(null)
  })
  it('holds no such decision of somebody else', async () => {
    const id = await meet(own)
    await scored(house, id, ['lawyer'])
    await house.submit(id)
    const day = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
    const lend = (who: string) =>
      house.outcome('mayor', 'POST', `/documents/${id}/delegations`, {
        delegate: { id: who, name: who },
        from: day,
        to: day,
      })
    expect(await lend('lawyer')).toEqual([403, 'OWN_SCORES'])
    expect((await lend('miren'))[0]).toBe(201)
  })
  it('does in a small house, and the audit says so', async () => {
    const id = await meet(own)
    await scored(house, id, ['mayor'])
    const review = await house.submit(id)
    const { policy } = (await house.call<{ policy: object }>('root', 'GET', '/organisation')).json
    await withDepartments(house, { policy: { ...policy, smallOrganisation: true } })
    try {
      expect(await decide(id, review)).toEqual(OK)
    } finally {
      await withDepartments(house, { policy })
    }
    const { rows } = house.server.container.resolve(JOURNAL)
    const { detail } = await rows
      .selectFrom('audit')
      .select('detail')
      .where('subject', '=', id)
      .where('action', '=', 'review.decide')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(detail)).toMatchObject({ evaluated: true })
  })
})

describe('[EV7] what stands in the data', () => {
  it('is vouched for from the reveal on, and gone with its evaluation', async () => {
    const id = await meet(LEVEL('individual'))
    await scored(house, id, ['jon'])
    const whole = await verifyFolder(house.server.dataFolder, null)
    expect(whole.kind === 'read' && whole.faults).toEqual([])
    const db = new Database(join(house.server.dataFolder, 'auzolan.sqlite'))
    const change = (sql: string) => db.prepare(sql).run(id)
    try {
      change(`UPDATE score_sheet SET scores = replace(scores, '"D1":3', '"D1":5') WHERE document = ?`)
      const found = await verifyFolder(house.server.dataFolder, null)
      expect(found.kind === 'read' && found.faults).toEqual([expect.stringContaining('score_sheet')])
      change(`UPDATE score_sheet SET scores = replace(scores, '"D1":5', '"D1":3') WHERE document = ?`)
      change(`UPDATE scoring_round SET weights = replace(weights, '"N1":9', '"N1":8') WHERE document = ?`)
      const weights = await verifyFolder(house.server.dataFolder, null)
      expect(weights.kind === 'read' && weights.faults).toEqual([expect.stringContaining('scoring_round')])
      change(`UPDATE scoring_round SET weights = replace(weights, '"N1":8', '"N1":9') WHERE document = ?`)
    } finally {
      db.close()
    }
    await house.call('ane', 'DELETE', `/documents/${id}`)
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('document').set({ trashed_at: '2020-01-01' }).where('id', '=', id).execute()
    expect(await house.server.container.resolve(ARRANGING).purge()).toBe(1)
    for (const table of ['scoring_round', 'score_sheet'] as const)
      expect(await rows.selectFrom(table).selectAll().where('document', '=', id).execute()).toEqual([])
  })
  it('tells the page of an archived evaluation that nobody scores it any more', async () => {
    const id = await meet(LEVEL('individual'))
    await scored(house, id, ['jon'])
    await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: 'Ez da gehiago erabiltzen hemen.' })
    expect((await house.call<DocumentEnvelope>('ane', 'GET', `/documents/${id}`)).json.archive).not.toBe(null)
    expect(await put(id, 'ane', people('jon'), 2)).toEqual([409, 'ILLEGAL_MOVE'])
  })
})
