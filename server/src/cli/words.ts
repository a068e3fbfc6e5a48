/** What the commands have in common: options, and how one is put into the program. */
import { InvalidArgumentError, Option } from 'commander'
import { readSettings } from '../settings.ts'
import type { ExitCode, Output } from './output.ts'

/** What a command is given besides its own words. */
export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv
  readonly now: () => Date
}
/** Makes a command of a piece of work: its options come from `commander`, and a refusal becomes a sentence. */
export type Doing = (
  work: (output: Output, options: never, words: string[]) => Promise<ExitCode | null>,
) => (...given: unknown[]) => Promise<void>

/** What a command was asked for cannot be done; the sentence says why, and what to do. */
export class RefusedCommand extends Error {}

export const asJson = (): Option => new Option('--json', 'print one JSON object instead of sentences')
export const dataFolder = (environment: NodeJS.ProcessEnv): Option =>
  new Option('--data <folder>', 'the data folder').default(
    environment['AUZOLAN_DATA'] || 'data',
    'AUZOLAN_DATA, or ./data',
  )
/** The database that the settings name, with its password; `null` where everything lies in a folder. @throws {ConfigError} */
export const databaseUrl = (environment: NodeJS.ProcessEnv): string | null =>
  readSettings(environment).settings.AUZOLAN_DATABASE_URL ?? null

/** @throws {InvalidArgumentError} for anything but a whole number from 1 */
export function count(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1)
    throw new InvalidArgumentError('It is a whole number, 1 or more.')
  return number
}
