/** WebP: the chunks that are needed to draw it, and no other. */
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { sizeOf, type Clean, type Size } from './cleaned.ts'
import { orientationIn, tiffWith, turned } from './orientation.ts'

const NEEDED = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP'])
const DRAWN = new Set(['ALPH', 'VP8 ', 'VP8L'])
/** Bits of the head that say what is in the file. */
const HAS_EXIF = 0x08
const HAS_XMP = 0x04

export const cleanWebp: Clean = (bytes) => {
  if (
    bytes.length < 20 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 12) !== 'WEBP'
  )
    return null
  const whole = 8 + bytes.readUInt32LE(4)
  if (whole > bytes.length) return null
  const chunks: Buffer[] = []
  let size: Size | null = null
  let orientation = 1
  let drawn = false
  let parts = 0
  for (let at = 12; at + 8 <= whole;) {
    const type = bytes.toString('latin1', at, at + 4)
    const length = bytes.readUInt32LE(at + 4)
    const end = at + 8 + length
    if (end > whole || ++parts > FILE_PARTS_MAX) return null
    // Chunks begin at even places; of the last one the byte between may be missing.
    const next = Math.min(whole, end + (length % 2))
    const content = bytes.subarray(at + 8, end)
    if (NEEDED.has(type)) {
      const kept = type === 'ANMF' ? frame(content) : bytes.subarray(at, next)
      if (!kept) return null
      chunks.push(kept)
      size ??= sizeIn(type, content)
      drawn ||= type !== 'VP8X' && type !== 'ICCP' && type !== 'ANIM' && type !== 'ALPH'
    } else if (type === 'EXIF' && orientation === 1) {
      const tiff = content.toString('latin1', 0, 6) === 'Exif\0\0' ? content.subarray(6) : content
      orientation = orientationIn(tiff)
      const kept = exifWith(orientation)
      if (orientation > 1 && kept.length <= next - at) chunks.push(kept)
      else orientation = 1
    }
    at = next
  }
  if (!size || !drawn) return null
  const head = Buffer.from(bytes.subarray(0, 12))
  head.writeUInt32LE(4 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4)
  return {
    pieces: [head, ...chunks.map((chunk) => told(chunk, orientation > 1))],
    size: turned(size, orientation),
  }
}

/** One picture of a moving one: where and how long it is shown, and what is drawn. */
function frame(content: Buffer): Buffer | null {
  const parts: Buffer[] = [content.subarray(0, 16)]
  for (let at = 16; at + 8 <= content.length;) {
    const end = at + 8 + content.readUInt32LE(at + 4)
    if (end > content.length) return null
    const next = Math.min(content.length, end + (end % 2))
    if (DRAWN.has(content.toString('latin1', at, at + 4))) parts.push(content.subarray(at, next))
    at = next
  }
  const inside = Buffer.concat(parts)
  const head = Buffer.from('ANMF\0\0\0\0', 'latin1')
  head.writeUInt32LE(inside.length, 4)
  return Buffer.concat([head, inside, Buffer.alloc(inside.length % 2)])
}

/** The head says that there is no XMP any more, and EXIF only where there is. */
function told(chunk: Buffer, exif: boolean): Buffer {
  if (chunk.toString('latin1', 0, 4) !== 'VP8X' || chunk.length < 18) return chunk
  const copy = Buffer.from(chunk)
  copy[8] = (copy[8]! & ~(HAS_EXIF | HAS_XMP)) | (exif ? HAS_EXIF : 0)
  return copy
}

function sizeIn(type: string, content: Buffer): Size | null {
  if (type === 'VP8X' && content.length >= 10)
    return sizeOf(content.readUIntLE(4, 3) + 1, content.readUIntLE(7, 3) + 1)
  if (type === 'VP8L' && content.length >= 5 && content[0] === 0x2f) {
    const bits = content.readUInt32LE(1)
    return sizeOf((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  if (type === 'VP8 ' && content.length >= 10 && content.readUIntBE(3, 3) === 0x9d012a)
    return sizeOf(content.readUInt16LE(6) & 0x3fff, content.readUInt16LE(8) & 0x3fff)
  return null
}

function exifWith(orientation: number): Buffer {
  const tiff = tiffWith(orientation)
  const head = Buffer.from('EXIF\0\0\0\0', 'latin1')
  head.writeUInt32LE(tiff.length, 4)
  return Buffer.concat([head, tiff])
}
