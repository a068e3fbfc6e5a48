/** The log of moderation: who reads and writes it, what needs a reason, and what needs a second person. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import {
  MODERATION_ACTIONS,
  MODERATION_REASONS,
  namesAccount,
  type Moderated,
  type ModerationGiven,
} from '@auzolan/shared/protocol/moderation.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { ARRANGING, JOURNAL } from '@auzolan/server/src/container.ts'
import { REASON, WHO, startReviewed, wholePlan, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const at = (id: string, what = ''): string => `/documents/${id}/moderation${what}`
const row = (more: Partial<ModerationGiven> = {}): ModerationGiven => ({
  id: newUuid(),
  profile: 'mastodon',
  postUrl: 'https://mastodon.example/@haranberriudala/1',
  reason: 'disrespect',
  action: 'hide',
  note: 'Irain bat',
  ...more,
})
const log = (id: string, body: object = row(), who: Who = 'ane') => house.outcome(who, 'POST', at(id), body)
const list = async (id: string): Promise<Moderated[]> =>
  (await house.call<Moderated[]>('miren', 'GET', at(id))).json

it.each(
  WHO.map((who, i) => [who, [200, 200, 200, 200, 200, 404][i]!, [204, 204, 403, 403, 403, 404][i]!] as const),
)('[ML1] %s reads: %i, writes and confirms: %i', async (who, reads, writes) => {
  const id = await house.plan()
  expect((await house.call(who, 'GET', at(id))).status).toBe(reads)
  expect((await log(id, row(), who))[0]).toBe(writes)
  const block = row({ action: 'block' })
  await log(id, block, who === 'ane' ? 'jon' : 'ane')
  expect((await house.outcome(who, 'POST', at(id, `/${block.id}/confirm`)))[0]).toBe(writes)
})
it('[ML1] nobody without a token, nobody who only reads because everybody may, nobody in an archived plan', async () => {
  const id = await house.plan()
  expect((await house.call(null, 'GET', at(id))).status).toBe(401)
  expect((await house.call(null, 'POST', at(id), row())).status).toBe(401)
  expect((await house.call(null, 'POST', at(id, `/${newUuid()}/confirm`), {})).status).toBe(401)
  await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'public' })
  expect((await house.call('outsider', 'GET', at(id))).status).toBe(403)
  expect((await log(id, row(), 'outsider'))[0]).toBe(403)
  await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: REASON })
  expect(await log(id)).toEqual([409, 'ILLEGAL_MOVE'])
})

it('[EN3] nothing is logged that somebody else has entered, and who may not read learns nothing of the document', async () => {
  const id = await house.plan()
  const entered = { ...row(), signedInAs: 'jon' }
  expect(await log(id, entered)).toEqual([403, 'OTHER_PERSON'])
  expect(await log(id, entered, 'outsider')).toEqual([403, 'OTHER_PERSON'])
  expect(await list(id)).toEqual([])
  expect((await log(id, entered, 'jon'))[0]).toBe(204)
  expect((await log(id, entered, 'jon'))[0]).toBe(204)
  expect(await list(id)).toHaveLength(1)
})

describe('[ML2] P-22', () => {
  it.each(MODERATION_ACTIONS)('%s without a reason', async (action) => {
    const id = await house.plan()
    const refused = ['hide', 'delete', 'block'].includes(action)
    expect((await log(id, row({ action, reason: null })))[0]).toBe(refused ? 400 : 204)
    expect(await list(id)).toHaveLength(refused ? 0 : 1)
  })
  it.each(MODERATION_REASONS)('%s is a reason', async (reason) => {
    const id = await house.plan()
    expect((await log(id, row({ reason, action: 'delete' })))[0]).toBe(204)
  })
  it('criticism is none', async () => {
    const id = await house.plan()
    expect((await log(id, { ...row(), reason: 'criticism' }))[0]).toBe(400)
  })
})

describe('[ML3] P-23', () => {
  it('a block is confirmed by somebody else, once, or looked at again within 7 days', async () => {
    const id = await house.plan()
    const block = row({ action: 'block' })
    await log(id, block, 'jon')
    expect(await list(id)).toMatchObject([
      { by: { id: 'jon' }, confirmed: null, reviewBy: addDays(TODAY, 7) },
    ])
    const confirm = (who: Who) => house.outcome(who, 'POST', at(id, `/${block.id}/confirm`))
    expect(await confirm('jon')).toEqual([403, 'NOT_ALLOWED'])
    expect(await confirm('ane')).toEqual([204, undefined])
    expect(await list(id)).toMatchObject([{ confirmed: { by: { id: 'ane' } }, reviewBy: null }])
    expect(await confirm('ane')).toEqual([409, 'ILLEGAL_MOVE'])
  })
  it('anything else needs nobody else', async () => {
    const id = await house.plan()
    const hidden = row()
    await log(id, hidden, 'jon')
    expect(await list(id)).toMatchObject([{ confirmed: null, reviewBy: null }])
    expect((await house.outcome('ane', 'POST', at(id, `/${hidden.id}/confirm`)))[1]).toBe('ILLEGAL_MOVE')
    expect((await house.outcome('ane', 'POST', at(id, `/${newUuid()}/confirm`)))[0]).toBe(404)
  })
  it('nor in another plan', async () => {
    const [id, other] = [await house.plan(), await house.plan()]
    const block = row({ action: 'block' })
    await log(id, block, 'jon')
    expect((await house.outcome('ane', 'POST', at(other, `/${block.id}/confirm`)))[0]).toBe(404)
  })
})

describe('[ML4] what is not written down', () => {
  it.each([
    ['@maite_1', true],
    ['Irain bat: @maite', true],
    ['(@maite)', true],
    ['komunikazioa@haranberri.example', false],
    ['Irain bat', false],
    ['@', false],
    ['18:00 @ udaletxea', false],
    ['Irain bat: ＠maite', true],
    ['Irain bat: ﹫maite', true],
  ])('“%s” names somebody’s account: %s', async (note, names) => {
    expect(namesAccount(note)).toBe(names)
    const id = await house.plan()
    expect((await log(id, row({ note })))[0]).toBe(names ? 400 : 204)
  })
  it.each([
    ['https://mastodon.example/@haranberriudala/1', false],
    ['https://mastodon.example/@HaranberriUdala@mastodon.example/1', false],
    ['https://www.example/bideoa?v=1', false],
    ['', false],
    ['https://mastodon.example/@maite/1', true],
    ['https://mastodon.example/%40maite/1', true],
    ['https://mastodon.example/＠maite/1', true],
    ['https://mastodon.example/1?by=@maite', true],
    ['https://@maite@mastodon.example/1', true],
    ['https://mastodon.example/@haranberriudala/1#@maite', true],
  ])('the address “%s” names somebody else’s account: %s', async (postUrl, names) => {
    const id = await house.plan(wholePlan())
    expect((await log(id, row({ postUrl })))[0]).toBe(names ? 400 : 204)
  })
  it('of an address with an account nobody learns anything who may not write in the log', async () => {
    const id = await house.plan()
    const given = row({ postUrl: 'https://mastodon.example/@maite/1' })
    expect((await log(id, given, 'lawyer'))[0]).toBe(403)
    expect((await log(id, given, 'outsider'))[0]).toBe(404)
  })
  it('nothing of it is in the audit but what was done and why', async () => {
    const id = await house.plan()
    const given = row({ note: 'Ohar bat', action: 'block' })
    await log(id, given, 'jon')
    await house.outcome('ane', 'POST', at(id, `/${given.id}/confirm`))
    const deeds = await house.server.container
      .resolve(JOURNAL)
      .rows.selectFrom('audit')
      .select(['action', 'detail'])
      .where('subject', '=', id)
      .where('action', 'like', 'moderation.%')
      .orderBy('n')
      .execute()
    expect(deeds.map(({ action, detail }) => [action, JSON.parse(detail)])).toEqual([
      [
        'moderation.log',
        { moderation: given.id, profile: 'mastodon', reason: 'disrespect', action: 'block' },
      ],
      ['moderation.confirm', { moderation: given.id }],
    ])
  })
})

it('sent twice it counts once; the id of another row is none', async () => {
  const id = await house.plan()
  const given = row()
  expect(await log(id, given)).toEqual([204, undefined])
  expect(await log(id, given)).toEqual([204, undefined])
  expect(await list(id)).toHaveLength(1)
  expect(await log(id, given, 'jon')).toEqual([409, 'CHANGED_MEANWHILE'])
  expect(await log(await house.plan(), given)).toEqual([409, 'CHANGED_MEANWHILE'])
})
it.each([
  { postUrl: 'javascript:alert(1)' },
  { postUrl: 'nonsense' },
  { note: 'x'.repeat(501) },
  { action: 'insult' },
  { profile: '../x' },
  { id: 'x' },
])('%j is refused', async (more) => {
  const id = await house.plan()
  expect(await log(id, { ...row(), ...more })).toEqual([400, 'INVALID_INPUT'])
})
it('[T11] it goes with the document', async () => {
  const id = await house.plan()
  await log(id)
  const journal = house.server.container.resolve(JOURNAL)
  await journal.transact((rows) =>
    rows
      .updateTable('document')
      .set({ trashed_at: '2020-01-01T00:00:00.000Z' })
      .where('id', '=', id)
      .execute(),
  )
  await house.server.container.resolve(ARRANGING).purge()
  expect(
    await journal.rows.selectFrom('moderation').select('id').where('document', '=', id).execute(),
  ).toEqual([])
})
