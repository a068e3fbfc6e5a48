/** What Nextcloud shows of ours among its own: lines of what is found, and what a link is about, for each only what they may read [HS1]–[HS4]. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENT_TYPES } from '@auzolan/shared/document-types.ts'
import { newUuid, type DocumentId } from '@auzolan/shared/ids.ts'
import { HOUSE_FOUND_MAX, LINK_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { FoundInHouse, Told } from '@auzolan/shared/protocol/house.ts'
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import { FACTS } from '@auzolan/shared/types/facts.ts'
import { SEARCH_INDEX } from '@auzolan/server/src/container.ts'
import { STATUS_WORDS, SUGGESTION_WORDS, VERDICT_WORDS } from '@auzolan/server/src/search/told.ts'
import { openCalendar } from '../support/calendar-hand.ts'
import { decideTool, draftTool, teamOfTools } from '../support/decided-tool.ts'
import { startReviewed, type Reviewed, type Who } from '../support/reviewed.ts'
import { withDepartments } from '../support/scored.ts'
import { suggest } from '../support/suggested.ts'

let r: Reviewed
let plan: DocumentId
let tool: DocumentId
let other: DocumentId
let draft: DocumentId
let suggestion: string
let duplicate: string
let post: string
beforeAll(async () => {
  r = await startReviewed()
  await withDepartments(r)
  const team = await teamOfTools(r)
  tool = await draftTool(r, team, 'Gela txikia')
  await decideTool(r, tool)
  other = await draftTool(r, team, 'Bestea')
  await decideTool(r, other)
  draft = await draftTool(r, team, 'Zirriborro')
  suggestion = (await suggest(r, 'jon', 'Gelaxka', { whatFor: 'Bilerak egiteko' })).id
  duplicate = (await suggest(r, 'miren', 'Bilera Etxea', { whatFor: 'Solasaldiak' })).id
  await r.call('root', 'POST', `/suggestions/${duplicate}/merge`, { into: suggestion })
  plan = await r.plan({ identity: { title: { eu: 'Udako kanpaina', es: 'Campaña de verano' } } })
  const hand = await openCalendar(r.server, 'jon', plan)
  post = await hand.post({ title: 'Kontzertu kanpaina', text: { eu: 'Plazan kontzertua.' } })
  await hand.close()
  await r.server.container.resolve(SEARCH_INDEX).catchUp()
})
afterAll(() => r.stop())

const found = async (who: Who | null, query: string) =>
  r.call<FoundInHouse>(who, 'GET', `/house/found?${query}`)
const preview = async (who: Who | null, path: string) =>
  r.call<Told>(who, 'GET', `/house/preview?${new URLSearchParams({ path }).toString()}`)

describe('[HS1] found from Nextcloud', () => {
  it('tools first, then suggestions, then texts with their section, posts by their title; each leads to its place', async () => {
    const { json } = await found('jon', 'q=gela')
    expect(json.found[0]).toMatchObject({
      kind: 'tool',
      title: 'Gela txikia',
      parts: [{ word: expect.any(String) }, { text: expect.anything() }],
      link: `/tools/${tool}`,
    })
    expect(json.found[1]).toEqual({
      kind: 'suggestion',
      title: 'Gelaxka',
      parts: [
        { word: 'Not evaluated' },
        { text: 'Bilerak egiteko' },
        { word: 'Also called: {names}', names: 'Bilera Etxea' },
      ],
      link: `/suggest/${suggestion}`,
    })
    const campaign = (await found('jon', 'q=kanpaina')).json.found
    expect(campaign.map(({ kind }) => kind)).toEqual(['document', 'post'])
    expect(campaign[0]).toMatchObject({
      title: { eu: 'Udako kanpaina', es: 'Campaña de verano' },
      parts: [{ word: 'Identification and sponsorship' }, { text: 'Udako kanpaina' }],
      link: `/d/${plan}?at=identity.title%3Aeu`,
    })
    expect(campaign[1]).toMatchObject({
      title: 'Kontzertu kanpaina',
      link: `/d/${plan}?at=posts%2F${post}%2Ftitle`,
    })
  })
  it('of a plan of another team nobody finds anything, of tools and suggestions everybody', async () => {
    expect((await found('outsider', 'q=kanpaina')).json).toEqual({ found: [], next: null })
    expect((await found('outsider', 'q=gela')).json.found.map(({ kind }) => kind)).toEqual([
      'tool',
      'suggestion',
    ])
    expect((await found(null, 'q=gela')).status).toBe(401)
  })
  it('goes on where it ended, and says when there is no more', async () => {
    const whole = (await found('jon', 'q=kanpaina')).json.found
    const first = (await found('jon', 'q=kanpaina&limit=1')).json
    expect([first.found, first.next]).toEqual([whole.slice(0, 1), 1])
    const second = (await found('jon', 'q=kanpaina&limit=1&from=1')).json
    expect([second.found, second.next]).toEqual([whole.slice(1, 2), null])
    expect((await found('jon', 'q=kanpaina&from=900')).json).toEqual({ found: [], next: null })
  })
  it.each([
    ['', 400],
    [`q=a&limit=${HOUSE_FOUND_MAX}`, 200],
    [`q=a&limit=${HOUSE_FOUND_MAX + 1}`, 400],
    ['q=a&limit=0', 400],
    ['q=a&from=-1', 400],
    ['q=a&from=x', 400],
    [`q=${'a'.repeat(201)}`, 400],
  ])('%s is answered %i', async (query, status) => expect((await found('jon', query)).status).toBe(status))
})

describe('[HS2] a link', () => {
  it('to a text says what it is, its section and its team; to a post its title and its plan', async () => {
    expect((await preview('jon', `/d/${plan}`)).json).toMatchObject({
      kind: 'document',
      title: { eu: 'Udako kanpaina' },
      parts: [{ word: 'Social media plan' }, { text: expect.anything() }],
      link: `/d/${plan}`,
    })
    expect((await preview('jon', `/d/${plan}/identity?at=x`)).json).toMatchObject({
      parts: [
        { word: 'Social media plan' },
        { word: 'Identification and sponsorship' },
        { text: expect.anything() },
      ],
      link: `/d/${plan}/identity`,
    })
    expect((await preview('miren', `/d/${plan}/calendar/${post}`)).json).toMatchObject({
      kind: 'post',
      title: 'Kontzertu kanpaina',
      link: `/d/${plan}/calendar/${post}`,
    })
    // One that is not there is the calendar.
    expect((await preview('jon', `/d/${plan}/calendar/${newUuid()}`)).json).toMatchObject({
      kind: 'document',
      parts: [{ word: 'Social media plan' }, { word: 'Content calendar' }, { text: expect.anything() }],
    })
  })
  it('to a tool and to an answer says the same to everybody in the house', async () => {
    for (const who of ['jon', 'outsider'] as const) {
      expect((await preview(who, `/tools/${tool}`)).json).toMatchObject({
        kind: 'tool',
        title: 'Gela txikia',
      })
      const asked = '/may-i-use?tool=gela%20TXIKIA&for=other&level=individual'
      expect((await preview(who, `${asked}&data=public`)).json).toMatchObject({
        kind: 'answer',
        title: 'Gela txikia',
        parts: expect.arrayContaining([
          { word: 'Public data' },
          { word: 'Holds until {day}', day: expect.any(String) },
        ]),
      })
      expect((await preview(who, `${asked}&data=unsure`)).json.parts[0]).toEqual({ word: 'No, not for this' })
    }
  })
  it('to a suggestion says how far it has come; of one that was put together with another it tells of that', async () => {
    for (const who of ['jon', 'outsider'] as const)
      for (const id of [suggestion, duplicate])
        expect((await preview(who, `/suggest/${id}`)).json).toMatchObject({
          kind: 'suggestion',
          title: 'Gelaxka',
          parts: expect.arrayContaining([{ word: 'Not evaluated' }, { text: 'Bilerak egiteko' }]),
          link: `/suggest/${suggestion}`,
        })
  })
  it('to tools beside each other names those that the catalogue has', async () => {
    for (const tools of [`${tool},${other}`, `${tool},${draft},${newUuid()},${other}`, `${tool}%2C${other}`])
      expect((await preview('outsider', `/tools/compare?tools=${tools}`)).json).toEqual({
        kind: 'comparison',
        title: 'Gela txikia · Bestea',
        parts: [
          { word: 'Compare tools' },
          { text: 'Gela txikia' },
          { word: expect.stringMatching(/^(Recommended|With conditions)$/) },
          { text: 'Bestea' },
          { word: expect.stringMatching(/^(Recommended|With conditions)$/) },
        ],
        link: `/tools/compare?tools=${tool},${other}`,
      })
  })
  it('tells nothing to whoever would find a closed door, and the same as of one that leads nowhere', async () => {
    const nowhere = await preview('outsider', `/d/${newUuid()}`)
    expect(nowhere.status).toBe(404)
    for (const path of [
      `/d/${plan}`,
      `/d/${plan}/identity`,
      `/d/${plan}/calendar/${post}`,
      `/d/${draft}`,
      // Decided on, and for everybody a tool; its evaluation stays with its team.
      `/d/${tool}`,
      `/tools/${draft}`,
      `/tools/${newUuid()}`,
      '/tools/compare',
      `/tools/compare?tools=${tool}`,
      `/tools/compare?tools=${tool},${tool}`,
      `/tools/compare?tools=${tool},${draft}`,
      `/tools/compare?tools=${tool}&tools=${other}`,
      '/suggest',
      '/suggest/all',
      `/suggest/${newUuid()}`,
      `/suggest/${draft}`,
      '/tools',
      '/',
      '/may-i-use',
      '/may-i-use?tool=gela%20txikia',
      '/may-i-use?tool=xilofono&data=public&level=individual',
      '/may-i-use?tool=gela%20txikia&data=everything&level=individual',
      '/d/../../host/changed',
      '//elsewhere.example/d/x',
    ]) {
      const told = await preview('outsider', path)
      expect([path, told.status, told.text]).toEqual([path, 404, nowhere.text])
    }
    for (const path of [`/d/${plan}`, `/tools/${tool}`, `/suggest/${suggestion}`])
      expect((await preview(null, path)).status).toBe(401)
  })
  it('to a calendar tells a post to those who read the calendar, where the text is for everybody', async () => {
    await r.call('ane', 'PUT', `/documents/${plan}/visibility`, { visibility: 'organisation' })
    const { json } = await preview('outsider', `/d/${plan}/calendar/${post}`)
    expect([json.kind, JSON.stringify(json).includes('Kontzertu')]).toEqual(['document', false])
    await r.call('ane', 'PUT', `/documents/${plan}/visibility`, { visibility: 'team' })
  })
  it('goes with what it leads to', async () => {
    const gone = await r.plan({ identity: { title: { eu: 'Desagertua' } } })
    expect((await preview('jon', `/d/${gone}`)).status).toBe(200)
    await r.call('ane', 'POST', `/documents/${gone}/trash`, {})
    expect((await preview('jon', `/d/${gone}`)).status).toBe(404)
  })
  it.each([
    ['', 400],
    ['d/x', 400],
    ['https://elsewhere.example/', 400],
    [`/${'a'.repeat(LINK_MAX_CHARACTERS - 1)}`, 404],
    [`/${'a'.repeat(LINK_MAX_CHARACTERS)}`, 400],
  ])('of this shape is answered so', async (path, status) =>
    expect((await preview('jon', path)).status).toBe(status),
  )
})

it('[HS3] every word that is told has a translation', () => {
  const words = [
    ...Object.values(STATUS_WORDS),
    ...Object.values(VERDICT_WORDS),
    ...Object.values(SUGGESTION_WORDS),
    ...[...DATA_CLASSES, ...USE_LEVELS].map(({ label }) => label),
    ...Object.values(FACTS).map(({ label }) => label),
    ...Object.values(DOCUMENT_TYPES).flatMap(({ frozen }) => frozen.sections.map(({ label }) => label)),
    ...[calendar.label, 'Comment', 'Archived', 'Holds until {day}', 'Also called: {names}', 'Compare tools'],
  ]
  for (const language of ['es', 'eu', 'ca']) {
    const known = JSON.parse(
      readFileSync(new URL(`../../shared/l10n/${language}.json`, import.meta.url), 'utf8'),
    ) as object
    expect([language, words.filter((word) => !Object.hasOwn(known, word))]).toEqual([language, []])
  }
})
