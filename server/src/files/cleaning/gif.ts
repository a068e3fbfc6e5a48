/** GIF: its pictures and how they follow each other; no comments, and nothing that applications have added. */
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { sizeOf, type Clean } from './cleaned.ts'

/** How often it begins again, and its colour profile. */
const APPLICATIONS = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'])

export const cleanGif: Clean = (bytes) => {
  if (bytes.length < 14 || !/^GIF8[79]a$/.test(bytes.toString('latin1', 0, 6))) return null
  let at = 13 + colours(bytes[10]!)
  if (at > bytes.length) return null
  const pieces: Uint8Array[] = [bytes.subarray(0, at)]
  let pictures = 0
  let parts = 0
  while (at < bytes.length) {
    const kind = bytes[at]!
    if (kind === 0x3b) {
      pieces.push(bytes.subarray(at, at + 1))
      break
    }
    let end: number | null
    let needed = true
    if (kind === 0x2c) {
      if (at + 10 > bytes.length) return null
      pictures += 1
      end = endOfBlocks(bytes, at + 11 + colours(bytes[at + 9]!))
    } else if (kind === 0x21 && at + 2 < bytes.length) {
      const label = bytes[at + 1]!
      end = endOfBlocks(bytes, at + 2)
      needed =
        label === 0xf9 ||
        label === 0x01 ||
        (label === 0xff && APPLICATIONS.has(bytes.toString('latin1', at + 3, at + 14)))
    } else return null
    if (end === null || ++parts > FILE_PARTS_MAX) return null
    if (needed) pieces.push(bytes.subarray(at, end))
    at = end
  }
  const size = sizeOf(bytes.readUInt16LE(6), bytes.readUInt16LE(8))
  return size && pictures > 0 ? { pieces, size } : null
}

/** Bytes of the table of colours that a byte of flags tells of. */
const colours = (flags: number): number => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1))

/** Behind the empty block that ends a row of them. */
function endOfBlocks(bytes: Buffer, from: number): number | null {
  for (let at = from; at < bytes.length; at += bytes[at]! + 1) if (bytes[at] === 0) return at + 1
  return null
}
