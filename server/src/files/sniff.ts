/** What a file is, by its bytes: a list of what is taken, and everything else is not. Names and headers of requests are no word. */
import { CAPTIONS_MAX_BYTES } from '@auzolan/shared/limits.ts'
import type { FileType } from '@auzolan/shared/protocol/files.ts'
import { PNG } from './cleaning/png.ts'

export function sniff(bytes: Buffer): FileType | null {
  const latin = (from: number, to: number): string => bytes.toString('latin1', from, to)
  if (bytes.length < 4) return null
  if (bytes.readUIntBE(0, 3) === 0xffd8ff) return 'image/jpeg'
  if (bytes.subarray(0, 8).equals(PNG)) return 'image/png'
  if (/^GIF8[79]a/.test(latin(0, 6))) return 'image/gif'
  if (latin(0, 4) === 'RIFF' && latin(8, 12) === 'WEBP') return 'image/webp'
  if (latin(4, 8) === 'ftyp') return brand(latin(8, 12))
  if (bytes.readUInt32BE(0) === 0x1a45dfa3) return 'video/webm'
  if (/^%PDF-[12]\./.test(latin(0, 7))) return 'application/pdf'
  if (latin(0, 4) === 'OggS') return /^(OpusHead|.vorbis|.FLAC)/s.test(packet(bytes)) ? 'audio/ogg' : null
  if (isMp3(bytes)) return 'audio/mpeg'
  return captions(bytes)
}

/** Of the many that begin like this, those that browsers play. Pictures of this family (HEIC, AVIF) are not among them. */
function brand(major: string): FileType | null {
  if (major === 'qt  ') return 'video/quicktime'
  if (/^M4[AB] $/.test(major)) return 'audio/mp4'
  return /^(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp[4-7]|mmp4|XAVC)$/.test(major) ? 'video/mp4' : null
}

/** The beginning of the first packet in a page of Ogg. */
function packet(bytes: Buffer): string {
  const start = 27 + (bytes[26] ?? 0)
  return bytes.toString('latin1', start, start + 8)
}

/** Behind a tag, two frames one after the other: the few bits that begin one are often something else. */
function isMp3(bytes: Buffer): boolean {
  let at = 0
  if (bytes.toString('latin1', 0, 3) === 'ID3') {
    if (bytes.length < 10 || bytes.subarray(6, 10).some((byte) => byte > 127)) return false
    at = 10 + bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + byte, 0)
    for (const end = at + 4096; at < end && bytes[at] === 0;) at += 1
  }
  const first = frameLength(bytes, at)
  return first !== null && frameLength(bytes, at + first) !== null
}

const KBITS_1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320]
const KBITS_2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
const RATES = [44_100, 48_000, 32_000]

function frameLength(bytes: Buffer, at: number): number | null {
  if (at + 4 > bytes.length || bytes[at] !== 0xff) return null
  const [b, c] = [bytes[at + 1]!, bytes[at + 2]!]
  const version = (b >> 3) & 3
  const [bits, rate] = [c >> 4, (c >> 2) & 3]
  // All of the sync, a version there is, layer III, a rate there is.
  if (b >> 5 !== 7 || version === 1 || ((b >> 1) & 3) !== 1 || bits === 0 || bits === 15 || rate === 3)
    return null
  const kbits = (version === 3 ? KBITS_1 : KBITS_2)[bits]!
  const hertz = RATES[rate]! / (version === 3 ? 1 : version === 2 ? 2 : 4)
  return Math.floor(((version === 3 ? 144 : 72) * kbits * 1000) / hertz) + ((c >> 1) & 1)
}

/** Text with times. */
const TIME = String.raw`\d{1,3}:\d{2}:\d{2}[,.]\d{3}`
const SRT = new RegExp(String.raw`^\s*\d{1,6}[ \t]*\r?\n${TIME} *--> *${TIME}[^\n]*\r?\n`)

function captions(bytes: Buffer): FileType | null {
  if (bytes.length > CAPTIONS_MAX_BYTES) return null
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
  // eslint-disable-next-line no-control-regex -- a text has none of these
  if (/[\0-\x08\x0e-\x1f]/.test(text)) return null
  if (/^WEBVTT(?:[ \t][^\n]*)?(?:\r?\n|$)/.test(text)) return 'text/vtt'
  return SRT.test(text) ? 'application/x-subrip' : null
}
