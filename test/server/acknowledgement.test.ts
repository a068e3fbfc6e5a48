/** "I have read it" over REST: who may, what is counted, and that nobody learns who it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Acknowledgement } from '@auzolan/shared/protocol/acknowledgement.ts'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { ARRANGING, JOURNAL } from '@auzolan/server/src/container.ts'
import { startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => {
  house = await startReviewed()
  await house.describe()
})
afterAll(() => house.stop())

const at = (id: string, n: number | string): string => `/documents/${id}/versions/${n}/acknowledgement`
const give = (who: Who | null, id: string, n: number | string = 1) => house.outcome(who, 'PUT', at(id, n))
const read = async (who: Who, id: string): Promise<Acknowledgement> =>
  (await house.call<Acknowledgement>(who, 'GET', at(id, 1))).json

describe('[PV8] who has read a version', () => {
  it.each([
    ['ane', 204, 200],
    ['jon', 204, 200],
    ['mayor', 204, 200],
    ['lawyer', 204, 200],
    ['miren', 204, 200],
    ['outsider', 404, 404],
    [null, 401, 401],
  ] as const)('as %s: said %i, counted %i', async (who, said, counted) => {
    const id = await house.plan()
    await house.decided(id)
    expect((await give(who, id))[0]).toBe(said)
    expect((await house.call(who, 'GET', at(id, 1))).status).toBe(counted)
  })

  it('somebody outside of the team may say so, once everybody in the house may see it', async () => {
    const id = await house.plan()
    await house.decided(id)
    await house.call('ane', 'PUT', `/documents/${id}/visibility`, { visibility: 'organisation' })
    expect(await give('outsider', id)).toEqual([204, undefined])
    expect(await read('outsider', id)).toEqual({ count: 1, mine: true })
  })

  it('is a number: each counts once, and no answer, list or audit row says who', async () => {
    const id = await house.plan()
    await house.decided(id)
    const { rows } = house.server.container.resolve(JOURNAL)
    const audited = async (): Promise<number> =>
      (await rows.selectFrom('audit').select('n').where('subject', '=', id).execute()).length
    const before = await audited()
    for (const who of ['miren', 'miren', 'lawyer'] as const) await give(who, id)
    const answer = await house.call<Acknowledgement>('mayor', 'GET', at(id, 1))
    expect(answer.json).toEqual({ count: 2, mine: false })
    expect(answer.text).not.toMatch(/miren|lawyer/)
    expect(await read('miren', id)).toEqual({ count: 2, mine: true })
    expect(await audited()).toBe(before)
  })

  it.each(['0', '-1', '0x1', '1e0', '01', '1.0', '+1', '%20', '1%20', '2', '9007199254740993', 'NaN'])(
    'there is no version “%s”',
    async (n) => {
      const id = await house.plan()
      await house.decided(id)
      expect((await house.call('ane', 'GET', `/documents/${id}/versions/${n}`)).status).toBe(404)
      expect((await house.call('ane', 'GET', at(id, n))).status).toBe(404)
      expect((await give('ane', id, n))[0]).toBe(404)
    },
  )

  it('belongs to one version, and only to one that is approved', async () => {
    const id = await house.plan()
    expect(await give('miren', id)).toEqual([404, 'NOT_FOUND'])
    await house.submit(id)
    expect(await give('miren', id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await give('miren', id, 'x')).toEqual([404, 'NOT_FOUND'])
    expect(await give('miren', newUuid())).toEqual([404, 'NOT_FOUND'])
    const other = await house.plan()
    await house.decided(other)
    await give('miren', other)
    expect(await read('miren', id)).toEqual({ count: 0, mine: false })
  })

  it('goes with the document when that is gone for good', async () => {
    const id: DocumentId = await house.plan()
    await house.decided(id)
    await give('miren', id)
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows
      .updateTable('document')
      .set({ trashed_at: '2020-01-01T00:00:00Z' })
      .where('id', '=', id)
      .execute()
    expect(await house.server.container.resolve(ARRANGING).purge()).toBe(1)
    expect(await rows.selectFrom('acknowledged').selectAll().where('document', '=', id).execute()).toEqual([])
  })
})
