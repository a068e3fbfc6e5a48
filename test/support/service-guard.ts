/** A process that runs a service for tests and ends it: when it is asked to, and when the run of the tests is no more. */
import { spawn } from 'node:child_process'
import { openSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const { whilePid, folder, account, program, args } = JSON.parse(process.argv[2]!) as {
  whilePid: number
  folder: string
  account: { uid: number; gid: number } | null
  program: string
  args: string[]
}
const output = openSync(join(folder, '..', 'output'), 'a')
const child = spawn(program, args, { cwd: folder, stdio: ['ignore', output, output], ...account })
let isRunOver = false
child.once('exit', () => {
  // A run that was killed has nobody left to clear up.
  if (isRunOver) rmSync(join(folder, '..', '..'), { recursive: true, force: true })
  process.exit()
})
child.once('error', () => process.exit(1))
/** At once: nothing of it is needed any more. */
const end = (): void => void child.kill('SIGQUIT')
process.on('SIGTERM', end)
setInterval(() => {
  try {
    process.kill(whilePid, 0)
  } catch {
    isRunOver = true
    end()
  }
}, 1_000)
