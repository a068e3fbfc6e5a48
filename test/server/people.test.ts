/** [L5] People in more groups than a token can name: Nextcloud is asked, seldom, and never taken for a "no". */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  GROUPS_IN_TOKEN_MAX,
  PEOPLE_PER_QUESTION_MAX,
  STANDING_KNOWN_MS,
  STANDING_UNKNOWN_MS,
} from '@auzolan/shared/limits.ts'
import { People } from '@auzolan/server/src/access/people.ts'
import { startHere, type ServerHere } from '../support/in-process.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { hello, openWire } from '../support/wire.ts'

const NOTHING = { people: [], groups: [], teams: [], ended: [] }

describe('[L5] what Nextcloud said', () => {
  let elapsed = 0
  let asked: string[][]
  let answer: unknown
  let people: People
  beforeEach(() => {
    elapsed = 0
    asked = []
    answer = { users: { ane: { enabled: true, groups: ['Kultura'], teams: ['T1'] } } }
    people = new People(
      (ids) => (asked.push([...ids]), Promise.resolve(answer)),
      () => elapsed,
    )
  })

  it('is remembered for a minute', async () => {
    expect(await people.belonging('ane')).toEqual({ groups: ['Kultura'], teams: ['T1'] })
    elapsed = STANDING_KNOWN_MS - 1
    await people.belonging('ane')
    expect(asked).toEqual([['ane']])
    elapsed = STANDING_KNOWN_MS
    await people.belonging('ane')
    expect(asked).toEqual([['ane'], ['ane']])
  })

  it('is asked in one question for all who come at once, a hundred at most', async () => {
    const ids = Array.from({ length: PEOPLE_PER_QUESTION_MAX + 1 }, (_, i) => `p${i}`)
    await Promise.all([...ids, ...ids].map((id) => people.belonging(id)))
    expect(asked.map((q) => q.length)).toEqual([PEOPLE_PER_QUESTION_MAX, 1])
  })

  it('is forgotten with the news that something changed: of the person, or of any group or Team', async () => {
    const changes = [{ people: ['ane'] }, { ended: ['ane'] }, { groups: ['other'] }, { teams: ['other'] }]
    for (const change of changes) {
      await people.belonging('ane')
      const before = asked.length
      people.drop({ ...NOTHING, people: ['jon'] })
      await people.belonging('ane')
      expect(asked).toHaveLength(before)
      people.drop({ ...NOTHING, ...change })
      await people.belonging('ane')
      expect(asked).toHaveLength(before + 1)
    }
  })

  it('when the news comes while the question is under way, counts for nobody who asks afterwards', async () => {
    const first = people.belonging('ane')
    people.drop({ ...NOTHING, people: ['ane'] })
    await Promise.all([first, people.belonging('ane')])
    expect(asked).toEqual([['ane'], ['ane']])
  })

  it('that somebody is disabled or unknown ends their access', async () => {
    answer = { users: { ane: { enabled: false, groups: [], teams: [] } } }
    expect(await people.belonging('ane')).toMatchObject({ refused: 'ACCESS_ENDED' })
    answer = { users: [] }
    expect(await people.belonging('jon')).toMatchObject({ refused: 'ACCESS_ENDED' })
  })

  it.each([[null], ['<html>'], [{ users: { ane: { enabled: 'yes' } } }]])(
    'when it is no answer (%j) says nothing about anybody, and is asked again soon',
    async (broken) => {
      answer = broken
      expect(await people.belonging('ane')).toMatchObject({ refused: 'TRY_AGAIN' })
      elapsed = STANDING_UNKNOWN_MS - 1
      await people.belonging('ane')
      expect(asked).toHaveLength(1)
      elapsed = STANDING_UNKNOWN_MS
      answer = { users: { ane: { enabled: true } } }
      expect(await people.belonging('ane')).toEqual({ groups: [], teams: [] })
    },
  )
})

describe('[L5] a token without groups', () => {
  let there: NextcloudServer
  let server: ServerHere
  let plan: string
  beforeEach(async () => {
    there = await startNextcloud()
    server = await startHere({ AUZOLAN_NEXTCLOUD_INTERNAL_URL: there.url })
    plan = await server.plan()
  })
  afterEach(async () => {
    await server.stop()
    there.close()
  })
  const read = async (groups: readonly string[] | null): Promise<number> =>
    (await server.exchange(await sign({ person: 'oier', groups }), plan, {})).status

  it('opens what the groups open that Nextcloud tells, by HTTP and by WebSocket', async () => {
    there.users = { oier: { enabled: true, groups: ['Kultura'], teams: [] } }
    expect(await read([])).toBe(404)
    expect(await read(null)).toBe(200)
    const wire = await openWire(server, plan)
    wire.say(hello(await sign({ person: 'oier', groups: null, scope: 'ticket', document: plan }), [77]))
    await wire.heard('welcome')
    await wire.close()
    expect(there.calls.filter((call) => call.what === 'users')).toHaveLength(1)
    // Reached by its internal address, called by the name it trusts.
    expect(there.calls[0]!.headers.host).toBe(new URL(NEXTCLOUD.url).host)
  })

  it('is told to come back, and keeps its ticket, while Nextcloud does not say', async () => {
    there.instead = { status: 503 }
    expect(await read(null)).toBe(503)
    const ticket = await sign({ person: 'miren', groups: null, scope: 'ticket', document: plan })
    const early = await openWire(server, plan)
    early.say(hello(ticket, [78]))
    expect((await early.farewell()).code).toBe('TRY_AGAIN')
    there.instead = null
    there.users = { miren: { enabled: true, groups: [], teams: [] } }
    await new Promise((resolve) => setTimeout(resolve, STANDING_UNKNOWN_MS))
    const wire = await openWire(server, plan)
    wire.say(hello(ticket, [78]))
    await wire.heard('welcome')
    await wire.close()
  })

  it('after news about one of these groups counts no more', async () => {
    there.users = { oier: { enabled: true, groups: ['Kultura'], teams: [] } }
    expect(await read(null)).toBe(200)
    there.users = { oier: { enabled: true, groups: [], teams: [] } }
    expect(await server.changed({ groups: ['Kultura'] })).toBe(204)
    expect(await read(null)).toBe(404)
  })

  it('names as many groups as fit, and none above', async () => {
    const groups = Array.from({ length: GROUPS_IN_TOKEN_MAX }, (_, i) => `g${i}`)
    expect(await read([...groups.slice(1), 'Kultura'])).toBe(200)
    expect(await read([...groups, 'Kultura'])).toBe(401)
  })

  it('[A5] Teams in a token are news as groups are: what was signed before counts no more', async () => {
    const token = (issued: number): Promise<string> =>
      sign({ person: 'oier', groups: ['Kultura'], teams: ['circle1'], issued })
    const old = await token(-1)
    expect((await server.exchange(old, plan, {})).status).toBe(200)
    expect(await server.changed({ teams: ['circle2'] })).toBe(204)
    expect((await server.exchange(old, plan, {})).status).toBe(200)
    expect(await server.changed({ teams: ['circle1'] })).toBe(204)
    expect((await server.exchange(old, plan, {})).status).toBe(401)
    expect((await server.exchange(await token(2), plan, {})).status).toBe(200)
  })
})
