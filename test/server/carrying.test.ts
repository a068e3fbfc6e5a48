/** A lived-in house carried from its folder into a PostgreSQL and back: all of it, or nothing; and it goes on there. */
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLivedIn, type LivedIn } from '../support/lived-in.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { NO_POSTGRES, ask, emptyDatabase, freshDatabase, type TestDatabase } from '../support/postgres.ts'
import { runServer, startTestServer, temporaryFolder } from '../support/server.ts'

interface Told {
  ok: boolean
  error?: string
  files: number
  faults: string[]
  tables: { [name: string]: { rows: number; sha256: string } }
}

describe.skipIf(NO_POSTGRES)('a house that is carried', { timeout: 240_000 }, () => {
  let lived: LivedIn
  let root: string
  let source: string
  let database: TestDatabase
  const command = async (
    url: string,
    ...words: string[]
  ): Promise<{ code: number | null; told: Told; output: string }> => {
    const { code, output } = await runServer({ AUZOLAN_DATABASE_URL: url }, ...words, '--json')
    const line = output.split('\n').find((one) => one.startsWith('{'))
    return { code, output, told: JSON.parse(line ?? '{}') as Told }
  }
  const carry = (url: string, folder = source) => command(url, 'migrate', '--data', folder)
  const hashes = async (folder: string): Promise<string[]> => {
    const names = (await readdir(folder, { recursive: true, withFileTypes: true }))
      .filter((one) => one.isFile() && !/-(wal|shm)$|\.lock/.test(one.name))
      .map((one) => join(one.parentPath, one.name))
    return Promise.all(
      names.sort().map(
        async (name) =>
          `${name} ${createHash('sha256')
            .update(await readFile(name))
            .digest('hex')}`,
      ),
    )
  }
  const tablesIn = async (url: string): Promise<number> =>
    (
      await ask<{ n: string }>(
        url,
        `SELECT count(*) AS n FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
      )
    ).map(({ n }) => Number(n))[0]!

  beforeAll(async () => {
    root = await temporaryFolder()
    lived = await startLivedIn()
    await lived.live()
    source = lived.folder
  })
  afterAll(async () => {
    await database?.drop()
    await lived.stop()
    await rm(root, { recursive: true, force: true })
  })

  it('[MN1] is not while its server runs', async () => {
    database = await emptyDatabase()
    const { code, told } = await carry(database.url)
    expect([code, told.error]).toEqual([2, `${source} is in use: stop the server that runs on it first.`])
    expect(await tablesIn(database.url)).toBe(0)
  })

  it('[MN1] arrives whole, and stays where it was, as it was', async () => {
    expect(await lived.server.terminate()).toBe(0)
    const before = await hashes(source)
    const { code, told, output } = await carry(database.url)
    expect([code, told.faults], output).toEqual([0, []])
    expect(told.files).toBeGreaterThan(0)
    for (const table of ['entry', 'decision', 'audit', 'passage', 'author', 'setting'])
      expect(told.tables[table]!.rows, table).toBeGreaterThan(0)
    expect(await hashes(source)).toEqual(before)
  })

  it('[MN2] is not mixed with what is there', async () => {
    const { code, told } = await carry(database.url)
    expect(code).toBe(2)
    expect(told.error).toMatch(/is not empty \(there are rows in \w+\)/)
    const password = new URL(database.url).password
    expect(told.error).not.toContain(password)
  })

  it('[MN3] is the same when it has come back, down to what the audit vouches for', async () => {
    const [first, folder] = [await carry((await emptyAgain()).url), join(root, 'back')]
    expect(first.code).toBe(0)
    const { code, told, output } = await command(spare!.url, 'migrate', '--back', '--data', folder)
    expect([code, told.faults], output).toEqual([0, []])
    expect(told.tables).toEqual(first.told.tables)
    // For nobody else on the machine, whatever was usual in the shell.
    for (const path of [folder, join(folder, 'auzolan.sqlite'), join(folder, 'files')])
      expect([path, (await stat(path)).mode & 0o007]).toEqual([path, 0])
    const audit = await runServer({}, 'audit', 'verify', folder)
    expect([audit.code, audit.output]).toEqual([0, expect.stringContaining('Whole')])
    const there = await runServer({ AUZOLAN_DATABASE_URL: spare!.url }, 'audit', 'verify')
    expect([there.code, there.output]).toEqual([0, expect.stringContaining('Whole')])
  })
  let spare: TestDatabase | null = null
  const emptyAgain = async (): Promise<TestDatabase> => {
    await spare?.drop()
    return (spare = await emptyDatabase())
  }
  afterAll(() => spare?.drop())

  it('[MN1] leaves nothing where it could not be put whole', async () => {
    const folder = join(root, 'odd')
    await cp(source, folder, { recursive: true })
    const db = new Database(join(folder, 'auzolan.sqlite'))
    // No text of PostgreSQL can hold it.
    db.prepare('INSERT INTO setting (key, value) VALUES (?, ?)').run('odd', 'a\0b')
    db.close()
    const { url } = await emptyAgain()
    const { code, told } = await carry(url, folder)
    expect(code).toBe(2)
    expect(told.error).toMatch(/^Nothing was carried: the table setting: /)
    expect(await tablesIn(url)).toBe(0)
  })

  it('[MN1] says which file was lost before, and carries the rest', async () => {
    const folder = join(root, 'lossy')
    await cp(source, folder, { recursive: true })
    const [start] = (await readdir(join(folder, 'files'))).filter((name) => /^[0-9a-f]{2}$/.test(name))
    await rm(join(folder, 'files', start!), { recursive: true })
    const { code, told } = await carry((await emptyAgain()).url, folder)
    expect(code).toBe(1)
    expect(told.faults[0]).toMatch(/^file [0-9a-f]{64} is missing/)
  })

  it('[MN1] has a folder on which no node starts, whose files are still there afterwards', async () => {
    const settings = {
      AUZOLAN_DATABASE_URL: database.url,
      AUZOLAN_DATA: source,
      AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
      AUZOLAN_SECRET: NEXTCLOUD.secret,
    }
    const files = (): Promise<string[]> => hashes(join(source, 'files'))
    const before = await files()
    const { code, output } = await runServer(settings)
    expect([code, output]).toEqual([2, expect.stringContaining('then move the folder away')])
    expect(before.length).toBeGreaterThan(0)
    expect(await files()).toEqual(before)
    const doctor = await runServer(settings, 'doctor')
    expect(doctor.output).toMatch(/folder +AUZOLAN_DATABASE_URL is set, and .* holds the data/)
  })

  it('goes on there: a node reads what was written, and has nothing in its folder but places for files and for what Node makes of the program', async () => {
    const documents = async (url: string) => {
      const token = await lived.sign({ person: 'edurne' })
      const answer = await fetch(`${url}/api/v1/documents`, { headers: { authorization: `Bearer ${token}` } })
      return (await answer.json()) as { id: string }[]
    }
    const host = { url: 'https://cloud.haranberri.example', secret: NEXTCLOUD.secret }
    const more = { AUZOLAN_NEXTCLOUD_INTERNAL_URL: lived.nextcloud.url }
    const folder = join(root, 'node')
    await mkdir(folder)
    const node = await startTestServer(host, {
      ...more,
      AUZOLAN_DATA: folder,
      AUZOLAN_DATABASE_URL: database.url,
    })
    const there = await documents(node.url)
    expect((await readdir(folder)).sort()).toEqual(['compiled', 'near'])
    await node.stop()
    await lived.server.start()
    expect(there.map(({ id }) => id)).toEqual((await documents(lived.server.url)).map(({ id }) => id))
    expect(there.length).toBeGreaterThan(0)
  })

  it('[MN4] is written down in open formats from there, and made of them there', async () => {
    const out = join(root, 'out')
    const written = await runServer({ AUZOLAN_DATABASE_URL: database.url }, 'export', '--to', out)
    expect([written.code, written.output]).toEqual([0, expect.stringMatching(/\d+ documents in \d+ files\./)])
    const fresh = await emptyDatabase()
    const read = await runServer({ AUZOLAN_DATABASE_URL: fresh.url }, 'import', out)
    expect([read.code, read.output]).toEqual([0, expect.stringMatching(/holds \d+ documents/)])
    const [{ n } = { n: '0' }] = await ask<{ n: string }>(fresh.url, 'SELECT count(*) AS n FROM document')
    expect(Number(n)).toBeGreaterThan(0)
    await fresh.drop()
  })

  it('is backed up by what PostgreSQL has for it', async () => {
    const { code, output } = await runServer(
      { AUZOLAN_DATABASE_URL: database.url },
      'backup',
      '--to',
      join(root, 'archives'),
    )
    expect(code).toBe(2)
    expect(output).toContain('pg_dump')
  })
})

describe.skipIf(NO_POSTGRES)('a database that is made', () => {
  it('has the same tables, whether it is made at once or carried into', async () => {
    const [made, { url, drop }] = [await freshDatabase(), await emptyDatabase()]
    const folder = await temporaryFolder()
    const server = await startTestServer(null, { AUZOLAN_DATA: folder })
    await server.stop()
    expect((await runServer({ AUZOLAN_DATABASE_URL: url }, 'migrate', '--data', folder)).code).toBe(0)
    const columns = `SELECT table_name, column_name, data_type, is_nullable, column_default, collation_name
      FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2`
    expect(await ask(url, columns)).toEqual(await ask(made.url, columns))
    await drop()
    await made.drop()
    await rm(folder, { recursive: true })
  })
})
