/** What `bin/auzolan-server.cjs` runs: starts, says where it is, and stops on a signal; or checks what is stored. */
import { readConfig, ConfigError } from './config.ts'
import { startServer } from './server.ts'
import { verifyAudit } from './verify/command.ts'

if (process.argv[2] === 'verify-audit') {
  process.exitCode = await verifyAudit(process.argv.slice(3), (line) => console.log(line))
} else await serve()

async function serve(): Promise<void> {
  try {
    const standalone = process.argv.includes('--standalone')
    const config = readConfig(process.env, standalone)
    const server = await startServer(config)
    if (standalone) {
      console.log(`\n  Auzolan is running:  ${server.url}\n`)
      console.log('  A demo with invented people, on this computer only. Open the address in two tabs')
      console.log(`  to be two people. Data: ${config.dataFolder}   Stop: Ctrl+C\n`)
    }
    let stopping = false
    const stop = (): void => {
      if (stopping) return
      stopping = true
      server.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error)
          process.exit(1)
        },
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(`\n${error.message}\n`)
    process.exit(1)
  }
}
