/** Publishing, archiving, opening again, and the work that goes on by itself: who may, from where, and what it leaves behind. */
import type * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Publication } from '@auzolan/shared/protocol/moves.ts'
import type { DocumentEnvelope, DocumentSummary, Problem } from '@auzolan/shared/protocol/rest.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { until } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

let house: Reviewed
beforeAll(async () => {
  house = await startReviewed()
  await house.describe()
})
afterAll(() => house.stop())

const at = (id: string, what: string): string => `/documents/${id}/${what}`
const envelope = async (id: string): Promise<DocumentEnvelope> =>
  (await house.call<DocumentEnvelope>('ane', 'GET', `/documents/${id}`)).json
const publication = async (id: string): Promise<Publication> =>
  (await house.call<Publication>('miren', 'GET', at(id, 'publication'))).json
const show = (id: string, visibility: string, who: Who = 'ane') =>
  house.outcome(who, 'PUT', at(id, 'visibility'), { visibility })
const publish = (id: string, version: number, who: Who = 'ane') =>
  house.outcome(who, 'POST', at(id, 'publication'), { version })
const archive = (id: string, who: Who = 'mayor', reason = REASON) =>
  house.outcome(who, 'POST', at(id, 'archive'), { reason })
const deeds = async (id: string): Promise<string[]> => {
  const { rows } = house.server.container.resolve(JOURNAL)
  const found = await rows
    .selectFrom('audit')
    .select(['actor', 'action'])
    .where('subject', '=', id)
    .orderBy('n')
    .execute()
  return found.map(({ actor, action }) => `${actor} ${action}`)
}

describe('[AU9] who may', () => {
  const table: [string, (id: DocumentId, who: Who) => Promise<[number, string | undefined]>, number[]][] = [
    ['choose who sees it', (id, who) => show(id, 'organisation', who), [204, 403, 403, 403, 403, 404]],
    ['publish', (id, who) => publish(id, 1, who), [204, 403, 403, 403, 403, 404]],
    ['archive', (id, who) => archive(id, who), [204, 403, 204, 403, 403, 404]],
    [
      'look at the publication',
      (id, who) => house.outcome(who, 'GET', at(id, 'publication')),
      [200, 200, 200, 200, 200, 404],
    ],
  ]
  it.each(
    table.flatMap(([what, deed, answers]) => WHO.map((who, i) => ({ what, deed, who, status: answers[i] }))),
  )('$what as $who: $status', async ({ what, deed, who, status }) => {
    const id = await house.plan()
    if (what === 'publish') {
      await house.decided(id)
      if (who !== 'outsider') await show(id, 'public')
    }
    expect((await deed(id, who))[0]).toBe(status)
  })
  it.each(WHO.map((who, i) => [who, [403, 403, 204, 403, 403, 404][i]!] as const))(
    'open again as %s: %i',
    async (who, status) => {
      const id = await house.plan()
      await archive(id)
      expect((await house.outcome(who, 'POST', at(id, 'reopen')))[0]).toBe(status)
    },
  )
  it.each([
    ['PUT', 'visibility'],
    ['GET', 'publication'],
    ['POST', 'publication'],
    ['POST', 'archive'],
    ['POST', 'reopen'],
  ])('%s %s without a token: 401', async (method, what) => {
    const id = await house.plan()
    expect((await house.call(null, method, at(id, what), method === 'GET' ? undefined : {})).status).toBe(401)
  })
})

describe('publishing', () => {
  it('[AU8] names a version; a newer one that is approved is not public by that', async () => {
    const id = await house.plan()
    expect(await publish(id, 1)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await house.decided(id)).toBe(1)
    await show(id, 'public')
    expect(await publish(id, 2)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await publish(id, 1)).toEqual([204, undefined])
    expect(await publish(id, 1)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await house.decided(id)).toBe(2)
    expect(await publication(id)).toMatchObject({ inForce: 2, published: { version: 1 } })
    expect(await envelope(id)).toMatchObject({ inForce: 2, published: { version: 1 } })
    expect(await publish(id, 2)).toEqual([204, undefined])
    expect(await publication(id)).toMatchObject({
      inForce: 2,
      published: { version: 2 },
      licence: 'CC-BY-4.0',
    })
  })

  it('[AU10] needs that somebody has chosen that everybody may see it', async () => {
    const id = await house.plan()
    await house.decided(id)
    const answer = await house.call<Problem>('ane', 'POST', at(id, 'publication'), { version: 1 })
    expect([answer.status, answer.json.code]).toEqual([409, 'GATE_CLOSED'])
    expect(answer.json.detail).toContain('visibility')
    expect((await publication(id)).findings).toMatchObject([{ check: 'visibility' }])
    expect((await publication(id)).published).toBeNull()
  })

  it('[AU14] is not taken back by hiding the document; what was never published can be hidden', async () => {
    const id = await house.plan()
    await house.decided(id)
    // In force, and not public: nobody outside has read it.
    for (const to of ['public', 'organisation', 'team', 'public'])
      expect([to, ...(await show(id, to))]).toEqual([to, 204, undefined])
    expect(await publish(id, 1)).toEqual([204, undefined])
    const told = (await deeds(id)).length
    for (const to of ['team', 'organisation']) {
      const answer = await house.call<Problem>('ane', 'PUT', at(id, 'visibility'), { visibility: to })
      expect([to, answer.status, answer.json.code]).toEqual([to, 409, 'ILLEGAL_MOVE'])
      expect(answer.json.detail).toContain('archived')
    }
    expect((await deeds(id)).length).toBe(told)
    expect(await show(id, 'public')).toEqual([204, undefined])
    // Neither by a newer version that waits, nor by archiving first.
    await house.decided(id)
    expect(await show(id, 'team')).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await archive(id)).toEqual([204, undefined])
    expect(await show(id, 'team')).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(200)
  })

  it('what everybody of the organisation sees is read by outsiders, and changed by none', async () => {
    const id = await house.plan()
    await show(id, 'organisation')
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(200)
    for (const [method, what, body] of [
      ['PUT', 'visibility', { visibility: 'public' }],
      ['POST', 'publication', { version: 1 }],
      ['POST', 'archive', { reason: REASON }],
      ['POST', 'reopen', {}],
    ] as const)
      expect([404, 403]).toContain((await house.call('outsider', method, at(id, what), body)).status)
    await show(id, 'team')
    expect((await house.call('outsider', 'GET', `/documents/${id}`)).status).toBe(404)
  })
})

