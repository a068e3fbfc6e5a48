/** `migrate`: from the data folder of one server into a database that many nodes share, and back. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { carryToDatabase, carryToFolder, type Carried } from '../carrying/carry.ts'
import { RefusedCommand, asJson, dataFolder, databaseUrl, type Doing, type Surroundings } from './words.ts'

export function addMigrate(program: Command, doing: Doing, { environment }: Surroundings): void {
  program
    .command('migrate')
    .description(
      'carry everything from the data folder into an empty PostgreSQL, and compare it there by hash; the server has to be stopped',
    )
    .option(
      '--to <url>',
      'postgres://…; better AUZOLAN_DATABASE_URL or its _FILE, which no list of processes shows',
    )
    .option(
      '--back',
      'from the database into an empty data folder; nodes may go on meanwhile, and are not in it',
    )
    .addOption(dataFolder(environment))
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nWhat is carried: every table, the files, the keys that sign. What there was stays as it is: move the folder away before a node starts, which does\nnot start on it. With --back stop the nodes first, if it is to be the last word.',
    )
    .action(
      doing(async (output, options: { to?: string; data: string; back?: boolean }) => {
        const url = options.to ?? databaseUrl(environment)
        if (url === null)
          throw new RefusedCommand(
            'Which database? Set AUZOLAN_DATABASE_URL (or _FILE), or say --to postgres://…',
          )
        const { progress } = output
        const folder = resolve(options.data)
        const done: Carried = options.back
          ? await carryToFolder({ url, folder, progress })
          : await carryToDatabase({ folder, url, progress })
        const rows = [...done.sums.values()].reduce((sum, table) => sum + table.rows, 0)
        output.say(
          `${done.sums.size} tables with ${rows} rows and ${done.files} files: the same on both sides, by hash.`,
        )
        for (const fault of done.faults) output.say(`  ${fault}: it was lost before`)
        output.result({
          ok: done.faults.length === 0,
          tables: Object.fromEntries(done.sums),
          files: done.files,
          faults: done.faults,
        })
        return done.faults.length === 0 ? 0 : 1
      }),
    )
}
