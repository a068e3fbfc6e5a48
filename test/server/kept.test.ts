/** What is kept: the list of kinds holds every table and file there is, and what administrators are told of them is true. */
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERSION } from '@auzolan/shared/build.ts'
import { BUILTIN_EDITION } from '@auzolan/shared/protocol/reference.ts'
import { KINDS, type DataAndServer } from '@auzolan/shared/protocol/kept.ts'
import { JOURNAL, REFERENCE_LISTS } from '@auzolan/server/src/container.ts'
import { makeBackup } from '@auzolan/server/src/backup/make.ts'
import { noteBackup } from '@auzolan/server/src/backup/state.ts'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { KEPT_KINDS, SHARED_KINDS, kindOfFile, kindOfTable } from '@auzolan/server/src/kept/kinds.ts'
import { KeptData, type KeptPorts } from '@auzolan/server/src/kept/kept.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { startReviewed, type Reviewed } from '../support/reviewed.ts'
import { temporaryFolder, until } from '../support/server.ts'

function tablesNow(): string[] {
  const db = new Database(':memory:')
  MIGRATIONS.forEach((step) => db.exec(step))
  const found = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all() as string[]
  db.close()
  return found
}

let house: Reviewed
let folder: string
beforeAll(async () => {
  folder = await temporaryFolder()
  house = await startReviewed({ AUZOLAN_DATA: folder })
  await house.describe()
  await house.decided(await house.plan())
}, 60_000)
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

/** A page that begins: what another one had read a moment ago is not asked for. */
const fresh = (more: Partial<KeptPorts> = {}): KeptData =>
  new KeptData({
    folder,
    nextcloud: null,
    warnings: [],
    storage: async () => ({ writable: true, freeBytes: 1_000_000_000_000 }),
    lists: house.server.container.resolve(REFERENCE_LISTS),
    log: { warn: () => {} },
    now: () => new Date(),
    ...more,
  })
const kind = (told: DataAndServer, id: string) => told.kinds.find((one) => one.id === id)!

describe('[DS1] the list of kinds', () => {
  it('has every table of the database, each in one kind, and none that is not there', () => {
    const tables = tablesNow()
    expect(tables.filter((table) => kindOfTable(table) === null)).toEqual([])
    const listed = KEPT_KINDS.flatMap((one) => one.tables)
    expect(listed.filter((table) => !tables.includes(table))).toEqual([])
    expect(listed.filter((table, i) => listed.indexOf(table) !== i)).toEqual([])
    expect(kindOfTable('a_table_of_tomorrow')).toBeNull()
  })

  it('has the tables that only a shared database has, and no file of a single server', () => {
    const listed = SHARED_KINDS.flatMap((one) => one.tables)
    expect(listed.filter((table, i) => listed.indexOf(table) !== i)).toEqual([])
    for (const table of ['file_bytes', 'signing_key']) expect(listed).toContain(table)
    expect(SHARED_KINDS.flatMap((one) => one.files)).toEqual(['near', 'compiled'])
    expect(
      SHARED_KINDS.filter(({ protection }) => protection.includes('account')).map(({ id }) => id),
    ).toEqual(['technical'])
    expect(kindOfTable('signing_key', SHARED_KINDS)?.id).toBe('keys')
  })

  it('has every kind that has words, each once', () => {
    expect(KEPT_KINDS.map(({ id }) => id).sort()).toEqual([...KINDS].sort())
  })

  it('has every file that a server at work leaves in its folder', async () => {
    await makeBackup({
      folder,
      to: join(folder, '..', `${folder.split('/').at(-1)!}-backups`),
      recipients: [],
      keep: null,
      now: () => new Date(),
      progress: () => {},
    }).then(({ path }) => rm(join(path, '..'), { recursive: true }))
    const names = (await readdir(folder)).filter((name) => name !== 'auzolan.sqlite')
    expect(names).toContain('signing-keys.json')
    expect(names.filter((name) => kindOfFile(name) === null)).toEqual([])
  })
})

describe('[DS2] administrators of Nextcloud are told', () => {
  it('and nobody else', async () => {
    expect(await house.outcome(null, 'GET', '/administration/data')).toEqual([401, 'TICKET_MISSING'])
    for (const who of ['ane', 'mayor', 'outsider'] as const)
      expect(await house.outcome(who, 'GET', '/administration/data')).toEqual([403, 'NOT_ALLOWED'])
    expect((await house.call('root', 'GET', '/administration/data')).status).toBe(200)
  })

  it('nothing that is a secret', async () => {
    const { text } = await house.call('root', 'GET', '/administration/data')
    expect(text).not.toContain(NEXTCLOUD.secret)
    expect(text).not.toMatch(/BEGIN (PRIVATE|OPENSSH)|privateKey/)
  })
})

