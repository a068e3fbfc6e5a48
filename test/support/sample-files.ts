/** Small files of each type, made byte by byte, with a secret in every place where such files tell where and by whom they were made. */
import { crc32, deflateSync } from 'node:zlib'

/** Never to be found in what is kept. */
export const SECRET = 'GPS 43.2630,-2.9350 Ane Etxeberria'
const secret = Buffer.from(SECRET)
const latin = (text: string): Buffer => Buffer.from(text, 'latin1')
const u16 = (n: number): Buffer => Buffer.from([n >> 8, n & 255])
const u32 = (n: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(n)
  return bytes
}
const u32le = (n: number): Buffer => Buffer.from(u32(n)).reverse()
const c = (...parts: readonly (Buffer | readonly Buffer[])[]): Buffer => Buffer.concat(parts.flat())

/** EXIF with an orientation among other things, in either order of bytes. */
export function exif(orientation: number | null, big = true): Buffer {
  const n16 = (n: number): Buffer => (big ? u16(n) : Buffer.from(u16(n)).reverse())
  const n32 = (n: number): Buffer => (big ? u32(n) : u32le(n))
  const maker = c(n16(0x010f), n16(2), n32(secret.length), n32(100))
  const turn = c(n16(0x0112), n16(3), n32(1), n16(orientation ?? 0), n16(0))
  const entries = orientation === null ? [maker] : [maker, turn]
  const head = c(latin(big ? 'MM' : 'II'), n16(42), n32(8), n16(entries.length), entries, n32(0))
  return c(head, Buffer.alloc(100 - head.length), secret)
}

const segment = (marker: number, content: Buffer): Buffer =>
  c(Buffer.from([0xff, marker]), u16(content.length + 2), content)
export const JPEG_SIZE = { width: 40, height: 24 }

export interface JpegParts {
  orientation?: number | null
  big?: boolean
  after?: Buffer
}
export const jpeg = ({ orientation = 6, big = true, after = secret }: JpegParts = {}): Buffer =>
  c(
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, c(latin('JFIF\0'), Buffer.from([1, 2, 1, 0, 72, 0, 72, 0, 0]))),
    segment(0xe1, c(latin('Exif\0\0'), exif(orientation, big))),
    segment(0xe1, c(latin('http://ns.adobe.com/xap/1.0/\0'), secret)),
    segment(0xe2, c(latin('ICC_PROFILE\0'), Buffer.from([1, 1]), latin('a profile'))),
    segment(0xe2, c(latin('MPF\0'), secret)),
    segment(0xed, c(latin('Photoshop 3.0\0'), secret)),
    segment(0xfe, secret),
    // Marks nobody uses, and a longer one of Adobe's.
    ...[0x02, 0xbf, 0xc8, 0xde, 0xf0, 0xfd].map((marker) => segment(marker, secret)),
    segment(0xee, c(latin('Adobe\0\x64\0\0\0\0\x01'), secret)),
    segment(0xdd, c(u16(0), secret)),
    segment(0xee, latin('Adobe\0\x64\0\0\0\0\x01')),
    segment(0xdb, Buffer.alloc(65)),
    segment(
      0xc2,
      c(Buffer.from([8]), u16(JPEG_SIZE.height), u16(JPEG_SIZE.width), Buffer.from([1, 1, 0x11, 0])),
    ),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4]),
    segment(0xe5, secret),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([5, 6, 0xff, 0xff, 0xd9]),
    after,
  )

