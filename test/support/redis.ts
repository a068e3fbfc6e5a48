/** A Redis or Valkey server for one test alone, which it may stop and start again. Nothing of it is on a disk. */
import { ended, started } from './own-server.ts'
import { freePort } from './free-port.ts'
import { programAt } from './services.ts'

const PROGRAM = programAt('valkey-server') ?? programAt('redis-server')

/** Why there is none to test with; `null` where there is one. */
export const NO_REDIS: string | null = PROGRAM
  ? null
  : 'Neither Valkey nor Redis is installed here (Debian: apt install redis-server)'

export interface OwnRedis {
  readonly url: string
  readonly port: number
  stop(): Promise<void>
  start(): Promise<void>
  readonly pid: () => number | undefined
}

/** @param password that it asks for */
export async function startOwnRedis(password?: string): Promise<OwnRedis> {
  const port = await freePort()
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  if (password) args.push('--requirepass', password)
  let child = await started(PROGRAM!, args, port)
  return {
    url: `redis://${password ? `:${password}@` : ''}127.0.0.1:${port}`,
    port,
    pid: () => child.pid,
    stop: () => ended(child, 'SIGKILL'),
    async start() {
      child = await started(PROGRAM!, args, port)
    },
  }
}
