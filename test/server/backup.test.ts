/** Backups of a server that people write on: made, tried out, damaged, and brought back, by the command itself. */
import { createHash } from 'node:crypto'
import {
  copyFile,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { create, extract } from 'tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type * as Y from 'yjs'
import { openPage } from '../support/page.ts'
import { runServer, startTestServer, temporaryFolder, until, type TestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'
import { holdOnly } from '@auzolan/server/src/journal/sqlite/only-one.ts'
import { RefusedBackup } from '@auzolan/server/src/backup/refused.ts'
import { tryBackup } from '@auzolan/server/src/backup/restore.ts'

const WRITER = 'komunikazio-arduraduna'
let server: TestServer & { stop(): Promise<void> }
let folder: string
beforeAll(async () => {
  server = await startTestServer()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Made {
  readonly ok: boolean
  readonly path: string
  readonly sha256: string
  readonly encrypted: boolean
  readonly faults: readonly string[]
  readonly removed: readonly string[]
  readonly counts: { readonly documents: number }
}
async function asked<T>(...words: string[]): Promise<T & { code: number | null }> {
  const { code, output } = await runServer({}, ...words, '--json')
  return { ...(JSON.parse(output.split('\n').find((line) => line.startsWith('{'))!) as T), code }
}
const backup = (to: string, ...more: string[]): Promise<Made & { code: number | null }> =>
  asked<Made>('backup', '--data', server.dataFolder, '--to', to, ...more)
const tried = (archive: string, ...more: string[]) =>
  asked<{ ok: boolean; faults?: string[]; error?: string }>('verify', archive, '--scratch', folder, ...more)
/** What is wrong with an archive, without a process for each. */
const faultsOf = (archive: string): Promise<readonly string[]> =>
  tryBackup({ archive, keyFile: null, scratch: folder, now: () => new Date(), progress: () => {} }).then(
    ({ faults }) => faults,
    (error: unknown) => {
      if (error instanceof RefusedBackup) return [error.message]
      throw error
    },
  )
const room = (name: string): string => join(folder, name)

/** Everything that is in a database, by its hash, table by table; but what a start or a restoring writes anew. */
function hashed(data: string): Record<string, string> {
  const db = new Database(join(data, 'auzolan.sqlite'), { readonly: true })
  const tables = db
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .pluck()
    .all() as string[]
  const rows = tables.map((table): [string, string] => {
    const hash = createHash('sha256')
    const columns = (db.pragma(`table_info("${table}")`) as { name: string }[])
      .map(({ name }) => name)
      .filter((name) => !(table === 'channel' && name.startsWith('epoch')))
    const known = table === 'audit' ? "WHERE action <> 'data.restore'" : ''
    const sorted = columns.map((_, i) => i + 1).join(', ')
    for (const row of db
      .prepare(
        `SELECT ${columns.map((c) => `"${c}"`).join(', ')} FROM "${table}" ${known} ORDER BY ${sorted}`,
      )
      .raw()
      .iterate())
      hash.update(JSON.stringify(row))
    return [table, hash.digest('hex')]
  })
  db.close()
  return Object.fromEntries(rows)
}

describe('[BK1] a backup', () => {
  it('is made while people write: what was acknowledged before is in it, and it is whole', async () => {
    const document = await server.plan()
    const writer = await openWriter(server, WRITER, document)
    const marks: string[] = []
    let writing = true
    const text = (doc: Y.Doc): Y.Text => doc.getText('identity.title:es')
    const work = (async () => {
      for (let i = 0; writing; i++) {
        const [update] = writer.edit((doc) => text(doc).insert(0, `«${i}»`))
        expect(await writer.write(update!)).toBe(null)
        marks.push(`«${i}»`)
      }
    })()
    await until(() => marks.length > 20, 'some edits are acknowledged')
    const before = [...marks]
    const made = await backup(room('live'))
    writing = false
    await work
    await writer.close()
    expect(made).toMatchObject({ code: 0, ok: true, encrypted: false, faults: [], removed: [] })
    expect(marks.length).toBeGreaterThan(before.length)
    expect((await tried(made.path)).faults).toEqual([])

    const back = room('live-back')
    expect((await runServer({}, 'restore', made.path, '--data', back)).code).toBe(0)
    const second = await startTestServer(null, { AUZOLAN_DATA: back })
    const page = await openWriter(second, WRITER, document)
    const read = text(page.doc).toString()
    expect(before.filter((mark) => !read.includes(mark))).toEqual([])
    await page.close()
    await second.stop()
  }, 120_000)

  it('brought back is equal by hash, row by row, and says in the audit that it was', async () => {
    const still = await startTestServer()
    await still.terminate()
    const made = await asked<Made>('backup', '--data', still.dataFolder, '--to', room('still'))
    const back = room('still-back')
    expect((await runServer({}, 'restore', made.path, '--data', back)).code).toBe(0)
    expect(hashed(back)).toEqual(hashed(still.dataFolder))
    for (const name of await readdir(join(still.dataFolder, 'files'), { recursive: true })) {
      const file = join(still.dataFolder, 'files', name)
      if ((await stat(file)).isFile())
        expect(await readFile(join(back, 'files', name))).toEqual(await readFile(file))
    }
    expect(await readFile(join(back, 'signing-keys.json'))).toEqual(
      await readFile(join(still.dataFolder, 'signing-keys.json')),
    )
    expect((await stat(join(back, 'signing-keys.json'))).mode & 0o777).toBe(0o600)
    const db = new Database(join(back, 'auzolan.sqlite'), { readonly: true })
    expect(db.prepare("SELECT count(*) FROM audit WHERE action = 'data.restore'").pluck().get()).toBe(1)
    db.close()
    expect((await runServer({}, 'audit', 'verify', back)).code).toBe(0)
    await still.stop()
  })

  it('lies beside its hash as sha256sum reads it, for its owner alone', async () => {
    const made = await backup(room('alone'))
    const hash = createHash('sha256')
      .update(await readFile(made.path))
      .digest('hex')
    expect(made.sha256).toBe(hash)
    expect(await readFile(`${made.path}.sha256`, 'utf8')).toBe(`${hash}  ${made.path.split('/').at(-1)}\n`)
    for (const path of [made.path, `${made.path}.sha256`]) expect((await stat(path)).mode & 0o077).toBe(0)
    expect((await readdir(room('alone'))).length).toBe(2)
  })

  it.each([
    [2, 1],
    [3, 0],
  ])('with --keep %i of three archives takes the %i oldest away, and nothing else', async (keep, gone) => {
    const to = room(`keep-${keep}`)
    await mkdir(to)
    const older = ['auzolan-20200101T000000Z.tar', 'auzolan-20210101T000000Z.tar.age']
    for (const name of [...older, 'auzolan-notes.tar', 'other.tar']) await writeFile(join(to, name), '')
    const made = await backup(to, '--keep', String(keep))
    expect(made.removed.map((path) => path.split('/').at(-1))).toEqual(older.slice(0, gone))
    expect(await readdir(to)).toEqual(expect.arrayContaining(['auzolan-notes.tar', 'other.tar']))
  })

  it('with --keep never takes away the one it has made, whatever the clock said before', async () => {
    const to = room('clock')
    await mkdir(to)
    await writeFile(join(to, 'auzolan-20990101T000000Z.tar'), '')
    const made = await backup(to, '--keep', '1')
    expect(made.removed).toEqual([join(to, 'auzolan-20990101T000000Z.tar')])
    expect((await readdir(to)).filter((name) => name.endsWith('.tar'))).toEqual([made.path.split('/').at(-1)])
  })

  it('takes away what a killed one has left there a day ago, and nothing else', async () => {
    const to = room('left')
    await mkdir(to)
    const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000)
    const left = ['auzolan-20260101T000000Z.tar.part', 'auzolan-20260101T000000Z.tar.age.part']
    const others = ['auzolan-20260102T000000Z.tar.part', 'mine.tar.part', 'auzolan-20260103T000000Z.tar']
    for (const name of [...left, ...others]) await writeFile(join(to, name), '')
    for (const name of [...left, ...others.slice(1)]) await utimes(join(to, name), yesterday, yesterday)
    const { path } = await backup(to)
    const made = path.slice(to.length + 1)
    expect((await readdir(to)).sort()).toEqual([...others, made, `${made}.sha256`].sort())
  })

  it('says that the key is gone, and takes no older one away, which may have it', async () => {
    const { path } = await backup(room('with-key'))
    expect((await runServer({}, 'restore', path, '--data', room('keyless'))).code).toBe(0)
    await rm(join(room('keyless'), 'signing-keys.json'))
    const made = await asked<Made>(
      ...['backup', '--data', room('keyless'), '--to', room('with-key'), '--keep', '1'],
    )
    expect(made).toMatchObject({ code: 1, removed: [] })
    expect(made.faults).toEqual([expect.stringMatching(/keyless\/signing-keys\.json is missing/)])
  })
  it('is not put where it would be lost with the data', async () => {
    const { code, output } = await runServer(
      {},
      ...['backup', '--data', server.dataFolder, '--to', join(server.dataFolder, 'backups')],
    )
    expect([code, output]).toEqual([2, expect.stringContaining('is in the data folder')])
  })
  it('names a file that is gone, copies the rest and takes nothing away: exit code 1', async () => {
    const still = await startTestServer()
    await still.terminate()
    const files = join(still.dataFolder, 'files')
    const [one] = (await readdir(files)).filter((name) => name.length === 2)
    await rename(join(files, one!), join(files, `${one}-aside`))
    await mkdir(room('gone'))
    await writeFile(join(room('gone'), 'auzolan-20200101T000000Z.tar'), '')
    const made = await asked<Made>('backup', '--data', still.dataFolder, '--to', room('gone'), '--keep', '1')
    expect(made).toMatchObject({
      removed: [],
      code: 1,
      ok: false,
      faults: [expect.stringMatching(`^file ${one}.* is missing`)],
    })
    expect((await tried(made.path)).faults).toEqual([expect.stringMatching(`^file: ${one}.* is missing`)])
    await still.stop()
  })

  it.each<[string, () => string[]]>([
    ['of a folder without data', () => ['backup', '--data', folder, '--to', room('none')]],
    ['of nothing that is there', () => ['backup', '--data', '/nowhere', '--to', room('none')]],
    ['without a place', () => ['backup', '--data', server.dataFolder]],
    [
      'for no public key',
      () => ['backup', '--data', server.dataFolder, '--to', room('none'), '--recipient', 'age1zz'],
    ],
    [
      'with none to be kept',
      () => ['backup', '--data', server.dataFolder, '--to', room('none'), '--keep', '0'],
    ],
  ])('%s is refused with a sentence: exit code 2', async (_, words) => {
    const { code, output } = await runServer({}, ...words())
    expect(code).toBe(2)
    expect(output).not.toMatch(/^\s+at |Error:.*Error:/m)
    expect(await readdir(room('none')).catch(() => [])).toEqual([])
  })
  it('for the secret half of a key is refused, and the key not repeated', async () => {
    const secret = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX'
    for (const given of [secret, ` ${secret}`, `# created\n${secret}\n`, `age ${secret.toLowerCase()}`]) {
      const { code, output } = await runServer(
        {},
        ...['backup', '--data', server.dataFolder, '--to', room('none'), '--recipient', given],
      )
      expect(code).toBe(2)
      expect(output.toLowerCase()).not.toContain(secret.toLowerCase())
    }
  })
})

describe('[BK2] an encrypted one', () => {
  let key: { file: string; recipient: string }
  let path: string
  beforeAll(async () => {
    key = await asked('backup-key', room('key.txt'))
    const made = await backup(room('sealed'), '--recipient', key.recipient)
    expect(made).toMatchObject({ code: 0, encrypted: true })
    path = made.path
  })
  it('is whole with its key, which nobody else may read and nobody writes over', async () => {
    expect(await tried(path, '--key-file', key.file)).toMatchObject({ code: 0, ok: true, faults: [] })
    expect((await stat(key.file)).mode & 0o777).toBe(0o600)
    expect((await runServer({}, 'backup-key', key.file)).code).toBe(2)
  })
  it('holds nothing that can be read without it', async () => {
    const bytes = await readFile(path)
    for (const word of ['SQLite format 3', 'manifest.json', 'PRIVATE KEY', 'Haranberri'])
      expect(bytes.includes(word), word).toBe(false)
  })
  it('needs its key, and no other', async () => {
    expect(await tried(path)).toMatchObject({ code: 2, error: expect.stringContaining('is encrypted') })
    await asked('backup-key', room('other.txt'))
    expect(await tried(path, '--key-file', room('other.txt'))).toMatchObject({
      code: 2,
      error: expect.stringContaining('not made for this key'),
    })
    await writeFile(room('no-key.txt'), 'hello\n')
    expect((await tried(path, '--key-file', room('no-key.txt'))).code).toBe(2)
  })
  it('for two people is opened by either', async () => {
    const second = await asked<typeof key>('backup-key', room('second.txt'))
    const both = await backup(room('both'), '--recipient', key.recipient, '--recipient', second.recipient)
    for (const { file } of [key, second]) expect((await tried(both.path, '--key-file', file)).code).toBe(0)
  })
})

describe('[BK3] a damaged one', () => {
  let path: string
  beforeAll(async () => {
    path = (await backup(room('whole'))).path
  })
  it('is found wherever a byte of it was changed', async () => {
    const bytes = await readFile(path)
    const copy = room('changed.tar')
    // The padding after a file and the end of the archive hold nothing; everywhere else a change shows.
    const unseen: number[] = []
    for (let i = 1; i <= 24; i++) {
      const at = Math.floor((bytes.length * i) / 26)
      const changed = Buffer.from(bytes)
      changed[at] = changed[at]! ^ 0xff
      await writeFile(copy, changed)
      if ((await faultsOf(copy)).length === 0) unseen.push(at)
    }
    expect(unseen).toEqual([])
  }, 120_000)
  it.each([0, 100, 5_000, 500_000])(
    'cut off after %i bytes is refused, and nothing is brought back',
    async (bytes) => {
      const copy = room(`cut-${bytes}.tar`)
      await copyFile(path, copy)
      await truncate(copy, bytes)
      expect((await tried(copy)).code).not.toBe(0)
      const back = room(`cut-${bytes}-back`)
      expect((await runServer({}, 'restore', copy, '--data', back)).code).toBe(2)
      expect(await stat(back).catch(() => null)).toBe(null)
    },
  )
  it('is called so when its end was damaged while files were still being written, and leaves nothing', async () => {
    const bytes = await readFile(path)
    const copy = room('end.tar')
    for (const before of [100, 600, 1_000]) {
      const changed = Buffer.from(bytes)
      const at = changed.length - before
      changed[at] = changed[at]! ^ 0xff
      await writeFile(copy, changed)
      await faultsOf(copy)
      expect((await readdir(folder)).filter((name) => name.startsWith('auzolan-verify-'))).toEqual([])
    }
  })
  it('with a file that is not in its list is refused', async () => {
    const within = room('within')
    await mkdir(join(within, 'files', 'aa'), { recursive: true })
    await extract({ file: path, cwd: within })
    const more = `files/aa/${'0'.repeat(62)}`
    await mkdir(join(within, 'files', 'aa'), { recursive: true })
    await writeFile(join(within, more), 'more')
    await create({ file: room('more.tar'), cwd: within }, ['manifest.json', ...(await readdir(within))])
    expect(await faultsOf(room('more.tar'))).toEqual([`${more} is in the archive, and not in its list`])
    const { code, output } = await runServer({}, 'restore', room('more.tar'), '--data', room('more-back'))
    expect([code, output]).toEqual([2, expect.stringContaining('not in its list')])
    expect(await stat(room('more-back')).catch(() => null)).toBe(null)
  })
  it('with more in it than it says writes nothing of that, in the folder or out of it', async () => {
    const hostile = room('hostile')
    await mkdir(join(hostile, 'in'), { recursive: true })
    await writeFile(join(hostile, 'outside'), 'outside')
    await writeFile(join(hostile, 'in', 'signing-keys.lost'), '')
    await symlink('/tmp', join(hostile, 'in', 'files'))
    const archive = room('hostile.tar')
    await create({ file: archive, cwd: join(hostile, 'in'), preservePaths: true }, [
      'signing-keys.lost',
      'files',
      '../outside',
    ])
    const back = room('hostile-back')
    const { code, output } = await runServer({}, 'restore', archive, '--data', back)
    expect([code, output]).toEqual([2, expect.stringContaining('is no backup of Auzolan')])
    expect(await stat(back).catch(() => null)).toBe(null)
    expect(await stat(room('outside')).catch(() => null)).toBe(null)
  })
})

describe('[BK4] bringing back', () => {
  it('fills a folder that is empty, a link to one too, and leaves nothing but the data', async () => {
    const { path } = await backup(room('empty'))
    await mkdir(room('target'))
    await symlink(room('target'), room('link'))
    expect((await runServer({}, 'restore', path, '--data', room('link'))).code).toBe(0)
    expect((await readdir(room('target'))).filter((name) => !name.startsWith('auzolan.sqlite'))).toEqual([
      'files',
      'signing-keys.json',
    ])
  })

  it('takes the root of a disk, and what a killed one has left, for nothing', async () => {
    const { path } = await backup(room('disk'))
    const disk = room('disk-root')
    await mkdir(join(disk, 'lost+found'), { recursive: true })
    await mkdir(join(disk, '.filling-killed'))
    await writeFile(join(disk, '.filling-killed', 'auzolan.sqlite'), 'half')
    expect((await runServer({}, 'restore', path, '--data', disk)).code).toBe(0)
    expect((await readdir(disk)).filter((name) => !name.startsWith('auzolan.sqlite'))).toEqual([
      'files',
      'lost+found',
      'signing-keys.json',
    ])
  })

  it('fills no folder that somebody else is filling, or that a server has begun to use', async () => {
    const { path } = await backup(room('held'))
    const held = room('held-folder')
    await mkdir(held)
    const letGo = holdOnly(join(held, 'auzolan.sqlite'), 0)
    const { code, output } = await runServer({}, 'restore', path, '--data', held)
    letGo()
    expect([code, output]).toEqual([2, expect.stringContaining('is in use')])
    expect((await runServer({}, 'restore', path, '--data', held)).code).toBe(0)
  })

  it('writes over nothing that is there', async () => {
    const { path } = await backup(room('over'))
    const there = room('there')
    await mkdir(there)
    await writeFile(join(there, 'note'), 'mine')
    const { code, output } = await runServer({}, 'restore', path, '--data', there)
    expect([code, output]).toEqual([2, expect.stringContaining('is not empty')])
    expect(await readdir(there)).toEqual(['note'])
    expect((await runServer({}, 'restore', path, '--data', server.dataFolder)).code).toBe(2)
  })

  it('keeps what was written after it as a draft of whoever wrote it, and mixes nothing in', async () => {
    const own = await startTestServer()
    const document = await own.plan()
    const { path } = await asked<Made>('backup', '--data', own.dataFolder, '--to', room('earlier'))
    let begun = false
    const page = await openPage(own, WRITER, document, { onBeginAgain: () => (begun = true) })
    const title = (doc: Y.Doc): Y.Text => doc.getText('identity.title:es')
    await page.ready
    title(page.doc).insert(0, 'Después de la copia. ')
    await until(() => page.ledger().waiting === 0, 'it is on the server')
    await own.terminate()
    await rename(own.dataFolder, `${own.dataFolder}-aside`)
    expect((await runServer({}, 'restore', path, '--data', own.dataFolder)).code).toBe(0)
    await own.start()
    // The page is told to build its document anew, as it is after every new epoch.
    await until(() => begun, 'the page begins again', 60_000)
    await page.close()
    const anew = await openPage(own, WRITER, document)
    await anew.ready
    await until(
      () => anew.ledger().drafts.some(({ unfinished, fields }) => !unfinished && fields.length > 0),
      'there is a draft of what the backup lacks',
    )
    expect(
      anew
        .ledger()
        .drafts.flatMap(({ fields }) => fields.map(({ text }) => text))
        .join(),
    ).toContain('Después de la copia.')
    expect(title(anew.doc).toString()).not.toContain('Después')
    await anew.close()
    const other = await openWriter(own, WRITER, document)
    expect(title(other.doc).toString()).not.toContain('Después')
    await other.close()
    await own.stop()
    await rm(`${own.dataFolder}-aside`, { recursive: true })
  }, 120_000)
})
