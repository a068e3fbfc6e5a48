/** Tools that somebody has named: who may say, read and settle what, and that no word of anybody is lost [SU4]–[SU12], [SU17]. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid, type DocumentId, type PersonId } from '@auzolan/shared/ids.ts'
import {
  DECLINE_REASON_MIN_CHARACTERS,
  IMPORTS_PER_PERSON_MAX,
  IMPORTS_PER_SUGGESTION_MAX,
  LINK_MAX_CHARACTERS,
  NEED_MAX_CHARACTERS,
  SUGGESTIONS_ALIKE_MAX,
  SUGGESTIONS_PER_DAY_MAX,
  SUGGESTIONS_PER_EVALUATION_MAX,
  SUGGESTION_TEXT_MAX_CHARACTERS,
  TOOL_NAME_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { Told } from '@auzolan/shared/protocol/house.ts'
import type { Answered } from '@auzolan/shared/protocol/catalogue.ts'
import type {
  SuggestionGiven,
  SuggestionList,
  SuggestionPage,
  SuggestionsAlike,
  SuggestionTaken,
  VoiceTerms,
} from '@auzolan/shared/protocol/suggestions.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { DOCUMENTS, JOURNAL, ORGANISATION, TEAMS, TOOL_SUGGESTIONS } from '@auzolan/server/src/container.ts'
import { SAIOA_MEET } from '@auzolan/server/src/standalone/sample-evaluation.ts'
import { WHO, startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { saidWhatChanged, scored, withDepartments } from '../support/scored.ts'
import { VOICE } from '../support/suggested.ts'
import { teamOf } from '../support/teams.ts'
import { passedOn } from '../support/told.ts'

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

const SILENT = { ...VOICE, whatFor: '' }
const ASKS: VoiceTerms = {
  ...SILENT,
  kind: 'asks',
  asked: { purpose: 'share', data: 'internal', level: 'collective' },
}
const given = (name: string, voice: Partial<VoiceTerms> = {}, more: object = {}): SuggestionGiven => ({
  ...{ name, address: '', category: null, imported: null },
  voice: { ...VOICE, ...voice },
  ...more,
})
const IMPORTED = {
  kind: 'catalogue',
  publisher: 'Beste Udala',
  source: 'https://beste.example/tools/1',
  date: '2026-05-01',
  licence: 'AGPL-3.0',
  verdict: 'recommended',
  description: 'Haiek esana',
} as const
const REASON = 'Taldean badugu horretarako beste bat.'.padEnd(DECLINE_REASON_MIN_CHARACTERS, '.')

async function suggest(who: Who, ...rest: Parameters<typeof given>): Promise<SuggestionTaken> {
  const { status, json, text } = await house.call<SuggestionTaken>(
    who,
    'POST',
    '/suggestions',
    given(...rest),
  )
  expect([status, text]).toEqual([200, text])
  return json
}
const page = async (who: Who, id: string) =>
  (await house.call<SuggestionPage>(who, 'GET', `/suggestions/${id}`)).json
const list = async (who: Who) => (await house.call<SuggestionList>(who, 'GET', '/suggestions')).json
const settle = (who: Who | null, id: string, what: string, body: object = {}) =>
  house.outcome(who, 'POST', `/suggestions/${id}/${what}`, body)
const says = (who: Who | null, id: string, voice: object) =>
  house.outcome(who, 'PUT', `/suggestions/${id}/voice`, voice)
/** What has been said of it and not been taken back, once Nextcloud has it. */
async function told(id: string): Promise<[string, string[]][]> {
  const standing = await house.server.container
    .resolve(JOURNAL)
    .rows.selectFrom('told')
    .select('key')
    .where('document', '=', id)
    .orderBy('n')
    .execute()
  const sent = await passedOn(house.server, house.nextcloud)
  return standing.map(({ key }) => {
    const last = sent.findLast((one) => one.kind === 'notify' && one.notice.key === key)
    const { notice } = last as Extract<typeof last, { kind: 'notify' }>
    return [notice.kind, notice.to.map((one) => one.id)]
  })
}
const deeds = async (id: string) =>
  (
    await house.server.container
      .resolve(JOURNAL)
      .rows.selectFrom('audit')
      .select(['action', 'actor', 'detail'])
      .where('subject', '=', id)
      .orderBy('n')
      .execute()
  ).map(({ action, actor, detail }) => [action, actor, detail])
const evaluation = (changes: object = {}): Promise<DocumentId> =>
  house.server.container.resolve(DOCUMENTS).create({
    type: 'evaluation',
    teamId: team as never,
    languages: ['eu', 'es'],
    template: {
      ...SAIOA_MEET,
      useLevel: { level: 'individual', ownBackup: { eu: 'Etxean', es: 'En casa' } },
      dataProtection: { ...SAIOA_MEET['dataProtection'], dataClasses: ['public'] },
      decision: { ...SAIOA_MEET['decision'], allowedDataClasses: ['public'], allowedLevels: ['individual'] },
      ...changes,
    } as typeof SAIOA_MEET,
    by: 'ane' as PersonId,
  })

