/** What is said of us: who reads and writes it, what is refused, that it arrives once, and what the chain remembers. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { newUuid, type TeamId } from '@auzolan/shared/ids.ts'
import {
  LISTENING_AUTHOR_MAX_CHARACTERS,
  LISTENING_SUMMARY_MAX_CHARACTERS,
  LISTENING_TOPIC_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { MentionGiven, MentionKept, MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import { JOURNAL } from '@auzolan/server/src/container.ts'
import { verifyFolder } from '@auzolan/server/src/verify/data-folder.ts'
import { REASON, WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'

let house: Reviewed
beforeAll(async () => void (house = await startReviewed()))
afterAll(() => house.stop())

const TODAY = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Madrid' })
const at = (id: string, what = ''): string => `/documents/${id}/heard${what}`
const given = (more: Partial<MentionGiven> = {}): MentionGiven => ({
  id: newUuid(),
  saidOn: TODAY,
  network: 'mastodon',
  sourceKind: 'citizen',
  author: 'H-3F2A',
  url: 'https://mastodon.example/@maite/1',
  summary: 'Edukiontzi marroiak usaina du',
  sentiment: 'negative',
  topic: 'Hondakinak',
  reach: 120,
  needsAnswer: true,
  action: null,
  source: '',
  owner: { id: 'jon', name: 'Jon' },
  closedOn: null,
  ...more,
})
const add = (id: string, body: object = given(), who: Who = 'jon') => house.outcome(who, 'POST', at(id), body)
const heard = async (id: string, query = ''): Promise<MentionsHeard> =>
  (await house.call<MentionsHeard>('mayor', 'GET', at(id, query))).json
const list = async (id: string): Promise<readonly MentionKept[]> => (await heard(id)).mentions
const correction = ({ id: _, ...terms }: MentionGiven, revision: number) => ({ ...terms, revision })

describe('[HE1] who may', () => {
  it.each(
    WHO.map(
      (who, i) => [who, [200, 200, 200, 200, 403, 404][i]!, [204, 204, 403, 403, 403, 404][i]!] as const,
    ),
  )('%s reads: %i, writes, corrects and takes out: %i', async (who, reads, writes) => {
    const id = await house.plan()
    const mine = given()
    expect((await house.call(who, 'GET', at(id))).status).toBe(reads)
    expect((await add(id, mine, who))[0]).toBe(writes)
    expect(await list(id)).toHaveLength(writes === 204 ? 1 : 0)
    await add(id, mine, writes === 204 ? who : 'jon')
    expect((await house.outcome(who, 'PUT', at(id, `/${mine.id}`), correction(mine, 1)))[0]).toBe(writes)
    expect((await house.outcome(who, 'DELETE', at(id, `/${mine.id}`)))[0]).toBe(writes)
    expect(await list(id)).toHaveLength(writes === 204 ? 0 : 1)
  })
  it.each(['it', 'hr', 'language', 'reader'])('nobody whose only part is %s', async (role) => {
    const id = await house.plan()
    await add(id)
    const { rows } = house.server.container.resolve(JOURNAL)
    const { team_id } = await rows
      .selectFrom('document')
      .select('team_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    await rows
      .updateTable('membership')
      .set({ role })
      .where('team_id', '=', team_id as TeamId)
      .where('principal_id', '=', 'miren')
      .execute()
    expect((await house.call('miren', 'GET', at(id))).status).toBe(403)
    expect((await add(id, given(), 'miren'))[0]).toBe(403)
  })
  it('a mention of one plan is none of another', async () => {
    const [mine, other] = [await house.plan(), await house.plan()]
    const one = given()
    await add(mine, one)
    expect(await list(other)).toEqual([])
    expect((await house.outcome('jon', 'PUT', at(other, `/${one.id}`), correction(one, 1)))[0]).toBe(404)
    expect((await house.outcome('jon', 'DELETE', at(other, `/${one.id}`)))[0]).toBe(404)
    expect(await add(other, one)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await list(mine)).toHaveLength(1)
  })
  it('in an archived plan nothing more is written, and it can be read', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    await house.call('ane', 'POST', `/documents/${id}/archive`, { reason: REASON })
    expect(await add(id)).toEqual([409, 'ILLEGAL_MOVE'])
    expect((await house.outcome('jon', 'PUT', at(id, `/${one.id}`), correction(one, 1)))[1]).toBe(
      'ILLEGAL_MOVE',
    )
    expect((await house.outcome('jon', 'DELETE', at(id, `/${one.id}`)))[1]).toBe('ILLEGAL_MOVE')
    expect(await list(id)).toHaveLength(1)
  })
})

describe('[HE2] what is written down', () => {
  it('comes back as it was given, with who noted it', async () => {
    const id = await house.plan()
    const one = given({ topic: '  Hondakinen \n bilketa ' })
    expect((await add(id, one))[0]).toBe(204)
    expect(await heard(id)).toEqual({
      mentions: [
        {
          ...one,
          topic: 'Hondakinen bilketa',
          worded: true,
          revision: 1,
          by: { id: 'jon', name: expect.any(String) },
          at: expect.any(String),
        },
      ],
      more: false,
      keptMonths: 12,
    })
  })
  it.each<[string, Partial<MentionGiven>]>([
    ['said tomorrow', { saidOn: addDays(TODAY, 1) }],
    ['said before any of this', { saidOn: '1999-12-31' }],
    ['said on no day', { saidOn: '2026-02-30' }],
    ['without a summary', { summary: ' ' }],
    ['with a novel', { summary: 'a'.repeat(LISTENING_SUMMARY_MAX_CHARACTERS + 1) }],
    ['without a topic', { topic: '\n' }],
    ['with a long topic', { topic: 'a'.repeat(LISTENING_TOPIC_MAX_CHARACTERS + 1) }],
    ['of an account: P-55', { author: '@maite' }],
    ['of a party by name: P-55', { sourceKind: 'party', author: '@alderdia' }],
    [
      'of a medium with a long name',
      { sourceKind: 'media', author: 'a'.repeat(LISTENING_AUTHOR_MAX_CHARACTERS + 1) },
    ],
    ['with an account in it', { summary: '@maite haserre dago' }],
    ['with an identity card in it', { summary: 'NANa: 12345678Z' }],
    ['corrected without a page: P-54', { action: 'corrected_fact' }],
    ['that leads into the program', { url: 'javascript:alert(1)' }],
    ['with a source that is none', { action: 'corrected_fact', source: 'udalaren weba' }],
    ['closed without a word', { closedOn: TODAY }],
    ['closed before it was said', { closedOn: addDays(TODAY, -1), action: 'none' }],
    ['reaching less than nobody', { reach: -1 }],
    ['by somebody without an id', { owner: { id: '', name: 'Jon' } }],
    ['on a network that is no word', { network: '../x' }],
  ])('not one %s, new or corrected', async (_what, more) => {
    const id = await house.plan()
    expect(await add(id, given(more))).toEqual([400, 'INVALID_INPUT'])
    const good = given()
    await add(id, good)
    const corrected = { ...correction(good, 1), ...more }
    expect(await house.outcome('jon', 'PUT', at(id, `/${good.id}`), corrected)).toEqual([
      400,
      'INVALID_INPUT',
    ])
    expect((await list(id)).map((one) => [one.id, one.revision])).toEqual([[good.id, 1]])
  })
  it('one as long as it may be, of a newspaper, corrected with its source and closed', async () => {
    const id = await house.plan()
    const one = given({
      summary: 'a'.repeat(LISTENING_SUMMARY_MAX_CHARACTERS),
      topic: 'b'.repeat(LISTENING_TOPIC_MAX_CHARACTERS),
      sourceKind: 'media',
      author: 'c'.repeat(LISTENING_AUTHOR_MAX_CHARACTERS),
      action: 'corrected_fact',
      source: 'https://www.haranberri.example/edukiontzi-marroia',
      closedOn: TODAY,
      owner: null,
      reach: null,
    })
    expect((await add(id, one))[0]).toBe(204)
    expect(await list(id)).toMatchObject([one])
  })
  it('of a period, both days in it, what was said last first', async () => {
    const id = await house.plan()
    const [a, b, c] = [-2, 0, -1].map((days) => given({ saidOn: addDays(TODAY, days) }))
    for (const one of [a!, b!, c!]) await add(id, one)
    const ids = async (query: string) => (await heard(id, query)).mentions.map((one) => one.id)
    expect(await ids('')).toEqual([b!.id, c!.id, a!.id])
    expect(await ids(`?from=${c!.saidOn}`)).toEqual([b!.id, c!.id])
    expect(await ids(`?from=${a!.saidOn}&to=${c!.saidOn}`)).toEqual([c!.id, a!.id])
    expect((await house.call('jon', 'GET', at(id, '?from=yesterday'))).status).toBe(400)
  })
})

describe('[HE3] once', () => {
  it('sent twice is one; the same id with other words, or by another, is refused', async () => {
    const id = await house.plan()
    const one = given()
    expect([(await add(id, one))[0], (await add(id, one))[0]]).toEqual([204, 204])
    expect(await add(id, { ...one, summary: 'x' })).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await add(id, one, 'ane')).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await list(id)).toHaveLength(1)
  })
  it('sent again after somebody has corrected it, it has arrived, and stays corrected', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    const answered = { ...correction(one, 1), action: 'informed', closedOn: TODAY }
    expect((await house.outcome('ane', 'PUT', at(id, `/${one.id}`), answered))[0]).toBe(204)
    expect((await add(id, one))[0]).toBe(204)
    expect(await list(id)).toMatchObject([{ action: 'informed', revision: 2, by: { id: 'jon' } }])
    expect(await add(id, one, 'ane')).toEqual([409, 'CHANGED_MEANWHILE'])
  })
  it('sent again after somebody has taken it out, it does not come back', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    expect((await house.outcome('ane', 'DELETE', at(id, `/${one.id}`)))[0]).toBe(204)
    expect((await house.outcome('ane', 'DELETE', at(id, `/${one.id}`)))[0]).toBe(204)
    expect((await house.outcome('ane', 'DELETE', at(id, `/${newUuid()}`)))[0]).toBe(404)
    expect((await add(id, one))[0]).toBe(204)
    expect(await list(id)).toEqual([])
  })
  it('in the name of somebody else it is not written', async () => {
    const id = await house.plan()
    expect(await add(id, { ...given(), signedInAs: 'jon' }, 'ane')).toEqual([403, 'OTHER_PERSON'])
    expect((await add(id, { ...given(), signedInAs: 'jon' }))[0]).toBe(204)
  })
  it('of two who correct the same, the second one is told', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    const put = (summary: string, revision: number) =>
      house.outcome('ane', 'PUT', at(id, `/${one.id}`), { ...correction(one, revision), summary })
    expect((await put('Bat', 1))[0]).toBe(204)
    expect(await put('Bi', 1)).toEqual([409, 'CHANGED_MEANWHILE'])
    expect(await list(id)).toMatchObject([{ summary: 'Bat', revision: 2 }])
  })
})

describe('[HE4] the chain', () => {
  const deedsOf = async (id: string) => {
    const { rows } = house.server.container.resolve(JOURNAL)
    const deeds = await rows.selectFrom('audit').selectAll().where('subject', '=', id).orderBy('n').execute()
    return deeds.filter(({ action }) => action.startsWith('mention.'))
  }
  const faults = async (): Promise<string[]> => {
    const found = await verifyFolder(house.server.dataFolder, null)
    return found.kind === 'read'
      ? found.faults.filter((fault) => fault.startsWith('mention'))
      : ['unreadable']
  }

  it('has each deed, and nothing of what it says', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    await house.outcome('ane', 'PUT', at(id, `/${one.id}`), correction(one, 1))
    await house.outcome('ane', 'DELETE', at(id, `/${one.id}`))
    const told = await deedsOf(id)
    expect(told.map(({ action, actor }) => [action, actor])).toEqual([
      ['mention.add', 'jon'],
      ['mention.correct', 'ane'],
      ['mention.remove', 'ane'],
    ])
    expect(told.map(({ detail }) => Object.keys(JSON.parse(detail) as object))).toEqual([
      ['digest', 'mention'],
      ['digest', 'mention'],
      ['mention'],
    ])
  })
  it('the same words have another fingerprint each time: whoever guesses them cannot see that they guessed right', async () => {
    const id = await house.plan()
    const one = given()
    await add(id, one)
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = await rows
      .selectFrom('mention')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    const digests = async () =>
      (await deedsOf(id)).map(({ detail }) => (JSON.parse(detail) as { digest: string }).digest)
    const tried = (guess: object): string =>
      createHash('sha256')
        .update(canonicalJson(guess as Json))
        .digest('hex')
    const { salt, ...all } = row
    // With the salt it is this row; all of it but the salt gives nothing.
    expect(await digests()).toEqual([tried(row)])
    for (const guess of [all, { ...all, salt: '' }]) expect(await digests()).not.toContain(tried(guess))
    expect(salt).toMatch(/^[0-9a-f]{32}$/)
    await house.outcome('jon', 'PUT', at(id, `/${one.id}`), correction(one, 1))
    const after = await rows
      .selectFrom('mention')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    expect(after.salt).not.toBe(salt)
    expect(await faults()).toEqual([])
  })
  it('shows a row that was changed, one that is gone, and one that came by itself', async () => {
    const id = await house.plan()
    const [one, two, three] = [given(), given(), given()]
    for (const each of [one, two, three]) await add(id, each)
    await house.outcome('jon', 'DELETE', at(id, `/${three.id}`))
    expect(await faults()).toEqual([])
    const { rows } = house.server.container.resolve(JOURNAL)
    const row = await rows
      .selectFrom('mention')
      .selectAll()
      .where('id', '=', one.id)
      .executeTakeFirstOrThrow()
    await rows
      .insertInto('mention')
      .values({ ...row, id: three.id })
      .execute()
    await rows.updateTable('mention').set({ sentiment: 'positive' }).where('id', '=', one.id).execute()
    await rows.deleteFrom('mention').where('id', '=', two.id).execute()
    const told = await faults()
    expect(told).toHaveLength(3)
    expect(told).toContainEqual(expect.stringContaining(`mention ${one.id} in document ${id} was changed`))
    expect(told).toContainEqual(expect.stringContaining(`mention ${two.id} in document ${id} is missing`))
    expect(told).toContainEqual(expect.stringContaining(`does not tell of mention ${three.id}`))
  })
})
