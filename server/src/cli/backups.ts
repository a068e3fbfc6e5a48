/** `backup`, `verify`, `restore` and `backup-key`: a copy that can be trusted, tried out and brought back. */
import { mkdir, open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { newKey } from '../backup/encryption.ts'
import { makeBackup } from '../backup/make.ts'
import { RefusedBackup } from '../backup/refused.ts'
import { restoreBackup, tryBackup } from '../backup/restore.ts'
import { noteBackup } from '../backup/state.ts'
import type { Output } from './output.ts'
import { asJson, count, dataFolder, databaseUrl, type Doing, type Surroundings } from './words.ts'

const FAULTS_SHOWN_MAX = 20
const keyFile = (): Option =>
  new Option('--key-file <file>', 'file with the secret key, where the archive is encrypted')

export function addBackups(program: Command, doing: Doing, { environment, now }: Surroundings): void {
  program
    .command('backup')
    .description(
      'copy everything into one archive, while the server runs: the database as of one moment, the files, the keys',
    )
    .requiredOption('--to <folder>', 'where archives are kept; not on the disk of the data')
    .addOption(dataFolder(environment))
    .option(
      '--recipient <key>',
      'encrypt for this public key (age1…); may be given again for others',
      (key: string, all: string[]) => [...all, key],
      [] as string[],
    )
    .option('--keep <n>', 'take away all but the newest n archives in the folder afterwards', count)
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nThe archive holds the keys that sign receipts, and everything people wrote: keep it as secret as the data, or encrypt it.\nBring it back with `auzolan-server restore`; try out that it can be with `auzolan-server verify`.',
    )
    .action(
      doing(async (output, options: { to: string; data: string; recipient: string[]; keep?: number }) => {
        if (databaseUrl(environment) !== null)
          throw new RefusedBackup(
            'Everything is in PostgreSQL, which has its own ways: pg_dump --format=custom, or its continuous archiving. All of it is in the database, also the files and the keys that sign.\nFor an archive as this command makes it: `auzolan-server migrate --back --data <folder>`, then `backup --data <folder>` without AUZOLAN_DATABASE_URL.',
          )
        const made = await makeBackup({
          folder: options.data,
          to: options.to,
          recipients: options.recipient,
          keep: options.keep ?? null,
          now,
          progress: output.progress,
        })
        const { path, bytes, sha256, encrypted } = made
        const at = made.manifest.madeAt
        await noteBackup(options.data, {
          made: { at, path, bytes, sha256, encrypted, faults: made.faults.length },
        })
        const { documents, files, auditRows } = made.manifest.counts
        output.say(made.path)
        output.say(
          `  ${documents} documents, ${files} files, ${auditRows} rows of the audit; ${made.bytes} bytes`,
        )
        output.say(`  SHA-256 ${made.sha256}`)
        output.say(`  last row of the audit ${made.manifest.auditHead || 'none'}`)
        output.say(made.encrypted ? '  encrypted (age)' : '  not encrypted')
        for (const path of made.removed) output.say(`  taken away: ${path}`)
        sayFaults(output, made.faults, 'What could be copied was; this was damaged before:')
        const { manifest, ...rest } = made
        const { contents: _, ...about } = manifest
        output.result({ ok: made.faults.length === 0, ...rest, ...about })
        return made.faults.length === 0 ? 0 : 1
      }),
    )

  program
    .command('verify')
    .description(
      'restore an archive to a scratch place, and compare everything in it by hash, chain and signature',
    )
    .argument('<archive>')
    .addOption(keyFile())
    .option(
      '--scratch <folder>',
      'where there is room for it (default: the folder of the system for such things)',
    )
    .addOption(dataFolder(environment).hideHelp())
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nWhere the data folder is on this machine (AUZOLAN_DATA), it is noted there that an archive was tried out.',
    )
    .action(
      doing(async (output, options: { keyFile?: string; scratch?: string; data: string }, [archive]) => {
        const { manifest, faults, whole } = await tryBackup({
          archive: archive!,
          keyFile: options.keyFile ?? null,
          scratch: options.scratch ?? null,
          now,
          progress: output.progress,
        })
        const { madeAt } = manifest
        await noteBackup(options.data, {
          tested: { at: now().toISOString(), madeAt, path: resolve(archive!), faults: faults.length },
        })
        output.say(`${archive}: of ${manifest.madeAt}, by Auzolan ${manifest.program}`)
        for (const line of whole) output.say(`  ${line}`)
        sayFaults(output, faults, 'NOT WHOLE:')
        if (faults.length === 0)
          output.say('Whole: it can be brought back, and is what it was when it was made.')
        output.result({
          ok: faults.length === 0,
          archive,
          madeAt: manifest.madeAt,
          counts: manifest.counts,
          faults,
        })
        return faults.length === 0 ? 0 : 1
      }),
    )

  program
    .command('restore')
    .description('bring an archive back into an empty data folder; the server must not be running on it')
    .argument('<archive>')
    .addOption(dataFolder(environment))
    .addOption(keyFile())
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nWhat was written after the backup is not in it. Browsers that still have such work keep it as drafts, which\ntheir people are shown when they come back; nothing is mixed in unseen.',
    )
    .action(
      doing(async (output, options: { data: string; keyFile?: string }, [archive]) => {
        const { manifest, channels } = await restoreBackup({
          archive: archive!,
          folder: options.data,
          keyFile: options.keyFile ?? null,
          now,
          progress: output.progress,
        })
        output.say(
          `${resolve(options.data)} is as it was at ${manifest.madeAt}: ${manifest.counts.documents} documents.`,
        )
        output.say(
          'It belongs to whoever ran this: give it to the account of the server before you start it.',
        )
        output.result({
          ok: true,
          folder: resolve(options.data),
          madeAt: manifest.madeAt,
          counts: manifest.counts,
          channels,
        })
        return 0
      }),
    )

  program
    .command('backup-key')
    .description('make a pair of keys for encrypted archives, as `age-keygen` does')
    .argument('<file>', 'for the secret key; keep it away from the server: without it no archive can be read')
    .addOption(asJson())
    .action(
      doing(async (output, _, [file]) => {
        const { file: text, recipient } = await newKey(now())
        await mkdir(dirname(file!), { recursive: true })
        const handle = await open(file!, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
          throw new RefusedBackup(
            error.code === 'EEXIST'
              ? `${file} is there already, and is not written over.`
              : `${file} cannot be written: ${error.message}`,
          )
        })
        await handle.writeFile(text).finally(() => handle.close())
        output.say(`${file} holds the secret key. For backups:`)
        output.say(`  --recipient ${recipient}`)
        output.result({ ok: true, file, recipient })
        return 0
      }),
    )
}

function sayFaults(output: Output, faults: readonly string[], heading: string): void {
  if (faults.length === 0) return
  output.say(heading)
  for (const fault of faults.slice(0, FAULTS_SHOWN_MAX)) output.say(`  ${fault}`)
  if (faults.length > FAULTS_SHOWN_MAX) output.say(`  and ${faults.length - FAULTS_SHOWN_MAX} more`)
}
