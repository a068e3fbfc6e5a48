/** Fills a data folder that is empty, whole or not at all: for what comes out of a backup and out of an export. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { COMPILED } from '../compiled.ts'
import { DATABASE } from '../journal/file-place.ts'
import { holdOnly, lockOf } from '../journal/sqlite/only-one.ts'
import { withPassing } from './passing.ts'
import { RefusedBackup } from './refused.ts'

/** Within the folder, which may be a disk of its own, or a link to one. */
const BESIDE = '.filling-'
const LOCK = basename(lockOf(DATABASE))
/** The lock, and what SQLite has beside it while it is held. */
const isLock = (name: string): boolean => name.startsWith(LOCK)
/** What may be in an empty folder: the root of a file system has one of these, a start that failed and a fill that was killed leave the others. */
const isNothing = (name: string): boolean =>
  ['lost+found', COMPILED].includes(name) || isLock(name) || name.startsWith(BESIDE)

/**
 * @param folder must not exist, or be empty: data that is there is never written over
 * @param work makes a data folder in the folder it is given
 * @throws {RefusedBackup} then the folder is as it was
 */
export async function fillFolder<T>(folder: string, work: (beside: string) => Promise<T>): Promise<T> {
  const place = resolve(folder)
  const isNew = !existsSync(place)
  await mkdir(place, { recursive: true, mode: 0o700 })
  await refuseIfUsed(place)
  // No server starts on half of it, and nobody else fills it at the same time.
  const letGo = hold(place)
  let filled = false
  try {
    for (const name of await readdir(place))
      if (name.startsWith(BESIDE)) await rm(join(place, name), { recursive: true, force: true })
    const done = await withPassing(place, BESIDE, async (beside) => {
      const made = await work(beside)
      await refuseIfUsed(place)
      await moveInto(place, beside)
      return made
    })
    filled = true
    return done
  } finally {
    // While it is held: afterwards it may be the lock of a server that has just begun.
    if (!filled) await rm(join(place, LOCK), { force: true }).catch(() => {})
    letGo()
    if (!filled && isNew) await rmdir(place).catch(() => {})
  }
}

function hold(folder: string): () => void {
  try {
    return holdOnly(join(folder, DATABASE), 0)
  } catch {
    throw new RefusedBackup(`${folder} is in use: a server runs on it, or something is being brought in.`)
  }
}

/** The database last: until then there is nothing here that could be started. */
async function moveInto(folder: string, beside: string): Promise<void> {
  const names = (await readdir(beside))
    .filter((name) => !isLock(name))
    .sort((a, b) => Number(a.startsWith(DATABASE)) - Number(b.startsWith(DATABASE)))
  for (const name of names) await rename(join(beside, name), join(folder, name))
}

async function refuseIfUsed(folder: string): Promise<void> {
  const there = (await readdir(folder)).filter((name) => !isNothing(name))
  if (there.length > 0)
    throw new RefusedBackup(
      `${folder} is not empty (${there[0]!}). Name another folder, or move what is there aside; it may be the only copy of what it holds.`,
    )
}
