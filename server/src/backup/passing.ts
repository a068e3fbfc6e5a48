/** Folders and files that are there only while something is done: gone afterwards, also when somebody stops the command. */
import { rmSync } from 'node:fs'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a killed process left behind is taken away by the next one, once it is as old as this. */
const LEFT_BEHIND_MS = 24 * 60 * 60 * 1000
const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const

/**
 * Does some work with a folder of its own in `parent`.
 * @param prefix of its name; older ones of this name are taken away
 * @param work is told of the folder, and may name a file that is to go with it when the work fails or is stopped
 */
export async function withPassing<T>(
  parent: string,
  prefix: string,
  work: (folder: string, also: (file: string) => void) => Promise<T>,
): Promise<T> {
  await sweep(parent, (name) => name.startsWith(prefix))
  const folder = await mkdtemp(join(parent, prefix))
  const unfinished = new Set<string>([folder])
  const stopped = (signal: keyof typeof SIGNALS) => (): never => {
    for (const path of unfinished) rmSync(path, { recursive: true, force: true })
    process.exit(SIGNALS[signal])
  }
  const handlers = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map(
    (signal) => [signal, stopped(signal)] as const,
  )
  for (const [signal, handler] of handlers) process.once(signal, handler)
  try {
    const done = await work(folder, (file) => unfinished.add(file))
    unfinished.clear()
    unfinished.add(folder)
    return done
  } finally {
    for (const [signal, handler] of handlers) process.off(signal, handler)
    // Whoever was interrupted may still be writing; and what went wrong before is what has to be said.
    for (const path of unfinished)
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }).catch(() => {})
  }
}

/** Takes away what a killed process has left in a folder, by its name. */
export async function sweep(parent: string, isPassing: (name: string) => boolean): Promise<void> {
  for (const name of (await readdir(parent)).filter(isPassing)) {
    const path = join(parent, name)
    const found = await stat(path).catch(() => null)
    // What another account has left is that account's to take away.
    if (found && Date.now() - found.mtimeMs > LEFT_BEHIND_MS)
      await rm(path, { recursive: true, force: true }).catch(() => {})
  }
}
