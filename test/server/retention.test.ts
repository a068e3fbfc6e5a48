/** What was heard and moderated loses its words when their time is over, by a clock that the test turns. */
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import { RETENTION_ROWS_PER_TRANSACTION } from '@auzolan/shared/limits.ts'
import type { MentionGiven, MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import {
  DOCUMENTS,
  HEARD,
  JOURNAL,
  MODERATION,
  RETENTION,
  SUBMISSIONS,
  TEAMS,
} from '@auzolan/server/src/container.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { wholePlan } from '../support/reviewed.ts'
import { teamOf } from '../support/teams.ts'

let clock = new Date('2026-11-26T09:00:00Z')
let server: ServerHere
beforeAll(async () => void (server = await startHere({}, () => clock)))
afterAll(() => server.stop())
beforeEach(async () => {
  const { rows } = server.container.resolve(JOURNAL)
  for (const table of ['mention', 'moderation'] as const) await rows.deleteFrom(table).execute()
})

const at = (instant: string): void => void (clock = new Date(instant))
const claims = (person: string): Claims => ({
  person: person as PersonId,
  name: person,
  groups: [],
  teams: [],
  language: 'eu',
  admin: false,
  issuedAt: 0,
})
const jon = claims('jon')
async function plan(template = wholePlan()): Promise<DocumentId> {
  const teamId = await teamOf(
    server.container.resolve(TEAMS),
    'Taldea',
    ['person', 'ane', 'coordinator'],
    ['person', 'jon', 'editor'],
  )
  return server.container
    .resolve(DOCUMENTS)
    .create({ teamId, languages: ['eu', 'es'], template, by: 'ane' as PersonId })
}
/** With a version in force that says so. */
async function planKeeping(months: number): Promise<DocumentId> {
  const template = structuredClone(wholePlan()) as unknown as { listening: { retentionMonths: number } }
  template.listening.retentionMonths = months
  const id = await plan(template as unknown as ReturnType<typeof wholePlan>)
  const n = await server.container.resolve(SUBMISSIONS).submit(claims('ane'), id, { note: '', due: null })
  if (isRefusal(n)) throw new Error(n.detail)
  await journal().updateTable('document').set({ in_force: 1, work: 'draft' }).where('id', '=', id).execute()
  return id
}
const journal = () => server.container.resolve(JOURNAL).rows
const mention = (more: Partial<MentionGiven> = {}): MentionGiven => ({
  id: newUuid(),
  saidOn: '2026-08-15',
  network: 'mastodon',
  sourceKind: 'citizen',
  author: 'H-3F2A',
  url: 'https://mastodon.example/@maite/1',
  summary: 'Edukiontzi marroiak usaina du',
  sentiment: 'negative',
  topic: 'Hondakinak',
  reach: 120,
  needsAnswer: true,
  action: 'informed',
  source: '',
  owner: { id: 'jon', name: 'Jon' },
  closedOn: '2026-08-17',
  ...more,
})
async function hear(id: DocumentId, more: Partial<MentionGiven> = {}): Promise<MentionGiven> {
  const one = mention(more)
  expect(await server.container.resolve(HEARD).add(jon, id, one)).toBeNull()
  return one
}
const heard = async (id: DocumentId): Promise<MentionsHeard> => {
  const found = await server.container.resolve(HEARD).list(jon, id, { from: null, to: null })
  if (isRefusal(found)) throw new Error(found.detail)
  return found
}
const look = () => server.container.resolve(RETENTION).look()

describe('[RT1] the last moment of the words, and the first one without', () => {
  it.each([
    // A year later at midnight in Madrid, which is 23:00 in winter and 22:00 in summer by UTC.
    ['a day in winter', '2026-11-26T09:00:00Z', '2027-11-25T22:59:59Z', '2027-11-25T23:00:00Z'],
    ['a day in summer', '2026-08-26T09:00:00Z', '2027-08-25T21:59:59Z', '2027-08-25T22:00:00Z'],
    ['a minute before midnight', '2026-11-25T22:59:00Z', '2027-11-24T22:59:59Z', '2027-11-24T23:00:00Z'],
    ['a minute after midnight', '2026-11-25T23:01:00Z', '2027-11-25T22:59:59Z', '2027-11-25T23:00:00Z'],
    ['a leap day', '2028-02-29T09:00:00Z', '2029-02-27T22:59:59Z', '2029-02-27T23:00:00Z'],
    ['the day before a leap day', '2027-02-28T09:00:00Z', '2028-02-27T22:59:59Z', '2028-02-27T23:00:00Z'],
  ])('%s', async (_what, noted, still, over) => {
    at(noted)
    const id = await plan()
    await hear(id)
    at(still)
    expect(await look()).toBe(0)
    expect((await heard(id)).mentions).toMatchObject([{ worded: true, author: 'H-3F2A' }])
    at(over)
    expect([await look(), await look()]).toEqual([1, 0])
    expect((await heard(id)).mentions).toMatchObject([{ worded: false, author: '' }])
  })
  it.each([
    [
      'half a year, from the end of a long month',
      6,
      '2026-08-31T09:00:00Z',
      '2027-02-27T22:59:59Z',
      '2027-02-27T23:00:00Z',
    ],
    [
      'a month, from the end of a long year',
      1,
      '2026-12-31T09:00:00Z',
      '2027-01-30T22:59:59Z',
      '2027-01-30T23:00:00Z',
    ],
    ['five years', 60, '2026-11-26T09:00:00Z', '2031-11-25T22:59:59Z', '2031-11-25T23:00:00Z'],
  ])('as the plan in force says: %s', async (_what, months, noted, still, over) => {
    at(noted)
    const id = await planKeeping(months)
    await hear(id)
    expect((await heard(id)).keptMonths).toBe(months)
    at(still)
    expect(await look()).toBe(0)
    at(over)
    expect(await look()).toBe(1)
  })
  it('what is not in force yet does not count', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await planKeeping(1)
    await hear(id)
    await journal().updateTable('document').set({ in_force: null }).where('id', '=', id).execute()
    at('2027-01-26T09:00:00Z')
    expect([await look(), (await heard(id)).keptMonths]).toEqual([0, 12])
    await journal().updateTable('document').set({ in_force: 1 }).where('id', '=', id).execute()
    expect(await look()).toBe(1)
  })
  it('counts from when it was noted, however long ago it was said, and a correction does not prolong it', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    const { id: one, ...terms } = await hear(id, { saidOn: '2024-01-01', closedOn: null })
    expect(await look()).toBe(0)
    at('2027-11-25T09:00:00Z')
    const corrected = { ...terms, summary: 'Beste hitz batzuk', revision: 1 }
    expect(await server.container.resolve(HEARD).correct(jon, id, one, corrected)).toBeNull()
    expect(await look()).toBe(0)
    at('2027-11-26T09:00:00Z')
    expect(await look()).toBe(1)
  })
})

