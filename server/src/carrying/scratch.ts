/** A moment of a database as a data folder that lasts as long as somebody looks at it: whatever reads folders reads databases so, too. */
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withPassing } from '../backup/passing.ts'
import type { Progress } from '../backup/progress.ts'
import { intoFolder } from './carry.ts'

/** @throws {ConfigError} with a sentence, when the database cannot be read */
export const asFolder = <T>(
  url: string,
  progress: Progress,
  work: (folder: string) => Promise<T>,
): Promise<T> =>
  emptyFolder(async (folder) => {
    await mkdir(folder)
    await intoFolder(url, folder, progress)
    return work(folder)
  })

/** Of which nothing is left afterwards; `work` finds a place where nothing is. */
export const emptyFolder = <T>(work: (folder: string) => Promise<T>): Promise<T> =>
  withPassing(tmpdir(), '.auzolan-moment-', (passing) => work(join(passing, 'data')))
