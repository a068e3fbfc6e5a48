/** PNG: the chunks that are needed to draw it, and no other. */
import { crc32 } from 'node:zlib'
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { sizeOf, type Clean } from './cleaned.ts'
import { orientationIn, tiffWith, turned } from './orientation.ts'

export const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Colours, transparency, density of dots, and the frames of a moving one. */
const NEEDED = new Set(
  'IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs hIST acTL fcTL fdAT'.split(' '),
)

/** Nobody draws them where it is not said that it moves. */
const OF_FRAMES = new Set(['fcTL', 'fdAT'])

export const cleanPng: Clean = (bytes) => {
  if (bytes.length < 33 || !bytes.subarray(0, 8).equals(PNG)) return null
  if (bytes.toString('latin1', 12, 16) !== 'IHDR' || bytes.readUInt32BE(8) !== 13) return null
  const pieces: Uint8Array[] = [bytes.subarray(0, 8)]
  let orientation = 1
  let parts = 0
  let moving = false
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    if (end > bytes.length || ++parts > FILE_PARTS_MAX) return null
    const type = bytes.toString('latin1', at + 4, at + 8)
    const chunk = bytes.subarray(at, end)
    if (type === 'eXIf' && orientation === 1) {
      orientation = orientationIn(chunk.subarray(8, -4))
      const kept = exifWith(orientation)
      if (orientation > 1 && kept.length <= chunk.length) pieces.push(kept)
      else orientation = 1
    } else if (NEEDED.has(type) && (moving || !OF_FRAMES.has(type))) {
      pieces.push(chunk)
      moving ||= type === 'acTL'
    }
    // Nobody draws it without a chunk that says of itself that it is needed.
    else if (!/^[a-z]/.test(type)) return null
    if (type === 'IEND') {
      const size = sizeOf(bytes.readUInt32BE(16), bytes.readUInt32BE(20))
      return size && { pieces, size: turned(size, orientation) }
    }
    at = end
  }
  return null
}

function exifWith(orientation: number): Buffer {
  const tiff = tiffWith(orientation)
  const chunk = Buffer.alloc(12 + tiff.length)
  chunk.writeUInt32BE(tiff.length, 0)
  chunk.write('eXIf', 4, 'latin1')
  tiff.copy(chunk, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), 8 + tiff.length)
  return chunk
}
