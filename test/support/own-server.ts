/** A program that serves on a port, started by a test for itself alone, which may stop it and start it again. */
import { spawn, type ChildProcess } from 'node:child_process'
import { connect } from 'node:net'
import { until } from './server.ts'

/** Starts it, and waits until somebody listens on its port. */
export async function started(
  program: string,
  args: readonly string[],
  port: number,
  as: { uid?: number; gid?: number } = {},
): Promise<ChildProcess> {
  const child = spawn(program, args, { ...as, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout!.on('data', (data: Buffer) => (output += data.toString()))
  child.stderr!.on('data', (data: Buffer) => (output += data.toString()))
  await until(
    async () => {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${output}`)
      return new Promise<boolean>((resolve) => {
        const probe = connect(port, '127.0.0.1', () => resolve((probe.end(), true)))
        probe.once('error', () => resolve(false))
      })
    },
    `${program} listens`,
    60_000,
  )
  return child
}

/** Ends it, and waits for its end. */
export async function ended(child: ChildProcess | null, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}
