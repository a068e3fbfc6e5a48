/** What is written for Nextcloud: with its deed or not at all, once for each key, and nothing that is over. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AUDIT_WORD_MAX_CHARACTERS, KEYS_PER_PARCEL_MAX } from '@auzolan/shared/limits.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import { record } from '@auzolan/server/src/journal/audit.ts'
import { SqliteJournal } from '@auzolan/server/src/journal/sqlite/journal.ts'
import { isCritical } from '@auzolan/server/src/outbox/critical.ts'
import { dismissAll, post, type Parcel, type Sent } from '@auzolan/server/src/outbox/outbox.ts'
import { temporaryFolder } from '../support/server.ts'

const AT = '2026-11-25T21:00:00.000Z'
let folder: string
let journal: SqliteJournal
beforeEach(async () => {
  folder = await temporaryFolder()
  journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date(AT))
})
afterEach(async () => {
  await journal.close()
  await rm(folder, { recursive: true })
})

const notice = (key: string, given: Partial<Notice> = {}): Parcel => ({
  kind: 'notify',
  notice: {
    key,
    kind: 'decide',
    to: [{ kind: 'person', id: 'mayor' }],
    document: 'd1',
    title: { eu: 'Plana' },
    version: 1,
    by: { id: 'ane', name: 'Ane' },
    due: null,
    ...given,
  },
})
const dismiss = (key: string): Parcel => ({ kind: 'dismiss', key })
const posted = (...parcels: readonly Parcel[]): Promise<void> =>
  journal.transact(async (rows) => {
    for (const parcel of parcels) await post(rows, AT, parcel)
  })
const waiting = async (): Promise<Sent[]> =>
  (await journal.rows.selectFrom('outbox').select('parcel').orderBy('n').execute()).map(
    ({ parcel }) => JSON.parse(parcel) as Sent,
  )
/** In a few words: the key that is told, the keys that are taken back. */
const inShort = async (): Promise<(string | readonly string[])[]> =>
  (await waiting()).map((sent) =>
    sent.kind === 'notify' ? sent.notice.key : sent.kind === 'dismiss' ? sent.keys : sent.action,
  )
/** As when Nextcloud has taken all of it. */
const delivered = () => journal.rows.deleteFrom('outbox').execute()

describe('[NT1] a parcel', () => {
  it('stands with its deed, or not at all', async () => {
    const failing = journal.transact(async (rows) => {
      await post(rows, AT, notice('review/d1/1/decide'))
      throw new Error('the deed failed')
    })
    await expect(failing).rejects.toThrow('the deed failed')
    expect(await waiting()).toEqual([])
    await posted(dismiss('review/d1'))
    expect(await waiting()).toEqual([])
  })

  it('for nobody is none', async () => {
    await posted(notice('review/d1/1/decide', { to: [] }))
    expect(await waiting()).toEqual([])
  })

  it('outlives a restart', async () => {
    await posted(notice('a'))
    await journal.close()
    journal = await SqliteJournal.open(join(folder, 'auzolan.sqlite'), () => new Date(AT))
    await posted(dismiss('a'))
    expect(await inShort()).toEqual([['a']])
  })
})

describe('[NT2] told again under the same key', () => {
  it('the later one goes, in its own place', async () => {
    await posted(notice('a', { version: 1 }), notice('b'), notice('a', { version: 2 }))
    expect(await inShort()).toEqual(['b', 'a'])
    expect((await waiting())[1]).toMatchObject({ notice: { version: 2 } })
  })
})

