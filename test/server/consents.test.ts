/** The register of consents: who reads and writes it, what is refused, what a withdrawal tells, and that nothing leaks. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type TeamId } from '@auzolan/shared/ids.ts'
import {
  CONSENTS_MAX,
  CONSENT_NETWORKS_MAX,
  CONSENT_SUBJECT_MAX_CHARACTERS,
  CONSENT_TEXT_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { ConsentGiven, ConsentKept, ConsentWithdrawn } from '@auzolan/shared/protocol/consents.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { digestOf } from '@auzolan/server/src/journal/digest.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const SECRET = 'Jaietako kartela'
const at = (id: string, what = ''): string => `/documents/${id}/consents${what}`
const given = (more: Partial<ConsentGiven> = {}): ConsentGiven => ({
  id: newUuid(),
  subject: 'P-017',
  subjectKind: 'adult',
  givenBy: 'self',
  scope: ['image', 'tagging'],
  networks: ['mastodon'],
  purpose: SECRET,
  obtainedOn: '2027-01-10',
  expiresOn: null,
  evidence: 'https://cloud.example/f/77',
  freelyGiven: true,
  ...more,
})
const add = (id: string, body: object = given({ obtainedOn: TODAY }), who: Who = 'jon') =>
  house.outcome(who, 'POST', at(id), body)
const list = async (id: string): Promise<ConsentKept[]> =>
  (await house.call<ConsentKept[]>('mayor', 'GET', at(id))).json
const withdraw = (id: string, consent: string, on = TODAY, who: Who = 'jon') =>
  house.call<ConsentWithdrawn & { code?: string }>(who, 'POST', at(id, `/${consent}/withdraw`), { on })
const correction = ({ id: _, ...terms }: ConsentGiven, revision: number) => ({ ...terms, revision })
const TERMS = given({ obtainedOn: TODAY })

describe('[CS1] who may', () => {
  it.each(
    WHO.map(
      (who, i) => [who, [200, 200, 200, 200, 403, 404][i]!, [204, 204, 403, 204, 403, 404][i]!] as const,
    ),
  )('%s reads: %i, writes, corrects and withdraws: %i', async (who, reads, writes) => {
    const id = await house.plan()
    const mine = given({ obtainedOn: TODAY })
    expect((await house.call(who, 'GET', at(id))).status).toBe(reads)
    expect((await add(id, mine, who))[0]).toBe(writes)
    expect(await list(id)).toHaveLength(writes === 204 ? 1 : 0)
    await add(id, mine, writes === 204 ? who : 'jon')
    expect((await house.outcome(who, 'PUT', at(id, `/${mine.id}`), correction(mine, 1)))[0]).toBe(writes)
    expect((await withdraw(id, mine.id, TODAY, who)).status).toBe(writes === 204 ? 200 : writes)
    expect((await list(id))[0]!.withdrawnOn).toBe(writes === 204 ? TODAY : null)
  })
  it('nobody without a token, and nobody for whom the plan is merely public', async () => {
    const id = await house.plan()
    await add(id, TERMS)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'public' })
    for (const [who, status] of [
      [null, 401],
      ['outsider', 403],
      ['miren', 403],
    ] as const) {
      const answers = [
        await house.call(who, 'GET', at(id)),
        await house.call(who, 'POST', at(id), given()),
        await house.call(who, 'PUT', at(id, `/${TERMS.id}`), correction(TERMS, 1)),
        await house.call(who, 'POST', at(id, `/${TERMS.id}/withdraw`), { on: TODAY }),
        // What is there and what is not is answered alike.
        await house.call(who, 'POST', at(id, `/${newUuid()}/withdraw`), { on: TODAY }),
      ]
      expect(answers.map((answer) => answer.status)).toEqual(Array(5).fill(status))
      for (const { text } of answers) expect(text).not.toMatch(/P-017|kartela|\b1\b/)
    }
  })
  it('staff of another kind (IT, HR, language) neither read nor write', async () => {
    const id = await house.plan()
    await add(id, given({ obtainedOn: TODAY }))
    const { rows } = house.server.container.resolve(JOURNAL)
    const { team_id } = await rows
      .selectFrom('document')
      .select('team_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    for (const role of ['it', 'hr', 'language']) {
      await rows
        .updateTable('membership')
        .set({ role })
        .where('team_id', '=', team_id as TeamId)
        .where('principal_id', '=', 'miren')
        .execute()
      expect((await house.call('miren', 'GET', at(id))).status).toBe(403)
      expect((await add(id, given(), 'miren'))[0]).toBe(403)
    }
  })
  it('a consent of one plan is none of another', async () => {
    const [mine, other] = [await house.plan(), await house.plan()]
    const one = given({ obtainedOn: TODAY })
    await add(mine, one)
    expect(await list(other)).toEqual([])
    expect((await withdraw(other, one.id)).status).toBe(404)
    expect(await house.outcome('jon', 'PUT', at(other, `/${one.id}`), correction(one, 1))).toEqual([
      404,
      'NOT_FOUND',
    ])
    expect(await add(other, one)).toEqual([409, 'CHANGED_MEANWHILE'])
  })
  it('of an archived plan nothing is added or corrected, and what was given can still be withdrawn', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    await add(id, one)
    await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: REASON })
    expect(await add(id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await house.outcome('jon', 'PUT', at(id, `/${one.id}`), correction(one, 1)))[0]).toBe(409)
    expect((await withdraw(id, one.id)).status).toBe(200)
  })
})

describe('[CS3] what is written down', () => {
  it('comes back as it was given, with who wrote it', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY, expiresOn: addDays(TODAY, 30), networks: 'all' })
    await add(id, one)
    expect(await list(id)).toEqual([
      {
        ...one,
        withdrawnOn: null,
        revision: 1,
        by: { id: 'jon', name: expect.any(String) },
        at: expect.any(String),
      },
    ])
  })
  it.each<[string, Partial<ConsentGiven>]>([
    ['P-32: that was no free choice', { freelyGiven: false }],
    ['of a child, by itself', { subjectKind: 'minor_under_age', givenBy: 'self' }],
    ['for nothing', { scope: [] }],
    ['for no network', { networks: [] }],
    ['from tomorrow', { obtainedOn: addDays(TODAY, 1) }],
    ['that ends before it begins', { expiresOn: addDays(TODAY, -1) }],
    ['of an account', { subject: '@ane' }],
    ['of nobody', { subject: ' ' }],
    ['of somebody with a long name', { subject: 'P'.repeat(CONSENT_SUBJECT_MAX_CHARACTERS + 1) }],
    ['without evidence', { evidence: '' }],
    [
      'for very many networks',
      { networks: Array.from({ length: CONSENT_NETWORKS_MAX + 1 }, (_, i) => `n${i}`) },
    ],
    ['with a novel', { purpose: 'a'.repeat(CONSENT_TEXT_MAX_CHARACTERS + 1) }],
  ])('not one %s', async (_what, more) => {
    const id = await house.plan()
    const bad = given({ obtainedOn: TODAY, ...more })
    expect(await add(id, bad)).toEqual([400, 'INVALID_INPUT'])
    const good = given({ obtainedOn: TODAY })
    await add(id, good)
    const corrected = { ...correction(bad, 1) }
    expect(await house.outcome('jon', 'PUT', at(id, `/${good.id}`), corrected)).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect((await list(id)).map(({ id: one, revision }) => [one, revision])).toEqual([[good.id, 1]])
  })
  it('one as long as it may be, and of a child by a guardian', async () => {
    const id = await house.plan()
    const one = given({
      obtainedOn: TODAY,
      subject: 'P'.repeat(CONSENT_SUBJECT_MAX_CHARACTERS),
      purpose: 'a'.repeat(CONSENT_TEXT_MAX_CHARACTERS),
      subjectKind: 'minor_under_age',
      givenBy: 'guardian',
      networks: Array.from({ length: CONSENT_NETWORKS_MAX }, (_, i) => `n${i}`),
    })
    expect((await add(id, one))[0]).toBe(204)
  })
  it('as many as one register takes, and not one more', async () => {
    const id = await house.plan()
    await add(id, given({ obtainedOn: TODAY }))
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = await rows
      .selectFrom('consent')
      .selectAll()
      .where('document', '=', id)
      .executeTakeFirstOrThrow()
    const BY_HAND = 99
    for (let at = 1; at < CONSENTS_MAX - 1; at += 500)
      await rows
        .insertInto('consent')
        .values(
          Array.from({ length: Math.min(500, CONSENTS_MAX - 1 - at) }, () => ({
            ...row,
            id: newUuid(),
            revision: BY_HAND,
          })),
        )
        .execute()
    expect(await add(id, given({ obtainedOn: TODAY }))).toEqual([204, undefined])
    expect((await add(id, given({ obtainedOn: TODAY })))[1]).toBe('DOCUMENT_FULL')
    // The chain knows of the other two.
    await rows.deleteFrom('consent').where('document', '=', id).where('revision', '=', BY_HAND).execute()
  })
  it('the same sent twice is one; the same id with other words, or by another, is refused', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    expect([(await add(id, one))[0], (await add(id, one))[0]]).toEqual([204, 204])
    expect(await add(id, { ...one, purpose: 'x' })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await add(id, one, 'ane')).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await list(id)).toHaveLength(1)
  })
  it('of two who correct the same, the second one is told; what was withdrawn is not corrected', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    await add(id, one)
    const put = (purpose: string, revision: number) =>
      house.outcome('ane', 'PUT', at(id, `/${one.id}`), { ...correction(one, revision), purpose })
    expect((await put('Bestea', 1))[0]).toBe(204)
    expect(await put('Beste bat', 1)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await list(id)).toMatchObject([{ purpose: 'Bestea', revision: 2, by: { id: 'ane' } }])
    await withdraw(id, one.id)
    expect(await put('Hirugarrena', 3)).toEqual([409, 'ILLEGAL_MOVE'])
  })
})

describe('[CS4] withdrawn', () => {
  it('it stays with its day, and what else of that person stands is told', async () => {
    const id = await house.plan()
    const [one, two, other] = [
      given({ subject: 'P-017' }),
      given({ scope: ['voice'], subject: ' p-017' }),
      given({ subject: 'P-018' }),
    ].map((consent) => ({
      ...consent,
      obtainedOn: TODAY,
    }))
    for (const consent of [one!, two!, other!]) await add(id, consent)
    expect((await withdraw(id, one!.id)).json).toEqual({ withdrawn: [one!.id], standing: [two!.id] })
    // A second time changes nothing, also not the day.
    expect((await withdraw(id, one!.id, addDays(TODAY, -3))).json).toEqual({
      withdrawn: [one!.id],
      standing: [two!.id],
    })
    expect((await list(id)).find((consent) => consent.id === one!.id)).toMatchObject({
      withdrawnOn: TODAY,
      revision: 2,
    })
    expect((await withdraw(id, two!.id)).json).toEqual({ withdrawn: [two!.id], standing: [] })
  })
  it('not on a day that is yet to come, and not what there is not', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    await add(id, one)
    expect(await withdraw(id, one.id, addDays(TODAY, 1))).toMatchObject({
      status: 400,
      json: { code: 'INVALID_INPUT' },
    })
    expect((await withdraw(id, newUuid())).status).toBe(404)
    expect((await list(id))[0]!.withdrawnOn).toBeNull()
  })
})

describe('[CS5] the chain', () => {
  it('has each deed with a fingerprint, and nothing of what it says or of whom', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    await add(id, one)
    await house.outcome('ane', 'PUT', at(id, `/${one.id}`), correction(one, 1))
    await withdraw(id, one.id)
    const { rows } = house.server.container.resolve(JOURNAL)
    const deeds = await rows.selectFrom('audit').selectAll().where('subject', '=', id).orderBy('n').execute()
    const told = deeds.filter(({ action }) => action.startsWith('consent.'))
    expect(told.map(({ action, actor }) => [action, actor])).toEqual([
      ['consent.add', 'jon'],
      ['consent.correct', 'ane'],
      ['consent.withdraw', 'jon'],
    ])
    for (const { detail } of told)
      expect(Object.keys(JSON.parse(detail) as object)).toEqual(['consent', 'digest'])
    const sent = await rows.selectFrom('outbox').select('parcel').execute()
    for (const text of [...told.map(({ detail }) => detail), ...sent.map(({ parcel }) => parcel)])
      expect(text).not.toMatch(/P-017|kartela|cloud\.example/)
    // Nor does the history, which every reader of the plan sees.
    expect((await house.call('miren', 'GET', `/documents/${id}/history`)).text).not.toContain('consent')
  })
  it('keeps no fingerprint that can be found by trying names', async () => {
    const id = await house.plan()
    const one = given({ obtainedOn: TODAY })
    await add(id, one)
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = () =>
      rows.selectFrom('consent').selectAll().where('id', '=', one.id).executeTakeFirstOrThrow()
    const remembered = async () => {
      const deeds = await rows
        .selectFrom('audit')
        .select('detail')
        .where('subject', '=', id)
        .orderBy('n')
        .execute()
      return (JSON.parse(deeds.at(-1)!.detail) as { digest: string }).digest
    }
    const first = await row()
    expect(first.salt).toMatch(/^[0-9a-f]{32}$/)
    expect(await remembered()).toBe(digestOf('consent', first))
    expect(await remembered()).not.toBe(digestOf('consent', { ...first, salt: '' }))
    // What was there before a correction cannot be tried with what is there after it.
    await house.outcome('ane', 'PUT', at(id, `/${one.id}`), correction(one, 1))
    expect((await row()).salt).not.toBe(first.salt)
    expect(await list(id)).not.toContainEqual(expect.objectContaining({ salt: expect.anything() as unknown }))
  })
  it('shows a row that was changed, and one that is gone', async () => {
    const id = await house.plan()
    const [one, two] = [given({ obtainedOn: TODAY }), given({ obtainedOn: TODAY })]
    await add(id, one)
    await add(id, two)
    await withdraw(id, two.id)
    const faults = async (): Promise<string[]> => {
      const found = await verifyFolder(house.server.dataFolder, null)
      return found.kind === 'read'
        ? found.faults.filter((fault) => fault.startsWith('consent'))
        : ['unreadable']
    }
    expect(await faults()).toEqual([])
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('consent').set({ withdrawn_on: null }).where('id', '=', two.id).execute()
    await rows.deleteFrom('consent').where('id', '=', one.id).execute()
    const told = await faults()
    expect(told).toHaveLength(2)
    expect(told).toContainEqual(expect.stringContaining(`consent ${one.id} in document ${id} is missing`))
    expect(told).toContainEqual(expect.stringContaining(`consent ${two.id} in document ${id} was changed`))
  })
})
