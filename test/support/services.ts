/**
 * Servers of others that tests need (PostgreSQL, Redis): started by the first test that asks, shared by all of a run, stopped at its end. What is
 * installed on the machine is used; an address in the environment is used instead, and nothing is started then.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const RUN = 'AUZOLAN_TEST_RUN'
const STARTS_WITHIN_MS = 60_000
const GUARD = fileURLToPath(new URL('./service-guard.ts', import.meta.url))
/** "nobody": PostgreSQL refuses to run as root. */
const NOBODY = 65_534

/** Before the first test of a run (Vitest calls it); what it gives is called after the last one. */
export function setup(): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'auzolan-run-'))
  process.env[RUN] = folder
  return async () => {
    for (const name of readdirSync(folder)) await stopService(join(folder, name))
    rmSync(folder, { recursive: true, force: true })
  }
}

export interface Service {
  /** Where it keeps what it keeps, for the account it runs as. */
  readonly folder: string
  readonly account: { readonly uid: number; readonly gid: number } | null
}

/**
 * What a service of this run says of itself once it was started; started by whoever asks first.
 * @param start brings it up by `guarded`, waits until it answers, and says how it is reached
 * @throws what has kept it from starting, to everybody who asks
 */
export async function service(name: string, start: (here: Service) => Promise<string>): Promise<string> {
  const run = process.env[RUN]
  if (!run) throw new Error('services are started in a run of Vitest alone')
  const folder = join(run, name)
  const [said, failed] = [join(folder, 'reached-at'), join(folder, 'failed')]
  try {
    mkdirSync(folder)
  } catch {
    // Somebody else is starting it.
    const end = Date.now() + STARTS_WITHIN_MS
    while (!existsSync(said)) {
      if (existsSync(failed)) throw new Error(readFileSync(failed, 'utf8'))
      if (Date.now() > end) throw new Error(`${name} was not started in ${STARTS_WITHIN_MS} ms`)
      await sleep(50)
    }
    return readFileSync(said, 'utf8')
  }
  try {
    // Others than this account have to reach what is theirs.
    const [account, own] = [
      process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : null,
      join(folder, 'data'),
    ]
    mkdirSync(own)
    if (account) spawnSync('chmod', ['755', run, folder])
    if (account) spawnSync('chown', [`${account.uid}:${account.gid}`, own])
    const address = await start({ folder: own, account })
    writeFileSync(`${said}.part`, address)
    spawnSync('mv', [`${said}.part`, said])
    return address
  } catch (error) {
    writeFileSync(failed, String(error))
    throw error
  }
}

/** Runs a program as long as the run lasts, also when that is killed; its output goes to `output` in its folder. */
export function guarded({ folder, account }: Service, program: string, args: readonly string[]): void {
  const { pid } = spawn(
    process.execPath,
    [GUARD, JSON.stringify({ whilePid: runPid(), folder, account, program, args })],
    { detached: true, stdio: 'ignore' },
  ).on('error', () => {})
  writeFileSync(join(folder, '..', 'guard.pid'), String(pid))
}

/** The process of Vitest itself: a test file has one of its own, which ends earlier. */
const runPid = (): number => (process.env['VITEST_POOL_ID'] === undefined ? process.pid : process.ppid)

async function stopService(folder: string): Promise<void> {
  const note = join(folder, 'guard.pid')
  if (!existsSync(note)) return
  const pid = Number(readFileSync(note, 'utf8'))
  const lives = (): boolean => {
    try {
      return process.kill(pid, 0)
    } catch {
      return false
    }
  }
  if (lives()) process.kill(pid, 'SIGTERM')
  for (let tries = 0; lives() && tries < 200; tries++) await sleep(50)
}

/** Where a program is, on the path or in one of the folders, the newest first; `null` where it is not. */
export function programAt(name: string, ...folders: readonly string[]): string | null {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), ...folders]
  return places.map((place) => join(place, name)).find((path) => existsSync(path)) ?? null
}
