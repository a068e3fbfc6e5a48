/**
 * [OP6] An upgrade while people are connected: they type on while the server stops, changes its tables and starts as the next version.
 *
 * The next version is this program with one more change of its tables, so that there always is one.
 */
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { afterEach, expect, it } from 'vitest'
import { MIGRATIONS } from '@auzolan/server/src/journal/sqlite/schema.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { openPage, type TestPage } from '../support/page.ts'
import { planOverRest } from '../support/plan-over-rest.ts'
import { runServer, startTestServer, temporaryFolder, until } from '../support/server.ts'

const [identity] = PLAN.sections
const GROUPS = ['Kultura']
const WRITERS = ['ane', 'jon']
const MARKS = ['①', '②']
const SCHEMA = pathToFileURL(join(import.meta.dirname, '../../server/src/journal/sqlite/schema.ts')).href
/** A table that everything depends on is made anew, as the changes that go wrong do. */
const NEXT = `
  CREATE TABLE entry_next AS SELECT * FROM entry;
  DELETE FROM entry;
  INSERT INTO entry SELECT * FROM entry_next;
  DROP TABLE entry_next;
  CREATE TABLE of_the_next_version (id TEXT PRIMARY KEY);
`

let server: Awaited<ReturnType<typeof startTestServer>> | null = null
let folder: string
afterEach(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const title = (page: TestPage) => new SectionPlace(page.doc, identity).text('title', 'eu')
const textOf = (page: TestPage): string => title(page).toString()
const count = (text: string, mark: string): number => text.split(mark).length - 1
const saved = (page: TestPage): boolean =>
  page.ledger().connectivity.kind === 'online' && page.ledger().waiting === 0

it('[OP6] loses nothing, asks nothing of anybody, and leaves a copy of before; the older program does not start on what it made', async () => {
  folder = await temporaryFolder()
  const data = join(folder, 'data')
  const path = join(data, 'auzolan.sqlite')
  const settings: NodeJS.ProcessEnv = { AUZOLAN_DATA: data }
  const here = (server = await startTestServer(NEXTCLOUD, settings))
  const plan = await planOverRest(here.url, await sign({ person: 'ane', groups: GROUPS }), 'Kultura', {
    eu: 'Plana',
  })
  const open = async (person: string): Promise<TestPage> => {
    const fetchTicket = () => sign({ person, groups: GROUPS, scope: 'ticket', document: plan })
    const page = await openPage(here, person, plan, { fetchTicket })
    await page.ready
    return page
  }
  const pages = await Promise.all(WRITERS.map(open))
  const typed = MARKS.map(() => 0)
  let typing = true
  const typists = pages.map(async (page, i) => {
    while (typing) {
      title(page).insert(title(page).length, MARKS[i]!)
      typed[i]! += 1
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  })
  const atLeast = (n: number): Promise<void> =>
    until(() => typed.every((one) => one >= n), `${n} letters of each are typed`)
  await atLeast(30)
  await until(() => pages.some(saved), 'something is on the server')

  expect(await here.terminate()).toBe(0)
  const before = [...typed]
  await atLeast(Math.max(...before) + 10)
  const next = join(folder, 'next-version.mjs')
  await writeFile(
    next,
    `import { MIGRATIONS } from ${JSON.stringify(SCHEMA)}\nMIGRATIONS.push(${JSON.stringify(NEXT)})\n`,
  )
  settings['NODE_OPTIONS'] = `--import ${pathToFileURL(next).href}`
  await here.start()
  const after = Math.max(...typed)
  await atLeast(after + 20)
  typing = false
  await Promise.all(typists)
  await until(() => pages.every(saved), 'the server has everything', 90_000)
  await until(() => textOf(pages[0]!) === textOf(pages[1]!), 'both pages agree')

  const cold = await open('oier')
  await until(() => textOf(cold) === textOf(pages[0]!), 'the cold page reads the same')
  expect(MARKS.map((mark) => count(textOf(cold), mark))).toEqual(typed)
  expect(pages.flatMap((page) => page.ledger().drafts)).toEqual([])
  // While it was away, they wrote.
  expect(typed.every((one, i) => one > before[i]! + 10)).toBe(true)
  await Promise.all([...pages, cold].map((page) => page.close()))

  const version = MIGRATIONS.length
  expect(await here.terminate()).toBe(0)
  const made = new Database(path, { readonly: true })
  expect(made.pragma('user_version', { simple: true })).toBe(version + 1)
  expect(made.prepare('SELECT count(*) FROM of_the_next_version').pluck().get()).toBe(0)
  made.close()
  expect(existsSync(`${path}.before-upgrade-${version}`)).toBe(true)
  const older = await runServer({
    ...{ AUZOLAN_DATA: data, AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url, AUZOLAN_SECRET: NEXTCLOUD.secret },
    AUZOLAN_LISTEN: '127.0.0.1',
    AUZOLAN_PORT: String(here.port),
  })
  expect([older.code, older.output]).toEqual([2, expect.stringContaining('written by a newer version')])
})
