/** A start that cannot succeed says why in a sentence and ends; a stop loses nothing and says goodbye. */
import type { KeptFile } from '@auzolan/shared/protocol/files.ts'
import { PICTURES } from '@auzolan/server/src/standalone/sample-pictures.ts'
import { createServer, type Server } from 'node:net'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SECRET_MIN_CHARACTERS } from '@auzolan/shared/limits.ts'
import { NEXTCLOUD, sign } from '../support/nextcloud-host.ts'
import { openPage } from '../support/page.ts'
import { freePort } from '../support/free-port.ts'
import { runServer, startTestServer, temporaryFolder, until } from '../support/server.ts'
import { hello, openWire, openWriter } from '../support/wire.ts'

let folder: string
let taken: Server
let port: number
beforeAll(async () => {
  folder = await temporaryFolder()
  await writeFile(join(folder, 'file'), 'not a folder')
  await writeFile(join(folder, 'short'), 'short')
  await mkdir(join(folder, 'no-database'))
  await writeFile(join(folder, 'no-database', 'auzolan.sqlite'), 'not a database '.repeat(100))
  await mkdir(join(folder, 'newer'))
  const newer = new Database(join(folder, 'newer', 'auzolan.sqlite'))
  newer.pragma('user_version = 99')
  newer.close()
  taken = createServer()
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
  port = (taken.address() as { port: number }).port
})
afterAll(async () => {
  taken.close()
  await rm(folder, { recursive: true })
})

