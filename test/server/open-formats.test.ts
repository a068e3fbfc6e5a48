/** Everything written down in open formats while people work, and a data folder made of it that reads the same. */
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newEventId } from '@auzolan/shared/comments/said.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import type { DataPackage } from '@auzolan/server/src/open-formats/format.ts'
import { runServer, startTestServer, temporaryFolder, type TestServer } from '../support/server.ts'
import { openWriter } from '../support/wire.ts'

const PERSON = 'kultura-cm'
let root: string
let demo: TestServer & { stop(): Promise<void> }
let plan: string
const at = (...names: string[]): string => join(root, ...names)
const command = async (...words: string[]) => {
  const { code, output } = await runServer({}, ...words)
  return { code, output }
}
const packageOf = async (name: string): Promise<DataPackage> =>
  JSON.parse(await readFile(at(name, 'datapackage.json'), 'utf8')) as DataPackage

beforeAll(async () => {
  root = await temporaryFolder()
  await mkdir(at('data'))
  demo = await startTestServer(null, { AUZOLAN_DATA: at('data') })
  plan = await demo.plan()
  const comments = await openWriter(demo, PERSON, plan, 'comments')
  const [said] = comments.edit((doc) => {
    const id = newEventId(doc.clientID)
    doc.getArray(COMMENTS_ROOT).push([{ id, thread: id, kind: 'comment', body: 'Hau aldatu behar da.' }])
  })
  expect(await comments.write(said!)).toBeNull()
  await comments.close()
  const text = await openWriter(demo, PERSON, plan)
  const [update] = text.edit((doc) => doc.getText('identity.title:eu').insert(0, '=Hitz "onak"\n'))
  expect(await text.write(update!)).toBeNull()
  await text.close()
}, 120_000)
afterAll(async () => {
  await demo.stop()
  await rm(root, { recursive: true, force: true })
})

