/** Teams over REST: each route for each kind of caller, and what holds whoever calls. */
import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newUuid } from '@auzolan/shared/ids.ts'
import { EXPERTISE_MAX, LANGUAGES_MAX, TEAM_NAME_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { Problem } from '@auzolan/shared/protocol/rest.ts'
import type { Team, TeamSummary } from '@auzolan/shared/protocol/teams.ts'
import { NEXTCLOUD, sign, type Signing } from '../support/nextcloud-host.ts'
import { startTestServer, until } from '../support/server.ts'
import { hello, openWire } from '../support/wire.ts'

const PEOPLE = {
  coordinator: { person: 'ane' },
  editor: { person: 'jon', groups: ['Kultura'] },
  reviewer: { person: 'mayor', teams: ['circle1'] },
  outsider: { person: 'miren', groups: ['Ingurumena'], teams: ['circle2'] },
  admin: { person: 'root', admin: true },
} satisfies { [who: string]: Signing }
type Who = keyof typeof PEOPLE

let server: Awaited<ReturnType<typeof startTestServer>>
beforeAll(async () => {
  server = await startTestServer(NEXTCLOUD)
})
afterAll(() => server.stop())

async function call(who: Signing | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: {
      ...(who ? { authorization: `Bearer ${await sign(who)}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, json: (text === '' ? null : JSON.parse(text)) as unknown }
}
const member = (kind: string, id: string, ...roles: string[]) => ({
  principal: { kind, id },
  name: id,
  roles,
})

/** Coordinated by Ane; the group Kultura writes, the Nextcloud Team circle1 reviews. */
async function newTeam(): Promise<string> {
  const made = await call(PEOPLE.coordinator, 'POST', '/teams', { name: { eu: 'Taldea', es: 'Equipo' } })
  expect(made.status).toBe(201)
  const { id } = made.json as { id: string }
  for (const one of [member('group', 'Kultura', 'editor'), member('team', 'circle1', 'director')])
    expect((await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, one)).status).toBe(204)
  return id
}
const read = async (who: Signing, id: string): Promise<Team> =>
  (await call(who, 'GET', `/teams/${id}`)).json as Team
const ended = (person: string): Promise<void> => told({ ended: [person] })
/** News from Nextcloud. */
const told = async (news: object): Promise<void> => {
  const body = JSON.stringify(news)
  // Its own second: what was signed in the second of the news is void as well.
  const token = await sign({ person: 'nextcloud', scope: 'system', body, issued: -1 })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/v1/host/changed`, { method: 'POST', headers, body })
  expect(answer.status).toBe(204)
}

describe('who may call what', () => {
  const routes: {
    name: string
    method: string
    path: (team: string) => string
    body?: object
    answers: { [who in Who]: number }
  }[] = [
    {
      name: 'GET /teams',
      method: 'GET',
      path: () => '/teams',
      answers: { coordinator: 200, editor: 200, reviewer: 200, outsider: 200, admin: 200 },
    },
    {
      name: 'POST /teams',
      method: 'POST',
      path: () => '/teams',
      body: { name: { eu: 'Berria' }, departments: [] },
      answers: { coordinator: 201, editor: 201, reviewer: 201, outsider: 201, admin: 201 },
    },
    {
      name: 'GET /teams/:id',
      method: 'GET',
      path: (team) => `/teams/${team}`,
      answers: { coordinator: 200, editor: 200, reviewer: 200, outsider: 404, admin: 404 },
    },
    {
      name: 'PUT /teams/:id',
      method: 'PUT',
      path: (team) => `/teams/${team}`,
      body: { name: { eu: 'Bestela' }, departments: [] },
      answers: { coordinator: 204, editor: 403, reviewer: 403, outsider: 404, admin: 404 },
    },
    {
      name: 'PUT /teams/:id/members',
      method: 'PUT',
      path: (team) => `/teams/${team}/members`,
      body: member('person', 'nerea', 'reader'),
      answers: { coordinator: 204, editor: 403, reviewer: 403, outsider: 404, admin: 404 },
    },
    {
      name: 'DELETE /teams/:id/members',
      method: 'DELETE',
      path: (team) => `/teams/${team}/members?kind=group&id=Kultura`,
      answers: { coordinator: 204, editor: 403, reviewer: 403, outsider: 404, admin: 404 },
    },
  ]
  const table = routes.flatMap((route) =>
    (Object.keys(PEOPLE) as Who[]).map((who) => ({ ...route, who, status: route.answers[who] })),
  )
  it.each(table)('[T1] $name as $who: $status', async ({ method, path, body, who, status }) => {
    const answer = await call(PEOPLE[who], method, path(await newTeam()), body)
    expect(answer.status).toBe(status)
    if (status === 404) expect((answer.json as Problem).code).toBe('NOT_FOUND')
    if (status === 403) expect((answer.json as Problem).code).toBe('NOT_ALLOWED')
  })

  it.each(routes)('$name without a token: 401', async ({ method, path, body }) => {
    expect((await call(null, method, path(newUuid()), body)).status).toBe(401)
  })

  it('[T1] an outsider learns as much of a team as of an invented one', async () => {
    const [real, invented] = [await newTeam(), newUuid()]
    for (const [method, path, body] of [
      ['GET', ''],
      ['PUT', '', { name: 1 }],
      ['PUT', '/members', {}],
      ['DELETE', '/members?kind=x', undefined],
    ] as const) {
      const [a, b] = [
        await call(PEOPLE.outsider, method, `/teams/${real}${path}`, body),
        await call(PEOPLE.outsider, method, `/teams/${invented}${path}`, body),
      ]
      expect([method, a.status, a.json]).toEqual([method, 404, b.json])
    }
  })
})

describe('a team', () => {
  it('[T2] belongs to people, Nextcloud groups and Nextcloud Teams; the list of each has it with their roles', async () => {
    const id = await newTeam()
    const roles = async (who: Who): Promise<readonly string[] | undefined> =>
      ((await call(PEOPLE[who], 'GET', '/teams')).json as TeamSummary[]).find((t) => t.id === id)?.roles
    expect(await roles('coordinator')).toEqual(['coordinator'])
    expect(await roles('editor')).toEqual(['editor'])
    expect(await roles('reviewer')).toEqual(['director'])
    expect(await roles('outsider')).toBeUndefined()
  })

  it('[T3] gives each member the documents with the right of their role', async () => {
    const id = await newTeam()
    const made = await call(PEOPLE.editor, 'POST', '/documents', {
      type: 'plan',
      title: { eu: 'Plana' },
      team: { kind: 'team', id },
    })
    const plan = (made.json as { id: string }).id
    const write = async (who: Who): Promise<unknown> => {
      const { status, json } = await call(PEOPLE[who], 'GET', `/documents/${plan}`)
      return status === 200
        ? (json as { capabilities: { content: { write: string } } }).capabilities.content.write
        : status
    }
    expect(await write('coordinator')).toBe('yes')
    expect(await write('editor')).toBe('yes')
    expect(await write('reviewer')).toBe('no')
    expect(await write('outsider')).toBe(404)
  })

  it('remembers name, departments, and of each member roles, department and expertise', async () => {
    const id = await newTeam()
    const facts = { name: { eu: 'Izena', es: 'Nombre' }, departments: [] }
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}`, facts)
    const jon = { ...member('person', 'jon', 'legal', 'editor'), name: 'Jon', expertise: ['Bideoa'] }
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, jon)
    const team = await read(PEOPLE.coordinator, id)
    expect(team).toMatchObject({ ...facts, id, personal: false, hasCoordinator: true })
    expect(team.members.map((m) => [m.principal.kind, m.principal.id, m.roles, m.expertise])).toEqual([
      ['person', 'ane', ['coordinator'], []],
      ['person', 'jon', ['editor', 'legal'], ['Bideoa']],
      ['team', 'circle1', ['director'], []],
      ['group', 'Kultura', ['editor'], []],
    ])
    // Set again is set anew, not added to.
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'jon', 'reader'))
    expect((await read(PEOPLE.coordinator, id)).members[1]).toMatchObject({
      roles: ['reader'],
      expertise: [],
    })
  })

  it('[T4] takes a member out at once, also one who is writing', async () => {
    const id = await newTeam()
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'nerea', 'editor'))
    const body = { type: 'plan', title: { eu: 'Plana' }, team: { kind: 'team', id } }
    const plan = ((await call(PEOPLE.coordinator, 'POST', '/documents', body)).json as { id: string }).id
    const nerea = { person: 'nerea' }
    const wire = await openWire(server, plan)
    wire.say(hello(await sign({ ...nerea, scope: 'ticket', document: plan }), [new Y.Doc().clientID]))
    await wire.heard('entries')
    await call(PEOPLE.coordinator, 'DELETE', `/teams/${id}/members?kind=person&id=nerea`)
    await until(() => wire.closed() === 4403, 'the socket is ended')
    expect((await call(nerea, 'GET', `/documents/${plan}`)).status).toBe(404)
    expect((await call(nerea, 'GET', `/teams/${id}`)).status).toBe(404)
  })

  it('[T4] takes somebody out at once who keeps the server busy with a team of their own', async () => {
    const [id, own] = [await newTeam(), await newTeam()]
    const busy = { person: 'nerea' }
    for (const [team, role] of [
      [id, 'editor'],
      [own, 'coordinator'],
    ] as const)
      await call(PEOPLE.coordinator, 'PUT', `/teams/${team}/members`, member('person', 'nerea', role))
    const planOf = async (who: Signing, team: string): Promise<string> => {
      const body = { type: 'plan', title: { eu: 'Plana' }, team: { kind: 'team', id: team } }
      return ((await call(who, 'POST', '/documents', body)).json as { id: string }).id
    }
    const [plan, hers] = [await planOf(PEOPLE.coordinator, id), await planOf(busy, own)]
    const open = async (document: string) => {
      const wire = await openWire(server, document)
      wire.say(hello(await sign({ ...busy, scope: 'ticket', document }), [new Y.Doc().clientID]))
      await wire.heard('entries')
      return wire
    }
    const crowd = await Promise.all(Array.from({ length: 40 }, () => open(hers)))
    const wire = await open(plan)
    let going = true
    const flood = Array.from({ length: 6 }, async () => {
      while (going) await call(busy, 'PUT', `/teams/${own}/members`, member('group', 'g', 'reader'))
    })
    await call(PEOPLE.coordinator, 'DELETE', `/teams/${id}/members?kind=person&id=nerea`)
    // Behind the round that has begun and its own, about a second each; a round for each change of the flood would be a hundred.
    await until(() => wire.closed() === 4403, 'the socket is ended', 10_000)
    going = false
    await Promise.all(flood)
    await Promise.all(crowd.map((one) => one.close()))
  })

  it('[T4] whoever is taken out does not put themselves back in the same moment', async () => {
    const id = await newTeam()
    const nerea = member('person', 'nerea', 'coordinator')
    for (let round = 0; round < 5; round++) {
      await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, nerea)
      const again = Array.from({ length: 6 }, () =>
        call({ person: 'nerea' }, 'PUT', `/teams/${id}/members`, nerea),
      )
      const out = await call(PEOPLE.coordinator, 'DELETE', `/teams/${id}/members?kind=person&id=nerea`)
      expect(out.status).toBe(204)
      await Promise.all(again)
      const { members } = await read(PEOPLE.coordinator, id)
      expect(members.some((m) => m.principal.id === 'nerea')).toBe(false)
    }
  })

  it('lets a person leave, and a coordinator when another stays', async () => {
    const id = await newTeam()
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'nerea', 'reader'))
    const leave = (who: Signing) => call(who, 'DELETE', `/teams/${id}/members?kind=person&id=${who.person}`)
    expect((await leave({ person: 'nerea' })).status).toBe(204)
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'nerea', 'coordinator'))
    expect((await leave(PEOPLE.coordinator)).status).toBe(204)
    expect((await read({ person: 'nerea' }, id)).roles).toEqual(['coordinator'])
  })

  it.each([
    ['removed', 'DELETE', 'members?kind=person&id=ane', undefined],
    ['made editor', 'PUT', 'members', member('person', 'ane', 'editor')],
  ] as const)('[T5] keeps its last coordinator from being %s', async (_what, method, path, body) => {
    const id = await newTeam()
    const answer = await call(PEOPLE.coordinator, method, `/teams/${id}/${path}`, body)
    expect([answer.status, (answer.json as Problem).code]).toEqual([409, 'LAST_COORDINATOR'])
    expect((await read(PEOPLE.coordinator, id)).roles).toEqual(['coordinator'])
  })

  it('[T5] keeps one of two coordinators who remove each other at the same moment', async () => {
    const id = await newTeam()
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'nerea', 'coordinator'))
    const remove = (by: string, whom: string) =>
      call({ person: by }, 'DELETE', `/teams/${id}/members?kind=person&id=${whom}`)
    const answers = await Promise.all([remove('ane', 'nerea'), remove('nerea', 'ane')])
    // The slower one is no member any more, or would have been the last.
    expect(answers.filter((a) => a.status === 204)).toHaveLength(1)
  })

  it('[T6] whose only coordinator was deleted gets another one from an administrator, and nothing else', async () => {
    const id = await newTeam()
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'peru', 'coordinator'))
    await call({ person: 'peru' }, 'DELETE', `/teams/${id}/members?kind=person&id=ane`)
    await ended('peru')
    expect(await read(PEOPLE.editor, id)).toMatchObject({ hasCoordinator: false })
    const listed = ((await call(PEOPLE.admin, 'GET', '/teams')).json as TeamSummary[]).find(
      (t) => t.id === id,
    )
    expect(listed).toMatchObject({ roles: [], hasCoordinator: false })
    const put = async (who: Signing, one: object) =>
      (await call(who, 'PUT', `/teams/${id}/members`, one)).status
    expect(await put(PEOPLE.admin, member('person', 'root', 'editor'))).toBe(403)
    expect(await put(PEOPLE.admin, member('group', 'Kultura', 'coordinator'))).toBe(403)
    expect(await put(PEOPLE.editor, member('person', 'jon', 'coordinator'))).toBe(403)
    expect(await put(PEOPLE.admin, member('person', 'jon', 'coordinator'))).toBe(204)
    expect(await read({ person: 'jon' }, id)).toMatchObject({ hasCoordinator: true, roles: ['coordinator'] })
    expect((await call(PEOPLE.admin, 'GET', `/teams/${id}`)).status).toBe(404)
  })

  it('[T6] an administrator does not appoint themselves to a team they are not in', async () => {
    const id = await newTeam()
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'unai', 'coordinator'))
    await call({ person: 'unai' }, 'DELETE', `/teams/${id}/members?kind=person&id=ane`)
    await ended('unai')
    const put = async () =>
      (await call(PEOPLE.admin, 'PUT', `/teams/${id}/members`, member('person', 'root', 'coordinator')))
        .status
    expect(await put()).toBe(403)
    // Whatever Unai does with the account that is back, the team has its coordinator again.
    await call({ person: 'unai', issued: 1 }, 'GET', '/documents')
    expect(await put()).toBe(404)
  })

  it('[T6] an appointed member keeps what they were', async () => {
    const id = await newTeam()
    const reviewer = { ...member('person', 'begoña', 'director', 'legal'), expertise: ['Zuzenbidea'] }
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, reviewer)
    await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member('person', 'peio', 'coordinator'))
    await call({ person: 'peio' }, 'DELETE', `/teams/${id}/members?kind=person&id=ane`)
    await ended('peio')
    const appointed = member('person', 'begoña', 'coordinator')
    expect((await call(PEOPLE.admin, 'PUT', `/teams/${id}/members`, appointed)).status).toBe(204)
    const { members } = await read({ person: 'begoña' }, id)
    expect(members.find((m) => m.principal.id === 'begoña')).toMatchObject({
      roles: ['coordinator', 'director', 'legal'],
      expertise: ['Zuzenbidea'],
    })
  })

  it.each([
    ['group', 'prentsa', 'endedGroups'],
    ['team', 'circle7', 'endedTeams'],
  ] as const)(
    '[T6] a %s that Nextcloud has deleted is no member any more, and no coordinator',
    async (kind, gone, news) => {
      const id = await newTeam()
      await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, member(kind, gone, 'coordinator'))
      const one = { person: 'olatz', [kind === 'group' ? 'groups' : 'teams']: [gone] }
      expect((await read(one, id)).roles).toEqual(['coordinator'])
      await call(PEOPLE.coordinator, 'DELETE', `/teams/${id}/members?kind=person&id=ane`)
      await told({ [news]: [gone] })
      // Also not whoever is in a new one of the same name.
      expect((await call({ ...one, issued: 1 }, 'GET', `/teams/${id}`)).status).toBe(404)
      expect(await read(PEOPLE.admin, id)).toMatchObject({ hasCoordinator: false })
    },
  )

  it('tells whoever changes a member that somebody else has done so, and adds nobody twice', async () => {
    const id = await newTeam()
    const put = async (roles: string[], before?: string[]) =>
      (
        await call(PEOPLE.coordinator, 'PUT', `/teams/${id}/members`, {
          ...member('person', 'nerea', ...roles),
          ...(before ? { before } : {}),
        })
      ).status
    expect(await put(['editor'], [])).toBe(204)
    expect(await put(['reader'], [])).toBe(409)
    expect(await put(['editor', 'hr'], ['editor'])).toBe(204)
    expect(await put(['reader'], ['editor'])).toBe(409)
    await call(PEOPLE.coordinator, 'DELETE', `/teams/${id}/members?kind=person&id=nerea`)
    // An older page of somebody else does not bring a removed member back.
    expect(await put(['editor', 'hr'], ['editor', 'hr'])).toBe(409)
  })

  it('[T6] has its coordinator back when the account is', async () => {
    const made = await call({ person: 'itzuli' }, 'POST', '/teams', { name: { eu: 'T' } })
    const { id } = made.json as { id: string }
    await ended('itzuli')
    expect((await read(PEOPLE.admin, id)).hasCoordinator).toBe(false)
    await call({ person: 'itzuli', issued: 1 }, 'GET', '/teams')
    expect(await read({ person: 'itzuli', issued: 1 }, id)).toMatchObject({ hasCoordinator: true })
  })

  it('of one person alone takes nobody else', async () => {
    const body = { type: 'plan', title: { eu: 'Nirea' }, team: { kind: 'person' } }
    await call({ person: 'bakarka' }, 'POST', '/documents', body)
    const [own] = (await call({ person: 'bakarka' }, 'GET', '/teams')).json as TeamSummary[]
    expect(own).toMatchObject({ personal: true, roles: ['coordinator'] })
    const path = `/teams/${own!.id}/members`
    expect((await call({ person: 'bakarka' }, 'PUT', path, member('person', 'x', 'editor'))).status).toBe(400)
  })
})

const inLanguages = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, 'Izena']))

describe('bad input', () => {
  it('takes a name in as many languages as there may be', async () => {
    const made = await call(PEOPLE.coordinator, 'POST', '/teams', { name: inLanguages(LANGUAGES_MAX) })
    expect(made.status).toBe(201)
  })

  const bad: [string, object][] = [
    ['no name', { departments: [] }],
    ['an empty name', { name: { eu: ' ' } }],
    ['a name in too many languages', { name: inLanguages(LANGUAGES_MAX + 1) }],
    ['a name too long', { name: { eu: 'x'.repeat(TEAM_NAME_MAX_CHARACTERS + 1) } }],
    ['an unknown department', { name: { eu: 'a' }, departments: ['nowhere'] }],
  ]
  it.each(bad)('to POST and PUT /teams: %s', async (_what, body) => {
    const id = await newTeam()
    for (const [method, path] of [
      ['POST', '/teams'],
      ['PUT', `/teams/${id}`],
    ] as const) {
      const answer = await call(PEOPLE.coordinator, method, path, body)
      expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
    }
  })

  const badMembers: [string, object][] = [
    ['nothing', {}],
    ['no role', member('person', 'x')],
    ['an unknown role', member('person', 'x', 'king')],
    ['an unknown kind', member('robot', 'x', 'reader')],
    ['no id', member('person', '', 'reader')],
    ['an unknown department', { ...member('person', 'x', 'reader'), department: 'nowhere' }],
    [
      'too much expertise',
      {
        ...member('person', 'x', 'reader'),
        expertise: Array.from({ length: EXPERTISE_MAX + 1 }, (_, i) => `e${i}`),
      },
    ],
  ]
  it.each(badMembers)('to PUT /teams/:id/members: %s', async (_what, body) => {
    const answer = await call(PEOPLE.coordinator, 'PUT', `/teams/${await newTeam()}/members`, body)
    expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
  })

  it.each(['', '?kind=person', '?id=x', '?kind=x&id=y', '?kind=person&id=a&id=b'])(
    'to DELETE /teams/:id/members%s',
    async (query) => {
      const answer = await call(PEOPLE.coordinator, 'DELETE', `/teams/${await newTeam()}/members${query}`)
      expect([answer.status, (answer.json as Problem).code]).toEqual([400, 'INVALID_INPUT'])
    },
  )
})