describe('[SU4] a tool is suggested', () => {
  it('by anybody in the house, and stands there for all of them with the words of whoever said it', async () => {
    const { id, made } = await suggest(
      'outsider',
      'Ideamapa',
      { canTeach: true },
      { address: 'ideamapa.example/app' },
    )
    expect(made).toBe(true)
    for (const who of WHO) {
      const found = (await list(who)).suggestions.find((one) => one.id === id)
      expect([who, found]).toEqual([
        who,
        expect.objectContaining({
          name: 'Ideamapa',
          address: 'https://ideamapa.example/app',
          status: 'new',
          uses: 1,
          asks: 0,
          teachers: 1,
          whatFor: VOICE.whatFor,
          mine: who === 'outsider' ? 'uses' : null,
          entry: null,
        }),
      ])
      expect((await page(who, id)).voices.map(({ person }) => person.id)).toEqual(['outsider'])
    }
    expect((await list('root')).maySettle).toBe(true)
    expect((await list('ane')).maySettle).toBe(false)
    expect(await deeds(id)).toEqual([['tool_suggestion.add', 'outsider', '{}']])
  })
  it('[SU1] with the signs that tell it from another one; both are named while somebody types', async () => {
    const [one, two] = [await suggest('ane', 'Notaduna'), await suggest('jon', 'Notaduna++')]
    expect([two.made, one.id === two.id]).toEqual([true, false])
    expect((await suggest('miren', 'NOTADUNA ++')).id).toBe(two.id)
    const { json } = await house.call<SuggestionsAlike>('miren', 'POST', '/suggestions/alike', {
      ...{ name: 'notaduna', address: '' },
    })
    expect(json.suggestions.map(({ id, like }) => [id, like])).toEqual([
      [one.id, 'same'],
      [two.id, 'similar'],
    ])
  })
  it('[SU1] also where it was kept when fewer signs counted', async () => {
    const { id } = await suggest('ane', 'Zaharra#')
    const { rows } = house.server.container.resolve(JOURNAL)
    await rows.updateTable('suggestion').set({ folded: 'zaharra' }).where('id', '=', id).execute()
    await house.server.container.resolve(TOOL_SUGGESTIONS).keepNames()
    expect((await suggest('jon', 'zaharra #')).id).toBe(id)
    expect((await suggest('jon', 'Zaharra')).made).toBe(true)
  })
  it('by nobody else: every route asks who it is', async () => {
    const { id } = await suggest('ane', 'Nork da')
    for (const [method, path, body] of [
      ['GET', '/suggestions', undefined],
      ['POST', '/suggestions', given('Beste bat')],
      ['POST', '/suggestions/alike', { name: 'Ideamapa', address: '' }],
      ['GET', `/suggestions/${id}`, undefined],
      ['PUT', `/suggestions/${id}/voice`, VOICE],
      ['DELETE', `/suggestions/${id}/voice`, undefined],
      ['POST', `/suggestions/${id}/decline`, { reason: REASON }],
      ['POST', `/suggestions/${id}/reopen`, {}],
      ['POST', `/suggestions/${id}/merge`, { into: newUuid() }],
      ['POST', `/suggestions/${id}/evaluation`, { document: newUuid() }],
      ['DELETE', `/suggestions/${id}/evaluation`, undefined],
    ] as const)
      expect([path, (await house.call(null, method, path, body)).status]).toEqual([path, 401])
  })
  it('by two at once: both are on one, with both texts', async () => {
    const both = await Promise.all([
      suggest('jon', 'Bi Batera', { whatFor: 'Batak' }),
      suggest('miren', ' bi-batera ', { whatFor: 'Besteak' }),
    ])
    expect(new Set(both.map(({ id }) => id)).size).toBe(1)
    expect(both.map(({ made }) => made).sort()).toEqual([false, true])
    const { voices, status, uses } = await page('ane', both[0].id)
    expect(voices.map(({ whatFor }) => whatFor).sort()).toEqual(['Batak', 'Besteak'])
    expect([status, uses]).toEqual(['shared', 2])
  })
  it.each([
    ['no name', given(' ')],
    ['a name of points', given('…!?')],
    ['a name that is turned around', given('Zoom\u202Egpj')],
    ['a long name', given('a'.repeat(TOOL_NAME_MAX_CHARACTERS + 1))],
    ['a name of signs that are not seen', given('\u3164\uFFA0')],
    ['nothing it is for', given('Zertarako', { whatFor: ' ' })],
    ['nothing that is seen', given('Zertarako', { whatFor: '\u3164\u200B\u2800' })],
    ['neither a voice nor a source', { ...given('Isila'), voice: null }],
    ['a long text', given('Luzea', { likes: 'a'.repeat(SUGGESTION_TEXT_MAX_CHARACTERS + 1) })],
    ['javascript', given('Gaizto', {}, { address: 'javascript:alert(1)' })],
    ['data', given('Gaizto', {}, { address: 'data:text/html,<script>alert(1)</script>' })],
    ['a password', given('Gaizto', {}, { address: 'https://bank.example:x@evil.example' })],
    [
      'a long address',
      given('Gaizto', {}, { address: `https://a.example/${'a'.repeat(LINK_MAX_CHARACTERS)}` }),
    ],
    ['a year to come', given('Geroa', { since: new Date().getFullYear() + 2 })],
    ['data nobody knows', given('Datuak', { dataUsed: 'all' as never })],
    ['no voice', { ...given('Isila'), voice: undefined }],
  ])('[SU5] %s is refused', async (_what, body) =>
    expect(await house.outcome('ane', 'POST', '/suggestions', body)).toEqual([400, 'INVALID_INPUT']),
  )
  it('[SU5] takes what is as long as it may be, and keeps signs as signs', async () => {
    const html = '<img src=x onerror=alert(1)>'
    const { id } = await suggest(
      'ane',
      'b'.repeat(TOOL_NAME_MAX_CHARACTERS),
      { whatFor: html, likes: 'a'.repeat(SUGGESTION_TEXT_MAX_CHARACTERS), since: 1990 },
      { address: `https://a.example/${'a'.repeat(LINK_MAX_CHARACTERS - 18)}` },
    )
    expect((await page('ane', id)).voices[0]).toMatchObject({ whatFor: html, since: 1990 })
  })
  it('[SU5] of somebody whose page has outlived their session is not taken', async () =>
    expect(
      await house.outcome('ane', 'POST', '/suggestions', { ...given('Bestea'), signedInAs: 'jon' }),
    ).toEqual([403, 'OTHER_PERSON']))
  it('[SU5] nor does such a page take back what another person says', async () => {
    const { id } = await suggest('ane', 'Ordezko Gailua')
    expect(await house.outcome('ane', 'DELETE', `/suggestions/${id}/voice`, { signedInAs: 'jon' })).toEqual([
      403,
      'OTHER_PERSON',
    ])
    expect((await page('ane', id)).voices).toHaveLength(1)
  })
})

