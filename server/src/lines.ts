/** The lines of a text file, one at a time. */
import { createReadStream } from 'node:fs'

/**
 * Ended by `\n` alone. Node's own `readline` ends a line at U+2028 and U+2029 too, which stand unescaped in JSON and come with
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
