/** A server whose settings name a PostgreSQL: how it starts, what the doctor and the page of the administrators say, and that its password is nowhere. */
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DataAndServer } from '@auzolan/shared/protocol/kept.ts'
import { readSettings } from '@auzolan/server/src/settings.ts'
import { freePort } from '../support/free-port.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { NO_POSTGRES, ask, emptyDatabase, type TestDatabase } from '../support/postgres.ts'
import { runServer, startTestServer, temporaryFolder, type TestServer } from '../support/server.ts'

describe('the address of a database', () => {
  it('is never repeated, whatever is wrong with it', () => {
    for (const url of ['mysql://a:s3cretword@h/x', 's3cretword', 'postgres:/a:s3cretword@h/x']) {
      const read = (): unknown => readSettings({ AUZOLAN_DATABASE_URL: url })
      expect(read).toThrow(/AUZOLAN_DATABASE_URL must be an address with postgres:\/\/ in front/)
      expect(read).not.toThrow(/s3cretword/)
    }
    const { settings } = readSettings({ AUZOLAN_DATABASE_URL: 'postgres://a:b@h/x' })
    expect(settings.AUZOLAN_DATABASE_URL).toBe('postgres://a:b@h/x')
  })

  it.each([
    'postgres://auzolan@/auzolan?host=/run/postgresql',
    'postgres://auzolan:b@/auzolan?host=/run/postgresql',
    'postgresql:///auzolan?host=/run/postgresql&user=auzolan',
    'postgres://a:b@[::1]:5432/x',
    'postgres://a:b%40c@h/x?sslmode=verify-full&sslrootcert=/etc/ssl/a@b.pem',
    'postgres://h/x?user=auzolan@server',
  ])('may be %s', (url) => {
    expect(readSettings({ AUZOLAN_DATABASE_URL: url }).settings.AUZOLAN_DATABASE_URL).toBe(url)
  })

  it.each(['/', '?', '#', '12/', '12?', ':/'])(
    'is refused, and not shown, where %s in its password makes a host of it',
    (sign) => {
      for (const [name, scheme] of [
        ['AUZOLAN_DATABASE_URL', 'postgres'],
        ['AUZOLAN_REDIS_URL', 'rediss'],
      ] as const) {
        const read = (): unknown => readSettings({ [name]: `${scheme}://a:${sign}s3cretword@h/x` })
        expect(read).toThrow(new RegExp(`${name} is no address as it stands: .*%2F`))
        expect(read).not.toThrow(/s3cretword|12/)
        const escaped = `${scheme}://a:${encodeURIComponent(sign)}s3cretword@h/x`
        expect(readSettings({ [name]: escaped }).settings[name]).toBe(escaped)
      }
    },
  )
})