describe('[SU6] a voice', () => {
  it('is said, changed and taken back by oneself alone; what nobody speaks for is gone', async () => {
    const { id } = await suggest('ane', 'Ahotsak')
    expect(await says('jon', id, { ...SILENT, canTeach: true })).toEqual([204, undefined])
    expect(await page('jon', id)).toMatchObject({ uses: 2, teachers: 1, mine: 'uses' })
    expect(await says('jon', id, { ...VOICE, whatFor: 'Nirea' })).toEqual([204, undefined])
    // No more than "me too" takes nothing away.
    expect(await says('jon', id, SILENT)).toEqual([204, undefined])
    expect((await page('jon', id)).voices.map(({ whatFor }) => whatFor)).toEqual([VOICE.whatFor, 'Nirea'])
    // Whoever changes their words may leave none.
    expect(await says('jon', id, { ...SILENT, dataUsed: 'internal', whole: true })).toEqual([204, undefined])
    expect((await page('jon', id)).voices[1]).toMatchObject({ whatFor: '', dataUsed: 'internal' })
    const takeBack = (who: Who) => house.outcome(who, 'DELETE', `/suggestions/${id}/voice`)
    for (const who of ['ane', 'ane', 'miren', 'jon'] as const)
      expect([who, await takeBack(who)]).toEqual([who, [204, undefined]])
    expect(await takeBack('jon')).toEqual([404, 'NOT_FOUND'])
    expect((await house.call('ane', 'GET', `/suggestions/${id}`)).status).toBe(404)
    expect((await deeds(id)).map(([action]) => action)).toEqual([
      'tool_suggestion.add',
      ...Array<string>(4).fill('tool_suggestion.voice'),
      ...['tool_suggestion.voice_remove', 'tool_suggestion.voice_remove'],
    ])
  })
  it('of who asks is a question on the same tool: five are one, and the answer says so', async () => {
    const before = async (who: Who) =>
      (
        await house.call<Answered>(
          who,
          'GET',
          '/catalogue/answer?tool=galde.%20tool&data=internal&level=collective',
        )
      ).json.before
    expect(await before('ane')).toBeNull()
    const ids = new Set<string>()
    for (const who of ['ane', 'jon', 'mayor', 'lawyer', 'miren'] as const)
      ids.add((await suggest(who, 'Galde Tool', ASKS)).id)
    expect(ids.size).toBe(1)
    const [id] = ids
    expect(await before('outsider')).toEqual({
      id,
      status: 'shared',
      asks: 5,
      uses: 0,
      mine: null,
      entry: null,
    })
    // Whoever asks and then uses it is counted as both, and what they asked stays.
    await says('ane', id!, VOICE)
    expect(await before('ane')).toEqual({ id, status: 'shared', asks: 5, uses: 1, mine: 'uses', entry: null })
    expect((await page('ane', id!)).voices.find(({ person }) => person.id === 'ane')).toMatchObject({
      kind: 'uses',
      whatFor: VOICE.whatFor,
      asked: ASKS.asked,
    })
    // And who uses it goes on using it when they ask.
    await suggest('ane', 'Galde Tool', {
      ...ASKS,
      asked: { purpose: null, data: 'public', level: 'individual' },
    })
    expect((await page('ane', id!)).voices.find(({ person }) => person.id === 'ane')).toMatchObject({
      kind: 'uses',
      whatFor: VOICE.whatFor,
      asked: { purpose: null, data: 'public', level: 'individual' },
    })
  })
  it('is of something that is there', async () => {
    expect(await says('ane', newUuid(), VOICE)).toEqual([404, 'NOT_FOUND'])
    expect(await says('ane', 'ez-da', VOICE)).toEqual([404, 'NOT_FOUND'])
    expect((await house.call('ane', 'GET', '/suggestions/ez-da')).status).toBe(404)
  })
})

describe('[SU6] what nobody speaks for any more', () => {
  const isThere = async (id: string) => (await house.call('ane', 'GET', `/suggestions/${id}`)).status === 200
  const takeBack = (who: Who, id: string) => house.outcome(who, 'DELETE', `/suggestions/${id}/voice`)
  it('is gone with all the names that lead to it', async () => {
    const one = await suggest('ane', 'Hutsik Bat')
    const two = await suggest('jon', 'Hutsik Bi')
    await settle('root', two.id, 'merge', { into: one.id })
    await takeBack('ane', one.id)
    expect(await isThere(one.id)).toBe(true)
    await takeBack('jon', one.id)
    expect([await isThere(one.id), await isThere(two.id)]).toEqual([false, false])
    expect((await suggest('miren', 'Hutsik Bi')).made).toBe(true)
  })
  it('is gone when two are taken apart again, and the other one stays', async () => {
    const one = await suggest('ane', 'Bereizi Bat')
    const two = await suggest('jon', 'Bereizi Bi')
    await settle('root', two.id, 'merge', { into: one.id })
    await takeBack('ane', one.id)
    expect(await settle('root', two.id, 'reopen')).toEqual([204, undefined])
    expect([await isThere(one.id), await isThere(two.id)]).toEqual([false, true])
    const three = await suggest('miren', 'Bereizi Hiru')
    await settle('root', three.id, 'merge', { into: two.id })
    await takeBack('miren', two.id)
    await settle('root', three.id, 'reopen')
    expect([await isThere(two.id), await isThere(three.id)]).toEqual([true, false])
  })
  it('stays as long as somebody stands for where it was brought in from, and goes with that', async () => {
    const brought = { ...given('Ekarria'), voice: null, imported: IMPORTED }
    const { json } = await house.call<SuggestionTaken>('jon', 'POST', '/suggestions', brought)
    await says('ane', json.id, SILENT)
    await takeBack('ane', json.id)
    expect(await page('miren', json.id)).toMatchObject({ uses: 0, asks: 0, voices: [] })
    await settle('root', json.id, 'decline', { reason: REASON })
    // Who has brought it in waits for an answer, too.
    expect(await told(json.id)).toEqual([['suggestion_declined', ['jon']]])
    await settle('root', json.id, 'reopen')
    expect(await takeBack('jon', json.id)).toEqual([204, undefined])
    expect(await isThere(json.id)).toBe(false)
  })
  it('is gone also where what kept it was brought to another one that was put together with it', async () => {
    const brought = { ...given('Hondarra'), voice: null, imported: IMPORTED }
    const { json } = await house.call<SuggestionTaken>('miren', 'POST', '/suggestions', brought)
    const other = await suggest('jon', 'Hondartza')
    await settle('root', json.id, 'merge', { into: other.id })
    await takeBack('jon', other.id)
    expect(await isThere(other.id)).toBe(true)
    expect(await takeBack('miren', json.id)).toEqual([204, undefined])
    expect([await isThere(other.id), await isThere(json.id)]).toEqual([false, false])
  })
  it('is not what somebody else has brought in from the same place', async () => {
    const { id } = await suggest('jon', 'Leku Bera', {}, { imported: IMPORTED })
    await suggest('miren', 'Leku Bera', {}, { imported: { ...IMPORTED, verdict: 'conditional' } })
    const brought = async () =>
      (await page('ane', id)).imported.map(({ by, verdict }) => [by.id, verdict] as const)
    const both = [
      ['jon', 'recommended'],
      ['miren', 'conditional'],
    ]
    expect(await brought()).toEqual(both)
    await takeBack('miren', id)
    expect(await brought()).toEqual(both.slice(0, 1))
  })
  it('stays when it is being evaluated, and goes when the link is taken away', async () => {
    const { id } = await suggest('jon', 'Ebaluatzen Hutsik')
    await settle('ane', id, 'evaluation', { document: await evaluation() })
    await takeBack('jon', id)
    expect((await page('ane', id)).status).toBe('under_evaluation')
    expect(await house.outcome('ane', 'DELETE', `/suggestions/${id}/evaluation`)).toEqual([204, undefined])
    expect(await isThere(id)).toBe(false)
  })
})

