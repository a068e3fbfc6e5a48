/** Whose a data folder is: one process's, as long as it lives. */
import Database from 'better-sqlite3'

/** @param path of the database */
export const lockOf = (path: string): string => `${path}.lock`

/**
 * Holds a data folder for this process; the system lets go of it when the process ends, however it ends.
 * @param waitMs for a predecessor that is still ending
 * @returns what lets go of it. @throws when another process holds it
 */
export function holdOnly(path: string, waitMs: number): () => void {
  const lock = new Database(lockOf(path), { timeout: waitMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new Error('another Auzolan is using it')
  }
  return () => lock.close()
}
