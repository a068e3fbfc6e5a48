/** What Nextcloud and whoever watches over the server ask it: the self-test, the probes, and whether it is well. */
import { mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { PROTOCOL, VERSION } from '@auzolan/shared/build.ts'
import {
  CLOCK_LEEWAY_S,
  PREVIOUS_SECRET_MS,
  SOCKET_PATH_MAX_BYTES,
  STORAGE_LOW_BYTES,
} from '@auzolan/shared/limits.ts'
import { PROBE_SUBPROTOCOL, PROBE_WORD } from '@auzolan/shared/protocol/frames.ts'
import type { Problem, Readiness, SelfTestAnswer } from '@auzolan/shared/protocol/rest.ts'
import { previousKey } from '@auzolan/server/src/access/keys.ts'
import { wordFor } from '@auzolan/server/src/storage.ts'
import serverPackage from '../../server/package.json' with { type: 'json' }
import pluginPackage from '../../plugin/package.json' with { type: 'json' }
import { groupsOf, startHere, type ServerHere } from '../support/in-process.ts'
import { NEXTCLOUD, sign, type Signing } from '../support/nextcloud-host.ts'
import { startNextcloud, type NextcloudServer } from '../support/nextcloud-server.ts'
import { runServer, startTestServer, temporaryFolder, until } from '../support/server.ts'

const OTHER_SECRET = 'fedcba9876543210'.repeat(4)
const BODY = JSON.stringify({ nonce: 'a nonce of Nextcloud', time: 1, protocol: PROTOCOL, version: VERSION })

let there: NextcloudServer
let server: ServerHere
beforeAll(async () => {
  there = await startNextcloud()
  server = await startHere({
    AUZOLAN_NEXTCLOUD_INTERNAL_URL: there.url,
    AUZOLAN_PUBLIC_URL: 'https://cloud.example.org/tools/plans/',
    AUZOLAN_PREVIOUS_SECRET: OTHER_SECRET,
  })
})
afterEach(() => {
  there.secret = NEXTCLOUD.secret
  there.instead = null
})
afterAll(async () => {
  await server.stop()
  there.close()
})

const call = (what: string, body: string, token: string | null, prefix = ''): Promise<Response> =>
  fetch(`${server.url}${prefix}/api/v1/host/${what}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    },
    body,
  })
const signed = (more: Partial<Signing> = {}): Promise<string> =>
  sign({ person: 'nextcloud', scope: 'system', body: BODY, ...more })
const codeOf = async (answer: Response): Promise<[number, string, string]> => {
  const { code, detail } = (await answer.json()) as Problem
  return [answer.status, code, detail ?? '']
}

describe('[L4] POST /host/self-test', () => {
  const ask = async (prefix = ''): Promise<SelfTestAnswer> =>
    (await (await call('self-test', BODY, await signed(), prefix)).json()) as SelfTestAnswer

  it('tells clock, versions, addresses, the disk, and what came of calling back', async () => {
    const answer = await ask()
    expect(answer).toMatchObject({
      nonce: 'a nonce of Nextcloud',
      protocol: PROTOCOL,
      version: VERSION,
      nextcloudUrl: NEXTCLOUD.url,
      publicUrl: 'https://cloud.example.org/tools/plans',
      storage: { writable: true },
      nextcloud: { reached: true, address: '127.0.0.1', status: 200, signature: 'ok', maintenance: false },
    })
    expect(Math.abs(answer.time - Date.now() / 1000)).toBeLessThan(3)
    expect(answer.storage.freeBytes).toBeGreaterThan(0)
    expect(answer.nextcloud.url).toBe(`${there.url}/ocs/v2.php/apps/auzolan/api/v1/server/ping`)
  })

  it('tells that Nextcloud refuses our signature, is in maintenance, or is not there', async () => {
    there.secret = 'a third secret '.repeat(5)
    expect((await ask()).nextcloud).toMatchObject({ reached: true, status: 401, signature: 'refused' })
    there.instead = { status: 503, headers: { 'x-nextcloud-maintenance-mode': '1' } }
    expect((await ask()).nextcloud).toMatchObject({ maintenance: true, signature: null, error: null })
    const alone = await startHere()
    const answer = await fetch(`${alone.url}/api/v1/host/self-test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${await signed()}` },
      body: BODY,
    })
    const { nextcloud } = (await answer.json()) as SelfTestAnswer
    expect(nextcloud).toMatchObject({ reached: false, address: '127.0.0.1', status: null })
    expect(nextcloud.error).toContain('ECONNREFUSED')
    await alone.stop()
  })

  const strangers: [string, Partial<Signing> | null, string, string][] = [
    ['nobody', null, 'TICKET_MISSING', ''],
    ['another secret', { secret: 'y'.repeat(64) }, 'TICKET_INVALID', 'another secret'],
    [
      'another Nextcloud',
      { issuer: 'http://cloud.test' },
      'TICKET_INVALID',
      'issuer: http://cloud.test is not',
    ],
    ['a person', { scope: 'api', person: 'ane' }, 'TICKET_INVALID', 'scope api'],
    ['a ticket', { scope: 'ticket', person: 'ane' }, 'TICKET_INVALID', 'scope ticket'],
    ['another body', { body: `${BODY} ` }, 'TICKET_INVALID', 'another body'],
    ['a clock three minutes ahead', { issued: 180, notBefore: 150, expires: 240 }, 'TICKET_EXPIRED', ''],
    ['a clock three minutes behind', { issued: -180, notBefore: -210, expires: -120 }, 'TICKET_EXPIRED', ''],
  ]
  it.each(strangers)('[A8] of %s is refused, and calls nobody', async (_who, how, code, detail) => {
    const before = there.calls.length
    const answer = await call('self-test', BODY, how && (await signed(how)))
    // By which Nextcloud knows our clock also then.
    expect(Date.parse(answer.headers.get('date')!)).toBeGreaterThan(0)
    const [status, said, words] = await codeOf(answer)
    expect([status, said]).toEqual([401, code])
    expect(words).toContain(detail)
    expect(there.calls).toHaveLength(before)
  })

  it('[A9] a clock within the minute is no fault', async () => {
    for (const off of [CLOCK_LEEWAY_S - 3, -(CLOCK_LEEWAY_S - 3)]) {
      const how = { issued: off, notBefore: off - 30, expires: off + 60 }
      expect((await call('self-test', BODY, await signed(how))).status).toBe(200)
    }
  })

  it('without a name in the token, as Nextcloud signs for itself, is answered; a body of another form is not', async () => {
    for (const bad of ['{}', '[]', '{', '{"nonce":"short"}', JSON.stringify({ nonce: 'x'.repeat(129) })])
      expect((await codeOf(await call('self-test', bad, await signed({ body: bad })))).slice(0, 2)).toEqual([
        400,
        'INVALID_INPUT',
      ])
  })
})

describe('[L6] the secret of before a change', () => {
  it('counts for ten minutes after the start, and no longer', () => {
    let elapsed = 5
    const key = previousKey(OTHER_SECRET, () => elapsed)
    elapsed += PREVIOUS_SECRET_MS - 1
    expect(key.counts()).toBe(true)
    elapsed += 1
    expect(key.counts()).toBe(false)
    expect(PREVIOUS_SECRET_MS).toBe(10 * 60 * 1000)
  })

  it('is taken from people and from Nextcloud beside the new one; no third is', async () => {
    const plan = await server.plan()
    for (const [secret, status] of [
      [NEXTCLOUD.secret, 200],
      [OTHER_SECRET, 200],
      ['y'.repeat(64), 401],
    ] as const) {
      const token = await sign({ person: 'ane', groups: groupsOf('ane'), secret })
      expect((await server.exchange(token, plan, {})).status).toBe(status)
      expect((await call('self-test', BODY, await signed({ secret }))).status).toBe(status)
    }
  })

  it('is not taken where none was given', async () => {
    const plain = await startHere()
    const token = await sign({ person: 'ane', secret: OTHER_SECRET })
    expect((await plain.exchange(token, await plain.plan(), {})).status).toBe(401)
    await plain.stop()
  })
})

describe('[L8] every path', () => {
  it.each(['', '/auzolan', '/tools/plans'])(
    'works with what a proxy leaves in front: “%s”',
    async (prefix) => {
      expect((await fetch(`${server.url}${prefix}/healthz`)).status).toBe(200)
      expect((await call('self-test', BODY, await signed(), prefix)).status).toBe(200)
      expect((await call('changed', BODY, await signed(), prefix)).status).toBe(204)
      expect(await probe(`${server.url.replace('http', 'ws')}${prefix}/sync/probe`)).toEqual([
        PROBE_WORD,
        1000,
      ])
    },
  )

  it('is looked for behind these prefixes and no others', async () => {
    for (const path of ['/tools/healthz', '/auzolanhealthz', '/auzolan/auzolan/healthz', '/other/healthz'])
      expect((await fetch(server.url + path)).status).toBe(404)
  })
})

describe('the probe of the WebSocket', () => {
  it('[L4] says one word to anybody and closes, whatever is said to it', async () => {
    const url = `${server.url.replace('http', 'ws')}/sync/probe`
    expect(await probe(url)).toEqual([PROBE_WORD, 1000])
    expect(await probe(url, 'x'.repeat(70_000))).toEqual([PROBE_WORD, 1000])
  })
})

describe('whether it is well', () => {
  const ready = async (): Promise<Readiness> =>
    (await (await fetch(`${server.url}/readyz`)).json()) as Readiness

  it('says protocol and version to anybody', async () => {
    expect(await (await fetch(`${server.url}/healthz`)).json()).toEqual({
      status: 'ok',
      api: 1,
      protocol: { min: 1, max: 1 },
      version: VERSION,
    })
    expect([serverPackage.version, pluginPackage.version]).toEqual([VERSION, VERSION])
  })

  it('[L2] says that the secrets differ, and that they do no more, and takes edits all the while', async () => {
    there.secret = 'a third secret '.repeat(5)
    await call('self-test', BODY, await signed())
    expect(await ready()).toEqual({
      status: 'ready',
      storage: expect.any(String) as string,
      nextcloud: 'secrets differ',
    })
    there.secret = NEXTCLOUD.secret
    await call('self-test', BODY, await signed())
    expect((await ready()).nextcloud).toBe('ok')
  })

  it('says when room on the disk is short', () => {
    expect(wordFor({ writable: true, freeBytes: STORAGE_LOW_BYTES })).toBe('ok')
    expect(wordFor({ writable: true, freeBytes: STORAGE_LOW_BYTES - 1 })).toBe('low')
    expect(wordFor({ writable: true, freeBytes: null })).toBe('ok')
    expect(wordFor({ writable: false, freeBytes: STORAGE_LOW_BYTES })).toBe('not writable')
  })

  it('[L2] finds out by itself after the start, and says it in the log without the secret', async () => {
    const nextcloud = await startNextcloud()
    nextcloud.secret = OTHER_SECRET
    const running = await startTestServer({ url: nextcloud.url, secret: NEXTCLOUD.secret })
    await until(() => running.output().includes('secrets differ'), 'the log says that the secrets differ')
    expect(await (await fetch(`${running.url}/readyz`)).json()).toMatchObject({ nextcloud: 'secrets differ' })
    expect(running.output()).not.toContain(NEXTCLOUD.secret)
    await running.stop()
    nextcloud.close()
  })
})

describe('[L7] a unix socket', () => {
  const settings = async (socket: string): Promise<NodeJS.ProcessEnv> => ({
    AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
    AUZOLAN_SECRET: NEXTCLOUD.secret,
    AUZOLAN_DATA: await temporaryFolder(),
    AUZOLAN_SOCKET: socket,
  })
  const health = (socketPath: string): Promise<number | undefined> =>
    new Promise((resolve, reject) =>
      request({ socketPath, path: '/healthz' }, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end(),
    )

  it('is listened on instead of a port, also when a killed server left it behind', async () => {
    const path = join(await temporaryFolder(), 'auzolan.sock')
    for (let i = 0; i < 2; i++) {
      const running = await startHere({ AUZOLAN_SOCKET: path })
      expect(await health(path)).toBe(200)
      await expect(fetch(`${running.url}/healthz`)).rejects.toThrow()
      await running.stop()
      // What remains after a kill: a socket nobody listens on.
      await leaveDeadSocket(path)
    }
  })

  it('that somebody uses, that is something else, or that has no folder ends the start with a sentence', async () => {
    const folder = await temporaryFolder()
    const used = join(folder, 'used')
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(used, resolve))
    await writeFile(join(folder, 'file'), 'mine')
    await mkdir(join(folder, 'folder'))
    for (const path of [used, ...['file', 'folder', 'missing/below'].map((name) => join(folder, name))]) {
      const { code, output } = await runServer(await settings(path))
      expect([code, output]).toEqual([2, expect.stringContaining(`AUZOLAN_SOCKET=${path} cannot be used`)])
    }
    other.close()
  })

  it('may have a path as long as the system takes, and no longer', async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'x'.repeat(SOCKET_PATH_MAX_BYTES - folder.length - 1))
    const running = await startHere({ AUZOLAN_SOCKET: path })
    expect(await health(path)).toBe(200)
    await running.stop()
    const { output } = await runServer(await settings(`${path}x`))
    expect(output).toContain(`AUZOLAN_SOCKET must be a path of at most ${SOCKET_PATH_MAX_BYTES} bytes`)
  })
})

function probe(url: string, say?: string): Promise<[string, number]> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, PROBE_SUBPROTOCOL)
    let word = ''
    socket.on('open', () => say && socket.send(say))
    socket.on('message', (data: Buffer) => (word += data.toString()))
    socket.on('error', reject)
    socket.on('close', (code) => resolve([word, code]))
  })
}

async function leaveDeadSocket(path: string): Promise<void> {
  const { spawn } = await import('node:child_process')
  const child = spawn(process.execPath, [
    '-e',
    `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`,
  ])
  await new Promise((resolve) => child.once('exit', resolve))
}