describe('[SU21] one person', () => {
  it('names so many tools in a day and no more; what others name they join all the same', async () => {
    const suggestions = house.server.container.resolve(TOOL_SUGGESTIONS)
    const { rows } = house.server.container.resolve(JOURNAL)
    const claims = { person: 'asko', name: 'Asko', groups: [], admin: false } as unknown as Claims
    const say = (n: number) => suggestions.give(claims, given(`Asko ${n}`))
    for (let n = 1; n < SUGGESTIONS_PER_DAY_MAX; n++) await say(n)
    const last = await say(SUGGESTIONS_PER_DAY_MAX)
    expect(last).toMatchObject({ made: true })
    expect(await say(0)).toMatchObject({ refused: 'ENOUGH_TODAY' })
    // What was taken back has been named all the same.
    await suggestions.unsay(claims, (last as SuggestionTaken).id)
    expect(await say(0)).toMatchObject({ refused: 'ENOUGH_TODAY' })
    const { id } = await suggest('ane', 'Besteena')
    expect(await suggestions.give(claims, given('Besteena'))).toEqual({ id, made: false })
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString()
    await rows.updateTable('audit').set({ at: yesterday }).where('actor', '=', 'asko').execute()
    expect(await say(0)).toMatchObject({ made: true })
  })
})

describe('[SU7] while somebody types', () => {
  it('what is called or addressed alike is named, the same first, and not more than a few', async () => {
    const { id } = await suggest('ane', 'Orri Zuria', {}, { address: 'https://orri.example/zuria' })
    for (const n of [1, 2, 3, 4]) await suggest('ane', `Orrialde ${n}`)
    const alike = async (name: string, address = '') =>
      (await house.call<SuggestionsAlike>('miren', 'POST', '/suggestions/alike', { name, address })).json
    expect((await alike('orri zuria')).suggestions[0]).toMatchObject({ id, like: 'same', uses: 1 })
    expect((await alike('Bestelakoa', 'orri.example/zuria/hasi')).suggestions).toEqual([])
    expect((await alike('Bestelakoa', 'https://orri.example/zuria/hasi')).suggestions[0]).toMatchObject({
      id,
    })
    expect((await alike('Orrialde')).suggestions).toHaveLength(SUGGESTIONS_ALIKE_MAX)
    expect(await alike('zzzzzz')).toEqual({ suggestions: [], entries: [] })
    expect(
      await house.outcome('ane', 'POST', '/suggestions/alike', {
        name: 'a'.repeat(TOOL_NAME_MAX_CHARACTERS + 1),
        address: '',
      }),
    ).toEqual([400, 'INVALID_INPUT'])
  })
})

describe('[SU8] declined, and taken up again', () => {
  it('by those who settle, with a reason, which whoever spoke is told; anybody may still say they use it', async () => {
    const { id } = await suggest('jon', 'Ez Da Behar')
    await says('miren', id, SILENT)
    for (const who of WHO)
      expect([who, await settle(who, id, 'decline', { reason: REASON })]).toEqual([who, [403, 'NOT_ALLOWED']])
    const short = REASON.slice(0, DECLINE_REASON_MIN_CHARACTERS - 1)
    expect(await settle('root', id, 'decline', { reason: short })).toEqual([400, 'INVALID_INPUT'])
    expect(await settle('root', id, 'decline', { reason: REASON })).toEqual([204, undefined])
    expect(await page('jon', id)).toMatchObject({
      status: 'declined',
      reason: REASON,
      settled: { by: { id: 'root' } },
    })
    expect(await told(id)).toEqual([['suggestion_declined', ['jon', 'miren']]])
    expect((await suggest('ane', 'ez da behar')).made).toBe(false)
    expect(await page('ane', id)).toMatchObject({ status: 'declined', uses: 3 })
    expect(await settle('ane', id, 'reopen')).toEqual([403, 'NOT_ALLOWED'])
    expect(await settle('root', id, 'reopen')).toEqual([204, undefined])
    expect(await page('ane', id)).toMatchObject({ status: 'shared', reason: null, settled: null })
    expect(await told(id)).toEqual([])
    expect(await settle('root', id, 'reopen')).toEqual([409, 'ILLEGAL_MOVE'])
    // No text of anybody is in what nobody can ever take out again.
    expect(JSON.stringify(await deeds(id))).not.toContain('badugu')
  })
  it('by whoever the organisation has named to look after tools', async () => {
    const { id } = await suggest('jon', 'Zaintzen Dena')
    const organisation = house.server.container.resolve(ORGANISATION)
    const watchedBy = async (person: Who | null) => {
      const { version, ...facts } = await organisation.read()
      const toolWatch = { ...facts.toolWatch, person: person && { id: person, name: person } }
      await organisation.change({ ...facts, toolWatch }, version, 'root' as PersonId)
    }
    await watchedBy('miren')
    expect((await list('miren')).maySettle).toBe(true)
    expect((await list('jon')).maySettle).toBe(false)
    expect(await settle('miren', id, 'decline', { reason: REASON })).toEqual([204, undefined])
    await watchedBy(null)
    expect(await settle('miren', id, 'reopen')).toEqual([403, 'NOT_ALLOWED'])
  })
  it('with words that are seen: blanks and what has no shape are no reason', async () => {
    const { id } = await suggest('jon', 'Arrazoirik Ez')
    for (const reason of ['\u3164'.repeat(40), `a${' '.repeat(40)}b`, `${'\u200B'.repeat(30)}ez`])
      expect(await settle('root', id, 'decline', { reason })).toEqual([400, 'INVALID_INPUT'])
  })
  it('stays when the last one goes: it was answered', async () => {
    const { id } = await suggest('jon', 'Erantzuna Dago')
    await settle('root', id, 'decline', { reason: REASON })
    await house.outcome('jon', 'DELETE', `/suggestions/${id}/voice`)
    expect((await page('ane', id)).status).toBe('declined')
  })
})

