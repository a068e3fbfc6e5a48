/** One measured server: a process with its own data folder that can be killed, and what it costs. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '../support/free-port.ts'
import { until } from '../support/server.ts'
import { pause } from './pause.ts'
import { cpuTicks, memoryOf, runNanoseconds, type Memory } from './statistics.ts'

const COLLECT = fileURLToPath(new URL('./collect.cjs', import.meta.url))
const TICK_MS = 10
/** A process that needs less than this share of a processor is quiet. */
const QUIET_SHARE = 0.03
const QUIET_LOOK_MS = 2_000

export interface Command {
  readonly script: string
  readonly args?: readonly string[]
  environment(port: number, dataFolder: string): Record<string, string>
  /** Path that answers as soon as the server is there. */
  readonly health: string
}

/** Of the main thread, after its garbage is gone. */
interface Collected {
  readonly heapBytes: number
  /** Buffers, which lie beside the heap. */
  readonly externalBytes: number
}
export type Held = Memory & { readonly heapKb: number; readonly externalKb: number }

export class ServerProcess {
  readonly #command: Command
  readonly #dataFolder: string
  readonly port: number
  #child: ChildProcess | null = null
  #output = ''
  #collected: Collected | null = null

  private constructor(command: Command, dataFolder: string, port: number) {
    this.#command = command
    this.#dataFolder = dataFolder
    this.port = port
  }

  /** @param prepare does something with the data folder before the first start */
  static async launch(
    command: Command,
    prepare: (folder: string) => Promise<void> = () => Promise.resolve(),
  ): Promise<ServerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'auzolan-bench-'))
    await prepare(folder)
    const server = new ServerProcess(command, folder, await freePort())
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const { script, args = [], environment, health } = this.#command
    // Nothing of ours and nothing of Node's from outside: all three start from the same.
    const clean = Object.entries(process.env).filter(([name]) => !/^(AUZOLAN_|NODE_)/.test(name))
    const child = spawn(process.execPath, ['--expose-gc', '--require', COLLECT, script, ...args], {
      env: {
        ...Object.fromEntries(clean),
        NODE_ENV: 'production',
        ...environment(this.port, this.#dataFolder),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child = child
    const listen = (data: Buffer): void => {
      const text = data.toString()
      const heap = /^bench-heap (\d+) (\d+)$/m.exec(text)
      if (heap) this.#collected = { heapBytes: Number(heap[1]), externalBytes: Number(heap[2]) }
      else this.#output = (this.#output + text).slice(-4_000)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`the server ended: ${this.#output}`)
      return fetch(`http://127.0.0.1:${this.port}${health}`).then(
        (r) => r.ok,
        () => false,
      )
    }, `${script} answers`)
  }

  /** @returns once the process is gone */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child
    this.#child = null
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill(signal)
    // A server that does not stop when asked must not hold up the others.
    const patience = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(patience)
  }

  async stop(): Promise<void> {
    await this.end('SIGTERM')
    await rm(this.#dataFolder, { recursive: true, force: true })
  }

  /** What the server has printed lately, for whoever asks why. */
  get output(): string {
    return this.#output
  }

  /** Milliseconds of processor time so far, all threads together. */
  async cpuMs(): Promise<number> {
    const folder = `/proc/${this.#pid}`
    try {
      const threads = await readdir(`${folder}/task`)
      const times = threads.map(async (t) =>
        runNanoseconds(await readFile(`${folder}/task/${t}/schedstat`, 'utf8')),
      )
      return (await Promise.all(times)).reduce((sum, ns) => sum + ns, 0) / 1e6
    } catch {
      return cpuTicks(await readFile(`${folder}/stat`, 'utf8')) * TICK_MS
    }
  }

  /** Until it has done what it had put off, or two minutes have passed. */
  async quiet(): Promise<void> {
    const giveUp = performance.now() + 120_000
    for (let before = await this.cpuMs(); performance.now() < giveUp;) {
      await pause(QUIET_LOOK_MS)
      const now = await this.cpuMs()
      if (now - before < QUIET_LOOK_MS * QUIET_SHARE) return
      before = now
    }
  }

  /** Collects the garbage of the main thread. */
  async collect(): Promise<Collected> {
    this.#collected = null
    process.kill(this.#pid, 'SIGUSR2')
    await until(() => this.#collected !== null, 'garbage is collected')
    return this.#collected!
  }

  async memory(): Promise<Held> {
    await this.collect()
    // What a finaliser gives back is garbage only now.
    await new Promise((resolve) => setTimeout(resolve, 500))
    const { heapBytes, externalBytes } = await this.collect()
    const memory = memoryOf(await readFile(`/proc/${this.#pid}/smaps_rollup`, 'utf8'))
    return { ...memory, heapKb: heapBytes / 1024, externalKb: externalBytes / 1024 }
  }

  get #pid(): number {
    if (!this.#child?.pid) throw new Error('the server is not running')
    return this.#child.pid
  }
}
