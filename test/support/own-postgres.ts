/** A PostgreSQL server for one test alone, which it may stop, kill and start again. It serves on loopback, without a password. */
import { execFileSync } from 'node:child_process'
import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { ended, started } from './own-server.ts'
import { postgresFolders } from './postgres.ts'
import { freePort } from './free-port.ts'
import { until } from './server.ts'
import { programAt } from './services.ts'

/** `null` where this machine has none. */
export const POSTGRES = programAt('postgres', ...postgresFolders())
/** It refuses to be run by root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

export interface OwnPostgres {
  readonly url: string
  readonly port: number
  /** Runs one statement in a connection of its own. */
  query(sql: string, parameters?: readonly unknown[]): Promise<Record<string, unknown>[]>
  /** Stops it as an administrator would, connections or not; or without a word. */
  stop(signal?: 'SIGINT' | 'SIGQUIT'): Promise<void>
  start(): Promise<void>
  remove(): Promise<void>
  readonly pid: () => number | undefined
}

/** @param settings further ones, as in `postgresql.conf` */
export async function startOwnPostgres(settings: Record<string, string> = {}): Promise<OwnPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'auzolan-postgres-'))
  const data = join(folder, 'data')
  await mkdir(data)
  if (NOBODY.uid) for (const path of [folder, data]) await chown(path, NOBODY.uid, NOBODY.gid)
  const initdb = programAt('initdb', ...postgresFolders())!
  execFileSync(
    initdb,
    ['-D', data, '-U', 'auzolan', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    {
      ...NOBODY,
      stdio: 'pipe',
      cwd: folder,
    },
  )
  const port = await freePort()
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    port: String(port),
    ...settings,
  }
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const url = `postgres://auzolan@127.0.0.1:${port}/postgres`
  const query = async (
    sql: string,
    parameters: readonly unknown[] = [],
  ): Promise<Record<string, unknown>[]> => {
    const client = new Client({ connectionString: url })
    client.on('error', () => {})
    await client.connect()
    try {
      return (await client.query(sql, [...parameters])).rows as Record<string, unknown>[]
    } finally {
      await client.end()
    }
  }
  const start = async (): Promise<void> => {
    child = await started(POSTGRES!, args, port, NOBODY)
    await until(
      () =>
        query('SELECT 1').then(
          () => true,
          () => false,
        ),
      'PostgreSQL answers',
    )
  }
  let child: Awaited<ReturnType<typeof started>> | null = null
  await start()
  return {
    url,
    port,
    query,
    start,
    pid: () => child?.pid,
    stop: (signal = 'SIGINT') => ended(child, signal),
    async remove() {
      await ended(child, 'SIGQUIT')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