describe('[DS3] sizes', () => {
  it('of the kinds in the database come to the size of the database, to the byte', async () => {
    const told = await fresh().tell()
    const files = ['files', 'keys', 'upgradeCopies', 'technical']
    const pure = told.kinds.filter(({ id, place }) => place === 'server' && !files.includes(id))
    const db = new Database(join(folder, 'auzolan.sqlite'), { readonly: true })
    const one = (sql: string): number => db.prepare(sql).pluck().get() as number
    const whole = one('SELECT page_count * page_size FROM pragma_page_count, pragma_page_size')
    const sizeOf = (where: string): number => one(`SELECT sum(pgsize) FROM dbstat WHERE ${where}`)
    expect(told.server.databaseBytes).toBe(whole)
    const named = sizeOf(
      `name NOT IN ('sqlite_schema', 'sqlite_sequence', 'file', 'file_sha256', 'file_unnamed')
       AND name NOT LIKE 'sqlite_autoindex_file%'`,
    )
    expect(pure.reduce((sum, { bytes }) => sum + bytes!, 0)).toBe(named)
    expect(kind(told, 'audit').count).toBe(one('SELECT count(*) FROM audit'))
    expect(kind(told, 'versions')).toMatchObject({ count: 1, protection: ['account', 'signed'] })
    db.close()
  })

  it('of files are those on the disk', async () => {
    const before = await fresh().tell()
    await mkdir(join(folder, 'files', 'ab'), { recursive: true })
    await writeFile(join(folder, 'files', 'ab', 'c'.repeat(62)), Buffer.alloc(70_000))
    const told = await fresh().tell()
    expect(told.server.filesBytes! - before.server.filesBytes!).toBe(70_000)
    expect(kind(told, 'files').bytes! - kind(before, 'files').bytes!).toBe(70_000)
    expect(kind(told, 'upgradeCopies')).toMatchObject({
      files: ['auzolan.sqlite.before-upgrade-*'],
      bytes: 0,
      count: 0,
    })
    await rm(join(folder, 'files', 'ab'), { recursive: true })
  })

  it('are read once for all who ask at once, and not anew for a while', async () => {
    let times = 0
    const kept = fresh({
      readFolder: async () => {
        times += 1
        throw new Error('not now')
      },
    })
    await Promise.all([kept.tell(), kept.tell()])
    await kept.tell()
    expect(times).toBe(1)
  })
})

describe('[DS4] what cannot be read', () => {
  it('is unknown, and it is said since when', async () => {
    const warned: string[] = []
    const told = await fresh({
      folder: join(folder, 'elsewhere'),
      now: () => new Date('2026-11-27T10:00:00Z'),
      log: { warn: ((_facts: object, what: string) => void warned.push(what)) as never },
    }).tell()
    expect(told).toMatchObject({ asOf: null, unreadSince: '2026-11-27T10:00:00.000Z' })
    expect(told.kinds.filter(({ bytes, count }) => bytes !== null || count !== null)).toEqual([])
    expect(told.server).toMatchObject({ databaseBytes: null, filesBytes: null })
    expect(warned).toHaveLength(1)
  })

  it('a database that is damaged is no reason to say that it is small', async () => {
    const other = await temporaryFolder()
    await writeFile(join(other, 'auzolan.sqlite'), 'this is none')
    const told = await fresh({ folder: other }).tell()
    expect(told.unreadSince).not.toBeNull()
    expect(kind(told, 'texts').bytes).toBeNull()
    await rm(other, { recursive: true })
  })
})

it('[DS5] backups: where the last one is, on which disk, and when one was tried out', async () => {
  const none = await fresh().tell()
  expect(none.backups).toEqual({ made: null, tested: null })
  expect(kind(none, 'archives')).toMatchObject({ files: [], bytes: null, count: null, protection: [] })

  const to = await temporaryFolder()
  const made = await makeBackup({
    folder,
    to,
    recipients: [],
    keep: null,
    now: () => new Date(),
    progress: () => {},
  })
  await noteBackup(folder, {
    made: {
      at: '2026-01-02T03:04:05.000Z',
      path: made.path,
      bytes: made.bytes,
      sha256: made.sha256,
      encrypted: false,
      faults: 0,
    },
  })
  const told = await fresh().tell()
  expect(told.backups).toMatchObject({
    made: { path: made.path, disk: 'same', late: true, encrypted: false },
    tested: null,
  })
  expect(kind(told, 'archives')).toMatchObject({
    files: [to],
    bytes: made.bytes,
    count: 1,
    protection: ['plain'],
  })
  expect(told.checks).toContainEqual({ check: 'backups', state: 'warning' })

  await rename(to, `${to}-away`)
  const away = await fresh().tell()
  expect(away.backups.made?.disk).toBe('unseen')
  expect(kind(away, 'archives')).toMatchObject({ bytes: null, count: null })
  await rm(`${to}-away`, { recursive: true })
  await rm(join(folder, 'backups.json'))
})

