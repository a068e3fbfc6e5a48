/** `auzolan-server audit verify`: whether anything was changed that vouches for something else. */
import type { Command } from 'commander'
import { verifyAudit } from '../verify/command.ts'
import { asJson, type Doing } from './words.ts'

export function addAudit(program: Command, doing: Doing): void {
  const audit = program.command('audit').description('what the audit says of the data')
  audit
    .command('verify')
    .description(
      'check the chain, and by it versions, decisions, signatures and files; the server may be running',
    )
    .argument('<path>', 'data folder, or an export of the audit as JSON')
    .option(
      '--expect <hash>',
      'hash of the last row that was noted then: shows whether rows were taken from the end',
    )
    .addOption(asJson())
    .action(
      doing(async (output, { expect }: { expect?: string }, [path]) => {
        const lines: string[] = []
        const code = await verifyAudit(path!, expect ?? null, (line) => {
          lines.push(line)
          output.say(line)
        })
        output.result({ ok: code === 0, lines })
        return code
      }),
    )
}
