/** What `bin/auzolan-server.cjs` runs. */
import { run } from './cli/program.ts'

const code = await run(
  process.argv.slice(2),
  { out: process.stdout, err: process.stderr },
  { environment: process.env, now: () => new Date() },
)
if (code !== null) process.exitCode = code