export const chunk = (type: string, content: Buffer): Buffer => {
  const named = c(latin(type), content)
  return c(u32(content.length), named, u32(crc32(named)))
}
const PNG_HEAD = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
export const png = (orientation: number | null = 8): Buffer =>
  c(
    PNG_HEAD,
    chunk('IHDR', c(u32(3), u32(2), Buffer.from([8, 0, 0, 0, 0]))),
    chunk('pHYs', c(u32(2835), u32(2835), Buffer.from([1]))),
    chunk('tEXt', c(latin('Author\0'), secret)),
    chunk('iTXt', c(latin('XML:com.adobe.xmp\0\0\0\0\0'), secret)),
    chunk('eXIf', exif(orientation)),
    chunk('tIME', Buffer.alloc(7)),
    chunk('sPLT', secret),
    chunk('fdAT', secret),
    chunk('IDAT', deflateSync(Buffer.from([0, 1, 2, 3, 0, 4, 5, 6]))),
    chunk('IEND', Buffer.alloc(0)),
    secret,
  )

const riff = (type: string, content: Buffer): Buffer =>
  c(latin(type), u32le(content.length), content, Buffer.alloc(content.length % 2))
export const webp = (orientation: number | null = 6): Buffer => {
  const chunks = c(
    riff('VP8X', Buffer.from([0x2c, 0, 0, 0, 9, 0, 0, 19, 0, 0])),
    riff('ICCP', latin('a profile')),
    riff('VP8L', Buffer.from([0x2f, 9, 0xc0, 4, 0, 1, 2, 3])),
    riff(
      'ANMF',
      c(Buffer.alloc(16), riff('XMP ', secret), riff('VP8L', Buffer.from([0x2f, 9, 0xc0, 4, 0, 1]))),
    ),
    riff('EXIF', c(latin('Exif\0\0'), exif(orientation, false))),
    riff('XMP ', secret),
    riff('ZZZZ', secret),
  )
  return c(latin('RIFF'), u32le(chunks.length + 4), latin('WEBP'), chunks, secret)
}

const blocks = (content: Buffer): Buffer => c(Buffer.from([content.length]), content, Buffer.from([0]))
export const gif = (): Buffer =>
  c(
    latin('GIF89a'),
    Buffer.from([5, 0, 4, 0, 0x80, 0, 0]),
    Buffer.alloc(6),
    c(Buffer.from([0x21, 0xff, 11]), latin('NETSCAPE2.0'), Buffer.from([3, 1, 0, 0, 0])),
    c(Buffer.from([0x21, 0xfe]), blocks(secret)),
    c(Buffer.from([0x21, 0xff, 11]), latin('XMP DataXMP'), blocks(secret)),
    c(Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0])),
    c(Buffer.from([0x2c, 0, 0, 0, 0, 5, 0, 4, 0, 0, 2]), blocks(Buffer.from([0x84, 0x51]))),
    Buffer.from([0x3b]),
    secret,
  )

export const box = (type: string, ...content: readonly Buffer[]): Buffer => {
  const inside = c(content)
  return c(u32(8 + inside.length), latin(type), inside)
}
const track = (handler: string, width: number, height: number, lies = false): Buffer => {
  const matrix = lies
    ? [0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000]
    : [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]
  return box(
    'trak',
    box('tkhd', Buffer.alloc(40), ...matrix.map(u32), u32(width * 65_536), u32(height * 65_536)),
    box(
      'mdia',
      box('hdlr', Buffer.alloc(8), latin(handler), Buffer.alloc(12), secret),
      box('minf', box('stbl', box('stts', Buffer.alloc(8)), box('free', secret)), box('cprt', secret)),
      box('udta', secret),
    ),
    box('udta', box('name', secret)),
    box('cprt', secret),
    box('meta', secret),
  )
}
export const isoMedia = (brand = 'isom', lies = false): Buffer =>
  c(
    box('ftyp', latin(brand), u32(512), latin('isomiso2')),
    box('uuid', secret),
    box(
      'moov',
      box('mvhd', Buffer.alloc(100)),
      track('vide', 64, 36, lies),
      track('soun', 0, 0),
      box(
        'trak',
        box('mdia', box('hdlr', Buffer.alloc(8), latin('meta'), Buffer.alloc(13)), box('minf', secret)),
      ),
      box('udta', box('\xa9xyz', secret)),
      box('meta', secret),
      // Cameras keep places in gaps to which a box of their own points.
      ...['gps ', '\xa9xyz', 'loci', 'cprt', 'XMP_', 'ilst', 'free'].map((type) => box(type, secret)),
    ),
    box('moof', box('mfhd', Buffer.alloc(8)), box('traf', box('udta', secret)), box('meta', secret)),
    ...['free', 'skip', 'wide', 'XMP_', 'sefd', 'thum'].map((type) => box(type, secret)),
    c(u32(1), latin('mdat'), u32(0), u32(24), latin('a moment')),
  )

