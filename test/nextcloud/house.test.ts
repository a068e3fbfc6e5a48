// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/** Owns the proof that a real Nextcloud finds what is ours in its own search, and tells what a link of ours is about, to whoever may read it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isRefusal } from '@auzolan/shared/codes.ts'
import type { Claims } from '@auzolan/server/src/access/claims.ts'
import { SEARCH_INDEX, TEAMS, TOOL_SUGGESTIONS } from '@auzolan/server/src/container.ts'
import { openCalendar } from '../support/calendar-hand.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { seedTools } from '../support/seeded-tools.ts'
import { VOICE } from '../support/suggested.ts'
import { teamOf } from '../support/teams.ts'
import { ocs, planFor } from './caller.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { nextcloudPath } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const GROUP = 'Komunikazioa'

interface Entry {
  readonly title: string
  readonly subline: string
  readonly resourceUrl: string
  readonly icon: string
}
interface Found {
  readonly name: string
  readonly isPaginated: boolean
  readonly entries: readonly Entry[]
  readonly cursor: number | null
}
interface Card {
  readonly title: string
  readonly description: string | null
  readonly openGraphObject: { name: string; description: string | null; thumb: string | null; link: string }
  readonly richObjectType: string
}

describe.runIf(nextcloudPath !== null)('elsewhere in Nextcloud', { timeout: 60_000 }, () => {
  let nextcloud: Nextcloud
  let server: ServerHere
  let [ane, jon, miren] = [] as unknown as [Person, Person, Person]
  let plan: string
  let post: string
  let tool: string
  let other: string
  let suggestion: string

  const app = (path: string): string => `${nextcloud.url}/index.php/apps/auzolan${path}`
  const find = async (person: Person, term: string, more = '') =>
    ocs<Found>(
      nextcloud,
      person,
      'GET',
      `/search/providers/auzolan/search?term=${encodeURIComponent(term)}${more}`,
    )
  const entries = async (person: Person, term: string): Promise<readonly Entry[]> =>
    (await find(person, term, '&limit=25')).data.entries
  const card = async (person: Person, link: string): Promise<Card | null> => {
    const path = `/references/resolve?reference=${encodeURIComponent(link)}`
    const { data } = await ocs<{ references: { [link: string]: Card | null } }>(
      nextcloud,
      person,
      'GET',
      path,
    )
    return data.references[link] ?? null
  }

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    ane = await nextcloud.addUser('ane', 'ane-password', 'Ane Etxeberria')
    jon = await nextcloud.addUser('jon', 'jon-password', 'Jon Agirre')
    miren = await nextcloud.addUser('miren', 'miren-password', 'Miren')
    await nextcloud.addGroup(GROUP, 'ane', 'jon')
    await nextcloud.occ('user:setting', 'jon', 'core', 'lang', 'eu')
    await nextcloud.occ('user:setting', 'miren', 'core', 'lang', 'es')
    server = await startHere({ AUZOLAN_NEXTCLOUD_URL: nextcloud.url, AUZOLAN_SECRET: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
    plan = await planFor(nextcloud, ane, { kind: 'group', id: GROUP })
    const reachable = {
      port: server.port,
      ticket: async (_person: string, document: string) =>
        (await ocs<{ ticket: string }>(nextcloud, jon, 'POST', '/apps/auzolan/api/v1/ticket', { document }))
          .data.ticket,
    }
    const hand = await openCalendar(reachable, 'jon', plan)
    post = await hand.post({ title: 'Plana plazan', text: { eu: 'Plana aurkeztuko dugu.' } })
    await hand.close()
    const team = await teamOf(server.container.resolve(TEAMS), 'Tresnak', [
      'person',
      'teknikaria',
      'coordinator',
    ])
    ;[tool, other] = (await seedTools(server.container, team, 2, (n) => ['Planagile', 'Bestelakoa'][n]!)) as [
      string,
      string,
    ]
    const taken = await server.container
      .resolve(TOOL_SUGGESTIONS)
      .give({ person: 'ane', name: 'Ane Etxeberria' } as Claims, {
        ...{ name: 'Planeta', address: '', category: null, imported: null },
        voice: { ...VOICE, whatFor: 'Ideiak biltzeko' },
      })
    if (isRefusal(taken)) throw new Error(taken.refused)
    suggestion = taken.id
    await server.container.resolve(SEARCH_INDEX).catchUp()
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  describe('[HS4] Nextcloud’s own search', () => {
    test('has a group of ours, first inside the app', async () => {
      const providers = async (from: string) =>
        (
          await ocs<{ id: string; name: string; order: number; inAppSearch: boolean }[]>(
            nextcloud,
            jon,
            'GET',
            `/search/providers?from=${encodeURIComponent(from)}`,
          )
        ).data
      const ours = (await providers('/apps/files/')).find(({ id }) => id === 'auzolan')!
      expect(ours).toMatchObject({ name: 'Auzolan' })
      const inside = await providers('/apps/auzolan/')
      expect(inside.find(({ id }) => id === 'auzolan')!.order).toBeLessThan(ours.order)
      expect(Math.min(...inside.map(({ order }) => order))).toBe(
        inside.find(({ id }) => id === 'auzolan')!.order,
      )
    })
    test('finds tools, suggestions, texts and posts, in the language of who looks, each with its place and a sign', async () => {
      const found = await entries(jon, 'plan')
      expect(found.map(({ title }) => title)).toEqual(['Planagile', 'Planeta', 'Plana', 'Plana plazan'])
      expect(found[0]).toMatchObject({ resourceUrl: app(`/tools/${tool}`) })
      expect(found[0]!.subline).toMatch(/^Baldintzekin · Herritarrekin/)
      expect(found[1]).toMatchObject({
        subline: 'Ebaluatu gabe · Ideiak biltzeko',
        resourceUrl: app(`/suggest/${suggestion}`),
      })
      expect(found[2]!.subline).toContain('Identifikazioa')
      expect(found[2]!.resourceUrl).toBe(app(`/d/${plan}?at=identity.title%3Aeu`))
      expect(found[3]!.resourceUrl).toContain(app(`/d/${plan}?at=posts%2F${post}%2F`))
      for (const { icon } of found) {
        const answer = await fetch(icon)
        expect([icon, answer.status]).toEqual([icon, 200])
      }
      expect(new Set(found.map(({ icon }) => icon)).size).toBe(4)
    })
    test('finds for nobody what they may not read', async () => {
      const found = await entries(miren, 'plan')
      expect(found.map(({ title }) => title)).toEqual(['Planagile', 'Planeta'])
      expect(found[0]!.subline).toMatch(/^Con condiciones · Reunirse/)
      expect((await find(miren, 'plazan')).data.entries).toEqual([])
    })
    test('goes on from where it ended', async () => {
      const first = (await find(jon, 'plan', '&limit=3')).data
      expect([first.entries.length, first.isPaginated, first.cursor]).toEqual([3, true, 3])
      const next = (await find(jon, 'plan', '&limit=3&cursor=3')).data
      expect([next.entries.map(({ title }) => title), next.isPaginated]).toEqual([['Plana plazan'], false])
    })
    test('takes whatever is typed', async () => {
      for (const term of ['?', '"', 'a'.repeat(500), '%00', '<b>']) {
        const { status, data } = await find(jon, term)
        expect([term, status, data.entries]).toEqual([term, 200, []])
      }
    })
  })

  describe('[HS5] a link of ours', () => {
    test('says what it is about to whoever may read it, with and without index.php', async () => {
      for (const link of [app(`/d/${plan}/identity`), app(`/d/${plan}/identity`).replace('/index.php', '')]) {
        const told = await card(jon, link)
        expect(told).toMatchObject({ richObjectType: 'open-graph', openGraphObject: { name: 'Plana' } })
        expect(told!.openGraphObject.description).toMatch(/^Sare sozialen plana · Identifikazioa/)
        expect(told!.openGraphObject.link).toBe(app(`/d/${plan}/identity`))
      }
      expect((await card(ane, app(`/d/${plan}/calendar/${post}`)))!.openGraphObject.name).toBe('Plana plazan')
      expect((await card(miren, app(`/tools/${tool}`)))!.openGraphObject).toMatchObject({ name: 'Planagile' })
      const asked = `/may-i-use?tool=planagile&for=share&data=public&level=institutional`
      expect((await card(miren, app(asked)))!.openGraphObject).toMatchObject({
        name: 'Planagile',
        description: expect.stringMatching(/^Con condiciones · Datos públicos|^Con condiciones · Públicos/),
      })
    })
    test('to a suggestion and to tools beside each other says so in the language of who reads', async () => {
      expect((await card(miren, app(`/suggest/${suggestion}`)))!.openGraphObject).toMatchObject({
        name: 'Planeta',
        description: 'Sin evaluar · Ideiak biltzeko',
        link: app(`/suggest/${suggestion}`),
      })
      const compared = app(`/tools/compare?tools=${tool},${other}`)
      expect((await card(jon, compared))!.openGraphObject).toMatchObject({
        name: 'Planagile · Bestelakoa',
        description: 'Alderatu tresnak',
        link: compared,
      })
      expect(await card(jon, app(`/tools/compare?tools=${tool}`))).toBe(null)
    })
    test('says nothing to whoever may not, also behind the card of somebody who may', async () => {
      const link = app(`/d/${plan}/calendar/${post}`)
      expect((await card(jon, link))!.openGraphObject.name).toBe('Plana plazan')
      expect(await card(miren, link)).toBe(null)
      expect(await card(miren, app(`/d/${plan}`))).toBe(null)
      expect(await card(miren, app('/d/nowhere'))).toBe(null)
      expect(await card(jon, app('/'))).toBe(null)
    })
    test('can be looked for in the smart picker', async () => {
      const { data } = await ocs<
        { id: string; title: string; icon_url: string; search_providers_ids: string[] }[]
      >(nextcloud, jon, 'GET', '/references/providers')
      const ours = data.find(({ id }) => id === 'auzolan')!
      expect(ours).toMatchObject({ title: 'Auzolan', search_providers_ids: ['auzolan'] })
      expect((await fetch(ours.icon_url)).status).toBe(200)
    })
    test('of another site is none of ours', async () => {
      for (const link of [
        `https://elsewhere.example/index.php/apps/auzolan/d/${plan}`,
        `${nextcloud.url}.elsewhere.example/apps/auzolan/d/${plan}`,
        `${nextcloud.url}/index.php/apps/auzolanen/d/${plan}`,
      ])
        expect((await card(jon, link))?.title ?? '').not.toBe('Plana')
    })
  })

  test('[HS6] without the server nothing is found, soon, and nothing breaks', async () => {
    await server.stop()
    const from = Date.now()
    const { status, data } = await find(jon, 'plan')
    expect([status, data.entries]).toEqual([200, []])
    expect(await card(ane, app(`/d/${plan}/text`))).toBe(null)
    // The limit is two seconds for the first who asks; the rest is Nextcloud's own, on a busy machine.
    expect(Date.now() - from).toBeLessThan(15_000)
  })

  test('[HS6] what somebody looked for is in no line of ours in the log of Nextcloud', async () => {
    const lines = (await nextcloud.log())
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { app: string; level: number; message: string; exception?: unknown })
    expect(lines.length).toBeGreaterThan(0)
    const said = lines.filter(({ message, exception }) =>
      /plazan|house\/found/.test(JSON.stringify([message, exception])),
    )
    expect(said.map(({ app, message }) => `${app}: ${message}`.slice(0, 200))).toEqual([])
  })
})
