/**
 * The packed files in a DOCX or ODT, each read only when asked for. The browser unpacks; every byte that comes out is
 * counted, because what a file says about its own size may be a lie (zip bombs).
 */
import { IMPORT_ENTRIES_MAX, IMPORT_UNPACKED_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { Refused } from './refused.ts'

interface Entry {
  readonly encrypted: boolean
  readonly packed: boolean
  readonly crc: number
  readonly size: number
  readonly unpackedSize: number
  readonly at: number
}

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const STORED = 0
const DEFLATED = 8

export class Zip {
  readonly #bytes: Uint8Array<ArrayBuffer>
  readonly #entries: ReadonlyMap<string, Entry>
  #left = IMPORT_UNPACKED_MAX_BYTES

  constructor(bytes: Uint8Array<ArrayBuffer>) {
    this.#bytes = bytes
    this.#entries = entriesOf(bytes)
  }

  get names(): readonly string[] {
    return [...this.#entries.keys()]
  }

  /** Null when there is no such file in it. */
  async read(name: string): Promise<Uint8Array | null> {
    const entry = this.#entries.get(name)
    if (!entry) return null
    if (entry.encrypted) throw new Refused('password')
    const view = viewOf(this.#bytes)
    if (entry.at + 30 > view.byteLength || view.getUint32(entry.at, true) !== LOCAL)
      throw new Refused('damaged')
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true)
    if (from + entry.size > view.byteLength) throw new Refused('damaged')
    if (entry.unpackedSize > this.#left) throw new Refused('unpacks_too_large')
    const data = this.#bytes.subarray(from, from + entry.size)
    const unpacked = entry.packed ? await unpack(data, entry.unpackedSize) : data
    if (unpacked.length !== entry.unpackedSize || crc32(unpacked) !== entry.crc) throw new Refused('damaged')
    this.#left -= unpacked.length
    return unpacked
  }

  async text(name: string): Promise<string | null> {
    const bytes = await this.read(name)
    if (!bytes) return null
    const wide =
      bytes[0] === 0xff && bytes[1] === 0xfe
        ? 'utf-16le'
        : bytes[0] === 0xfe && bytes[1] === 0xff
          ? 'utf-16be'
          : null
    try {
      return new TextDecoder(wide ?? 'utf-8', { fatal: true }).decode(bytes)
    } catch {
      throw new Refused('damaged')
    }
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function entriesOf(bytes: Uint8Array): Map<string, Entry> {
  const view = viewOf(bytes)
  let end = bytes.length - 22
  // A comment of up to 65,535 bytes may stand behind the end.
  while (end >= 0 && end > bytes.length - 22 - 0xffff && view.getUint32(end, true) !== END) end -= 1
  if (end < 0 || view.getUint32(end, true) !== END) throw new Refused('damaged')
  const count = view.getUint16(end + 10, true)
  if (count > IMPORT_ENTRIES_MAX) throw new Refused('hostile')
  const entries = new Map<string, Entry>()
  let at = view.getUint32(end + 16, true)
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== CENTRAL) throw new Refused('damaged')
    const method = view.getUint16(at + 10, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
    const encrypted = (view.getUint16(at + 8, true) & 1) === 1
    // Of two entries of one name, two programs would read two texts.
    if (entries.has(name)) throw new Refused('hostile')
    if (method === STORED || method === DEFLATED || encrypted)
      entries.set(name, {
        encrypted,
        packed: method === DEFLATED,
        crc: view.getUint32(at + 16, true),
        size: view.getUint32(at + 20, true),
        unpackedSize: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      })
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

async function unpack(data: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  if (typeof DecompressionStream !== 'function') throw new Refused('old_browser')
  const out = new Uint8Array(size)
  let length = 0
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      if (length + value.length > size) {
        await reader.cancel().catch(() => {})
        throw new Refused('hostile')
      }
      out.set(value, length)
      length += value.length
    }
  } catch (error) {
    throw error instanceof Refused ? error : new Refused('damaged')
  }
  return out.subarray(0, length)
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c
})

export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff]! ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
