/** WebM: elements of EBML. What is not needed to play it becomes a `Void` of the same length, full of zeros. */
import { FILE_PARTS_MAX } from '@auzolan/shared/limits.ts'
import { patched, sizeOf, type Clean, type Size } from './cleaned.ts'

const EBML = 0x1a45dfa3
const SEGMENT = 0x18538067
const CLUSTER = 0x1f43b675
const TRACKS = 0x1654ae6b
const INFO = 0x1549a966
const TRACK = 0xae
const VIDEO = 0xe0
const WIDTH = 0xb0
const HEIGHT = 0xba
const DOC_TYPE = 0x4282
const VOID = 0xec
const BLOCKS = new Set([0xa3, 0xa0])
/** Of a film the tables of where things are, and of a moment its time and what is seen and heard. */
const NEEDED = new Set([0x114d9b74, 0x1c53bb6b, 0xe7, 0xa7, 0xab, ...BLOCKS])
/** Of what is said about a film: how time is counted, and how long it is. */
const OF_INFO = new Set([0x2ad7b1, 0x4489])
/** What somebody has called a track. */
const TRACK_NAME = 0x536e
/** A moment holds hundreds of them. */
const BLOCKS_MAX = 10 * FILE_PARTS_MAX

interface Element {
  readonly id: number
  readonly at: number
  readonly content: number
  /** `null` where the writer did not know yet: what follows is inside. */
  readonly end: number | null
}

export const cleanWebm: Clean = (bytes) => {
  const head = elementAt(bytes, 0, bytes.length)
  if (head?.id !== EBML || head.end === null) return null
  const kind = childOf(bytes, head.content, head.end, DOC_TYPE)
  if (!kind || bytes.toString('latin1', kind.content, kind.end!).replace(/\0+$/, '') !== 'webm') return null
  const away: { at: number; with: Buffer }[] = []
  const empty = (from: number, to: number): void => void away.push({ at: from, with: voidOf(to - from) })
  let size: Size | null = null
  let segments = 0
  let parts = 0
  let blocks = 0
  for (let at = head.end; at < bytes.length;) {
    const element = elementAt(bytes, at, bytes.length)
    if (!element) return null
    const { id, content, end } = element
    if (BLOCKS.has(id) ? ++blocks > BLOCKS_MAX : ++parts > FILE_PARTS_MAX) return null
    if (id === SEGMENT || id === CLUSTER) {
      segments += id === SEGMENT ? 1 : 0
      at = content
      continue
    }
    // Only those two may be written without their length.
    if (end === null) return null
    if (id === TRACKS) {
      size ??= sizeIn(bytes, content, end)
      for (const track of childrenOf(bytes, content, end) ?? [])
        for (const part of (track.id === TRACK && childrenOf(bytes, track.content, track.end!)) || [])
          if (part.id === TRACK_NAME) empty(part.at, part.end!)
    } else if (id === INFO) {
      const told = childrenOf(bytes, content, end)
      if (!told) return null
      for (const part of told) if (!OF_INFO.has(part.id)) empty(part.at, part.end!)
    } else if (!NEEDED.has(id)) empty(at, end)
    at = end
  }
  return segments > 0 ? { pieces: patched(bytes, away), size } : null
}

/** `null` when they do not fit. */
function childrenOf(bytes: Buffer, from: number, to: number): Element[] | null {
  const found: Element[] = []
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at, to)
    if (!element || element.end === null || found.length >= FILE_PARTS_MAX) return null
    found.push(element)
    at = element.end
  }
  return found
}

function elementAt(bytes: Buffer, at: number, to: number): Element | null {
  const id = numberAt(bytes, at, to, 4, false)
  const length = id && numberAt(bytes, at + id.length, to, 8, true)
  if (!id || !length) return null
  const content = at + id.length + length.length
  // All ones: not known.
  if (length.value === null) return { id: id.value!, at, content, end: null }
  const end = content + length.value
  return end > to ? null : { id: id.value!, at, content, end }
}

/** The first bits say how long it is. @param bare without them, as sizes are read; ids keep them */
function numberAt(bytes: Buffer, at: number, to: number, max: number, bare: boolean) {
  if (at >= to) return null
  const first = bytes[at]!
  const length = Math.clz32(first) - 23
  if (length > max || at + length > to) return null
  let value = bare ? first & (0xff >> length) : first
  let ones = bare && value === 0xff >> length
  for (let i = 1; i < length; i++) {
    ones &&= bytes[at + i] === 0xff
    value = value * 256 + bytes[at + i]!
  }
  return { value: ones ? null : value, length }
}

function childOf(bytes: Buffer, from: number, to: number, id: number): Element | null {
  for (let at = from; at < to;) {
    const element = elementAt(bytes, at, to)
    if (!element || element.end === null) return null
    if (element.id === id) return element
    at = element.end
  }
  return null
}

function sizeIn(bytes: Buffer, from: number, to: number): Size | null {
  for (let at = from; at < to;) {
    const track = elementAt(bytes, at, to)
    if (!track || track.end === null) return null
    const video = track.id === TRACK ? childOf(bytes, track.content, track.end, VIDEO) : null
    if (video) {
      const [width, height] = [WIDTH, HEIGHT].map((id) => {
        const found = childOf(bytes, video.content, video.end!, id)
        const length = found ? found.end! - found.content : 0
        return length >= 1 && length <= 4 ? bytes.readUIntBE(found!.content, length) : 0
      })
      return sizeOf(width!, height!)
    }
    at = track.end
  }
  return null
}

/** An id of four bytes and a length were there: there is room for one byte and a length. */
function voidOf(length: number): Buffer {
  const element = Buffer.alloc(length)
  element[0] = VOID
  const bytes = Math.min(8, length - 1)
  // A length of so many bytes, itself and the id not counted.
  element.writeUIntBE(length - 1 - bytes, Math.max(1, bytes - 5), Math.min(6, bytes))
  element[1] = element[1]! | (0x80 >> (bytes - 1))
  return element
}
