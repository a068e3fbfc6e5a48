/** What `bin/auzolan-server.cjs` runs. */
import { run } from './cli/program.ts'

// Whoever reads the first lines only (`| head`) closes the pipe, and that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const code = await run(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr },
  { environment: process.env, now: () => new Date() },
).catch((error: unknown) => {
  // A fault of ours: Node's own code for it would say that something is not whole.
  console.error(error)
  return 2
})
if (code !== null) process.exitCode = code
