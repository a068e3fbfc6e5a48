/** What the demo begins with: the numbers of DOMAIN G.1, on whatever day it is first started, and a data folder that is whole. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { balanceByMonth } from '@auzolan/shared/listening/balance.ts'
import { mentionFault } from '@auzolan/shared/listening/mention.ts'
import { silentTopics } from '@auzolan/shared/listening/silent.ts'
import type { Catalogue, ToolCard } from '@auzolan/shared/protocol/catalogue.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { SuggestionList, SuggestionPage } from '@auzolan/shared/protocol/suggestions.ts'
import type { CareList } from '@auzolan/shared/protocol/upkeep.ts'
import type { Scoring } from '@auzolan/shared/protocol/scoring.ts'
import type { Evaluation } from '@auzolan/shared/schema/evaluation.ts'
import type { FrozenScoring } from '@auzolan/shared/schema/evaluation/scoring.ts'
import type { PostStates } from '@auzolan/shared/protocol/posts.ts'
import { wholePost } from '@auzolan/shared/posts/post.ts'
import {
  CALENDARS,
  CATALOGUE,
  DOCUMENTS,
  JOURNAL,
  SETTLING,
  TOOL_SUGGESTIONS,
  UPKEEP,
} from '@auzolan/server/src/container.ts'
import { SampleClock } from '@auzolan/server/src/standalone/sample-clock.ts'
import { knowSamples } from '@auzolan/server/src/standalone/sample-known.ts'
import { haranberriMentions } from '@auzolan/server/src/standalone/sample-mentions.ts'
import { runServer, startTestServer } from '../support/server.ts'
import { startDemoHere, type DemoHere } from '../support/demo-here.ts'

describe.each(['2026-11-26', '2026-11-30', '2027-01-01', '2028-02-29', '2026-12-15'])('on %s', (today) => {
  const mentions = haranberriMentions(today)
  it('this month is the one of G.1, and two months lie before it', () => {
    const months = balanceByMonth(mentions, mentions.map(({ saidOn }) => saidOn).sort()[0]!, today)
    expect(months).toMatchObject([
      { all: 25, small: true },
      { all: 70, small: false },
      { positive: 38, neutral: 61, negative: 17, all: 116 },
    ])
    expect(months[2]!.net!.toFixed(1)).toBe('18.1')
    expect(months[2]!.month).toBe(today.slice(0, 7))
  })
  it('each could have been noted, and three facts were corrected', () => {
    expect(mentions.flatMap((one) => mentionFault(one, today) ?? [])).toEqual([])
    expect(mentions.filter(({ action }) => action === 'corrected_fact')).toHaveLength(3)
    expect(new Set(mentions.map(({ id }) => id)).size).toBe(mentions.length)
    expect(mentions.filter(({ closedOn }) => closedOn !== null && closedOn > today)).toEqual([])
  })
})

describe('the data folder', () => {
  let demo: DemoHere
  beforeAll(async () => void (demo = await startDemoHere()))
  afterAll(() => demo.stop())

  it('has posts that are out, of which we are not silent, and topics of which we are', async () => {
    const server = await startTestServer()
    const plan = await server.plan()
    const { body } = await server.get<PostStates>('alkatetza', `documents/${plan}/posts`)
    const out = body.states.filter(({ status }) => status === 'published')
    expect(out.map(({ post }) => post).sort()).toEqual([
      'edukiontzi-txartela',
      'jaiak',
      'liburutegia',
      'uholdea',
    ])
    // The flood notice was looked at after it went out; nothing waits for anybody.
    expect(out.flatMap(({ reviewBy, unreviewed }) => [reviewBy, ...unreviewed])).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(out.find(({ post }) => post === 'uholdea')).toMatchObject({
      published: [{ emergency: true }, { emergency: true }],
    })
    await server.terminate()
    const { code, output } = await runServer({}, 'audit', 'verify', server.dataFolder)
    expect([code, output]).toEqual([0, expect.stringContaining('Whole')])
    await server.stop()
  }, 60_000)

  it('what went out speaks of some of what others speak of', async () => {
    const { container } = demo
    const plan = await documentOf(demo)
    const { calendar } = await container.resolve(CALENDARS).read(plan)
    const said = ['edukiontzi-txartela', 'jaiak', 'liburutegia', 'uholdea'].map((id) => {
      const { post } = wholePost(calendar, id)!
      return [post.title, ...Object.values(post.text)].join('\n')
    })
    const silent = silentTopics(haranberriMentions('2026-11-26'), said).map(({ topic }) => topic)
    expect(silent).toContain('Zarata gauez')
    expect(silent).toContain('Autobus-ordutegia')
    for (const spoken of ['Edukiontzi marroia', 'Jaiak', 'Liburutegia']) expect(silent).not.toContain(spoken)
  })
})

describe('[EV20] its evaluations', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  beforeAll(async () => void (server = await startTestServer()))
  afterAll(() => server.stop())
  const evaluations = async (person: string): Promise<Map<string, DocumentEnvelope>> => {
    const listed = (await server.get<DocumentEnvelope[]>(person, 'documents')).body
    const found = listed.filter(({ type }) => type === 'evaluation')
    const read = found.map(
      async ({ id }) => (await server.get<DocumentEnvelope>(person, `documents/${id}`)).body,
    )
    return new Map((await Promise.all(read)).map((one) => [one.title['eu']!.split(':')[0]!, one]))
  }

  it('«Saioa Meet» was scored by four, and is recommended with conditions, with the numbers of G.2', async () => {
    const meet = (await evaluations('gazteria-teknikaria')).get('Saioa Meet')!
    expect(meet).toMatchObject({ inForce: 1, work: 'draft' })
    const { body } = await server.get<{ json: string }>('alkatetza', `documents/${meet.id}/versions/1`)
    const { scoring, decision } = JSON.parse(body.json) as Evaluation & { scoring: FrozenScoring }
    expect(scoring).toMatchObject({ overall: 65.8, low: 61.2, high: 70.4, fragile: true, state: 'revealed' })
    expect(scoring.criteria.filter(({ flagged }) => flagged).map(({ criterion }) => criterion)).toEqual([
      'D1',
    ])
    expect(decision).toMatchObject({
      outcome: 'recommended_with_conditions',
      resolutions: [{ criterion: 'D1', outcome: 'remains' }],
    })
    expect(decision.conditions).toHaveLength(3)
  })
  it('of «Tauler» a second round is open, in which whoever opens the demo has still to score', async () => {
    const tauler = (await evaluations('komunikazio-arduraduna')).get('Tauler')!
    const { body } = await server.get<Scoring>('komunikazio-arduraduna', `documents/${tauler.id}/scoring`)
    expect(body.rounds).toMatchObject([
      { n: 1, state: 'closed' },
      { n: 2, state: 'open', own: { handedInAt: null, scores: {} } },
    ])
  })
  it('stand behind the plan in the list, and whoever is in no team of theirs does not see them', async () => {
    const listed = (await server.get<DocumentEnvelope[]>('kultura-cm', 'documents')).body
    expect(listed.map(({ type }) => type)).toEqual(['plan', 'evaluation', 'evaluation'])
    expect((await evaluations('ingurumen-teknikaria')).size).toBe(0)
  })
})

describe('[CA13] its catalogue', () => {
  let server: Awaited<ReturnType<typeof startTestServer>>
  beforeAll(async () => void (server = await startTestServer()))
  afterAll(() => server.stop())
  const WATCH = 'informatika-arduraduna'
  const cards = async (person = 'ingurumen-teknikaria'): Promise<Map<string, ToolCard>> => {
    const { tools } = (await server.get<Catalogue>(person, 'catalogue')).body
    const read = tools.map(async ({ id }) => (await server.get<ToolCard>(person, `catalogue/${id}`)).body)
    return new Map((await Promise.all(read)).map((card) => [card.entry.name, card]))
  }

  it('says of each tool what G.3 says of it', async () => {
    const rows = [...(await cards()).values()].map(({ entry, status }) => {
      const { name, category, classes, level, licence, costModel, score, location } = entry
      return [
        name,
        category,
        classes.join(),
        level,
        status,
        location.worst,
        costModel,
        licence,
        score?.overall,
      ]
    })
    expect(rows.sort((a, b) => (a[0]! < b[0]! ? -1 : 1))).toEqual([
      ['Bidali Fitx', 'storage', 'share', 'individual', 'not_recommended', 'UNKNOWN', 'free', '', 31],
      ['Galdetu', 'surveys', 'manage', 'collective', 'conditional', 'EU', 'freemium', 'proprietary', 61],
      [
        ...['Gela', 'video-conferencing', 'share', 'institutional', 'recommended', 'ES'],
        ...['open_source_self_hosted', 'Apache-2.0', 78],
      ],
      [
        ...['Idazluma', 'documents', 'manage,share', 'collective', 'withdrawn', 'EU'],
        ...['subscription', 'proprietary', 63.6],
      ],
      [
        'Irudika',
        'presentations',
        'present',
        'individual',
        'conditional',
        'ADEQUATE_PARTIAL',
        'free',
        '',
        52,
      ],
      [
        ...['Orri', 'documents', 'manage,share', 'institutional', 'recommended', 'ES'],
        ...['open_source_self_hosted', 'AGPL-3.0-or-later', 84],
      ],
      [
        ...['Saioa Meet', 'video-conferencing', 'share', 'institutional', 'conditional', 'THIRD'],
        ...['subscription', 'proprietary', 65.8],
      ],
      [
        ...['Tauler', 'tasks', 'manage', 'collective', 'under_review', 'ADEQUATE'],
        ...['subscription', 'proprietary', 70],
      ],
    ])
  })
  it('«Tauler» should have been looked at again; «Idazluma» was recommended once, and one moves to «Orri»', async () => {
    const all = await cards()
    expect(all.get('Tauler')).toMatchObject({
      entry: { decidedOn: '2025-08-21', nextReviewOn: '2026-08-21' },
      history: [{ version: 1, outcome: 'recommended_with_conditions' }],
    })
    const left = all.get('Idazluma')!
    expect(left).toMatchObject({
      entry: { exitOn: '2027-03-31', exitPlan: { eu: expect.stringContaining('Orrira') } },
      instead: { name: 'Orri', status: 'recommended' },
      history: [
        { version: 2, decidedOn: '2026-11-12', outcome: 'withdrawn' },
        { version: 1, decidedOn: '2025-03-11', outcome: 'recommended_with_conditions' },
      ],
    })
    expect(left.history[0]!.changedSince['eu']).not.toBe('')
  })
  it('one tool that nobody has evaluated is known to many, and there is a suggestion of each other state', async () => {
    const { suggestions } = (await server.get<SuggestionList>(WATCH, 'suggestions')).body
    expect(suggestions.map(({ name, status }) => [name, status])).toEqual([
      ['Ideamapa', 'shared'],
      ['Bozkatu', 'declined'],
      ['Ilara', 'new'],
      ['Itzulika', 'under_evaluation'],
      ['Orri', 'evaluated'],
      ['Mapa de ideas', 'duplicate'],
    ])
    expect(suggestions[0]).toMatchObject({ uses: 5, asks: 1, teachers: 2 })
    const page = async (name: string): Promise<SuggestionPage> => {
      const { id } = suggestions.find((one) => one.name === name)!
      return (await server.get<SuggestionPage>(WATCH, `suggestions/${id}`)).body
    }
    const { voices, duplicates } = await page('Ideamapa')
    expect(duplicates.map(({ name }) => name)).toEqual(['Mapa de ideas'])
    expect(new Set(voices.map(({ department }) => department)).size).toBeGreaterThan(3)
    expect(voices.filter(({ calledThere }) => calledThere === 'Mapa de ideas')).toHaveLength(1)
    expect((await page('Ilara')).imported).toMatchObject([
      { kind: 'catalogue', publisher: expect.stringContaining('Lurberri'), licence: 'CC BY 4.0' },
    ])
    expect((await page('Bozkatu')).reason).toContain('Galdetu')
  })
  it('has nine uses in as many lines, six materials, a promise, and people who teach; one is needed beyond its decision', async () => {
    const all = [...(await cards()).values()]
    const said = all.map(({ upkeep }) => upkeep)
    expect(said.flatMap(({ uses }) => uses)).toHaveLength(9)
    expect(said.flatMap(({ materials }) => materials)).toHaveLength(6)
    expect(said.flatMap(({ teachers }) => teachers)).toHaveLength(4)
    expect(all.filter(({ upkeep }) => upkeep.promisedBy !== null).map(({ entry }) => entry.name)).toEqual([
      'Saioa Meet',
    ])
    const texts = said.flatMap(({ uses, materials }) => [
      ...uses.map(({ useCase }) => useCase),
      ...materials.map(({ title }) => title),
    ])
    for (const text of texts) for (const language of ['eu', 'es']) expect(text[language]).toBeTruthy()
    const { body: care } = await server.get<CareList>(WATCH, 'catalogue/care')
    expect([care.watched, care.watches]).toEqual([true, true])
    expect(care.lines.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'Bidali Fitx: beyond',
      'Galdetu: beyond',
      'Irudika: training',
      'Tauler: review',
      'Tauler: confirm',
    ])
  })
  it('is filled again after a start that was cut off, and nobody says anything twice', async () => {
    const demo = await startDemoHere()
    const { container } = demo
    const ports = {
      clock: new SampleClock(() => new Date()),
      documents: container.resolve(DOCUMENTS),
      catalogue: container.resolve(CATALOGUE),
      upkeep: container.resolve(UPKEEP),
      toolSuggestions: container.resolve(TOOL_SUGGESTIONS),
      settling: container.resolve(SETTLING),
    }
    const { rows } = container.resolve(JOURNAL)
    const voices = () => rows.selectFrom('suggestion_voice').selectAll().orderBy('at').execute()
    const before = await voices()
    expect(before).toHaveLength(10)
    await knowSamples(ports, '2026-11-26')
    expect(await voices()).toEqual(before)
    await demo.stop()
  })
})

async function documentOf({ container }: DemoHere): Promise<DocumentId> {
  const row = await container
    .resolve(JOURNAL)
    .rows.selectFrom('mention')
    .select('document')
    .executeTakeFirstOrThrow()
  return row.document as DocumentId
}