describe('[SU9] two that are one tool', () => {
  it('are merged with every word; the name goes on leading there, and all of it can be undone', async () => {
    const one = await suggest(
      'jon',
      'Saioa Meet',
      { whatFor: 'Jonena' },
      { address: 'https://saioa.example' },
    )
    const two = await suggest('miren', 'Saioa Bilerak', { whatFor: 'Mirenena' })
    await suggest('jon', 'Saioa Bilerak', { whatFor: 'Jonen bigarrena' })
    const third = await suggest('ane', 'Saioa Zaharra', { whatFor: 'Anena' })
    for (const who of WHO)
      expect(await settle(who, two.id, 'merge', { into: one.id })).toEqual([403, 'NOT_ALLOWED'])
    expect(await settle('root', two.id, 'merge', { into: two.id })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await settle('root', two.id, 'merge', { into: newUuid() })).toEqual([404, 'NOT_FOUND'])
    expect(await settle('root', two.id, 'merge', { into: 'ez' })).toEqual([400, 'INVALID_INPUT'])
    expect(await settle('root', third.id, 'merge', { into: two.id })).toEqual([204, undefined])
    expect(await settle('root', two.id, 'merge', { into: one.id })).toEqual([204, undefined])
    const merged = await page('ane', one.id)
    expect(merged.voices.map(({ whatFor }) => whatFor).sort()).toEqual([
      'Anena',
      'Jonen bigarrena',
      'Jonena',
      'Mirenena',
    ])
    // Jon has two texts, and is one person.
    expect([merged.uses, merged.duplicates.map(({ name }) => name)]).toEqual([
      3,
      ['Saioa Bilerak', 'Saioa Zaharra'],
    ])
    expect(merged.voices.find(({ whatFor }) => whatFor === 'Anena')?.calledThere).toBe('Saioa Zaharra')
    expect(await page('ane', two.id)).toMatchObject({
      status: 'duplicate',
      mergedInto: { id: one.id, name: 'Saioa Meet' },
      voices: [],
    })
    expect(await suggest('lawyer', 'saioa zaharra')).toEqual({ id: one.id, made: false })
    expect(await says('lawyer', two.id, VOICE)).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await settle('root', two.id, 'decline', { reason: REASON })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await settle('root', one.id, 'merge', { into: two.id })).toEqual([409, 'ILLEGAL_MOVE'])
    expect(await settle('root', two.id, 'reopen')).toEqual([204, undefined])
    // With what came along with it.
    expect((await page('ane', two.id)).voices.map(({ whatFor }) => whatFor).sort()).toEqual([
      'Anena',
      'Jonen bigarrena',
      'Mirenena',
    ])
    expect((await page('ane', one.id)).voices.map(({ whatFor }) => whatFor)).not.toContain('Mirenena')
  })
  it('show what either says, and have their own again when it is undone', async () => {
    const one = await suggest('jon', 'Eztia')
    const two = await suggest(
      'miren',
      'Eztitegia',
      {},
      { address: 'https://eztia.example', category: 'surveys', imported: IMPORTED },
    )
    const third = await suggest('ane', 'Erlauntza', {}, { imported: { ...IMPORTED, verdict: 'conditional' } })
    const own = async (id: string) => {
      const { address, category, imported } = await page('ane', id)
      return { address, category, verdicts: imported.map(({ verdict }) => verdict) }
    }
    const before = [await own(one.id), await own(two.id)]
    await settle('root', two.id, 'merge', { into: one.id })
    expect(await own(one.id)).toEqual({
      ...{ address: 'https://eztia.example/', category: 'surveys', verdicts: ['recommended'] },
    })
    expect((await list('ane')).suggestions.find(({ id }) => id === one.id)).toMatchObject({
      ...{ address: 'https://eztia.example/', category: 'surveys', broughtFrom: 'Beste Udala' },
    })
    // Of the same source what each has brought.
    await settle('root', third.id, 'merge', { into: one.id })
    expect((await own(one.id)).verdicts).toEqual(['recommended', 'conditional'])
    for (const { id } of [two, third]) await settle('root', id, 'reopen')
    expect([await own(one.id), await own(two.id)]).toEqual(before)
  })
  it('one after the other are taken apart one after the other, each with what came along with it', async () => {
    const [a, b, c] = [
      await suggest('jon', 'Kate Lehena', { whatFor: 'Jonena' }),
      await suggest('miren', 'Kate Bigarrena', { whatFor: 'Mirenena' }),
      await suggest(
        'ane',
        'Kate Hirugarrena',
        { whatFor: 'Anena' },
        { address: 'https://kate.example', imported: IMPORTED },
      ),
    ]
    const stand = async () =>
      Promise.all(
        [a, b, c].map(async ({ id }) => {
          const { voices, duplicates, mergedInto, address, imported } = await page('ane', id)
          return {
            voices: voices.map(({ whatFor }) => whatFor),
            duplicates: duplicates.map((one) => one.id),
            ...{ into: mergedInto?.id, address, brought: imported.length },
          }
        }),
      )
    await settle('root', c.id, 'merge', { into: b.id })
    const before = await stand()
    await settle('root', b.id, 'merge', { into: a.id })
    const together = await stand()
    expect(together).toMatchObject([
      {
        voices: ['Jonena', 'Mirenena', 'Anena'],
        duplicates: [b.id, c.id],
        ...{ address: 'https://kate.example/', brought: 1 },
      },
      { voices: [], into: a.id },
      { voices: [], into: a.id },
    ])
    expect(await suggest('lawyer', 'kate hirugarrena', {})).toEqual({ id: a.id, made: false })
    await house.outcome('lawyer', 'DELETE', `/suggestions/${a.id}/voice`)
    expect((await list('ane')).suggestions.find(({ id }) => id === a.id)).toMatchObject({ uses: 3 })
    await settle('root', b.id, 'reopen')
    expect(await stand()).toEqual(before)
    // The last one alone, while the others stand together.
    await settle('root', b.id, 'merge', { into: a.id })
    await settle('root', c.id, 'reopen')
    expect(await stand()).toMatchObject([
      { voices: ['Jonena', 'Mirenena'], duplicates: [b.id], address: '', brought: 0 },
      { voices: [], into: a.id },
      { voices: ['Anena'], into: undefined, brought: 1 },
    ])
    await settle('root', b.id, 'reopen')
    expect((await stand()).map(({ voices }) => voices)).toEqual([['Jonena'], ['Mirenena'], ['Anena']])
  })
  it('of which one had an evaluation that is in the trash: taken out of it, that changes nothing', async () => {
    const [one, two] = [await suggest('jon', 'Zaborretik'), await suggest('jon', 'Zaborrera')]
    const document = await evaluation()
    await settle('ane', two.id, 'evaluation', { document })
    expect(await settle('root', two.id, 'merge', { into: one.id })).toEqual([409, 'ILLEGAL_MOVE'])
    await house.call('ane', 'POST', `/documents/${document}/trash`, {})
    expect(await settle('root', two.id, 'merge', { into: one.id })).toEqual([204, undefined])
    await house.call('ane', 'POST', `/documents/${document}/take-back`, {})
    expect(await page('ane', two.id)).toMatchObject({ status: 'duplicate', evaluation: null, entry: null })
    await settle('root', two.id, 'reopen')
    expect(await page('ane', two.id)).toMatchObject({ status: 'new', evaluation: null })
    // It can be linked again, with whatever it is of.
    expect(await settle('ane', one.id, 'evaluation', { document })).toEqual([204, undefined])
  })
  it('of which one was declined: taken apart again, it is declined as before', async () => {
    const [one, two] = [await suggest('jon', 'Bakarra'), await suggest('jon', 'Bakarrena')]
    await settle('root', two.id, 'decline', { reason: REASON })
    await settle('root', two.id, 'merge', { into: one.id })
    await settle('root', two.id, 'reopen')
    expect(await page('jon', two.id)).toMatchObject({ status: 'declined', reason: REASON })
  })
})