describe.skipIf(NO_POSTGRES)('a server on PostgreSQL', { timeout: 120_000 }, () => {
  let database: TestDatabase
  let folder: string
  let file: string
  let server: TestServer & { stop(): Promise<void> }
  const password = (): string => new URL(database.url).password
  const settings = () => ({
    AUZOLAN_DATABASE_URL_FILE: file,
    AUZOLAN_DATA: folder,
    AUZOLAN_LOG_LEVEL: 'trace',
  })
  beforeAll(async () => {
    ;[database, folder] = [await emptyDatabase(), await temporaryFolder()]
    file = join(folder, 'url')
    await writeFile(file, `${database.url}\n`, { mode: 0o600 })
    server = await startTestServer(NEXTCLOUD, settings())
  })
  afterAll(async () => {
    await server.stop()
    await database.drop()
    await rm(folder, { recursive: true })
  })
  const call = async (method: string, path: string, body?: object) => {
    const token = await sign({ person: 'ane', groups: ['admin'], admin: true })
    return fetch(`${server.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
  }

  it('starts on an empty one, by the address in a file, and is ready', async () => {
    const ready = await fetch(`${server.url}/readyz`)
    expect(await ready.json()).toMatchObject({ status: 'ready' })
    expect(await ask(database.url, 'SELECT count(*)::int AS n FROM channel')).toEqual([{ n: 0 }])
  })

  it('refuses a sign that no text can have, and goes on', async () => {
    const body = JSON.stringify({ people: ['a\0b'] })
    const token = await sign({ person: 'nextcloud', scope: 'system', body })
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const odd = await fetch(`${server.url}/api/v1/host/changed`, { method: 'POST', headers, body })
    expect([odd.status, await odd.json()]).toEqual([400, expect.objectContaining({ code: 'MALFORMED' })])
    expect((await call('GET', 'teams')).status).toBe(200)
  })

  it('tells administrators what is kept in it', async () => {
    const answer = await call('GET', 'administration/data')
    const told = (await answer.json()) as DataAndServer
    expect(told.unreadSince).toBeNull()
    expect(told.server.folder).toMatch(/^auzolan@127\.0\.0\.1:\d+\/\w+$/)
    expect(told.server.databaseBytes).toBeGreaterThan(1_000_000)
    expect(told.kinds.find(({ id }) => id === 'audit')?.bytes).toBeGreaterThan(0)
    expect(told.server.shared).toEqual({ bus: null })
    // Nothing that is in the folder of one server alone, and nothing that its account alone could read.
    expect(JSON.stringify(told.kinds)).not.toMatch(/sqlite|signing-keys|backups\.json/)
    expect(told.kinds.find(({ id }) => id === 'keys')).toMatchObject({ tables: ['signing_key'], files: [] })
    expect(told.kinds.find(({ id }) => id === 'texts')!.protection).toEqual(['database'])
    expect(JSON.stringify(told)).not.toContain(password())
  })

  it('is examined by the doctor: database, keys and what waits', async () => {
    const { output } = await runServer(
      { ...settings(), AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url, AUZOLAN_SECRET: NEXTCLOUD.secret },
      'doctor',
    )
    expect(output).toMatch(/ok +database +PostgreSQL [\d.]+.* at auzolan@127\.0\.0\.1:\d+\/\w+ answered in/)
    expect(output).toMatch(/ok +keys +Nothing was signed yet/)
    expect(output).toMatch(/ok +queues +\d+ notices wait/)
    expect(output).toMatch(/skipped +backups .*PostgreSQL/)
    expect(output).not.toContain(password())
  })

  it('says in a sentence why it does not start, and warns of an address that others may read', async () => {
    const host = { AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url, AUZOLAN_SECRET: NEXTCLOUD.secret }
    const wrong = new URL(database.url)
    wrong.pathname = '/nowhere'
    const { code, output } = await runServer({
      ...host,
      AUZOLAN_DATA: folder,
      AUZOLAN_DATABASE_URL: wrong.href,
    })
    expect([code, output]).toEqual([
      2,
      expect.stringMatching(/^The database auzolan@.*\/nowhere cannot be used: /),
    ])
    expect(output).not.toContain(password())
    await chmod(file, 0o644)
    expect(readSettings({ AUZOLAN_DATABASE_URL_FILE: file }).warnings).toEqual([
      expect.stringContaining('chmod o='),
    ])
    await chmod(file, 0o600)
  })

  it('ends so that the service is started again, where the database cannot be reached now', async () => {
    const host = { AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url, AUZOLAN_SECRET: NEXTCLOUD.secret }
    const away = `postgres://auzolan@127.0.0.1:${await freePort()}/auzolan`
    const { code, output } = await runServer({ ...host, AUZOLAN_DATA: folder, AUZOLAN_DATABASE_URL: away })
    expect([code, output]).toEqual([3, expect.stringMatching(/^The database .* nothing answers there/)])
  })

  it('has its password in no line of the log', () => {
    expect(server.output()).not.toBe('')
    expect(server.output()).not.toContain(password())
  })
})