describe('a start that cannot succeed', () => {
  const host = {
    AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
    AUZOLAN_SECRET: NEXTCLOUD.secret,
    AUZOLAN_LISTEN: '127.0.0.1',
  }
  const data = (): string => join(folder, 'data')
  const starts: [string, () => NodeJS.ProcessEnv, boolean, string[]][] = [
    [
      'on a port in use',
      () => ({ AUZOLAN_PORT: String(port), AUZOLAN_DATA: data() }),
      true,
      ['already in use', 'AUZOLAN_PORT='],
    ],
    [
      'with its metrics on a port in use',
      () => ({ ...host, AUZOLAN_PORT: '18790', AUZOLAN_METRICS_PORT: String(port), AUZOLAN_DATA: data() }),
      false,
      ['already in use', 'AUZOLAN_METRICS_PORT'],
    ],
    [
      'on a port in use, in Nextcloud’s service',
      () => ({ ...host, AUZOLAN_PORT: String(port), AUZOLAN_DATA: data() }),
      false,
      ['already in use'],
    ],
    [
      'with a data folder that is a file',
      () => ({ AUZOLAN_DATA: join(folder, 'file') }),
      true,
      ['data folder', 'AUZOLAN_DATA'],
    ],
    [
      'with a data folder inside a file',
      () => ({ AUZOLAN_DATA: join(folder, 'file', 'below') }),
      true,
      ['cannot be written', 'AUZOLAN_DATA'],
    ],
    [
      'with a database that is none',
      () => ({ AUZOLAN_DATA: join(folder, 'no-database') }),
      true,
      ['cannot be opened', 'not a database'],
    ],
    [
      'with data of a newer version',
      () => ({ AUZOLAN_DATA: join(folder, 'newer') }),
      true,
      ['newer version'],
    ],
    [
      'without a secret',
      () => ({ ...host, AUZOLAN_SECRET: '' }),
      false,
      ['AUZOLAN_SECRET', 'openssl rand', 'occ '],
    ],
    [
      'with a secret one character too short',
      () => ({ ...host, AUZOLAN_SECRET: 'x'.repeat(SECRET_MIN_CHARACTERS - 1) }),
      false,
      ['AUZOLAN_SECRET', String(SECRET_MIN_CHARACTERS)],
    ],
    [
      'with a secret file that cannot be read',
      () => ({ ...host, AUZOLAN_SECRET: '', AUZOLAN_SECRET_FILE: join(folder, 'missing') }),
      false,
      ['AUZOLAN_SECRET_FILE cannot be read'],
    ],
    [
      'with a secret file that is a folder',
      () => ({ ...host, AUZOLAN_SECRET: '', AUZOLAN_SECRET_FILE: folder }),
      false,
      ['AUZOLAN_SECRET_FILE cannot be read'],
    ],
    [
      'with a secret file that holds too little',
      () => ({ ...host, AUZOLAN_SECRET: '', AUZOLAN_SECRET_FILE: join(folder, 'short') }),
      false,
      ['AUZOLAN_SECRET must have'],
    ],
    [
      'with a secret of before that is too short',
      () => ({ ...host, AUZOLAN_PREVIOUS_SECRET: 'x'.repeat(SECRET_MIN_CHARACTERS - 1) }),
      false,
      ['AUZOLAN_PREVIOUS_SECRET must have', 'leave it out'],
    ],
    [
      'with a secret twice',
      () => ({ ...host, AUZOLAN_SECRET_FILE: join(folder, 'short') }),
      false,
      ['AUZOLAN_SECRET and AUZOLAN_SECRET_FILE are both set', 'Remove one'],
    ],
    [
      'with a token for metrics that is too short, from a file',
      () => ({ ...host, AUZOLAN_METRICS_TOKEN_FILE: join(folder, 'short') }),
      false,
      ['AUZOLAN_METRICS_TOKEN must have', 'AUZOLAN_METRICS_TOKEN_FILE', 'openssl'],
    ],
    [
      'with an internal address that is none',
      () => ({ ...host, AUZOLAN_NEXTCLOUD_INTERNAL_URL: 'nextcloud:80' }),
      false,
      ['AUZOLAN_NEXTCLOUD_INTERNAL_URL must be an address', 'https://cloud.example.org', '“nextcloud:80”'],
    ],
    [
      'with a public address that has a question in it',
      () => ({ ...host, AUZOLAN_PUBLIC_URL: 'https://cloud.example.org/auzolan?x=1' }),
      false,
      ['AUZOLAN_PUBLIC_URL must end with the path'],
    ],
    [
      'with an address that has a password in it',
      () => ({ ...host, AUZOLAN_NEXTCLOUD_URL: 'https://me:pass@cloud.example.org' }),
      false,
      ['AUZOLAN_NEXTCLOUD_URL must end with the path: no user', '“https://…@cloud.example.org”'],
    ],
    [
      'with a host name that is none',
      () => ({ ...host, AUZOLAN_NEXTCLOUD_INTERNAL_HOST: 'https://cloud' }),
      false,
      ['AUZOLAN_NEXTCLOUD_INTERNAL_HOST must be a host name'],
    ],
    [
      'with a socket whose path is not a full one',
      () => ({ ...host, AUZOLAN_SOCKET: 'auzolan.sock' }),
      false,
      ['AUZOLAN_SOCKET must be the full path of a file'],
    ],
    ...[
      'AUZOLAN_METRICS_PORT',
      'AUZOLAN_UPDATES_PER_SECOND',
      'AUZOLAN_UPDATES_BURST',
      'AUZOLAN_WRITERS_PER_DOCUMENT',
      'AUZOLAN_SESSIONS_PER_DOCUMENT',
      'AUZOLAN_BIRTHS_AT_ONCE',
      'AUZOLAN_LEASE_SECONDS',
    ].map((name): [string, () => NodeJS.ProcessEnv, boolean, string[]] => [
      `with a ${name} of 0`,
      () => ({ ...host, [name]: '0' }),
      false,
      [`${name} must be`, 'whole number', '“0”'],
    ]),
    [
      'without the address of a Nextcloud',
      () => ({ AUZOLAN_SECRET: NEXTCLOUD.secret }),
      false,
      ['AUZOLAN_NEXTCLOUD_URL is not set', 'occ auzolan:setup --show-env'],
    ],
    [
      'with a slip of the pen in the name of a setting it needs',
      () => ({ AUZOLAN_SECRET: NEXTCLOUD.secret, AUZOLAN_NEXTCLUD_URL: NEXTCLOUD.url }),
      false,
      ['AUZOLAN_NEXTCLOUD_URL is not set', 'AUZOLAN_NEXTCLUD_URL is not a setting'],
    ],
    [
      'with an address that is none',
      () => ({ ...host, AUZOLAN_NEXTCLOUD_URL: 'cloud.example.org' }),
      false,
      ['AUZOLAN_NEXTCLOUD_URL'],
    ],
    [
      'with an address of another kind',
      () => ({ ...host, AUZOLAN_NEXTCLOUD_URL: 'file:///etc' }),
      false,
      ['AUZOLAN_NEXTCLOUD_URL'],
    ],
    [
      'on a port that is no number',
      () => ({ AUZOLAN_PORT: 'eight' }),
      true,
      ['must be a port: a whole number from 1 to 65535', 'AUZOLAN_PORT'],
    ],
    ['on a port that does not exist', () => ({ AUZOLAN_PORT: '65536' }), true, ['AUZOLAN_PORT']],
    ['with an unknown log level', () => ({ AUZOLAN_LOG_LEVEL: 'loud' }), true, ['AUZOLAN_LOG_LEVEL']],
    [
      'on an address that is not of this machine',
      () => ({ ...host, AUZOLAN_LISTEN: '192.0.2.1' }),
      false,
      ['Cannot listen'],
    ],
  ]
  it.each(starts)('[L7] %s ends with a sentence', async (_what, environment, standalone, sentences) => {
    const free = { AUZOLAN_PORT: String(await freePort()), AUZOLAN_DATA: join(folder, 'data') }
    const ended = await runServer({ ...free, ...environment() }, ...(standalone ? ['--standalone'] : []))
    expect(ended.code).toBe(2)
    for (const sentence of sentences) expect(ended.output).toContain(sentence)
    expect(ended.output).not.toMatch(/^\s+at |node:internal|Error:/m)
    expect(ended.output).not.toContain(NEXTCLOUD.secret)
  })

  it('leaves the data as it found it', async () => {
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('not a folder')
    expect(await readFile(join(folder, 'no-database', 'auzolan.sqlite'), 'utf8')).toBe(
      'not a database '.repeat(100),
    )
  })
})

