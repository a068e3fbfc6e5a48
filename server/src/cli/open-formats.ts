/** `export` and `import`: everything in open formats, and a data folder made of that. */
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { carryToDatabase } from '../carrying/carry.ts'
import { asFolder, emptyFolder } from '../carrying/scratch.ts'
import { readExport } from '../open-formats/read.ts'
import { writeExport } from '../open-formats/write.ts'
import { asJson, dataFolder, databaseUrl, type Doing, type Surroundings } from './words.ts'

export function addOpenFormats(program: Command, doing: Doing, { environment, now }: Surroundings): void {
  program
    .command('export')
    .description(
      'write everything down in open formats, while the server runs: JSON, JSON Lines, and the files as they are',
    )
    .requiredOption('--to <folder>', 'a folder that is not there yet')
    .addOption(dataFolder(environment))
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nTo take everything to another program, or to keep it for long; to bring this server back use `backup`. It has no secret key, no edits\none by one, and no indexes. datapackage.json lists every file with its hash. Keep it as secret as the data.',
    )
    .action(
      doing(async (output, options: { to: string; data: string }) => {
        const { progress } = output
        const write = (folder: string) => writeExport({ folder, to: options.to, now, progress })
        const url = databaseUrl(environment)
        const { folder, resources, documents, faults } =
          url === null ? await write(options.data) : await asFolder(url, progress, write)
        output.say(`${folder}: ${documents} documents in ${resources} files.`)
        for (const fault of faults) output.say(`  ${fault}`)
        output.result({ ok: faults.length === 0, folder, resources, documents, faults })
        return faults.length === 0 ? 0 : 1
      }),
    )

  program
    .command('import')
    .description(
      'make a data folder of an export; everything is compared with its hashes, and read again afterwards',
    )
    .argument('<export>')
    .addOption(dataFolder(environment))
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nInto an empty folder only. The first decision afterwards gets a new signing key, since an export has no secret half; receipts of\nbefore can be checked as before.',
    )
    .action(
      doing(async (output, options: { data: string }, [from]) => {
        const { progress } = output
        const read = (folder: string) => readExport({ from: from!, folder, now, progress })
        const url = databaseUrl(environment)
        const { documents, files, faults } =
          url === null
            ? await read(options.data)
            : await emptyFolder(async (folder) => {
                const done = await read(folder)
                await carryToDatabase({ folder, url, progress })
                return done
              })
        const where = url === null ? resolve(options.data) : 'The database'
        output.say(`${where} holds ${documents} documents and ${files} files.`)
        if (url === null)
          output.say(
            'It belongs to whoever ran this: give it to the account of the server before you start it.',
          )
        for (const fault of faults) output.say(`  ${fault}: it was lost before the export`)
        output.result({ ok: faults.length === 0, folder: options.data, documents, files, faults })
        return faults.length === 0 ? 0 : 1
      }),
    )
}