describe('[NT3] what is over', () => {
  it('is taken back by the keys that were really told', async () => {
    await posted(notice('review/d1/1/decide'), notice('review/d1/1/opinion/legal'))
    await delivered()
    await posted(dismiss('review/d1/1/opinion'))
    expect(await inShort()).toEqual([['review/d1/1/opinion/legal']])
    await posted(dismiss('review/d1/1/'))
    expect(await inShort()).toEqual([['review/d1/1/opinion/legal'], ['review/d1/1/decide']])
    await posted(dismiss('review/d1/1/'))
    expect((await waiting()).length).toBe(2)
  })

  it('is told by whole steps: version 1 is not version 10', async () => {
    await posted(notice('review/d1/1/decide'), notice('review/d1/10/decide'), notice('review/d1/1'))
    await delivered()
    await posted(dismiss('review/d1/1'))
    expect(await inShort()).toEqual([['review/d1/1', 'review/d1/1/decide']])
  })

  it('does not go out any more if it has not gone yet, and is taken back in case it was on its way', async () => {
    await posted(notice('a'), notice('b'))
    await posted(dismiss('a'))
    expect(await inShort()).toEqual(['b', ['a']])
  })

  it('can be told anew', async () => {
    await posted(notice('a'), dismiss('a'), notice('a'))
    expect(await inShort()).toEqual([['a'], 'a'])
  })

  it('goes with its document, whatever it was about', async () => {
    await posted(notice('review/d1/1/decide'), notice('mention/x'), notice('mention/y', { document: 'd2' }))
    await delivered()
    await journal.transact((rows) => dismissAll(rows, AT, 'd1'))
    expect(await inShort()).toEqual([['mention/x', 'review/d1/1/decide']])
  })

  it.each([
    [KEYS_PER_PARCEL_MAX, [KEYS_PER_PARCEL_MAX]],
    [KEYS_PER_PARCEL_MAX + 1, [KEYS_PER_PARCEL_MAX, 1]],
  ])('%i notices at once are %j in a parcel', async (many, sizes) => {
    await posted(...Array.from({ length: many }, (_, i) => notice(`m/${i}`)))
    await delivered()
    await posted(dismiss('m/'))
    expect((await waiting()).map((sent) => (sent.kind === 'dismiss' ? sent.keys.length : 0))).toEqual(sizes)
  })
})

describe('[NT8] for Nextcloud’s audit', () => {
  const deed = (action: string, detail = {}) =>
    journal.transact((rows) => record(rows, { at: AT, actor: 'ane', action, subject: 'd1', detail }))

  it('goes what was decided or allowed, with the hash of its row here; and nothing else', async () => {
    for (const action of ['review.submit', 'review.decide', 'epoch.repair', 'document.edit'])
      await deed(action)
    const [row] = await journal.rows
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'review.decide')
      .execute()
    expect(await waiting()).toEqual([
      {
        kind: 'audit',
        at: AT,
        actor: 'ane',
        action: 'review.decide',
        subject: 'd1',
        detail: {},
        hash: row!.hash,
      },
    ])
  })

  it.each([
    'review.decide',
    'delegation.give',
    'document.visibility',
    'document.commenting',
    'document.trash',
    'version.publish',
    'document.export',
    'audit.export',
    'team.member',
    'team.remove',
    'team.create',
    'organisation.change',
    'key.rotate',
    'document.move',
    'document.purge',
  ])('%s is one', (action) => expect(isCritical(action)).toBe(true))
  it.each(['review.submit', 'review.withdraw', 'review.opinion', 'document.edit', 'epoch.repair', ''])(
    '“%s” is none',
    (action) => expect(isCritical(action)).toBe(false),
  )

  it('never goes a text', async () => {
    const short = 'x'.repeat(AUDIT_WORD_MAX_CHARACTERS)
    const long = `${short}x`
    await deed('review.decide', {
      version: 3,
      short,
      long,
      roles: ['legal'],
      more: [long],
      deep: { a: 1 },
      gone: null,
    })
    expect((await waiting())[0]).toMatchObject({
      detail: { version: 3, short, roles: ['legal'], gone: null },
    })
    expect(JSON.stringify(await waiting())).not.toContain(long)
    expect(JSON.stringify(await waiting())).not.toContain('deep')
  })
})