describe('[RT2] what is left', () => {
  it('what is counted; of a newspaper also who and where; and nobody writes words there again', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    const citizen = await hear(id)
    await hear(id, { sourceKind: 'media', author: '@egunkaria', url: 'https://egunkaria.example/1' })
    at('2027-11-26T09:00:00Z')
    expect(await look()).toBe(2)
    const { mentions } = await heard(id)
    expect(mentions).toContainEqual({
      ...citizen,
      saidOn: '2026-08-01',
      author: '',
      url: '',
      summary: '',
      reach: null,
      owner: null,
      closedOn: '2026-08-01',
      worded: false,
      revision: 2,
      by: { id: 'jon', name: 'jon' },
      at: '2026-11-26T09:00:00.000Z',
    })
    expect(mentions).toContainEqual(
      expect.objectContaining({
        author: '@egunkaria',
        url: 'https://egunkaria.example/1',
        summary: '',
        reach: 120,
      }),
    )
    const { id: one, ...terms } = citizen
    expect(
      await server.container.resolve(HEARD).correct(jon, id, one, { ...terms, revision: 2 }),
    ).toMatchObject({ refused: 'ILLEGAL_MOVE' })
    // What a device sends once more has arrived, and brings nothing back.
    expect(await server.container.resolve(HEARD).add(jon, id, citizen)).toBeNull()
    expect(JSON.stringify(await heard(id))).not.toMatch(/maite|usaina|H-3F2A/)
  })
  it('nothing of the words anywhere in the data, and the chain tells of it with fingerprints that fit', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    const one = await hear(id, {
      summary: 'Kanariotxoak hitz egin du',
      url: 'https://mastodon.example/@kanariotxoa',
    })
    const before = await journal()
      .selectFrom('mention')
      .select('salt')
      .where('id', '=', one.id)
      .executeTakeFirst()
    at('2027-11-26T09:00:00Z')
    await look()
    const after = await journal()
      .selectFrom('mention')
      .select('salt')
      .where('id', '=', one.id)
      .executeTakeFirst()
    expect(after!.salt).not.toBe(before!.salt)
    const deeds = await journal()
      .selectFrom('audit')
      .select(['actor', 'action', 'detail'])
      .where('subject', '=', id)
      .where('action', 'like', 'mention.%')
      .orderBy('n')
      .execute()
    expect(deeds.map(({ actor, action }) => [actor, action])).toEqual([
      ['jon', 'mention.add'],
      ['/system', 'mention.anonymise'],
    ])
    const found = await verifyFolder(server.dataFolder, null)
    expect(found.kind === 'read' && found.faults.filter((fault) => fault.includes(one.id))).toEqual([])
    const tables = await journal().introspection.getTables()
    for (const { name } of tables)
      expect(
        JSON.stringify(
          await journal()
            .selectFrom(name as 'mention')
            .selectAll()
            .execute(),
        ),
        name,
      ).not.toMatch(/kanariotxoa/i)
  })
  it('of a moderation: what was done, where and why', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    const row = {
      id: newUuid(),
      profile: 'mastodon',
      postUrl: 'https://mastodon.example/@haranberriudala/1',
      reason: 'disrespect',
      action: 'hide',
      note: 'Irain bat',
    } as const
    const moderation = server.container.resolve(MODERATION)
    await moderation.log(jon, id, row)
    at('2027-11-25T22:59:59Z')
    expect(await look()).toBe(0)
    at('2027-11-25T23:00:00Z')
    expect([await look(), await look()]).toEqual([1, 0])
    expect(await moderation.list(jon, id)).toMatchObject([
      { ...row, note: '', postUrl: '', at: '2026-11-26T09:00:00.000Z', by: { id: 'jon' } },
    ])
    const told = await journal()
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'moderation.anonymise')
      .where('subject', '=', id)
      .execute()
    expect(told).toEqual([{ detail: '{"rows":1}' }])
  })
})

