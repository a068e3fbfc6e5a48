/** A real server process with its own data folder, that tests may kill. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { freePort } from './free-port.ts'

const MAIN = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

export interface TestServer {
  readonly url: string
  readonly port: number
  readonly dataFolder: string
  /** A pass for one socket, as the page would fetch it. */
  ticket(person: string, document: string): Promise<string>
  token(person: string): Promise<string>
  get<T>(person: string, path: string): Promise<{ status: number; body: T }>
  /** The seeded plan of Haranberri. */
  plan(): Promise<string>
  /** Ends the process without warning, as a power cut would. */
  kill(): Promise<void>
  /** Asks the process to stop. */
  terminate(): Promise<number | null>
  start(): Promise<void>
  readonly output: () => string
  readonly pid: () => number | undefined
}

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'auzolan-test-'))

/** Runs the server's command and waits for it to end; for starts that must fail. */
export async function runServer(
  environment: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: { ...cleanEnvironment(), ...environment } })
  let output = ''
  child.stdout.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr.on('data', (data: Buffer) => (output += data.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output }
}

/**
 * @param nextcloud address and secret of a Nextcloud to belong to; without, the demo host signs people in.
 * @param more further settings; AUZOLAN_DATA for a folder that the test itself looks after
 * @param under a program with its arguments that runs the server; what is sent to it has to reach the server
 */
export async function startTestServer(
  nextcloud?: { url: string; secret: string } | null,
  more: NodeJS.ProcessEnv = {},
  under: readonly string[] = [],
): Promise<TestServer & { stop(): Promise<void> }> {
  const dataFolder = more['AUZOLAN_DATA'] ?? (await temporaryFolder())
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  // Whoever looks after the folder looks after the store.
  const isOurs = !('AUZOLAN_DATA' in more || 'AUZOLAN_DATABASE_URL' in more)
  const database = isOurs ? await (await import('./postgres.ts')).storeOfRun() : null
  let child: ChildProcess | null = null
  let output = ''

  const start = async (): Promise<void> => {
    const host = nextcloud
      ? {
          AUZOLAN_LISTEN: '127.0.0.1',
          AUZOLAN_NEXTCLOUD_URL: nextcloud.url,
          AUZOLAN_SECRET: nextcloud.secret,
        }
      : {}
    const own = { AUZOLAN_PORT: String(port), AUZOLAN_DATA: dataFolder, AUZOLAN_LOG_LEVEL: 'warn' }
    const store = database ? { AUZOLAN_DATABASE_URL: database.url } : {}
    const words = [...under, process.execPath, MAIN, ...(nextcloud ? [] : ['--standalone'])]
    const started = spawn(words[0]!, words.slice(1), {
      env: { ...cleanEnvironment(), ...own, ...store, ...host, ...more },
    })
    child = started
    const collect = (data: Buffer): void => void (output += data.toString())
    started.stdout.on('data', collect)
    started.stderr.on('data', collect)
    await until(
      async () => {
        if (started.exitCode !== null) throw new Error(`the server ended: ${output}`)
        return fetch(`${url}/healthz`).then(
          (r) => r.ok,
          () => false,
        )
        // A busy machine takes its time to start a process; that is not what is tested.
      },
      'the server answers',
      60_000,
    ).catch(async (error: unknown) => {
      await end('SIGKILL')
      throw error
    })
  }
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const running = child
    child = null
    if (!running || running.exitCode !== null) return running?.exitCode ?? null
    const ended = new Promise<number | null>((resolve) => running.once('exit', resolve))
    running.kill(signal)
    return ended
  }
  const ocs = async (
    person: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ [key: string]: string }> => {
    const response = await fetch(`${url}/ocs/v2.php/apps/auzolan/api/v1/${path}`, {
      method,
      headers: { requesttoken: `standalone:${person}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    return ((await response.json()) as { ocs: { data: { [key: string]: string } } }).ocs.data
  }
  const token = async (person: string): Promise<string> => (await ocs(person, 'GET', 'token'))['token']!
  const get = async <T>(person: string, path: string): Promise<{ status: number; body: T }> => {
    const response = await fetch(`${url}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${await token(person)}` },
    })
    return { status: response.status, body: (await response.json()) as T }
  }

  await start()
  return {
    url,
    port,
    dataFolder,
    token,
    get,
    ticket: async (person, document) => (await ocs(person, 'POST', 'ticket', { document }))['ticket']!,
    plan: async () =>
      (await get<{ id: string; type: string }[]>('komunikazio-arduraduna', 'documents')).body.find(
        ({ type }) => type === 'plan',
      )!.id,
    kill: async () => void (await end('SIGKILL')),
    terminate: () => end('SIGTERM'),
    start,
    output: () => output,
    pid: () => child?.pid,
    stop: async () => {
      await end('SIGTERM')
      await database?.drop()
      if (!more['AUZOLAN_DATA']) await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** Waits for something to become true, and says what it was when it does not. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 30_000,
): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('AUZOLAN_')))
