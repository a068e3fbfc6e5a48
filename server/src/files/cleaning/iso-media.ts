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

/** What is needed to play it, and what stays within that; `true` is all of it. */
interface Needed {
  readonly [type: string]: true | Needed
}
const all = (types: string): Needed => Object.fromEntries(types.split(' ').map((type) => [type, true]))
const NEEDED: Needed = {
  ...all('ftyp styp mdat sidx mfra'),
  moov: {
    ...all('mvhd mvex'),
    trak: {
      ...all('tkhd tapt edts tref'),
      mdia: {
        ...all('mdhd hdlr elng'),
        minf: {
          ...all('vmhd smhd hmhd nmhd sthd gmhd hdlr dinf'),
          stbl: all('stsd stts ctts cslg stss stps stsc stsz stz2 stco co64 sgpd sbgp subs sdtp saiz saio'),
        },
      },
    },
  },
  moof: { mfhd: true, traf: all('tfhd tfdt trun sdtp sbgp sgpd subs saiz saio senc') },
}
/** Tracks that are seen, heard or read; another one may say second by second where the camera was. */
const SHOWN = new Set(['vide', 'soun', 'text', 'sbtl', 'subt', 'clcp', 'tmcd'])

/** A list of what stays and not of what goes: whatever a maker of cameras thinks of next goes, too, and with it what fills gaps. */
export const cleanIsoMedia: Clean = (bytes) => {
  const top = boxesIn(bytes, 0, bytes.length)
  if (!top || top[0]?.type !== 'ftyp') return null
  // Of two, players take one or the other.
  if (top.filter(({ type }) => type === 'moov').length !== 1) return null
  const patches: { at: number; with: Buffer }[] = []
  let size: Size | null = null
  const clean = (boxes: readonly Box[], needed: Needed): boolean =>
    boxes.every((box) => {
      const inside = Object.hasOwn(needed, box.type) ? needed[box.type]! : null
      if (inside === null) return patches.push({ at: box.at, with: emptied(bytes, box) }) > 0
      if (box.type === 'hdlr') return nameless(box)
      if (inside === true) return true
      const parts = boxesIn(bytes, box.content, box.end)
      if (!parts) return false
      if (box.type !== 'trak') return clean(parts, inside)
      const handler = handlerOf(bytes, parts)
      if (handler === null) return false
      if (!SHOWN.has(handler)) return patches.push({ at: box.at, with: emptied(bytes, box) }) > 0
      if (handler === 'vide') size ??= sizeIn(bytes, parts)
      return clean(parts, inside)
    })
  /** What handles a track has a name, for people. */
  const nameless = ({ content, end }: Box): boolean =>
    end <= content + HANDLER_BYTES ||
    patches.push({ at: content + HANDLER_BYTES, with: Buffer.alloc(end - content - HANDLER_BYTES) }) > 0
  return clean(top, NEEDED) ? { pieces: patched(bytes, patches), size } : null
}
/** Of such a box, before its name. */
const HANDLER_BYTES = 24

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