describe('an export', { timeout: 120_000 }, () => {
  it('[OF1] has texts, comments, versions, rows and files, each with its hash, while the server runs', async () => {
    const { code, output } = await command('export', '--data', at('data'), '--to', at('out'))
    expect([code, output]).toEqual([0, expect.stringMatching(/\d+ documents in \d+ files\./)])
    const { resources } = await packageOf('out')
    for (const { path, bytes, hash } of resources) {
      const found = await readFile(at('out', path))
      expect([path, found.length, `sha256:${createHash('sha256').update(found).digest('hex')}`]).toEqual([
        path,
        bytes,
        hash,
      ])
    }
    const text = JSON.parse(await readFile(at('out', 'documents', plan, 'text.json'), 'utf8')) as {
      identity: { title: { eu: string } }
    }
    expect(text.identity.title.eu).toMatch(/^=Hitz "onak"\n/)
    expect(await readFile(at('out', 'documents', plan, 'comments.json'), 'utf8')).toContain(
      'Hau aldatu behar da.',
    )
    const names = resources.map(({ path }) => path)
    expect(names.some((path) => /version-\d+\.json$/.test(path))).toBe(true)
    expect(names.some((path) => /receipt-/.test(path))).toBe(true)
    expect(names).toEqual(
      expect.arrayContaining(['rows/decision.jsonl', 'rows/audit.jsonl', 'rows/score_sheet.jsonl']),
    )
  })

  it('[OF1] has no secret, no edits one by one, and nothing that is over in minutes', async () => {
    const { resources } = await packageOf('out')
    expect(
      resources
        .map(({ path }) => path)
        .filter((path) => /\/(?:entry|snapshot|spent_ticket|passage)/.test(path)),
    ).toEqual([])
    for (const { path } of resources)
      expect((await readFile(at('out', path))).includes('PRIVATE KEY')).toBe(false)
  })

  it('[OF1] is not written over anything, and leaves nothing behind that is not whole', async () => {
    const before = await readdir(root)
    expect((await command('export', '--data', at('data'), '--to', at('out'))).code).toBe(2)
    expect((await command('export', '--data', at('nowhere'), '--to', at('other'))).code).toBe(2)
    await mkdir(at('full'))
    await writeFile(at('full', 'mine'), '')
    expect((await command('export', '--data', at('data'), '--to', at('full'))).code).toBe(2)
    expect(await readdir(root)).toEqual([...before, 'full'].sort())
  })

  it('[OF2] makes a data folder that reads the same, and vouches for the same', async () => {
    expect(await command('import', at('out'), '--data', at('again'))).toMatchObject({ code: 0 })
    expect(await command('audit', 'verify', at('again'))).toMatchObject({ code: 0 })
    expect(await command('export', '--data', at('again'), '--to', at('out-again'))).toMatchObject({ code: 0 })
    const [first, second] = [await packageOf('out'), await packageOf('out-again')]
    const hashes = (of: DataPackage): Map<string, string> =>
      new Map(of.resources.map(({ path, hash }) => [path, hash]))
    const now = hashes(second)
    const differ = [...hashes(first)].filter(([path, hash]) => now.get(path) !== hash).map(([path]) => path)
    // New epochs, told in the audit; whoever wrote under which client id of a text; the rows as such are as they were.
    expect(differ).toEqual(['rows/audit.jsonl', 'rows/author.jsonl', 'rows/channel.jsonl'])
    const [was, is] = await Promise.all(
      ['out', 'out-again'].map((name) => readFile(at(name, 'rows', 'audit.jsonl'), 'utf8')),
    )
    expect(is!.startsWith(was!)).toBe(true)
  })

  it('[OF2] brings in what there is where a file had been lost before, and says so', async () => {
    const lost = (await packageOf('out')).resources.find(({ path }) => path.startsWith('files/'))!.path
    const sha256 = lost.slice('files/'.length, -'.bin'.length)
    await rm(at('again', 'files', sha256.slice(0, 2), sha256.slice(2)))
    expect(await command('export', '--data', at('again'), '--to', at('lacking'))).toMatchObject({ code: 1 })
    const { code, output } = await command('import', at('lacking'), '--data', at('lacks'))
    expect([code, output]).toEqual([1, expect.stringContaining(`${sha256} is missing`)])
    // What the export has, and what it says it has, is another thing.
    await rm(at('lacking', 'rows', 'team.jsonl'))
    expect((await command('import', at('lacking'), '--data', at('lacks-more'))).code).toBe(2)
  })

  it('[OF2] is for this account alone, also in a folder that others may open', async () => {
    await mkdir(at('open'), { mode: 0o755 })
    expect((await command('import', at('out'), '--data', at('open'))).code).toBe(0)
    for (const name of (await readdir(at('open'))).filter((one) => /^auzolan\.sqlite(-wal|-shm)?$/.test(one)))
      expect([name, (await stat(at('open', name))).mode & 0o077]).toEqual([name, 0])
  })

  it('[OF2] people go on in it, comments are by those who said them, and the old key checks old receipts', async () => {
    const again = await startTestServer(null, { AUZOLAN_DATA: at('again') })
    try {
      const writer = await openWriter(again, PERSON, plan)
      expect(writer.doc.getText('identity.title:eu').toString()).toMatch(/^=Hitz "onak"\n/)
      const [update] = writer.edit((doc) => doc.getText('identity.title:eu').insert(0, 'Berriz '))
      expect(await writer.write(update!)).toBeNull()
      await writer.close()
      const comments = await openWriter(again, PERSON, plan, 'comments')
      expect(JSON.stringify(comments.doc.getArray(COMMENTS_ROOT).toJSON())).toContain('Hau aldatu behar da.')
      await comments.close()
      const db = new Database(at('again', 'auzolan.sqlite'), { readonly: true })
      expect(
        db
          .prepare(
            'SELECT count(*) AS n FROM commenter c JOIN author a ON a.client = c.client WHERE a.channel = ? AND a.person = ? AND a.clock > 0',
          )
          .get(`${plan}/comments`, PERSON),
      ).toEqual({ n: 1 })
      db.close()
    } finally {
      await again.stop()
    }
  })

  it.each([
    ['a file that was changed', async (path: string) => writeFile(join(path, 'rows', 'team.jsonl'), '{}\n')],
    ['a file that is missing', async (path: string) => rm(join(path, 'rows', 'team.jsonl'))],
    ['no list', async (path: string) => rm(join(path, 'datapackage.json'))],
    [
      'a list that leads out of it',
      (path: string) =>
        changed(path, (list) => ({
          ...list,
          resources: [{ ...list.resources[0]!, path: '../../etc/passwd.json' }],
        })),
    ],
    [
      'tables of another version',
      (path: string) => changed(path, (list) => ({ ...list, schema: list.schema - 1 })),
    ],
    [
      'a table that is none',
      async (path: string) => forged(path, 'rows/team.jsonl', 'rows/sqlite_schema.jsonl', '{"name":"x"}\n'),
    ],
    [
      'a table that is not exported, in capitals',
      async (path: string) => {
        const text = '{"n":1,"at":"x","kind":"notify","parcel":"{}"}\n'
        await changed(path, (list) => ({
          ...list,
          resources: [...list.resources, { ...list.resources[0]!, name: 'more', path: 'rows/more.jsonl' }],
        }))
        await forged(path, 'rows/more.jsonl', 'rows/OUTBOX.jsonl', text)
      },
    ],
    [
      'a text that is in no list',
      (path: string) =>
        changed(path, (list) => ({
          ...list,
          resources: list.resources.filter((one) => one.path !== `documents/${plan}/text.json`),
        })),
    ],
    [
      'a row with a column of its own',
      async (path: string) => forged(path, 'rows/team.jsonl', 'rows/team.jsonl', '{"id":"x","nothing":1}\n'),
    ],
    [
      'a text that is none',
      async (path: string) =>
        forged(path, `documents/${plan}/text.json`, `documents/${plan}/text.json`, '{"identity":'),
    ],
    [
      'comments that are none',
      async (path: string) =>
        forged(
          path,
          `documents/${plan}/comments.json`,
          `documents/${plan}/comments.json`,
          '[{"client":1,"event":{}}]',
        ),
    ],
    [
      'rows that belong to nothing',
      async (path: string) => forged(path, 'rows/team.jsonl', 'rows/team.jsonl', ''),
    ],
    [
      'an approved text that was changed',
      async (path: string) => {
        const rows = await readFile(join(path, 'rows', 'version.jsonl'), 'utf8')
        await forged(
          path,
          'rows/version.jsonl',
          'rows/version.jsonl',
          rows.replace('Haranberri', 'Harambarri'),
        )
      },
    ],
  ])('[OF3] is refused with %s, and nothing is left behind', async (_what, spoil) => {
    await cp(at('out'), at('spoilt'), { recursive: true })
    await spoil(at('spoilt'))
    const { code, output } = await command('import', at('spoilt'), '--data', at('none'))
    expect([code, output.length > 20, output.includes('    at ')]).toEqual([2, true, false])
    expect((await readdir(root)).includes('none')).toBe(false)
    await rm(at('spoilt'), { recursive: true })
  })

  it('[OF3] does not go into a folder that is in use', async () => {
    expect(await command('import', at('out'), '--data', at('full'))).toMatchObject({ code: 2 })
    expect(await readdir(at('full'))).toEqual(['mine'])
  })
})

async function changed(path: string, change: (list: DataPackage) => object): Promise<void> {
  const list = JSON.parse(await readFile(join(path, 'datapackage.json'), 'utf8')) as DataPackage
  await writeFile(join(path, 'datapackage.json'), JSON.stringify(change(list)))
}
/** As somebody would who knows the format: the hash fits what was written. */
async function forged(path: string, from: string, to: string, text: string): Promise<void> {
  await writeFile(join(path, to), text)
  const hash = `sha256:${createHash('sha256').update(text).digest('hex')}`
  await changed(path, (list) => ({
    ...list,
    resources: list.resources.map((one) =>
      one.path === from ? { ...one, path: to, bytes: Buffer.byteLength(text), hash } : one,
    ),
  }))
}
