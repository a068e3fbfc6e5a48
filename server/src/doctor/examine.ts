/** The doctor: looks at everything the server needs, changes nothing, and says of each what is wrong and what to do. */
import { resolve } from 'node:path'
import { ConfigError, readConfig, type Config } from '../config.ts'
import { beNobodys } from '../journal/open.ts'
import { freeBytesAt } from '../storage.ts'
import { backups, database, keys, queues } from './data.ts'
import { fault, ok, skipped, warning, type Finding, type Look } from './finding.ts'
import { nextcloudAnswers, running } from './near.ts'
import { disk, folderOf, program } from './place.ts'
import { sharedDatabase } from './shared-database.ts'

export interface Examined {
  readonly environment: NodeJS.ProcessEnv
  readonly folder: string
  /** The demo: no Nextcloud is asked for. */
  readonly standalone: boolean
  readonly thorough: boolean
  readonly now: () => Date
}

/** One after the other: what comes later is often wrong because of what came first. */
export async function* examine(options: Examined): AsyncGenerator<Finding> {
  const { environment, standalone, thorough, now } = options
  const folder = resolve(options.folder)
  const { config, look } = settings(environment, standalone)
  yield { check: 'settings', ...look }
  yield { check: 'program', ...(await program()) }
  const isShared = config !== null && config.databaseUrl !== null
  const place = (isShared && unlessRefused(() => beNobodys(folder))) || (await folderOf(folder))
  yield { check: 'folder', ...place }
  const nowhere = place.state === 'fault' && skipped('The folder comes first.')
  yield { check: 'disk', ...(nowhere || (await disk(folder, await freeBytesAt(folder)))) }
  if (config && config.databaseUrl !== null) {
    const looks = await sharedDatabase(config.databaseUrl, now())
    for (const check of ['database', 'keys', 'queues', 'backups'] as const) yield { check, ...looks[check] }
  } else {
    yield { check: 'database', ...(nowhere || (await database(folder, thorough))) }
    yield { check: 'keys', ...(nowhere || (await keys(folder))) }
    yield { check: 'queues', ...(nowhere || (await queues(folder, now()))) }
    yield { check: 'backups', ...(nowhere || (await backups(folder, now()))) }
  }
  const unsaid = config === null && skipped('The settings come first.')
  yield { check: 'server', ...(unsaid || (await running(config!))) }
  yield { check: 'nextcloud', ...(unsaid || (await nextcloudAnswers(config!, now))) }
}

function settings(
  environment: NodeJS.ProcessEnv,
  standalone: boolean,
): { config: Config | null; look: Look } {
  try {
    const config = readConfig(environment, standalone)
    const todo = [
      ...config.warnings,
      ...(config.host.kind === 'nextcloud' && config.host.previousSecret
        ? ['AUZOLAN_PREVIOUS_SECRET is set: ten minutes after a change it is of no use, take it out']
        : []),
    ]
    const look =
      todo.length > 0
        ? warning('Something is set that wants a look.', ...todo)
        : ok('Every setting can be used.')
    return { config, look }
  } catch (error) {
    return { config: null, look: refused(error) }
  }
}

/** What a start would be refused for; `null` where it would not. */
function unlessRefused(look: () => void): Look | null {
  try {
    look()
    return null
  } catch (error) {
    return refused(error)
  }
}

function refused(error: unknown): Look {
  if (!(error instanceof ConfigError)) throw error
  const [says = '', ...todo] = error.message.split('\n')
  return fault(says, ...todo)
}
