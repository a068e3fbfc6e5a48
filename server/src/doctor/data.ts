/** What is in the folder of the data: the database, the keys, what waits or went wrong, the backups. Only reads. */
import { existsSync } from 'node:fs'
import { access, constants } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { DATABASE } from '../journal/file-place.ts'
import { readBackupState } from '../backup/state.ts'
import { MIGRATIONS } from '../journal/sqlite/schema.ts'
import { LOST_MARK, WITNESS, usableKeys, witnessed } from '../review/signing-keys.ts'
import { ConfigError } from '../settings.ts'
import { fault, bytesSaid, ok, skipped, warning, type Look } from './finding.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
/** What waits for Nextcloud longer than any maintenance. */
const WAITING_MAX_MS = 2 * HOUR_MS
/** A day's work may be lost, and a weekend's delay is none. */
export const BACKUP_AGE_MAX_MS = 2 * DAY_MS
/** Once a month, as docs/OPERATIONS.md asks for, and some days of grace. */
export const TEST_AGE_MAX_MS = 35 * DAY_MS

/** @param thorough compares every index with its rows, too */
export async function database(folder: string, thorough: boolean): Promise<Look> {
  const path = join(folder, DATABASE)
  if (!existsSync(path)) return skipped(`There is no database in ${folder} yet: the first start makes it.`)
  return reading(path, (db) => {
    const schema = db.pragma('user_version', { simple: true }) as number
    if (schema > MIGRATIONS.length)
      return fault(
        'The data is of a newer version of Auzolan than this program.',
        'Use the program of that version, or bring back the backup from before the upgrade.',
      )
    const bad =
      (db.pragma(thorough ? 'integrity_check(5)' : 'quick_check(5)', { simple: true }) as string) ?? ''
    if (bad !== 'ok')
      return fault(
        `The database is damaged: ${bad.split('\n')[0]!}`,
        'Stop the server, move its folder aside, and bring back the last backup: auzolan-server restore',
      )
    const size =
      (db.pragma('page_count', { simple: true }) as number) *
      (db.pragma('page_size', { simple: true }) as number)
    const whole = `The database is whole (${bytesSaid(size)}`
    return schema < MIGRATIONS.length
      ? warning(
          `${whole}); it is of an older version, and the next start brings it up to date.`,
          'Make a backup before: auzolan-server backup --to …',
        )
      : ok(`${whole}, tables of version ${schema}).`)
  })
}

export async function keys(folder: string): Promise<Look> {
  const path = join(folder, DATABASE)
  const lost = existsSync(join(folder, LOST_MARK))
  let seen: ReturnType<typeof witnessed> = []
  if (existsSync(path)) {
    const known = await reading(path, (db) => {
      if (!tableIn(db, 'setting')) return ok('')
      seen = witnessed(
        db.prepare('SELECT value FROM setting WHERE key = ?').pluck().get(WITNESS) as string | undefined,
      )
      return ok('')
    })
    if (known.state !== 'ok') return skipped('What was signed cannot be known without the database.')
  }
  try {
    const found = await usableKeys(folder, seen)
    if (lost && found?.current)
      return fault(
        `${LOST_MARK} is there, and the key is whole: the server does not start.`,
        `If nothing is lost: rm ${join(folder, LOST_MARK)}`,
      )
    if (lost) return warning(`${LOST_MARK} is there: the next start takes the key for lost.`)
    if (!found) return ok('Nothing was signed yet: the first decision makes the key.')
    const { current, file } = found
    return ok(
      current
        ? `The key ${current.id} signs; ${file.keys.length} in all.`
        : 'No key signs now: the next decision makes one.',
    )
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    if (lost) return warning(`${LOST_MARK} is there: the next start takes the key for lost.`)
    const [says = '', ...todo] = error.message.split('\n')
    return fault(says, ...todo)
  }
}

/** What waits for Nextcloud, what it did not take, and what was harmful. */
export async function queues(folder: string, now: Date): Promise<Look> {
  const path = join(folder, DATABASE)
  if (!existsSync(path)) return skipped('There is no database yet.')
  return reading(path, (db) => {
    if (!tableIn(db, 'outbox')) return skipped('The database is older than this: nothing is known of it.')
    const one = <T>(sql: string): T => db.prepare(sql).pluck().get() as T
    const waiting = one<number>('SELECT count(*) FROM outbox WHERE aside IS NULL')
    const oldest = one<string | null>('SELECT min(at) FROM outbox WHERE aside IS NULL')
    const aside = one<number>('SELECT count(*) FROM outbox WHERE aside IS NOT NULL')
    const harmful = one<number>('SELECT count(*) FROM quarantined')
    return queuesSaid({ waiting, oldest, aside, harmful }, now)
  })
}

export function queuesSaid(
  {
    waiting,
    oldest,
    aside,
    harmful,
  }: {
    readonly waiting: number
    readonly oldest: string | null
    readonly aside: number
    readonly harmful: number
  },
  now: Date,
): Look {
  const says = `${waiting} notices wait for Nextcloud, ${aside} it did not take; ${harmful} harmful entries kept aside.`
  const todo = [
    ...(oldest !== null && now.getTime() - Date.parse(oldest) > WAITING_MAX_MS
      ? [`The oldest waits since ${oldest}: see below how the server gets on with Nextcloud.`]
      : []),
    ...(aside > 0
      ? ['What it did not take is in the table “outbox” (“aside”) for 30 days, with the reason.']
      : []),
    ...(harmful > 0
      ? ['Somebody’s program wrote something harmful: what and who is in the table “quarantined”.']
      : []),
  ]
  return todo.length > 0 ? warning(says, ...todo) : ok(says)
}

export async function backups(folder: string, now: Date): Promise<Look> {
  const { made, tested } = await readBackupState(folder)
  if (!made)
    return warning(
      'No backup was made with this program.',
      'Every night, to another disk: auzolan-server backup --to /backups --keep 14',
    )
  const age = now.getTime() - Date.parse(made.at)
  const says = `The last backup is of ${made.at}; ${tested ? `one was tried out at ${tested.at}` : 'none was tried out here'}.`
  const todo = [
    ...(age > BACKUP_AGE_MAX_MS ? ['It is older than two days: does the timer run?'] : []),
    ...(made.faults > 0
      ? [`It lacks ${made.faults} files that were damaged before: auzolan-server audit verify ${folder}`]
      : []),
    ...(!tested || now.getTime() - Date.parse(tested.at) > TEST_AGE_MAX_MS
      ? [`Once a month: auzolan-server verify ${made.path}`]
      : []),
    ...(tested && tested.faults > 0 ? [`${tested.path} was not whole when it was tried out.`] : []),
  ]
  return todo.length > 0 ? warning(says, ...todo) : ok(says)
}

const tableIn = (db: Database.Database, name: string): boolean =>
  db.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?").get(name) !== undefined

async function reading(path: string, look: (db: Database.Database) => Look): Promise<Look> {
  const mayRead = await access(path, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  )
  if (!mayRead)
    return fault(
      `${path} cannot be read and written by this account.`,
      `chown -R ${process.getuid?.() ?? 'auzolan'} ${dirname(path)}`,
    )
  let db: Database.Database | undefined
  try {
    db = new Database(path, { readonly: true, fileMustExist: true })
    return look(db)
  } catch (error) {
    return fault(
      `${path} cannot be read: ${(error as Error).message}.`,
      'If it is damaged, stop the server, move the folder aside, and bring back the last backup: auzolan-server restore',
    )
  } finally {
    db?.close()
  }
}
