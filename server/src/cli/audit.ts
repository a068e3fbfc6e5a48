/** `auzolan-server audit verify`: whether anything was changed that vouches for something else. */
import type { Command } from 'commander'
import { asFolder } from '../carrying/scratch.ts'
import { verifyAudit } from '../verify/command.ts'
import { RefusedCommand, asJson, databaseUrl, type Doing, type Surroundings } from './words.ts'

export function addAudit(program: Command, doing: Doing, { environment }: Surroundings): void {
  const audit = program.command('audit').description('what the audit says of the data')
  audit
    .command('verify')
    .description(
      'check the chain, and by it versions, decisions, signatures and files; the server may be running',
    )
    .argument(
      '[path]',
      'data folder, or an export of the audit as JSON; without, the database of the settings',
    )
    .option(
      '--expect <hash>',
      'hash of the last row that was noted then: shows whether rows were taken from the end',
    )
    .addOption(asJson())
    .action(
      doing(async (output, { expect }: { expect?: string }, [path]) => {
        const lines: string[] = []
        const verify = (place: string) =>
          verifyAudit(place, expect ?? null, (line) => {
            lines.push(line)
            output.say(line)
          })
        const url = path === undefined ? databaseUrl(environment) : null
        if (path === undefined && url === null)
          throw new RefusedCommand('What is to be checked? Name a data folder, or set AUZOLAN_DATABASE_URL.')
        const code = url === null ? await verify(path!) : await asFolder(url, output.progress, verify)
        output.result({ ok: code === 0, lines })
        return code
      }),
    )
}