describe('[J10] a data folder that somebody uses', () => {
  it('is left alone by a second server, and free again when the first was killed', async () => {
    const first = await startTestServer()
    const environment = { AUZOLAN_PORT: String(await freePort()), AUZOLAN_DATA: first.dataFolder }
    const second = await runServer(environment, '--standalone')
    expect(second.code).toBe(2)
    expect(second.output).toContain('another Auzolan is using it')
    await first.kill()
    await first.start()
    await first.stop()
  })
})

describe('a start that succeeds', () => {
  it('takes the secret from a file, with a line end behind it', async () => {
    await writeFile(join(folder, 'secret'), `${NEXTCLOUD.secret}\n`)
    // Getting as far as the port is getting past the secret.
    const ended = await runServer({
      AUZOLAN_NEXTCLOUD_URL: NEXTCLOUD.url,
      AUZOLAN_SECRET_FILE: join(folder, 'secret'),
      AUZOLAN_LISTEN: '127.0.0.1',
      AUZOLAN_PORT: String(port),
      AUZOLAN_DATA: join(folder, 'data'),
    })
    expect(ended.output).toContain('already in use')
  })

  it('[L7] names in the log what looks like a setting and is none; one set to nothing is not set', async () => {
    const server = await startTestServer(NEXTCLOUD, {
      AUZOLAN_LISTN: '0.0.0.0',
      AUZOLAN_METRICS_PORT: '',
      AUZOLAN_PREVIOUS_SECRET: '',
    })
    expect(server.output()).toContain('AUZOLAN_LISTN is not a setting of this version and does nothing')
    expect(server.output().match(/is not a setting/g)).toHaveLength(1)
    await server.stop()
  })

  it('[A4] of the demo serves the page and the plan, to this computer only', async () => {
    const server = await startTestServer()
    const page = await fetch(`${server.url}/apps/auzolan/`)
    expect(page.status).toBe(200)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    const [row] = (await server.get<{ id: string }[]>('kultura-cm', 'documents')).body
    expect(row!.id).toBe(await server.plan())
    // Another address of the same machine stands for the network.
    await expect(fetch(`http://127.0.0.2:${server.port}/healthz`)).rejects.toThrow()
    await server.stop()
  })

  it('seeds the demo once: a second start finds the same plan and what was written in it', async () => {
    const server = await startTestServer()
    const plan = await server.plan()
    // Its pictures are files, as they were drawn: nothing had to be taken out of them.
    const files = async (): Promise<string[]> =>
      (await server.get<KeptFile[]>('kultura-cm', `documents/${plan}/files`)).body.map(({ sha256 }) => sha256)
    const pictures = Object.values(PICTURES).map(({ sha256 }) => sha256)
    expect((await files()).toSorted()).toEqual(pictures.toSorted())
    const writer = await openWriter(server, 'kultura-cm', plan)
    const [update] = writer.edit((doc) => doc.getText('identity.title:eu').insert(0, 'KEPT '))
    expect(await writer.write(update!)).toBeNull()
    await server.kill()
    await server.start()
    expect((await server.get<unknown[]>('kultura-cm', 'documents')).body).toHaveLength(3)
    expect(await server.plan()).toBe(plan)
    expect(await files()).toHaveLength(pictures.length)
    const again = await openWriter(server, 'kultura-cm', plan)
    expect(again.doc.getText('identity.title:eu').toString()).toMatch(/^KEPT /)
    await again.close()
    await server.stop()
  })

  it('[A1] remembers spent tickets', async () => {
    const server = await startTestServer(NEXTCLOUD)
    const document = '00000000-0000-4000-8000-000000000000'
    const ticket = await sign({ person: 'ane', scope: 'ticket', document })
    const enter = async (): Promise<string | null> => {
      const wire = await openWire(server, document)
      wire.say(hello(ticket, [1]))
      return (await wire.farewell()).code
    }
    expect(await enter()).toBe('NOT_FOUND')
    await server.kill()
    await server.start()
    expect(await enter()).toBe('TICKET_SPENT')
    await server.stop()
  })
})

