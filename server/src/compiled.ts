/**
 * What Node has made of our TypeScript, kept in the data folder, so that a start and above all each new thread for texts need not make
 * it again: that was three quarters of what a thread costs to begin with. Nothing of anybody's is in it, and it may be deleted at any time.
 * In the data folder, because nobody else may write there: what lies in it is run.
 */
import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

/** In the data folder; in no backup. */
export const COMPILED = 'compiled'

/** To be called before what is to be kept is imported. Where it cannot be kept, everything works as before, only later. */
export function keepCompiled(dataFolder: string): void {
  const folder = join(dataFolder, COMPILED)
  try {
    // As the server itself makes it, where it is not there yet.
    mkdirSync(dataFolder, { recursive: true, mode: 0o750 })
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch {
    // Whoever starts the server is told in a moment what is wrong with the folder.
    return
  }
  enableCompileCache(folder)
  // Threads do not inherit it, but they read this.
  process.env['NODE_COMPILE_CACHE'] = folder
}
