/** The command `auzolan-server`: its words, what they take, and the code it ends with. Each command does its work elsewhere. */
import { Command, CommanderError } from 'commander'
import { VERSION } from '@auzolan/shared/build.ts'
import { RefusedBackup } from '../backup/refused.ts'
import { ConfigError, NotNowError } from '../config.ts'
import { addAudit } from './audit.ts'
import { addBackups } from './backups.ts'
import { addDoctor } from './doctor.ts'
import { outputTo, type ExitCode } from './output.ts'
import { addOpenFormats } from './open-formats.ts'
import { addMigrate } from './migrate.ts'
import { addPeople } from './people.ts'
import { addReference } from './reference.ts'
import { addSigningKey } from './signing-key.ts'
import { addServe } from './serve.ts'
import { RefusedCommand, type Doing, type Surroundings } from './words.ts'

export interface Streams {
  readonly out: NodeJS.WritableStream
  readonly err: NodeJS.WritableStream & { isTTY?: boolean }
}
/** @returns the exit code, or `null` while a server runs on */
export async function run(
  words: readonly string[],
  streams: Streams,
  around: Surroundings,
): Promise<ExitCode | null> {
  let code: ExitCode | null = 0
  const program = new Command('auzolan-server')
    .description(
      'The sync server of Auzolan, and what one needs to look after it.\nSettings are environment variables (docs/OPERATIONS.md); the data is in AUZOLAN_DATA, or ./data.',
    )
    .version(VERSION)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.out.write(text),
      writeErr: (text) => streams.err.write(text),
    })
    .showHelpAfterError('`auzolan-server help` lists the commands.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, and all is well; 1 something is not whole; 2 nothing could be done; 3 the database cannot be reached now.\nWith --json a command prints one JSON object and nothing else.',
    )
  /** Puts a command in: its options come from commander, and what it throws becomes a sentence. */
  const doing: Doing =
    (work) =>
    async (...given) => {
      const command = given.at(-1) as Command
      const options = command.opts()
      const json = options['json'] === true
      const output = outputTo(streams.out, streams.err, json)
      try {
        code = await work(output, options as never, command.args)
      } catch (error) {
        const sentence = sentenceOf(error)
        if (sentence === null) throw error
        output.result({ ok: false, error: sentence })
        streams.err.write(`${sentence}\n`)
        code = error instanceof NotNowError ? 3 : 2
      }
    }
  addServe(program, doing, around)
  addDoctor(program, doing, around)
  addBackups(program, doing, around)
  addOpenFormats(program, doing, around)
  addMigrate(program, doing, around)
  addPeople(program, doing, around)
  addReference(program, doing, around)
  addSigningKey(program, doing, around)
  addAudit(program, doing, around)
  const [first = ''] = words
  // `serve` may be left out, and would be told of the wrong word instead of whoever typed it.
  if (/^\w/.test(first) && !['help', ...program.commands.map((one) => one.name())].includes(first)) {
    streams.err.write(`There is no command ${first}. \`auzolan-server help\` lists the commands.\n`)
    return 2
  }
  try {
    await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    // Help and the version that were asked for are no fault.
    return error.exitCode === 0 ? 0 : 2
  }
  return code
}

/** What can be said to whoever typed the command; `null` for a fault of ours. */
function sentenceOf(error: unknown): string | null {
  if ([RefusedBackup, ConfigError, RefusedCommand].some((kind) => error instanceof kind))
    return (error as Error).message
  const { code, syscall, path, message } = error as NodeJS.ErrnoException
  if (syscall !== undefined) return `${path ?? 'A file'} cannot be used: ${message}.`
  if (code === 'SQLITE_FULL') return 'There is no room left on the disk.'
  return code?.startsWith('SQLITE_') ? `The database cannot be read: ${message}.` : null
}
