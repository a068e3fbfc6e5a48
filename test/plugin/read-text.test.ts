/** Files of spreadsheets read as what was written in them. */
import { describe, expect, it } from 'vitest'
import { readText } from '../../plugin/src/parts/read-text.ts'

const WORDS = 'id;ámbito\nciudadanía;«ñ» €'
const UTF8 = new TextEncoder().encode(WORDS)
/** The euro is the one sign here that is not at the place of its code. */
const WINDOWS = Uint8Array.from([...WORDS].map((sign) => (sign === '€' ? 0x80 : sign.codePointAt(0)!)))
const UTF16 = new Uint8Array(
  new Uint16Array([0xfeff, ...[...WORDS].map((sign) => sign.codePointAt(0)!)]).buffer,
)

describe('a text file', () => {
  it.each([
    ['UTF-8', UTF8],
    ['UTF-8 with its mark', Uint8Array.from([0xef, 0xbb, 0xbf, ...UTF8])],
    ['Windows-1252', WINDOWS],
    ['UTF-16', UTF16],
  ])('in %s', async (_form, bytes) => expect(await readText(new Blob([bytes]))).toBe(WORDS))
})
