/** How a camera was held, out of EXIF and into it again: all of EXIF that is kept, so that pictures do not lie on their side. */
import type { Size } from './cleaned.ts'

const ORIENTATION = 0x0112
const SHORT = 3

/** From what follows `Exif\0\0`; 1 (upright) when it says nothing that is understood. */
export function orientationIn(tiff: Buffer): number {
  if (tiff.length < 8) return 1
  const order = tiff.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return 1
  const u16 = (at: number): number => (order === 'II' ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at))
  const u32 = (at: number): number => (order === 'II' ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at))
  const ifd = u32(4)
  if (u16(2) !== 42 || ifd + 2 > tiff.length) return 1
  const count = u16(ifd)
  for (let i = 0; i < count; i++) {
    const entry = ifd + 2 + i * 12
    if (entry + 12 > tiff.length) return 1
    if (u16(entry) !== ORIENTATION) continue
    const value = u16(entry + 8)
    return u16(entry + 2) === SHORT && value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** One entry, and nothing else. */
export function tiffWith(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('II', 0, 'latin1')
  tiff.writeUInt16LE(42, 2)
  tiff.writeUInt32LE(8, 4)
  tiff.writeUInt16LE(1, 8)
  tiff.writeUInt16LE(ORIENTATION, 10)
  tiff.writeUInt16LE(SHORT, 12)
  tiff.writeUInt32LE(1, 14)
  tiff.writeUInt16LE(orientation, 18)
  return tiff
}

/** From the fifth on, the picture lies on its side. */
export const turned = (size: Size | null, orientation: number): Size | null =>
  size && orientation >= 5 ? { width: size.height, height: size.width } : size
