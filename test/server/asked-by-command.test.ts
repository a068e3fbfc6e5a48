/** What the command asks of the server that runs: lists of reference data, another signing key; and how it is refused. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Edition } from '@auzolan/shared/protocol/reference.ts'
import { LIST_IDS } from '@auzolan/shared/reference/references.ts'
import { NEXTCLOUD } from '../support/nextcloud-host.ts'
import { runServer, startTestServer, temporaryFolder, type TestServer } from '../support/server.ts'

const LIST = 'networks'

describe('the running server is asked', { timeout: 60_000 }, () => {
  let server: TestServer & { stop(): Promise<void> }
  let environment: NodeJS.ProcessEnv
  let folder: string
  beforeAll(async () => {
    server = await startTestServer(NEXTCLOUD)
    folder = await temporaryFolder()
    environment = {
      AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
      AUZOLAN_SECRET: NEXTCLOUD.secret,
      AUZOLAN_LISTEN: '127.0.0.1',
      AUZOLAN_PORT: String(server.port),
      AUZOLAN_DATA: server.dataFolder,
    }
  })
  afterAll(async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  })
  const reference = async <T>(...words: string[]) => {
    const { code, output } = await runServer(environment, 'reference', ...words, '--json')
    return { code, answer: JSON.parse(output.split('\n')[0]!) as { ok: boolean; error?: string } & T }
  }
  const shown = async (): Promise<Edition> => (await reference<Edition>('show', LIST)).answer

  it('[RC1] shows all lists with their dates, and one with its entries', async () => {
    const { code, answer } = await reference<{ lists: { [id: string]: Edition } }>('show')
    expect([code, Object.keys(answer.lists)]).toEqual([0, [...LIST_IDS]])
    const one = await shown()
    expect(one.entries).toHaveLength(one.count)
    expect(one).toMatchObject({ n: 0, sha256: answer.lists[LIST]!.sha256 })
  })

  it('[RC1] takes what it printed, changed: first only told, then done, and by whom is on record', async () => {
    const before = await shown()
    const file = join(folder, 'list.json')
    await writeFile(file, JSON.stringify({ ...before, entries: before.entries.slice(0, -1) }))
    const said = [file, '--verified-on', '2026-11-20', '--source', 'compared by hand']
    const preview = await reference<{ before: number; entries: number }>('import', LIST, ...said, '--preview')
    expect(preview).toMatchObject({
      code: 0,
      answer: { entries: before.count - 1, before: before.count, reopened: 0 },
    })
    expect((await shown()).n).toBe(0)
    expect((await reference('import', LIST, ...said)).code).toBe(0)
    expect(await shown()).toMatchObject({
      n: 1,
      count: before.count - 1,
      verifiedOn: '2026-11-20',
      source: 'compared by hand',
      by: { id: 'auzolan:command' },
    })
  })

  it.each([
    ['a list that is none', ['show', 'nothing']],
    ['entries that are none', ['import', LIST, 'wrong.json', '--verified-on', '2026-11-20', '--source', 'x']],
    [
      'a file without entries',
      ['import', LIST, 'empty.json', '--verified-on', '2026-11-20', '--source', 'x'],
    ],
    ['no JSON', ['import', LIST, 'text.json', '--verified-on', '2026-11-20', '--source', 'x']],
    [
      'a file that is not there',
      ['import', LIST, 'none.json', '--verified-on', '2026-11-20', '--source', 'x'],
    ],
    ['a day that is none', ['import', LIST, 'wrong.json', '--verified-on', '2026-02-31', '--source', 'x']],
  ])('[RC1] refuses %s in words', async (_what, words) => {
    await writeFile(join(folder, 'wrong.json'), '[{"id":7}]')
    await writeFile(join(folder, 'empty.json'), '{}')
    await writeFile(join(folder, 'text.json'), 'networks')
    const { code, answer } = await reference(
      ...words.map((word) => (word.endsWith('.json') ? join(folder, word) : word)),
    )
    expect([code, answer.ok, (answer.error ?? '').length > 10]).toEqual([2, false, true])
  })

  it('[OP7] has another key sign, on record, and keeps the public half of the one before', async () => {
    const rotate = async () => {
      const { code, output } = await runServer(environment, 'rotate-key', '--json')
      return { code, ...(JSON.parse(output) as { id: string; publicKey: string }) }
    }
    const [first, second] = [await rotate(), await rotate()]
    expect([first.code, second.code, first.id === second.id]).toEqual([0, 0, false])
    const file = JSON.parse(await readFile(join(server.dataFolder, 'signing-keys.json'), 'utf8')) as {
      keys: { id: string; to: string | null }[]
    }
    expect(file.keys.map(({ id, to }) => [id, to === null])).toEqual([
      [first.id, false],
      [second.id, true],
    ])
    expect(await runServer({}, 'audit', 'verify', server.dataFolder)).toMatchObject({ code: 0 })
    const body = '{}'
    const { status } = await fetch(`${server.url}/api/v1/host/rotate-key`, { method: 'POST', body })
    expect(status).toBe(401)
  })

  it('[RC1] says so where no server runs, or knows another secret', async () => {
    // None of what was refused has changed anything.
    expect(await shown()).toMatchObject({ n: 1 })
    const other = { ...environment, AUZOLAN_SECRET: 'f'.repeat(64) }
    const refused = await runServer(other, 'reference', 'show')
    expect([refused.code, refused.output]).toEqual([2, expect.stringContaining('401')])
    await server.kill()
    const nobody = await runServer(environment, 'reference', 'show')
    expect([nobody.code, nobody.output]).toEqual([2, expect.stringContaining('does not run')])
  })

  it('[RC1] takes no answer of another program for the server’s, nor one that broke off for a no', async () => {
    const other = createServer((request, response) => {
      if (request.url!.endsWith('rotate-key')) return void response.end('{}')
      response.writeHead(200, { 'content-length': '100' })
      response.write('{')
      setTimeout(() => response.destroy(), 50)
    })
    await new Promise<void>((resolve) => other.listen(server.port, '127.0.0.1', resolve))
    const rotated = await runServer(environment, 'rotate-key')
    const shownThere = await runServer(environment, 'reference', 'show')
    other.close()
    expect([rotated.code, rotated.output]).toEqual([2, expect.stringContaining('is no Auzolan')])
    expect([shownThere.code, shownThere.output]).toEqual([2, expect.stringContaining('not known whether')])
  })
})