describe('[DS6] what the server connects to', () => {
  it('is its Nextcloud: what for, how often and when last', async () => {
    let told!: DataAndServer
    await until(async () => {
      const { json } = await house.call<DataAndServer>('root', 'GET', '/administration/data')
      told = json
      return json.nextcloud?.standing === 'ok'
    }, 'Nextcloud has answered')
    expect(told.nextcloud).toMatchObject({
      url: NEXTCLOUD.url,
      reachedAt: house.nextcloud.url,
      address: '127.0.0.1',
      sameMachine: true,
    })
    const pings = told.nextcloud!.calls.find(({ what }) => what === 'ping')!
    expect(pings.times).toBeGreaterThan(0)
    expect(pings.answeredAt).toBe(pings.lastAt)
    const asked = house.nextcloud.calls.map(({ path }) => path.split('?')[0]!.split('/').at(-1)!)
    expect(told.nextcloud!.calls.map(({ what }) => what).sort()).toEqual([...new Set(asked)].sort())
    expect(told.demo).toBe(false)
  })

  it('and no other part of the program can connect to anything', async () => {
    const root = fileURLToPath(new URL('../../server/src', import.meta.url))
    const found: string[] = []
    for (const file of await readdir(root, { recursive: true })) {
      if (!file.endsWith('.ts')) continue
      const source = await readFile(join(root, file), 'utf8')
      const imports = [
        ...source.matchAll(/import (?!type)([^;]*?) from 'node:(http|https|http2|net|tls|dgram)'/g),
      ]
      const connects = imports.some(([, names]) =>
        /\b(request|get|connect|createConnection|Socket|createSocket)\b/.test(names!),
      )
      const asksService = /import (?!type)[^';]*? from '(pg|@redis\/client)'/.test(source)
      if (
        connects ||
        asksService ||
        /(?<![\w.])fetch\(|\bWebSocket\(|from '(axios|undici|got|node-fetch)'/.test(source)
      )
        found.push(file)
    }
    expect(found.sort()).toEqual([
      // The database and the Redis that the settings name.
      'bus/redis.ts',
      // The command, which asks the server of this machine.
      'doctor/ask.ts',
      'journal/postgres/connecting.ts',
      // What several nodes talk over, and which of them keeps house.
      'journal/postgres/session.ts',
      // Whether its own socket is another server's.
      'listening.ts',
      'nextcloud/request.ts',
      // The demo, which asks itself.
      'standalone/relay.ts',
    ])
  })

  it('the demo has none, and nothing of Nextcloud is among its kinds', async () => {
    const told = await fresh().tell()
    expect([told.demo, told.nextcloud]).toEqual([true, null])
    expect(told.kinds.filter(({ place }) => place === 'nextcloud')).toEqual([])
  })
})

it('[DS7] versions, and the lists that it goes by with their dates', async () => {
  const told = await fresh({ warnings: ['AUZOLAN_X is not a setting'] }).tell()
  expect(told.server).toMatchObject({ version: VERSION, tables: MIGRATIONS.length, folder })
  expect(told.checks[0]).toEqual({ check: 'settings', state: 'warning' })
  const { lists } = await house.server.container.resolve(REFERENCE_LISTS).read()
  expect(told.references.find(({ list }) => list === 'networks')).toEqual({
    list: 'networks',
    verifiedOn: lists.networks.verifiedOn,
    count: lists.networks.entries.length,
  })
  expect(lists.networks.n).toBe(BUILTIN_EDITION)
})

it('[DS3] whoever writes does not wait for it', async () => {
  const { rows } = house.server.container.resolve(JOURNAL)
  const order: string[] = []
  const reading = fresh()
    .tell()
    .then(() => order.push('read'))
  await rows.selectFrom('channel').select('id').execute()
  order.push('asked')
  await reading
  expect(order).toEqual(['asked', 'read'])
})
