/** `person-data` and `erase-person`: what is held of a person, for them; and an end to it. */
import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { ErasureReport, HeldOf } from '@auzolan/shared/protocol/personal-data.ts'
import { askRunning } from './running.ts'
import { asJson, type Doing, type Surroundings } from './words.ts'

/** Of the texts that name somebody; all of them are in `--json`. */
const NAMED_IN_SHOWN_MAX = 20

export function addPeople(program: Command, doing: Doing, around: Surroundings): void {
  program
    .command('person-data')
    .description(
      'write down everything that names a person, for them (GDPR art. 15 and 20); the server has to be running',
    )
    .argument('<account>', 'as Nextcloud calls it')
    .requiredOption('--to <file>', 'a JSON file, for its owner alone; not written over')
    .addOption(asJson())
    .action(
      doing(async (output, { to }: { to: string }, [person]) => {
        const held = await askRunning<HeldOf>(
          {
            method: 'POST',
            path: 'host/personal-data',
            content: { person },
            as: 'nextcloud',
            expects: ['rows', 'comments'],
          },
          around,
        )
        await writeFile(to, `${JSON.stringify(held, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
        const rows = Object.values(held.rows).reduce((sum, some) => sum + some.length, 0)
        output.say(`${to}: ${rows} rows, ${held.comments.length} comments.`)
        if (rows + held.comments.length === 0)
          output.say(`Nothing here names ${person}. Is it written as Nextcloud writes it?`)
        output.result({ ok: true, file: to, rows, comments: held.comments.length })
        return 0
      }),
    )

  program
    .command('erase-person')
    .description('erase a person whose account has ended (GDPR art. 17); the server has to be running')
    .argument('<account>', 'as Nextcloud called it')
    .option('--preview', 'only say what would go, and change nothing')
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nWhat was for them alone goes; what they did for others stays under a pseudonym. Reviews and decisions stay\nas the audit vouches for them, and whoever reads all of it can tell whose the pseudonym is. Texts are not changed: those that name the person are listed, for people to look at. It cannot be undone;\nolder backups still hold everything. Exit code 1: something is still to be done, the same command goes on.',
    )
    .action(
      doing(async (output, { preview = false }: { preview?: boolean }, [person]) => {
        const content = { person, preview, asker: 'auzolan-server' }
        const report = await askRunning<ErasureReport>(
          {
            method: 'POST',
            path: 'host/erase',
            content,
            as: 'nextcloud',
            expects: ['byTable', 'namedIn', 'rewritten'],
          },
          around,
        )
        const { pseudonym, byTable, logs, logsWaiting, documents, namedIn, copiesUntil, rewritten } = report
        if (report.deleted + report.pseudonymised + report.kept + namedIn.length === 0)
          output.say(`Nothing here names ${person}. Is it written as Nextcloud writes it?`)
        output.say(
          preview
            ? 'This would be done:'
            : `Erased${pseudonym === null ? '' : `; what stays of their work is by ${pseudonym}`}.`,
        )
        const tables = (of: { readonly [table: string]: number }): string =>
          Object.entries(of)
            .map(([table, n]) => `${table} ${n}`)
            .join(', ') || 'nothing'
        output.say(`  deleted: ${tables(byTable.deleted)}`)
        output.say(`  under a pseudonym, or nobody: ${tables(byTable.pseudonymised)}`)
        output.say(`  kept as evidence: ${tables(byTable.kept)}`)
        output.say(`  documents of their own that went: ${documents}`)
        output.say(
          `  texts whose log begins anew: ${logs}${logsWaiting > 0 ? `, of which ${logsWaiting} wait` : ''}`,
        )
        if (namedIn.length > 0) output.say('Texts in which they are named; look there yourself:')
        for (const { document, title, path } of namedIn.slice(0, NAMED_IN_SHOWN_MAX))
          output.say(
            `  ${Object.values(title)[0] ?? 'Organisation'}${document === null ? '' : ` (${document})`}: ${path}`,
          )
        if (namedIn.length > NAMED_IN_SHOWN_MAX)
          output.say(`  and ${namedIn.length - NAMED_IN_SHOWN_MAX} more`)
        if (copiesUntil !== null) output.say(`A copy of before an upgrade holds it until ${copiesUntil}.`)
        const whole = preview || (rewritten && logsWaiting === 0)
        if (!whole && !rewritten)
          output.say(
            'The database could not be written anew: what went may still be on the disk. See the log; then again.',
          )
        output.result({ ok: whole, preview, ...report })
        return whole ? 0 : 1
      }),
    )
}
