/** JPEG: the segments that are needed to draw it, and no other. */
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { sizeOf, type Clean, type Size } from './cleaned.ts'
import { orientationIn, tiffWith, turned } from './orientation.ts'

const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const EXIF = Buffer.from('Exif\0\0', 'latin1')

export const cleanJpeg: Clean = (bytes) => {
  if (bytes.length < 4 || bytes[0] !== 0xff || bytes[1] !== SOI) return null
  const pieces: Uint8Array[] = [bytes.subarray(0, 2)]
  let size: Size | null = null
  let orientation = 1
  let scans = 0
  let parts = 0
  let at = 2
  while (at + 1 < bytes.length) {
    // What stands between segments is nobody's.
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || isBare(bytes[at + 1]!)) {
      at += 1
      continue
    }
    const marker = bytes[at + 1]!
    if (marker === SOI) return null
    if (marker === EOI) {
      // Whatever follows is not of this picture: a film, a second picture with a place of its own.
      pieces.push(bytes.subarray(at, at + 2))
      break
    }
    if (at + 4 > bytes.length) break
    if (++parts > FILE_PARTS_MAX) return null
    const end = at + 2 + bytes.readUInt16BE(at + 2)
    if (end < at + 4 || end > bytes.length) return null
    const segment = bytes.subarray(at, end)
    const content = segment.subarray(4)
    if (isFrame(marker)) {
      if (content.length < 5) return null
      size ??= sizeOf(content.readUInt16BE(3), content.readUInt16BE(1))
    }
    if (marker === 0xe1 && orientation === 1 && startsWith(content, EXIF)) {
      orientation = orientationIn(content.subarray(6))
      const kept = exifWith(orientation)
      if (orientation > 1 && kept.length <= segment.length) pieces.push(kept)
      else orientation = 1
    }
    at = end
    if (marker === SOS) {
      scans += 1
      at = endOfScan(bytes, end)
      pieces.push(segment, bytes.subarray(end, at))
    } else if (marker === 0xe0) pieces.push(...jfif(segment))
    else if (isNeeded(marker, content)) pieces.push(segment)
  }
  return size && scans > 0 ? { pieces, size: turned(size, orientation) } : null
}

/** Without a length: stuffing, restart marks outside of a scan, and what is not a marker at all. */
const isBare = (marker: number): boolean =>
  marker === 0x00 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)

const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

const TABLES = new Set([0xc4, 0xcc, 0xdb])
/** Numbers of two bytes: of lines, and of what stands between two marks to begin again. */
const NUMBERS = new Set([0xdc, 0xdd])

/** Tables, numbers and frames; of what applications add, the colour profile and how Adobe has coded the colours. */
function isNeeded(marker: number, content: Buffer): boolean {
  if (marker === 0xe2) return startsWith(content, Buffer.from('ICC_PROFILE\0', 'latin1'))
  // It has this length; a longer one has something else in it.
  if (marker === 0xee) return content.length === 12 && startsWith(content, Buffer.from('Adobe', 'latin1'))
  return isFrame(marker) || TABLES.has(marker) || (NUMBERS.has(marker) && content.length === 2)
}

/** The density of its dots; the small copy may show what was cut off, so it goes. */
function jfif(segment: Buffer): Uint8Array[] {
  if (segment.length < 18 || !startsWith(segment.subarray(4), Buffer.from('JFIF\0', 'latin1'))) return []
  const kept = Buffer.from(segment.subarray(0, 18))
  kept.writeUInt16BE(16, 2)
  kept.writeUInt16BE(0, 16)
  return [kept]
}

function exifWith(orientation: number): Buffer {
  const tiff = tiffWith(orientation)
  const head = Buffer.from([0xff, 0xe1, 0, 0])
  head.writeUInt16BE(2 + EXIF.length + tiff.length, 2)
  return Buffer.concat([head, EXIF, tiff])
}

/** A byte-wise loop and not `indexOf`: a hostile file has nothing but the byte that is looked for. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let i = from; i + 1 < bytes.length; i++)
    if (bytes[i] === 0xff && bytes[i + 1] !== 0xff && !isBare(bytes[i + 1]!)) return i
  return bytes.length
}

const startsWith = (content: Buffer, start: Buffer): boolean =>
  content.length >= start.length && content.subarray(0, start.length).equals(start)
