/** `auzolan-server serve`: starts, says where it is, and stops on a signal. */
import type { Command } from 'commander'
import { readConfig } from '../config.ts'
import { keepCompiled } from '../compiled.ts'
import { keepYoungSpaceSmall } from '../young-space.ts'
import type { Doing, Surroundings } from './words.ts'

export function addServe(program: Command, doing: Doing, { environment }: Surroundings): void {
  program
    .command('serve', { isDefault: true })
    .description('run the server (also without any word)')
    .option('--standalone', 'a demo with invented people, on this computer only')
    .action(
      doing(async (output, { standalone = false }: { standalone?: boolean }) => {
        const config = readConfig(environment, standalone)
        keepYoungSpaceSmall()
        keepCompiled(config.dataFolder)
        // Only here: the other commands have no use for all of it, and begin sooner.
        const { startServer } = await import('../server.ts')
        const server = await startServer(config)
        if (standalone) {
          output.say(`\n  Auzolan is running:  ${server.url}\n`)
          output.say('  A demo with invented people, on this computer only. Open the address in two tabs')
          output.say(`  to be two people. Data: ${config.dataFolder}   Stop: Ctrl+C\n`)
        }
        let stopping = false
        const stop = (): void => {
          if (stopping) return
          stopping = true
          server.stop().then(
            () => process.exit(0),
            (error: unknown) => {
              process.stderr.write(`${String(error)}\n`)
              process.exit(1)
            },
          )
        }
        process.on('SIGTERM', stop)
        process.on('SIGINT', stop)
        return null
      }),
    )
}