describe('[RT4] the file itself', () => {
  it('has nothing of them either, once the server has let go of it', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    // Rows of every length beside it: what is left of it may be in the middle of a page.
    for (let i = 0; i < 40; i++) await hear(id, { summary: `Zerbait ${'a'.repeat(i * 6)}` })
    const gone = await hear(id, {
      summary: 'Zozabeltzak esan du',
      author: '',
      url: 'https://a.example/zozabeltza',
    })
    const moderation = { id: newUuid(), profile: null, postUrl: '', reason: null, action: 'answer' } as const
    await server.container
      .resolve(MODERATION)
      .log(jon, id, { ...moderation, note: 'Zozabeltzari erantzunda' })
    expect(await onTheDisk()).toContain('zozabeltza')
    at('2027-11-26T09:00:00Z')
    // How many are left for this look is not known: a server that has begun looks by itself.
    await look()
    expect((await heard(id)).mentions.filter((one) => one.worded)).toEqual([])
    const taken = await hear(id, { summary: 'Zozabeltzak beste bat', saidOn: '2027-11-26', closedOn: null })
    await server.container.resolve(HEARD).remove(jon, id, taken.id)
    expect(await onTheDisk()).not.toContain('zozabeltza')
    expect((await heard(id)).mentions.map((one) => one.id)).toContain(gone.id)
  })
  /** As whoever finds the disk reads it. */
  async function onTheDisk(): Promise<string> {
    await server.restart()
    const files = (await readdir(server.dataFolder)).filter((name) => name.startsWith('auzolan.sqlite'))
    const bytes = await Promise.all(files.map((name) => readFile(join(server.dataFolder, name), 'latin1')))
    return bytes.join('').toLowerCase()
  }
})

describe('[RT3] where it is looked', () => {
  it('in the trash and in what is archived, too; and in more than fit into one transaction', async () => {
    at('2026-11-26T09:00:00Z')
    const ids = [await plan(), await plan(), await plan()]
    for (const id of ids) await hear(id)
    for (let i = 0; i < RETENTION_ROWS_PER_TRANSACTION; i++) await hear(ids[2]!)
    await journal().updateTable('document').set({ trashed_at: '2027' }).where('id', '=', ids[0]!).execute()
    await journal().updateTable('document').set({ archived: 1 }).where('id', '=', ids[1]!).execute()
    at('2027-11-26T09:00:00Z')
    expect(await look()).toBe(3 + RETENTION_ROWS_PER_TRANSACTION)
    const left = await journal().selectFrom('mention').select('id').where('worded', '=', 1).execute()
    expect(left).toEqual([])
  })
  it('by the server’s own round, also of days on which it was off', async () => {
    at('2026-11-26T09:00:00Z')
    const id = await plan()
    await hear(id)
    at('2028-01-26T09:00:00Z')
    await server.restart()
    await expect.poll(async () => (await heard(id)).mentions).toMatchObject([{ worded: false }])
  })
})
