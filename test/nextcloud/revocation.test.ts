// SPDX-FileCopyrightText: 2026 Auzolan contributors
// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * Owns the calls between Nextcloud and the sync server about people: a withdrawn access ends while its owner types, is told
 * again when the server was away, and the server's own questions are believed only when it signed them.
 */
import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestServer, until, type TestServer } from '../support/server.ts'
import { openWriter, type Writer } from '../support/wire.ts'
import { asServer, basic, ocs, planFor, relay } from './caller.ts'
import { teamOfTwo } from './circle.ts'
import { NEXTCLOUD_START_MS, startNextcloud, type Nextcloud, type Person } from './nextcloud.ts'
import { hasMemoryCache, nextcloudPath, php } from './php.ts'

const SECRET = '0123456789abcdef'.repeat(4)
const OTHER_SECRET = 'fedcba9876543210'.repeat(4)
const GROUP = 'Komunikazioa'
const OUT_IN_MS = 2000

/** What the LDAP app says when somebody is gone from the directory. */
const UNASSIGN = `
  define('OC_CONSOLE', 1);
  require 'lib/base.php';
  \\OCP\\Server::get(\\OCP\\App\\IAppManager::class)->loadApps();
  \\OCP\\Server::get(\\OCP\\EventDispatcher\\IEventDispatcher::class)
    ->dispatchTyped(new \\OCP\\User\\Events\\UserIdUnassignedEvent($argv[1]));
`

type Users = Record<
  string,
  { enabled: boolean; name: string; groups: string[]; teams: string[]; admin: boolean }
>