describe('[SU5] what the house’s lists do not have', () => {
  it('is as good as not said, and the words are taken', async () => {
    const voice = { ...VOICE, department: 'desegindako-saila' }
    const { id } = await house
      .call<SuggestionTaken>('ane', 'POST', '/suggestions', {
        ...given('Zerrenda Zaharra', voice),
        category: 'no-such-kind',
      })
      .then(({ json }) => json)
    const taken = await page('ane', id)
    expect([taken.category, taken.voices[0]?.department, taken.voices[0]?.whatFor]).toEqual([
      null,
      null,
      VOICE.whatFor,
    ])
    expect(await says('ane', id, { ...voice, whole: true })).toEqual([204, undefined])
    expect((await page('ane', id)).voices[0]?.department).toBeNull()
    const forms = await house.call<SuggestionTaken>('ane', 'POST', '/suggestions', {
      ...given('Zerrenda Berria', VOICE),
      category: 'surveys',
    })
    expect((await page('ane', forms.json.id)).category).toBe('surveys')
  })
})

describe('[SU10] turned into an evaluation', () => {
  it(
    'by whoever writes one; what becomes of it is said by itself, and told',
    { timeout: 30_000 },
    async () => {
      const { id } = await suggest('outsider', 'Ebaluatzekoa')
      const document = await evaluation()
      expect(await settle('miren', id, 'evaluation', { document })).toEqual([403, 'NOT_ALLOWED'])
      expect(await settle('outsider', id, 'evaluation', { document })).toEqual([404, 'NOT_FOUND'])
      expect(await settle('ane', id, 'evaluation', { document: 'ez' })).toEqual([404, 'NOT_FOUND'])
      const plan = await house.plan()
      expect(await settle('ane', id, 'evaluation', { document: plan })).toEqual([400, 'INVALID_INPUT'])
      expect(await settle('jon', id, 'evaluation', { document })).toEqual([204, undefined])
      expect(await settle('jon', id, 'evaluation', { document })).toEqual([204, undefined])
      expect(await page('miren', id)).toMatchObject({
        status: 'under_evaluation',
        evaluation: document,
        entry: null,
      })
      // That it is evaluated everybody may know; where, only who may read it.
      expect(await page('outsider', id)).toMatchObject({ status: 'under_evaluation', evaluation: null })
      expect(await told(id)).toEqual([['suggestion_evaluating', ['outsider']]])
      expect(await settle('ane', id, 'evaluation', { document: await evaluation() })).toEqual([
        409,
        'CHANGED_MEANWHILE',
      ])
      expect(await settle('root', id, 'decline', { reason: REASON })).toEqual([409, 'ILLEGAL_MOVE'])

      await house.call('ane', 'POST', `/documents/${document}/trash`, {})
      expect((await page('ane', id)).status).toBe('new')
      await house.call('ane', 'POST', `/documents/${document}/take-back`, {})
      expect((await page('ane', id)).status).toBe('under_evaluation')

      await scored(house, document)
      const { version } = await house.submit(document)
      expect(
        await house.outcome('mayor', 'POST', `/documents/${document}/decisions`, {
          id: newUuid(),
          version: version.n,
          sha256: version.sha256,
          verdict: 'approve',
        }),
      ).toEqual([204, undefined])
      expect(await page('outsider', id)).toMatchObject({ status: 'evaluated', entry: document })
      expect(await told(id)).toEqual([['suggestion_evaluated', ['outsider']]])
      // Whoever asks by the name that colleagues use has the answer of the tool it became.
      const { answer } = (
        await house.call<Answered>(
          'outsider',
          'GET',
          '/catalogue/answer?tool=ebaluatzekoa&data=internal&level=institutional',
        )
      ).json
      expect([answer?.entry.id, answer?.entry.name]).toEqual([document, 'Saioa Meet'])
      // Also among what is alike: there is an answer to it.
      const { json } = await house.call<SuggestionsAlike>('outsider', 'POST', '/suggestions/alike', {
        name: 'Saioa Meet',
        address: '',
      })
      expect(json.entries).toMatchObject([{ id: document, like: 'same' }])
    },
  )
})

describe('[SU22] a decline', () => {
  const decline = async (name: string) => {
    const { id } = await suggest('outsider', name)
    await settle('root', id, 'decline', { reason: REASON })
    return id
  }
  const settled = { reason: REASON, settled: { by: { id: 'root' } } }
  it('holds again once the evaluation that somebody began all the same is gone', async () => {
    const id = await decline('Berriz Ezetz')
    const document = await evaluation()
    expect(await settle('jon', id, 'evaluation', { document })).toEqual([204, undefined])
    expect(await page('outsider', id)).toMatchObject({ status: 'under_evaluation' })
    await house.call('ane', 'POST', `/documents/${document}/trash`, {})
    expect(await page('outsider', id)).toMatchObject({ status: 'declined', ...settled })
    expect(await settle('jon', id, 'evaluation', { document: await evaluation() })).toEqual([204, undefined])
    expect(await house.outcome('jon', 'DELETE', `/suggestions/${id}/evaluation`)).toEqual([204, undefined])
    expect(await page('outsider', id)).toMatchObject({ status: 'declined', ...settled })
    await settle('root', id, 'reopen')
    expect(await page('outsider', id)).toMatchObject({ status: 'new', reason: null })
  })
  it('is not undone by taking an evaluation out of the trash', async () => {
    const { id } = await suggest('outsider', 'Zakarrontzitik')
    const document = await evaluation()
    await settle('jon', id, 'evaluation', { document })
    await house.call('ane', 'POST', `/documents/${document}/trash`, {})
    expect(await settle('root', id, 'decline', { reason: REASON })).toEqual([204, undefined])
    await house.call('ane', 'POST', `/documents/${document}/take-back`, {})
    expect(await page('outsider', id)).toMatchObject({ status: 'declined', ...settled })
  })
})

