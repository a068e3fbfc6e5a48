/** Files read piece by piece: their hash, and their lines. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** @returns `null` when the file is not there or may not be read */
export async function measure(
  path: string,
): Promise<{ readonly bytes: number; readonly sha256: string } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch {
    return null
  }
  return { bytes, sha256: hash.digest('hex') }
}

/**
 * The lines of a text file. Ended by `\n` alone. Node's own `readline` ends a line at U+2028 and U+2029 too, which stand unescaped in JSON and come with
 * pasted text.
 */
export async function* linesOf(path: string): AsyncGenerator<string> {
  /** Of a line that goes on in the next piece; joined once, however many there are. */
  let begun: string[] = []
  for await (const piece of createReadStream(path, 'utf8') as AsyncIterable<string>) {
    const [end = '', ...lines] = piece.split('\n')
    begun.push(end)
    for (const line of lines) {
      yield begun.join('')
      begun = [line]
    }
  }
  const last = begun.join('')
  if (last !== '') yield last
}