const element = (id: number[], ...content: readonly Buffer[]): Buffer => {
  const inside = c(content)
  return c(Buffer.from(id), Buffer.from([0x40 | (inside.length >> 8), inside.length & 255]), inside)
}
export const webm = (docType = 'webm', known = true): Buffer => {
  const inside = c(
    element(
      [0x16, 0x54, 0xae, 0x6b],
      element(
        [0xae],
        element([0x53, 0x6e], secret),
        element([0xe0], element([0xb0], u16(320)), element([0xba], u16(180))),
      ),
    ),
    element([0x15, 0x49, 0xa9, 0x66], element([0x44, 0x89], Buffer.alloc(4)), element([0x7b, 0xa9], secret)),
    element([0xec], secret),
    element([0x42, 0x99], secret),
    element([0x10, 0x43, 0xa7, 0x70], secret),
    element([0x12, 0x54, 0xc3, 0x67], secret),
    element([0x19, 0x41, 0xa4, 0x69], secret),
    known
      ? element(
          [0x1f, 0x43, 0xb6, 0x75],
          element([0xe7], Buffer.from([0])),
          element([0x12, 0x54, 0xc3, 0x67], secret),
          element([0xa3], latin('a moment')),
        )
      : c(Buffer.from([0x1f, 0x43, 0xb6, 0x75, 0xff]), element([0xe7], Buffer.from([0]))),
  )
  const head = element([0x1a, 0x45, 0xdf, 0xa3], element([0x42, 0x82], latin(docType)))
  const segmentId = Buffer.from([0x18, 0x53, 0x80, 0x67])
  return known
    ? c(head, element([...segmentId], inside))
    : c(head, segmentId, Buffer.from([0x01, 255, 255, 255, 255, 255, 255, 255]), inside)
}

export const mp3 = (tagged = true): Buffer => {
  // 128 kbit/s at 44,100 Hz: 417 bytes a frame.
  const frame = c(Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413))
  return c(
    tagged ? c(latin('ID3\x04\0\0'), Buffer.from([0, 0, 0, 20]), Buffer.alloc(20)) : Buffer.alloc(0),
    frame,
    frame,
  )
}
export const ogg = (first = 'OpusHead'): Buffer =>
  c(latin('OggS'), Buffer.alloc(22), Buffer.from([1, 19]), latin(first), Buffer.alloc(11))
export const pdf = (): Buffer => latin('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')
export const vtt = (): Buffer => Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nKaixo!\n')
export const srt = (): Buffer => Buffer.from('\uFEFF1\r\n00:00:00,000 --> 00:00:02,000\r\nKaixo, ñandú!\r\n')

/** One of each type that is taken. */
export const SAMPLES: { readonly [type: string]: Buffer } = {
  'image/jpeg': jpeg(),
  'image/png': png(),
  'image/webp': webp(),
  'image/gif': gif(),
  'video/mp4': isoMedia(),
  'video/quicktime': isoMedia('qt  '),
  'audio/mp4': isoMedia('M4A '),
  'video/webm': webm(),
  'audio/mpeg': mp3(),
  'audio/ogg': ogg(),
  'application/pdf': pdf(),
  'text/vtt': vtt(),
  'application/x-subrip': srt(),
}
