/** `auzolan-server doctor`: whether all is as the server needs it, and what to do where it is not. */
import type { Command } from 'commander'
import { examine } from '../doctor/examine.ts'
import { STATES, type Finding, type State } from '../doctor/finding.ts'
import { asJson, dataFolder, type Doing, type Surroundings } from './words.ts'

const LONGEST = Math.max(...STATES.map((state) => state.length))
const CHECK_WIDTH = 10

export function addDoctor(program: Command, doing: Doing, { environment, now }: Surroundings): void {
  program
    .command('doctor')
    .description(
      'look at settings, folder, disk, database, keys, backups, the running server and Nextcloud, and say what to do',
    )
    .addOption(dataFolder(environment))
    .option('--standalone', 'of the demo: no Nextcloud is asked for')
    .option('--thorough', 'compare every index of the database with its rows, too (long, where it is large)')
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nIt changes nothing; the server may be running. Run it as the account of the server, with its settings. Exit code 1: something\nis a fault. Warnings alone leave it at 0. Whether browsers reach the server is asked from the other side: occ auzolan:self-test.',
    )
    .action(
      doing(async (output, options: { data: string; standalone?: boolean; thorough?: boolean }) => {
        const findings: Finding[] = []
        const { data: folder, standalone = false, thorough = false } = options
        for await (const finding of examine({ environment, folder, standalone, thorough, now })) {
          findings.push(finding)
          const { state, check, says, todo } = finding
          output.say(`${state.padEnd(LONGEST)}  ${check.padEnd(CHECK_WIDTH)} ${says}`)
          for (const line of todo) output.say(`${' '.repeat(LONGEST + CHECK_WIDTH + 3)}→ ${line}`)
        }
        const count = (state: State): number => findings.filter((one) => one.state === state).length
        const [faults, warnings] = [count('fault'), count('warning')]
        output.say(
          faults + warnings === 0
            ? 'All is well.'
            : `${faults} ${faults === 1 ? 'fault' : 'faults'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}.`,
        )
        output.result({ ok: faults === 0, findings })
        return faults === 0 ? 0 : 1
      }),
    )
}