describe('[SU23] a link with an evaluation', () => {
  it('is taken away by whoever has linked it and by those who settle, by nobody else', async () => {
    const { id } = await suggest('outsider', 'Oker Lotua')
    const document = await evaluation()
    const unlink = (who: Who) => house.outcome(who, 'DELETE', `/suggestions/${id}/evaluation`)
    expect(await unlink('root')).toEqual([409, 'ILLEGAL_MOVE'])
    await settle('jon', id, 'evaluation', { document })
    for (const who of ['ane', 'mayor', 'lawyer', 'miren', 'outsider'] as const) {
      expect([who, await unlink(who)]).toEqual([who, [403, 'NOT_ALLOWED']])
      expect([who, (await page(who, id)).mayUnlink]).toEqual([who, false])
    }
    expect((await page('jon', id)).mayUnlink).toBe(true)
    expect(await unlink('jon')).toEqual([204, undefined])
    expect(await page('jon', id)).toMatchObject({ status: 'new', evaluation: null, mayUnlink: false })
    expect(await told(id)).toEqual([])
    await settle('jon', id, 'evaluation', { document })
    expect((await page('root', id)).mayUnlink).toBe(true)
    expect(await unlink('root')).toEqual([204, undefined])
    expect((await deeds(id)).at(-1)).toEqual(['tool_suggestion.unlink', 'root', JSON.stringify({ document })])
  })
  it('is of a few suggestions alone', async () => {
    const document = await evaluation()
    const ids: string[] = []
    for (let n = 0; n <= SUGGESTIONS_PER_EVALUATION_MAX; n++)
      ids.push((await suggest('miren', `Izen Asko ${'abcdefghij'[n]}`)).id)
    const last = ids.pop()!
    for (const id of ids)
      expect(await settle('jon', id, 'evaluation', { document })).toEqual([204, undefined])
    expect(await settle('jon', last, 'evaluation', { document })).toEqual([400, 'DOCUMENT_FULL'])
    await house.outcome('jon', 'DELETE', `/suggestions/${ids[0]}/evaluation`)
    expect(await settle('jon', last, 'evaluation', { document })).toEqual([204, undefined])
  })
})

describe('[SU12] decided on again', () => {
  it(
    'is told to nobody a second time, and not to those who have spoken since',
    { timeout: 30_000 },
    async () => {
      const { id } = await suggest('outsider', 'Berriro Erabakia')
      const document = await evaluation()
      await settle('ane', id, 'evaluation', { document })
      await scored(house, document)
      await house.decided(document)
      const standing = await told(id)
      expect(standing).toEqual([['suggestion_evaluated', ['outsider']]])
      const count = async () =>
        (await passedOn(house.server, house.nextcloud)).filter(
          (one) => one.kind === 'notify' && one.notice.document === id,
        ).length
      const before = await count()
      await says('miren', id, SILENT)
      await saidWhatChanged(house, document)
      expect(await house.decided(document)).toBe(2)
      expect([await told(id), await count()]).toEqual([standing, before])
      expect((await page('outsider', id)).status).toBe('evaluated')
      // Opened again and linked anew, it is news again.
      await settle('root', id, 'reopen')
      await settle('jon', id, 'evaluation', { document })
      expect(await told(id)).toEqual([['suggestion_evaluated', ['miren', 'outsider']]])
    },
  )
})

describe('[SU20] linked with an evaluation that exists already', () => {
  it('by those who write it alone: not by those who settle and do not read it', async () => {
    const { id } = await suggest('miren', 'Lotzekoa')
    const document = await evaluation()
    for (const [who, answer] of [
      ['root', [404, 'NOT_FOUND']],
      ['outsider', [404, 'NOT_FOUND']],
      ['miren', [403, 'NOT_ALLOWED']],
      ['mayor', [403, 'NOT_ALLOWED']],
      ['lawyer', [403, 'NOT_ALLOWED']],
    ] as const)
      expect([who, await settle(who, id, 'evaluation', { document })]).toEqual([who, answer])
    expect(await settle('jon', id, 'evaluation', { document, signedInAs: 'ane' })).toEqual([
      403,
      'OTHER_PERSON',
    ])
    expect(await page('miren', id)).toMatchObject({ status: 'new', evaluation: null })
    expect(await settle('jon', id, 'evaluation', { document })).toEqual([204, undefined])
    expect(await page('miren', id)).toMatchObject({ status: 'under_evaluation', evaluation: document })
    expect(await told(id)).toEqual([['suggestion_evaluating', ['miren']]])
  })
  it(
    'also while it is in review, and one that is in force is told as evaluated',
    { timeout: 30_000 },
    async () => {
      const { id } = await suggest('miren', 'Indarrean Dagoena')
      const document = await evaluation()
      await scored(house, document)
      await house.submit(document)
      const other = await suggest('miren', 'Aztertzen Dena')
      expect(await settle('ane', other.id, 'evaluation', { document })).toEqual([204, undefined])
      await house.decided(document)
      expect(await settle('ane', id, 'evaluation', { document })).toEqual([204, undefined])
      expect(await page('outsider', id)).toMatchObject({
        ...{ status: 'evaluated', entry: document, evaluation: null },
        became: { id: document, name: 'Saioa Meet' },
      })
      expect(await told(id)).toEqual([['suggestion_evaluated', ['miren']]])
      const { json } = await house.call<Answered>(
        'outsider',
        'GET',
        '/catalogue/answer?tool=Indarrean+Dagoena&data=internal&level=collective',
      )
      expect(json.before).toMatchObject({ status: 'evaluated', entry: document })
      // [HS2] [CA4] A link to the question says the same.
      const link = '/may-i-use?tool=Indarrean+Dagoena&for=share&data=internal&level=collective'
      const behind = await house.call<Told>(
        'outsider',
        'GET',
        `/house/preview?path=${encodeURIComponent(link)}`,
      )
      expect([behind.status, behind.json.title]).toEqual([200, json.answer?.entry.name])
      // What was linked wrongly can be taken away also then.
      expect(await house.outcome('root', 'DELETE', `/suggestions/${id}/evaluation`)).toEqual([204, undefined])
      expect(await page('outsider', id)).toMatchObject({ status: 'new', entry: null, became: null })
    },
  )
})