describe('an archived document', () => {
  it('[AU11] asks for a reason, is read by everybody and written by nobody, at once in open sockets', async () => {
    const id = await house.plan()
    const jon = await openWriter(house.server, 'jon', id)
    const write = () => jon.write(jon.edit((doc) => doc.getText('identity.title:eu').insert(0, 'a'))[0]!)
    expect(await write()).toBeNull()
    expect(await archive(id, 'mayor', 'laburra')).toEqual([400, 'INVALID_INPUT'])
    expect(await archive(id)).toEqual([204, undefined])
    await jon.heard('grants')
    expect(jon.frames.at(-1)).toMatchObject({ channels: [{ channel: 'content', write: 'no' }] })
    expect(await write()).toBe('READ_ONLY')
    await jon.close()
    const listed = (await house.call<DocumentSummary[]>('miren', 'GET', '/documents')).json
    expect(listed.find((one) => one.id === id)).toMatchObject({ archived: true })
    expect(await envelope(id)).toMatchObject({
      archived: true,
      archive: { reason: REASON, by: 'mayor of the council' },
    })
    expect(await house.outcome('ane', 'POST', at(id, 'review'), {})).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await archive(id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await house.outcome('mayor', 'POST', at(id, 'reopen'))).toEqual([204, undefined])
    expect(await envelope(id)).toMatchObject({ archived: false, archive: null, work: 'draft' })
    const again = await openWriter(house.server, 'jon', id)
    expect(
      await again.write(again.edit((doc) => doc.getText('identity.title:eu').insert(0, 'b'))[0]!),
    ).toBeNull()
    await again.close()
    expect(await deeds(id)).toEqual([
      'ane document.create',
      'mayor document.archive',
      'mayor document.reopen',
    ])
  })

  it('is not one that waits for a decision', async () => {
    const id = await house.plan()
    await house.submit(id)
    expect(await archive(id)).toEqual([409, 'ILLEGAL_MOVE'])
  })
})

describe('after changes were asked for', () => {
  it('[AU12] the first edit takes the work up again, in the name of whoever made it', async () => {
    const id = await house.plan()
    const jon = await openWriter(house.server, 'jon', id)
    const write = (doc: Y.Doc): void => doc.getText('identity.title:eu').insert(0, 'a')
    expect(await jon.write(jon.edit(write)[0]!)).toBeNull()
    await house.decided(id, 'request_changes')
    expect((await envelope(id)).work).toBe('changes_requested')
    await jon.heard('grants', 2)
    expect(await jon.write(jon.edit(write)[0]!)).toBeNull()
    await until(async () => (await envelope(id)).work === 'draft', 'the work goes on')
    await jon.close()
    expect((await deeds(id)).filter((deed) => deed.endsWith('review.resume'))).toEqual(['jon review.resume'])
  })

  it('[AU12] what was written before is not taken for an edit', async () => {
    const id = await house.plan()
    const jon = await openWriter(house.server, 'jon', id)
    const edits = Array.from(
      { length: 5 },
      () => jon.edit((doc) => doc.getText('identity.title:eu').insert(0, 'a'))[0]!,
    )
    for (const edit of edits) expect(await jon.write(edit)).toBeNull()
    await house.decided(id, 'request_changes')
    await jon.close()
    // Its log is read again from the beginning.
    await house.server.restart()
    const reader = await openWriter(house.server, 'jon', id)
    await new Promise((resolve) => setTimeout(resolve, 2_500))
    expect((await envelope(id)).work).toBe('changes_requested')
    await reader.close()
  })
})
