/** What a command says: sentences for a person, or one JSON object for a program; how far it is goes to the error stream. */
import type { Progress } from '../backup/progress.ts'

/** Done; not whole, or not right; nothing could be done (a wrong word, something unreadable); not now. Scripts build on these. */
export type ExitCode = 0 | 1 | 2 | 3

export interface Output {
  say(line: string): void
  /** The answer for programs; with `--json` it is all that is printed. */
  result(object: Readonly<Record<string, unknown>>): void
  readonly progress: Progress
}

const WORDS: { readonly [what in Parameters<Progress>[0]]: string } = {
  database: 'Copying the database',
  files: 'Looking at files',
  archive: 'Writing the archive',
  reading: 'Reading the archive',
  checking: 'Comparing with hashes',
  documents: 'Texts and comments',
}
/** On a line that is written over; a terminal is not asked for more than it can show. */
const EVERY_MS = 100
const BAR = 30

export function outputTo(
  out: NodeJS.WritableStream,
  err: NodeJS.WritableStream & { isTTY?: boolean },
  json: boolean,
): Output {
  let last = 0
  let shown = false
  const clear = (): void => {
    if (shown) err.write('\r\x1b[K')
    shown = false
  }
  return {
    say: (line) => {
      clear()
      if (!json) out.write(`${line}\n`)
    },
    result: (object) => {
      clear()
      if (json) out.write(`${JSON.stringify(object)}\n`)
    },
    progress: (what, done, all) => {
      // Into a file or a log nobody wants a bar.
      if (!err.isTTY) return
      const now = performance.now()
      if (done < all && now - last < EVERY_MS) return
      last = now
      const part = all === 0 ? 1 : done / all
      const full = Math.round(part * BAR)
      err.write(
        `\r\x1b[K${WORDS[what].padEnd(22)} [${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${Math.floor(part * 100)} %`,
      )
      shown = true
    },
  }
}
