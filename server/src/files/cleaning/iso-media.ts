/**
 * MP4, MOV and M4A: boxes in boxes. Addresses of samples count from the beginning of the file, so nothing is moved: what tells
 * where and by whom it was filmed becomes a `free` box full of zeros.
 */
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { patched, sizeOf, type Clean, type Size } from './cleaned.ts'

interface Box {
  readonly type: string
  readonly at: number
  readonly content: number
  readonly end: number
}

/** Titles, places, names, and whatever a maker of cameras has thought of. */
const TELLING = new Set(['udta', 'meta', 'uuid'])
/** Tracks that are seen, heard or read; another one may say second by second where the camera was. */
const SHOWN = new Set(['vide', 'soun', 'text', 'sbtl', 'subt', 'clcp', 'tmcd'])

export const cleanIsoMedia: Clean = (bytes) => {
  const top = boxesIn(bytes, 0, bytes.length)
  const movie = top?.find(({ type }) => type === 'moov')
  const inside = movie && boxesIn(bytes, movie.content, movie.end)
  if (!top || !inside || top[0]?.type !== 'ftyp') return null
  const away: Box[] = top.filter(({ type }) => TELLING.has(type))
  let size: Size | null = null
  for (const box of inside) {
    if (TELLING.has(box.type)) away.push(box)
    if (box.type !== 'trak') continue
    const track = boxesIn(bytes, box.content, box.end)
    const handler = track && handlerOf(bytes, track)
    if (!track || handler === null) return null
    if (!SHOWN.has(handler)) away.push(box)
    else away.push(...track.filter(({ type }) => TELLING.has(type)))
    if (handler === 'vide') size ??= sizeIn(bytes, track)
  }
  away.sort((a, b) => a.at - b.at)
  return {
    pieces: patched(
      bytes,
      away.map((box) => ({ at: box.at, with: emptied(bytes, box) })),
    ),
    size,
  }
}

/** Boxes side by side; `null` when they do not fit. Zeros at the end of a list (old QuickTime) are none. */
function boxesIn(bytes: Buffer, from: number, to: number): Box[] | null {
  const boxes: Box[] = []
  for (let at = from; at < to;) {
    if (at + 8 > to) return bytes.subarray(at, to).every((byte) => byte === 0) ? boxes : null
    const type = bytes.toString('latin1', at + 4, at + 8)
    let length = bytes.readUInt32BE(at)
    let head = 8
    if (length === 1) {
      if (at + 16 > to) return null
      head = 16
      length = bytes.readUInt32BE(at + 8) * 2 ** 32 + bytes.readUInt32BE(at + 12)
    } else if (length === 0) length = to - at
    const end = at + length
    if (length < head || end > to || boxes.length >= FILE_PARTS_MAX) return null
    boxes.push({ type, at, content: at + head, end })
    at = end
  }
  return boxes
}

function handlerOf(bytes: Buffer, track: readonly Box[]): string | null {
  const media = track.find(({ type }) => type === 'mdia')
  const handler = media && boxesIn(bytes, media.content, media.end)?.find(({ type }) => type === 'hdlr')
  return handler && handler.content + 12 <= handler.end
    ? bytes.toString('latin1', handler.content + 8, handler.content + 12)
    : null
}

/** From the head of its track, turned by its matrix. */
function sizeIn(bytes: Buffer, track: readonly Box[]): Size | null {
  const head = track.find(({ type }) => type === 'tkhd')
  if (!head || head.end - head.content < 84) return null
  // The matrix and the size are last.
  const matrix = head.end - 44
  const [width, height] = [bytes.readUInt16BE(head.end - 8), bytes.readUInt16BE(head.end - 4)]
  const lies = bytes.readInt32BE(matrix) === 0 && bytes.readInt32BE(matrix + 4) !== 0
  return lies ? sizeOf(height, width) : sizeOf(width, height)
}

/** As long as it was, also in how its length is written. */
function emptied(bytes: Buffer, { at, content, end }: Box): Buffer {
  const box = Buffer.alloc(end - at)
  bytes.copy(box, 0, at, content)
  box.write('free', 4, 'latin1')
  return box
}