describe('SIGTERM', () => {
  it('says RESTART to everybody, with a moment to wait, and ends with 0', async () => {
    const server = await startTestServer()
    const plan = await server.plan()
    const wires = []
    for (const person of ['kultura-cm', 'gazteria-teknikaria', 'alkatetza']) {
      wires.push(await openWriter(server, person, plan))
    }
    const silent = await openWire(server, plan)
    expect(await server.terminate()).toBe(0)
    for (const wire of [...wires, silent]) {
      expect(await wire.farewell()).toEqual({ code: 'RESTART', closed: 1012 })
      const [bye] = await wire.heard('bye')
      expect(bye!.retryAfterMs).toBeGreaterThanOrEqual(0)
      expect(bye!.retryAfterMs).toBeLessThan(10_000)
    }
    expect(server.output()).not.toMatch(/^\s+at /m)
    await server.stop()
  })

  it('loses nothing that was acknowledged, and pages go on by themselves after the restart', async () => {
    const server = await startTestServer()
    const plan = await server.plan()
    const page = await openPage(server, 'kultura-cm', plan)
    await page.ready
    const title = page.doc.getText('identity.title:eu')
    for (let i = 0; i < 50; i++) title.insert(0, 'z')
    expect(await server.terminate()).toBe(0)
    title.insert(0, 'w')
    await server.start()
    await until(
      () => page.ledger().connectivity.kind === 'online' && page.ledger().waiting === 0,
      'all of it is saved',
    )
    const cold = await openPage(server, 'gazteria-teknikaria', plan)
    await cold.ready
    expect(cold.doc.getText('identity.title:eu').toString()).toMatch(/^wz{50}H/)
    await Promise.all([page.close(), cold.close()])
    await server.stop()
  })
})
