/** A text without case and accents that still knows where each of its signs came from. */

export interface Folded {
  readonly text: string
  /** For each unit of `text` where it began in the original; one more at the end. */
  readonly offsets: Uint32Array
}

const ASCII_MAX = 0x7f

/** As `fold` (reference/list.ts), one code point after the other, so that places can be told. */
export function foldWithOffsets(original: string): Folded {
  const offsets: number[] = []
  const pieces: string[] = []
  let spaced = true
  for (let i = 0; i < original.length;) {
    const code = original.codePointAt(i)!
    const size = code > 0xffff ? 2 : 1
    const sign = original.slice(i, i + size)
    const space = code <= ASCII_MAX ? code === 32 || (code >= 9 && code <= 13) : /\s/u.test(sign)
    // Several spaces are one, and none stands at the beginning.
    const folded = space ? (spaced ? '' : ' ') : code <= ASCII_MAX ? sign.toLowerCase() : bare(sign)
    if (folded !== '') {
      for (let unit = 0; unit < folded.length; unit++) offsets.push(i)
      pieces.push(folded)
      spaced = space
    }
    i += size
  }
  offsets.push(original.length)
  return { text: pieces.join(''), offsets: Uint32Array.from(offsets) }
}

/** An accent alone is nothing: what it stands on is found with it and without. */
const bare = (sign: string): string =>
  sign
    .normalize('NFD')
    .replace(/\p{Mn}|\u00b7|\u200d|\ufe0f/gu, '')
    .toLowerCase()
