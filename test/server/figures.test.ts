/** Figures of profiles: who reads and enters them, what is refused, that they arrive once, and that the chain vouches for them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type TeamId } from '@auzolan/shared/ids.ts'
import { ownOf } from '@auzolan/shared/indicators/metrics.ts'
import { spanAfter, spanOf } from '@auzolan/shared/indicators/periods.ts'
import { FIGURE_MAX, FIGURE_NOTE_MAX_CHARACTERS, FIGURES_AT_ONCE_MAX } from '@auzolan/shared/limits.ts'
import type { FigureGiven, FigureKept } from '@auzolan/shared/protocol/figures.ts'
import { JOURNAL, ARRANGING } from '@auzolan/server/src/container.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const MONTH = spanOf('month', TODAY)
const at = (id: string): string => `/documents/${id}/figures`
const figure = (more: Partial<FigureGiven> = {}): FigureGiven => ({
  profile: 'mastodon',
  metric: 'likes',
  ...MONTH,
  value: 268,
  nullReason: null,
  note: '',
  sure: false,
  ...more,
})
const body = (...figures: object[]) => ({ id: newUuid(), source: 'manual', figures })
const enter = (id: string, given: object = body(figure()), who: Who = 'jon') =>
  house.outcome(who, 'POST', at(id), given)
const list = async (id: string, query = ''): Promise<FigureKept[]> =>
  (await house.call<FigureKept[]>('miren', 'GET', `${at(id)}${query}`)).json
const values = async (id: string) => (await list(id)).map(({ metric, value }) => [metric, value])

describe('[FG9] who may', () => {
  it.each(
    WHO.map(
      (who, i) => [who, [200, 200, 200, 200, 200, 404][i]!, [204, 204, 403, 403, 403, 404][i]!] as const,
    ),
  )('%s reads: %i, enters: %i', async (who, reads, writes) => {
    const id = await house.plan()
    expect((await house.call(who, 'GET', at(id))).status).toBe(reads)
    expect((await enter(id, body(figure()), who))[0]).toBe(writes)
    expect(await list(id)).toHaveLength(writes === 204 ? 1 : 0)
  })
  it('nobody without a token, and nobody for whom the plan is merely public', async () => {
    const id = await house.plan()
    await enter(id)
    expect((await house.call(null, 'GET', at(id))).status).toBe(401)
    expect((await house.call(null, 'POST', at(id), body(figure()))).status).toBe(401)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'public' })
    const read = await house.call('outsider', 'GET', at(id))
    expect([read.status, (await enter(id, body(figure()), 'outsider'))[0]]).toEqual([403, 403])
    expect(read.text).not.toContain('268')
  })
  it('staff of another kind read them with the team, and do not enter them', async () => {
    const id = await house.plan()
    const { rows } = house.server.container.resolve(JOURNAL)
    const { team_id } = await rows
      .selectFrom('document')
      .select('team_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    for (const role of ['it', 'hr', 'language', 'reader', 'director']) {
      await rows
        .updateTable('membership')
        .set({ role })
        .where('team_id', '=', team_id as TeamId)
        .where('principal_id', '=', 'miren')
        .execute()
      expect((await house.call('miren', 'GET', at(id))).status).toBe(200)
      expect((await enter(id, body(figure()), 'miren'))[0]).toBe(403)
    }
  })
  it('of an archived plan they are read, and none is entered', async () => {
    const id = await house.plan()
    await enter(id)
    await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: REASON })
    expect(await enter(id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await values(id)).toEqual([['likes', 268]])
  })
  it('an approved plan stays approved', async () => {
    const id = await house.plan()
    await house.decided(id)
    const standing = async () => (await house.call('miren', 'GET', `/documents/${id}`)).text
    const before = await standing()
    expect((await enter(id))[0]).toBe(204)
    expect(await standing()).toBe(before)
  })
  it('a page that somebody else is signed in on by now enters nothing', async () => {
    const id = await house.plan()
    const given = body(figure())
    expect(await enter(id, { ...given, signedInAs: 'ane' })).toEqual([403, 'OTHER_PERSON'])
    expect(await list(id)).toEqual([])
    expect((await enter(id, { ...given, signedInAs: 'jon' }))[0]).toBe(204)
  })
  it('figures of one plan are none of another', async () => {
    const [mine, other] = [await house.plan(), await house.plan()]
    const given = body(figure())
    await enter(mine, given)
    expect(await list(other)).toEqual([])
    expect(await enter(other, given)).toEqual([409, 'CHANGED_MEANWHILE'])
  })
})

describe('[FG10] what is entered', () => {
  it('comes back with who entered it, and none with its reason', async () => {
    const id = await house.plan()
    const own = figure({ profile: '', metric: ownOf('i1'), value: 3.5, ...spanOf('quarter', TODAY) })
    const none = figure({
      metric: 'reach',
      value: null,
      nullReason: 'not_provided_by_network',
      note: 'Ez du',
    })
    const minutes = figure({ metric: 'median_response_min', value: 370.5, sure: true })
    await enter(id, { ...body(own, none, minutes), source: 'csv' })
    const by = { id: 'jon', name: expect.any(String) as string }
    const kept = { by, at: expect.any(String) as string, source: 'csv' }
    expect(await list(id)).toEqual(
      expect.arrayContaining([own, none, minutes].map((one) => ({ ...one, ...kept }))),
    )
  })
  it.each<[string, Partial<FigureGiven> | { [key: string]: unknown }]>([
    ['below nought', { value: -1 }],
    ['too large', { value: FIGURE_MAX + 1 }],
    ['not whole where it is counted', { value: 1.5 }],
    ['a text', { value: '268' }],
    ['with a reason why there is none', { nullReason: 'not_collected' }],
    ['with a reason nobody knows', { value: null, nullReason: 'lost' }],
    ['of no known kind', { metric: 'hugs' }],
    ['of a hostile kind', { metric: '__proto__' }],
    ['counted by the server', { metric: 'mentions' }],
    ['of a hostile indicator', { profile: '', metric: "own:'; DROP TABLE document" }],
    ['of a hostile profile', { profile: '../../etc' }],
    ['of a very long profile', { profile: 'p'.repeat(65) }],
    ['of no profile', { profile: '' }],
    ['of our own, with a profile', { metric: ownOf('i1') }],
    ['of half a month', { to: MONTH.from }],
    ['of the month to come', spanAfter(MONTH)],
    ['of long before', spanOf('month', '1999-12-01')],
    ['of no day', { from: '2026-02-30', to: '2026-02-31' }],
    ['with a novel', { note: 'a'.repeat(FIGURE_NOTE_MAX_CHARACTERS + 1) }],
  ])('not one %s, and then none of the others', async (_what, more) => {
    const id = await house.plan()
    expect(await enter(id, body(figure({ metric: 'posts' }), figure(more as Partial<FigureGiven>)))).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect(await list(id)).toEqual([])
  })
  it.each<[string, Partial<FigureGiven>]>([
    ['nought', { value: 0 }],
    ['as large as it may be', { value: FIGURE_MAX }],
    ['with a long note', { note: 'a'.repeat(FIGURE_NOTE_MAX_CHARACTERS) }],
    ['of a language', { metric: 'posts_in:eu' }],
    ['of the month that is not over', MONTH],
    ['of a week', spanOf('week', TODAY)],
    ['of a year', spanOf('year', TODAY)],
  ])('one %s', async (_what, more) => {
    const id = await house.plan()
    expect((await enter(id, body(figure(more))))[0]).toBe(204)
    expect(await list(id)).toMatchObject([more])
  })
  it('not none, not twice the same, and not too many', async () => {
    const id = await house.plan()
    expect((await enter(id, body()))[0]).toBe(400)
    expect((await enter(id, body(figure(), figure({ value: 9 }))))[0]).toBe(400)
    const many = (count: number) =>
      body(...Array.from({ length: count }, (_, i) => figure({ profile: `p${i}`, value: 1 })))
    expect((await enter(id, many(FIGURES_AT_ONCE_MAX + 1)))[0]).toBe(400)
    expect((await enter(id, many(FIGURES_AT_ONCE_MAX)))[0]).toBe(204)
    expect(await list(id)).toHaveLength(FIGURES_AT_ONCE_MAX)
  })
  it('only those whose span lies in the days asked for', async () => {
    const id = await house.plan()
    const spans = [-2, -1, 0].map((count) => spanAfter(MONTH, count))
    await enter(id, body(...spans.map((span, i) => figure({ ...span, value: i }))))
    const asked = async (from: string, to: string) =>
      (await list(id, `?from=${from}&to=${to}`)).map(({ value }) => value)
    expect(await asked(spans[1]!.from, spans[1]!.to)).toEqual([1])
    expect(await asked(spans[0]!.to, spans[1]!.from)).toEqual([0, 1])
    expect(await asked(spans[2]!.from, '2199-12-31')).toEqual([2])
    expect((await house.call('miren', 'GET', `${at(id)}?from=x`)).status).toBe(400)
  })
})

describe('[FG11] once, and not over another', () => {
  it('the same sent twice is one, also after somebody has changed it; the same id with other figures is refused', async () => {
    const id = await house.plan()
    const given = body(figure())
    expect([(await enter(id, given))[0], (await enter(id, given))[0]]).toEqual([204, 204])
    await enter(id, body(figure({ value: 300 })))
    expect((await enter(id, given))[0]).toBe(204)
    expect(await values(id)).toEqual([['likes', 300]])
    expect(await enter(id, { ...given, figures: [figure({ value: 5 })] })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await enter(id, given, 'ane')).toEqual([409, 'CHANGED_MEANWHILE'])
  })
  it('what somebody else has written meanwhile stays, and all of the entry with it', async () => {
    const id = await house.plan()
    await enter(id, body(figure({ value: 300, was: null })), 'ane')
    const late = body(figure({ metric: 'posts', value: 31, was: null }), figure({ value: 268, was: null }))
    const answer = await house.call<{ detail: string }>('jon', 'POST', at(id), late)
    expect(answer.status).toBe(409)
    expect(answer.json.detail).toContain('mastodon likes')
    expect(await values(id)).toEqual([['likes', 300]])
    expect((await enter(id, body(figure({ value: 268, was: 300 }))))[0]).toBe(204)
    // What stands there already is no conflict.
    expect((await enter(id, body(figure({ value: 268, was: 300 })), 'ane'))[0]).toBe(204)
    expect(await enter(id, body(figure({ value: null, was: 300 })))).toEqual([409, 'CHANGED_MEANWHILE'])
    expect((await enter(id, body(figure({ value: null, was: 268 }))))[0]).toBe(204)
    expect(await values(id)).toEqual([['likes', null]])
  })
})

describe('[FG12] the chain', () => {
  const faults = async (): Promise<string[]> => {
    const found = await verifyFolder(house.server.dataFolder, null)
    return found.kind === 'read' ? found.faults.filter((fault) => fault.startsWith('metric')) : ['unreadable']
  }
  it('has each entry with its fingerprint, and shows what was changed, set back, added or is gone', async () => {
    const id = await house.plan()
    const first = body(
      figure(),
      figure({ metric: 'posts', value: 31 }),
      figure({ metric: 'shares', value: 1 }),
    )
    await enter(id, first)
    await enter(id, body(figure({ value: 300 })))
    const { rows } = house.server.container.resolve(JOURNAL)
    const told = await rows
      .selectFrom('audit')
      .select('detail')
      .where('subject', '=', id)
      .where('action', '=', 'figures.enter')
      .orderBy('n')
      .execute()
    expect(told.map(({ detail }) => JSON.parse(detail) as object)).toMatchObject([
      { entry: first.id, figures: 3 },
      { figures: 1 },
    ])
    expect(await faults()).toEqual([])
    const sample = (metric: string) =>
      rows.updateTable('metric_sample').where('document', '=', id).where('metric', '=', metric)
    await sample('posts').set({ value: 32 }).execute()
    const before = await rows
      .selectFrom('metric_entry')
      .selectAll()
      .where('id', '=', first.id)
      .executeTakeFirstOrThrow()
    await sample('likes').set({ value: 268, entry: first.id, at: before.at }).execute()
    await rows.deleteFrom('metric_sample').where('document', '=', id).where('metric', '=', 'shares').execute()
    const found = await faults()
    expect(found).toHaveLength(3)
    for (const metric of ['posts', 'likes', 'shares'])
      expect(found).toContainEqual(
        expect.stringContaining(
          `${metric} of profile mastodon from ${MONTH.from} to ${MONTH.to} in document ${id}`,
        ),
      )
    await rows
      .updateTable('metric_entry')
      .set({ figures: before.figures.replace('31', '32') })
      .where('id', '=', first.id)
      .execute()
    expect(await faults()).toContainEqual(
      expect.stringContaining(`figures ${first.id} in document ${id} was changed`),
    )
    await rows.deleteFrom('metric_entry').where('document', '=', id).execute()
    await rows.deleteFrom('metric_sample').where('document', '=', id).execute()
    expect(await faults()).toContainEqual(
      expect.stringContaining(`figures ${first.id} in document ${id} is missing`),
    )
  })
  it('goes with its plan', async () => {
    const id = await house.plan()
    await enter(id)
    await house.call('ane', 'DELETE', `/documents/${id}`)
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows
      .updateTable('document')
      .set({ trashed_at: '2020-01-01T00:00:00.000Z' })
      .where('id', '=', id)
      .execute()
    await house.server.container.resolve(ARRANGING).purge()
    for (const table of ['metric_sample', 'metric_entry'] as const)
      expect(await rows.selectFrom(table).selectAll().where('document', '=', id).execute()).toEqual([])
    expect((await faults()).filter((fault) => fault.includes(id))).toEqual([])
  })
})