describe.runIf(nextcloudPath !== null)('people who change', { timeout: 90_000 }, () => {
  let nextcloud: Nextcloud
  let server: TestServer & { stop(): Promise<void> }
  let plan: string
  const people: { [uid: string]: Person } = {}

  const add = async (uid: string, name = uid): Promise<void> => {
    people[uid] = await nextcloud.addUser(uid, `${uid}-password`, name)
  }
  const users = async (...ids: string[]): Promise<Users> =>
    (await asServer<{ users: Users }>(nextcloud, 'users', { secret: SECRET, body: JSON.stringify({ ids }) }))
      .data.users
  const writing = async (uid: string, document = plan): Promise<Writer> => {
    const ticket = async (_person: string, document: string): Promise<string> => {
      const { data } = await ocs<{ ticket: string }>(
        nextcloud,
        people[uid]!,
        'POST',
        '/apps/auzolan/api/v1/ticket',
        {
          document,
        },
      )
      return data.ticket
    }
    const writer = await openWriter({ port: server.port, ticket }, uid, document)
    const [update] = writer.edit((doc) => doc.getText('identity.title:eu').insert(0, uid))
    expect(await writer.write(update!)).toBeNull()
    return writer
  }
  /** As an administrator does it on Nextcloud's page of accounts; how long after its answer the socket was open. */
  const outAfter = async (
    writer: Writer,
    method: string,
    path: string,
    who = nextcloud.admin,
  ): Promise<number> => {
    const { status, message } = await ocs(nextcloud, who, method, path)
    expect([status, message]).toEqual([200, 'OK'])
    const since = performance.now()
    await until(() => writer.closed() !== null, 'the socket is closed')
    return performance.now() - since
  }
  const list = async (uid: string): Promise<number> =>
    (await relay(nextcloud, people[uid]!, 'documents')).status
  const jobs = async (): Promise<string[]> =>
    (
      await nextcloud.occ(
        'background-job:list',
        '--limit=500',
        '--output=json',
        '--class=OCA\\Auzolan\\BackgroundJob\\TellServer',
      )
    )
      .split('\n')
      .flatMap((line) => (line.startsWith('[') ? (JSON.parse(line) as { id: string }[]) : []))
      .map(({ id }) => String(id))

  beforeAll(async () => {
    nextcloud = await startNextcloud()
    await nextcloud.occ('app:enable', 'circles').catch(() => '')
    for (const uid of ['ane', 'jon', 'miren', 'xabi', 'leire']) await add(uid, `${uid} of the council`)
    await nextcloud.addGroup(GROUP, 'ane', 'jon', 'miren', 'xabi', 'leire')
    server = await startTestServer({ url: nextcloud.url, secret: SECRET })
    await nextcloud.setConfig(server.url, SECRET)
    plan = await planFor(nextcloud, people['ane']!, { kind: 'group', id: GROUP })
  }, NEXTCLOUD_START_MS)

  afterAll(async () => {
    await server?.stop()
    await nextcloud?.stop()
  })

  describe('are out at once', () => {
    test('when the account is disabled in the middle of an edit', async () => {
      const [jon, ane] = await Promise.all([writing('jon'), writing('ane')])
      expect(await outAfter(jon, 'PUT', '/cloud/users/jon/disable')).toBeLessThan(OUT_IN_MS)
      expect(jon.frames.find((frame) => frame.kind === 'bye')).toMatchObject({ code: 'ACCESS_ENDED' })
      // Others go on.
      const [update] = ane.edit((doc) => doc.getText('identity.title:eu').insert(0, 'still '))
      expect(await ane.write(update!)).toBeNull()
      await ane.close()
      expect(await users('jon')).toEqual({
        jon: { enabled: false, name: expect.any(String), groups: [], teams: [], admin: false },
      })
    })

    test('when they leave the group', async () => {
      const miren = await writing('miren')
      const path = `/cloud/users/miren/groups?groupid=${GROUP}`
      expect(await outAfter(miren, 'DELETE', path)).toBeLessThan(OUT_IN_MS)
      expect((await relay(nextcloud, people['miren']!, `documents/${plan}`)).status).toBe(404)
      await nextcloud.occ('group:adduser', GROUP, 'miren')
      await until(
        async () => (await relay(nextcloud, people['miren']!, `documents/${plan}`)).status === 200,
        'she is back',
      )
    })

    test('when the account is deleted', async () => {
      const xabi = await writing('xabi')
      expect(await outAfter(xabi, 'DELETE', '/cloud/users/xabi')).toBeLessThan(OUT_IN_MS)
    })

    test('when the directory behind Nextcloud no longer knows them', async () => {
      const leire = await writing('leire')
      await php(['-r', UNASSIGN, 'leire'], { cwd: nextcloud.tree })
      await until(() => leire.closed() !== null, 'the socket is closed', OUT_IN_MS)
      expect(leire.frames.find((frame) => frame.kind === 'bye')).toMatchObject({ code: 'ACCESS_ENDED' })
    })

    test('when their group is deleted', async () => {
      await nextcloud.addGroup('Aldi baterako', 'leire')
      const other = await planFor(nextcloud, people['ane']!, { kind: 'group', id: 'Aldi baterako' })
      // Passes of the second in which somebody's groups changed are void.
      await sleep(1_100)
      const leire = await writing('leire', other)
      expect(await outAfter(leire, 'DELETE', '/cloud/groups/Aldi%20baterako')).toBeLessThan(OUT_IN_MS)
    })
  })

  test('are told about later when the server was away', async () => {
    expect(await jobs()).toEqual([])
    await server.kill()
    const started = performance.now()
    expect((await ocs(nextcloud, nextcloud.admin, 'PUT', '/cloud/users/leire/disable')).status).toBe(200)
    expect(performance.now() - started).toBeLessThan(20_000)
    const [job, ...others] = await jobs()
    expect([job, others]).toEqual([expect.any(String), []])

    // Still away: the job comes back, and not at once.
    await nextcloud.occ('background-job:execute', job!, '--force-execute')
    const [again] = await jobs()
    expect(again).not.toBe(job)

    await server.start()
    await nextcloud.occ('background-job:execute', again!, '--force-execute')
    expect(await jobs()).toEqual([])
    expect((await ocs(nextcloud, nextcloud.admin, 'PUT', '/cloud/users/leire/enable')).status).toBe(200)
  })

  describe('Teams', () => {
    let team: string
    beforeAll(async () => {
      team = await teamOfTwo(nextcloud, 'ane', 'miren')
    })

    test('are in the token of their members, and in no other', async () => {
      expect(await users('ane', 'miren', 'leire')).toMatchObject({
        ane: { teams: [team] },
        miren: { teams: [team] },
        leire: { teams: [] },
      })
      const { data } = await ocs<{ token: string }>(
        nextcloud,
        people['miren']!,
        'GET',
        '/apps/auzolan/api/v1/token',
      )
      const claims = JSON.parse(Buffer.from(data.token.split('.')[1]!, 'base64url').toString()) as {
        teams: string[]
      }
      expect(claims.teams).toEqual([team])
    })

    test('are members of our teams, and whoever leaves one is out', async () => {
      const ours = await planFor(nextcloud, people['ane']!, { kind: 'team', id: team })
      const miren = await writing('miren', ours)
      const { data } = await ocs<{ id: string; userId: string }[]>(
        nextcloud,
        people['ane']!,
        'GET',
        `/apps/circles/circles/${team}/members`,
      )
      const member = data.find(({ userId }) => userId === 'miren')!
      expect(
        await outAfter(miren, 'DELETE', `/apps/circles/circles/${team}/members/${member.id}`, people['ane']),
      ).toBeLessThan(OUT_IN_MS)
      expect(await users('miren')).toMatchObject({ miren: { teams: [] } })
    })
  })

  describe('the questions of the server', () => {
    const ping = JSON.stringify({ nonce: 'abc' })

    test('are answered when it signed them', async () => {
      const { status, data } = await asServer(nextcloud, 'ping', { secret: SECRET, body: ping })
      expect(status).toBe(200)
      expect(data).toEqual({
        nonce: 'abc',
        time: expect.any(Number),
        version: '0.1.0',
        protocol: { min: 1, max: 1 },
      })
    })

    test('are about 100 people at most, who may be unknown, and have ids of digits', async () => {
      await add('2027')
      const {
        '2027': digits,
        nobody,
        [nextcloud.admin.uid]: admin,
      } = await users('2027', 'nobody', nextcloud.admin.uid)
      expect(digits).toEqual({ enabled: true, name: '2027', groups: [], teams: [], admin: false })
      expect(nobody).toMatchObject({ enabled: false, groups: [] })
      expect(admin).toMatchObject({ enabled: true, admin: true })
      for (const body of [
        {},
        { ids: 'ane' },
        { ids: [1] },
        { ids: Array(101).fill('x') },
        { ids: { a: ['b'] } },
      ])
        expect(
          (await asServer(nextcloud, 'users', { secret: SECRET, body: JSON.stringify(body) })).status,
        ).toBe(400)
      const none = await asServer(nextcloud, 'users', { secret: SECRET, body: '{"ids":[]}' })
      expect(none).toMatchObject({ status: 200, data: { users: {} } })
    })

    test('are answered for people of the groups that the app is enabled for', async () => {
      await nextcloud.occ('app:enable', 'auzolan', '--groups', GROUP)
      try {
        expect((await asServer(nextcloud, 'ping', { secret: SECRET, body: ping })).status).toBe(200)
        expect(await users('ane', '2027')).toMatchObject({ ane: { enabled: true }, 2027: { enabled: false } })
        expect((await ocs(nextcloud, people['ane']!, 'GET', '/apps/auzolan/api/v1/token')).status).toBe(200)
        expect((await ocs(nextcloud, people['2027']!, 'GET', '/apps/auzolan/api/v1/token')).status).toBe(404)
        const page = await fetch(`${nextcloud.url}/index.php/apps/auzolan/`, {
          headers: { Authorization: basic(people['2027']!) },
          redirect: 'manual',
        })
        expect(page.status).not.toBe(200)
        expect((await relay(nextcloud, people['2027']!, 'documents')).status).toBe(404)
        // Whoever loses the group that opens the app is out as well, and the server hears of it.
        const miren = await writing('miren')
        expect(await outAfter(miren, 'DELETE', `/cloud/users/miren/groups?groupid=${GROUP}`)).toBeLessThan(
          OUT_IN_MS,
        )
      } finally {
        await nextcloud.occ('app:enable', 'auzolan', '--groups', '').catch(() => '')
        await nextcloud.occ('config:app:set', 'auzolan', 'enabled', '--value=yes')
      }
    })

    test('meet the sign of maintenance mode, not an error', async () => {
      await nextcloud.occ('maintenance:mode', '--on')
      try {
        const answer = await fetch(`${nextcloud.url}/ocs/v2.php/apps/auzolan/api/v1/server/ping`, {
          method: 'POST',
        })
        expect([answer.status, answer.headers.get('x-nextcloud-maintenance-mode')]).toEqual([503, '1'])
        // Nobody who writes notices.
        expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
      } finally {
        await nextcloud.occ('maintenance:mode', '--off')
      }
      expect(await list('ane')).toBe(200)
    })

    test('are accepted with the secret of before for ten minutes after a rotation', async () => {
      await nextcloud.occ('auzolan:setup', '--rotate-secret')
      const env = await nextcloud.occ('auzolan:setup', '--show-env')
      const now = /^AUZOLAN_SECRET=(\w{64})$/m.exec(env)![1]!
      expect(env).toContain(`AUZOLAN_PREVIOUS_SECRET=${SECRET}\n`)
      expect(now).not.toBe(SECRET)
      for (const secret of [now, SECRET])
        expect((await asServer(nextcloud, 'ping', { secret, body: ping })).status).toBe(200)
      const past = Math.floor(Date.now() / 1000) - 601
      await nextcloud.occ(
        'config:app:set',
        '--type=integer',
        'auzolan',
        'secret_rotated_at',
        `--value=${past}`,
      )
      await until(
        async () => (await asServer(nextcloud, 'ping', { secret: SECRET, body: ping })).status === 401,
        'the old secret is forgotten',
      )
      await nextcloud.setConfig(server.url, SECRET)
    })

    // Last: each refusal makes the next answer to this address slower.
    test('are refused when anything of them was not signed, or not now, or twice', async () => {
      const once = { secret: SECRET, body: ping, nonce: randomBytes(16).toString('hex') }
      expect((await asServer(nextcloud, 'ping', once)).status).toBe(200)
      const wrong = [
        ...(hasMemoryCache ? [once] : []),
        { secret: OTHER_SECRET, body: ping },
        { secret: SECRET, body: ping, at: -301 },
        { secret: SECRET, body: ping, at: 310 },
        { secret: SECRET, body: ping, nonce: 'short' },
        { secret: SECRET, body: ping, signed: { body: '{}' } },
        { secret: SECRET, body: ping, signed: { path: '/apps/auzolan/api/v1/server/users' } },
        { secret: SECRET, body: ping, signed: { method: 'GET' } },
      ]
      for (const call of wrong) expect((await asServer(nextcloud, 'ping', call)).status).toBe(401)
    })
  })

  test('leave no error in the log', async () => {
    const lines = (await nextcloud.log())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.filter((line) => line['app'] === 'auzolan' && Number(line['level']) >= 2)).toEqual([])
    expect(await nextcloud.log()).not.toContain(SECRET)
  })
})