describe('[SU17] a new evaluation', () => {
  const begun = (more: object) =>
    house.call<{ id: string }>('ane', 'POST', '/documents', {
      ...{ type: 'evaluation', toolName: 'Beterik', level: 'individual', team: { kind: 'team', id: team } },
      ...more,
    })
  it('begins with the name, address, kind and need of what was suggested', async () => {
    const known = {
      address: 'https://beterik.example/',
      category: 'mind_maps',
      need: 'Ideiak biltzeko\nTailerretan',
    }
    const { json, status } = await begun(known)
    expect(status).toBe(201)
    const said = await house.server.container
      .resolve(JOURNAL)
      .rows.selectFrom('tool_said')
      .selectAll()
      .where('document', '=', json.id)
      .executeTakeFirst()
    expect(said).toMatchObject({ name: 'Beterik', address: known.address, category: known.category })
    expect(Object.values(JSON.parse(said!.need) as object)).toContain(known.need)
  })
  it.each([
    { address: 'javascript:alert(1)' },
    { category: '' },
    { need: 'a'.repeat(NEED_MAX_CHARACTERS + 1) },
  ])('not with %j', async (more) => expect((await begun(more)).status).toBe(400))
})

describe('[SU11] taken over from others', () => {
  it('stands with where it comes from, and is never approved', async () => {
    const { json } = await house.call<SuggestionTaken>('ane', 'POST', '/suggestions', {
      ...given('Kanpotik Etorria', {}, { imported: IMPORTED }),
      voice: null,
    })
    const { id } = json
    // Whoever brings it in neither uses it nor asks for it.
    expect(await page('outsider', id)).toMatchObject({
      status: 'new',
      uses: 0,
      asks: 0,
      voices: [],
      broughtFrom: IMPORTED.publisher,
      imported: [{ ...IMPORTED, by: { id: 'ane' } }],
      entry: null,
    })
    const answer = await house.call<Answered>(
      'ane',
      'GET',
      '/catalogue/answer?tool=Kanpotik+Etorria&data=public&level=individual',
    )
    expect(answer.json.answer).toBeNull()
  })
  it('is read by the server as by the device: one line of signs that are seen, and no day to come', async () => {
    const sent = {
      ...{ publisher: '\u200B\u202E', licence: 'AGPL\0-3.0', verdict: 'aurrera\n\u202Epmujla' },
      ...{ date: '9999-12-31', description: '\u3164\u2800' },
    }
    const { id } = await suggest('jon', 'Zuzenean Bidalia', SILENT_ASK, {
      imported: { ...IMPORTED, ...sent },
    })
    expect((await page('ane', id)).imported).toMatchObject([
      { publisher: '', licence: 'AGPL -3.0', verdict: 'aurrera pmujla', date: '', description: '' },
    ])
  })
  it('holds in the newer edition of each source that one person has brought', async () => {
    const bring = (date: string, verdict: string) =>
      suggest('jon', 'Argitaraldiak', SILENT_ASK, { imported: { ...IMPORTED, date, verdict } })
    const { id } = await bring('2026-05-01', 'maiatza')
    const stands = async () => (await page('ane', id)).imported.map(({ verdict }) => verdict)
    await bring('2026-04-30', 'apirila')
    expect(await stands()).toEqual(['maiatza'])
    await bring('2026-05-02', 'biharamuna')
    expect(await stands()).toEqual(['biharamuna'])
    // Where no day is said, what was brought later.
    await bring('', 'egunik gabe')
    expect(await stands()).toEqual(['egunik gabe'])
  })
  it('a few by each person and ten in all; a voice that comes along is never refused for it', async () => {
    const name = 'Iturri Asko'
    const bringing = (publisher: string, voice: Partial<VoiceTerms> | null = null): SuggestionGiven => ({
      ...given(name, voice ?? {}, { imported: { ...IMPORTED, publisher } }),
      ...(voice === null && { voice: null }),
    })
    const bring = (who: Who, ...rest: Parameters<typeof bringing>) =>
      house.outcome(who, 'POST', '/suggestions', bringing(...rest))
    const people = ['ane', 'jon', 'mayor', 'lawyer'] as const
    const all = Array.from({ length: IMPORTS_PER_SUGGESTION_MAX }, (_, n) => n)
    for (const n of all) {
      const who = people[Math.floor(n / IMPORTS_PER_PERSON_MAX)]!
      expect([n, await bring(who, `Udala ${n}`)]).toEqual([n, [200, undefined]])
      if (n === IMPORTS_PER_PERSON_MAX - 1)
        expect(await bring('ane', 'Soberan')).toEqual([400, 'DOCUMENT_FULL'])
    }
    expect(await bring('ane', 'Udala 0')).toEqual([200, undefined])
    expect(await bring('miren', 'Soberan')).toEqual([400, 'DOCUMENT_FULL'])
    const { json } = await house.call<SuggestionTaken>(
      'miren',
      'POST',
      '/suggestions',
      bringing('Soberan', { whatFor: 'Mirenena' }),
    )
    expect(json).toEqual({ id: json.id, made: false, withoutImport: true })
    const { imported, voices } = await page('ane', json.id)
    expect(imported).toHaveLength(IMPORTS_PER_SUGGESTION_MAX)
    expect(voices.map(({ whatFor }) => whatFor)).toEqual(['Mirenena'])
  })
  it.each([
    ['a source that would run', { source: 'javascript:alert(1)' }],
    ['another kind', { kind: 'approved' }],
    ['no day', { date: 'atzo' }],
    ['a day that there is not', { date: '2023-02-31' }],
    ['a decision of its makers', { kind: 'publiccode' }],
    ['a long text', { description: 'a'.repeat(SUGGESTION_TEXT_MAX_CHARACTERS + 1) }],
  ])('not with %s', async (_what, change) =>
    expect(
      await house.outcome(
        'ane',
        'POST',
        '/suggestions',
        given('Gaizki', SILENT_ASK, { imported: { ...IMPORTED, ...change } }),
      ),
    ).toEqual([400, 'INVALID_INPUT']),
  )
})
const SILENT_ASK = { ...SILENT, kind: 'asks' } as const
