/** What is taken, and what is left of it: each type by its bytes, without where and by whom it was made, whatever is sent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CAPTIONS_MAX_BYTES, FILE_PARTS_MAX, FILE_WRITE_BYTES } from '@auzolan/shared/limits.ts'
import { FILE_TYPES, nameToSave, plainName, type FileType } from '@auzolan/shared/protocol/files.ts'
import { CLEAN } from '@auzolan/server/src/files/cleaning/clean.ts'
import type { Size } from '@auzolan/server/src/files/cleaning/cleaned.ts'
import { orientationIn } from '@auzolan/server/src/files/cleaning/orientation.ts'
import { inLargePieces } from '@auzolan/server/src/files/store.ts'
import { sniff } from '@auzolan/server/src/files/sniff.ts'
import { LONG } from '../support/random.ts'
import {
  JPEG_SIZE,
  SAMPLES,
  SECRET,
  box,
  chunk,
  exif,
  gif,
  isoMedia,
  jpeg,
  mp3,
  ogg,
  png,
  webm,
  webp,
} from '../support/sample-files.ts'

const TYPES = Object.keys(FILE_TYPES) as FileType[]
const cleaned = (type: FileType, bytes: Buffer): { bytes: Buffer; size: Size | null } | null => {
  const found = CLEAN[type](bytes)
  return found && { bytes: Buffer.concat(found.pieces), size: found.size }
}
/** A picture with the orientation a file has now. */
const turnOf = (bytes: Buffer, marker: string): number =>
  orientationIn(bytes.subarray(bytes.indexOf(marker) + marker.length))

it('many small pieces are few to write, and the same bytes', () => {
  const tiny = Array.from({ length: 99_000 }, (_, i) => Uint8Array.of(i & 0xff, 0, 1))
  const large = [...inLargePieces(tiny)]
  expect(large).toHaveLength(1)
  expect(Buffer.concat(large).equals(Buffer.concat(tiny))).toBe(true)
  const mixed = [Buffer.alloc(FILE_WRITE_BYTES - 1), Buffer.alloc(1), Buffer.alloc(0), Buffer.alloc(5)]
  expect([...inLargePieces(mixed)].map((piece) => piece.length)).toEqual([FILE_WRITE_BYTES, 5])
  expect([...inLargePieces([])]).toEqual([])
})

describe('[FI2] what a file is, its bytes say', () => {
  it.each(TYPES)('%s', (type) => expect(sniff(SAMPLES[type]!)).toBe(type))
  it.each<[string, Buffer | string]>([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ['XML', '<?xml version="1.0"?><svg/>'],
    ['HTML', '<!doctype html><script>steal()</script>'],
    ['a page that begins like captions', 'WEBVTT<script>steal()</script>\n'],
    ['a page before captions', '<b>\n1\n00:00:00,000 --> 00:00:01,000\nx\n'],
    ['captions that are no Unicode', Buffer.from([...Buffer.from('WEBVTT\n'), 0xff, 0xfe])],
    ['captions with a zero', 'WEBVTT\n\n\0'],
    ['a program', Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0])],
    ['another program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0])],
    ['ZIP, and so DOCX', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0])],
    ['HEIC', isoMedia('heic')],
    ['AVIF', isoMedia('avif')],
    ['video in Ogg', ogg('\x80theora')],
    ['BMP', Buffer.from([0x42, 0x4d, 70, 0, 0, 0, 0, 0])],
    ['text in UTF-16', Buffer.from([0xff, 0xfe, 0x41, 0, 0x42, 0])],
    ['one frame of MP3', mp3(false).subarray(0, 417)],
    ['nothing', Buffer.alloc(0)],
    ['three bytes', Buffer.from([0xff, 0xd8, 0xfe])],
  ])('%s is not taken', (_what, bytes) => expect(sniff(Buffer.from(bytes))).toBeNull())
  it('captions as long as they may be, and not longer', () => {
    const long = (bytes: number): Buffer => Buffer.from(`WEBVTT\n${'x'.repeat(bytes - 7)}`)
    expect(sniff(long(CAPTIONS_MAX_BYTES))).toBe('text/vtt')
    expect(sniff(long(CAPTIONS_MAX_BYTES + 1))).toBeNull()
  })
  it('MP3 with and without a tag', () =>
    expect([mp3(true), mp3(false)].map(sniff)).toEqual(Array(2).fill('audio/mpeg')))
  it('Matroska that is no WebM is not kept', () => expect(cleaned('video/webm', webm('matroska'))).toBeNull())
})

describe('[FI3] where and by whom', () => {
  const TOLD = TYPES.filter((type) => SAMPLES[type]!.includes(SECRET))
  it('is said in the samples of all that is cleaned', () => expect(TOLD).toHaveLength(8))
  it.each(TOLD)('is in no kept %s', (type) => {
    const kept = cleaned(type, SAMPLES[type]!)!
    expect(kept.bytes.includes(SECRET.slice(0, 8))).toBe(false)
    expect(sniff(kept.bytes)).toBe(type)
  })
  it.each(TYPES)('cleaning %s again changes nothing', (type) => {
    const once = cleaned(type, SAMPLES[type]!)!
    expect(cleaned(type, once.bytes)).toEqual(once)
  })

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('how a camera was held (%i) stays', (orientation) => {
    const turned = orientation >= 5
    for (const big of [true, false]) {
      const kept = cleaned('image/jpeg', jpeg({ orientation, big }))!
      expect(kept.bytes.includes('Exif')).toBe(orientation > 1)
      if (orientation > 1) expect(turnOf(kept.bytes, 'Exif\0\0')).toBe(orientation)
      expect(kept.size).toEqual(turned ? { width: 24, height: 40 } : JPEG_SIZE)
    }
    const inPng = cleaned('image/png', png(orientation))!
    expect(inPng.size).toEqual(turned ? { width: 2, height: 3 } : { width: 3, height: 2 })
    if (orientation > 1) expect(turnOf(inPng.bytes, 'eXIf')).toBe(orientation)
    const inWebp = cleaned('image/webp', webp(orientation))!
    expect(inWebp.size).toEqual(turned ? { width: 20, height: 10 } : { width: 10, height: 20 })
    // The head says whether there is EXIF.
    expect(inWebp.bytes[20]! & 0x0c).toBe(orientation > 1 ? 0x08 : 0)
  })
  it.each([null, 0, 9])('an orientation that is none (%s) goes', (orientation) => {
    expect(cleaned('image/jpeg', jpeg({ orientation }))!.bytes.includes('Exif')).toBe(false)
    expect(cleaned('image/png', png(orientation))!.bytes.includes('eXIf')).toBe(false)
    expect(cleaned('image/webp', webp(orientation))!.bytes.includes('EXIF')).toBe(false)
  })

  it('JPEG keeps profile, Adobe’s mark, tables and every scan; a small copy and what follows the picture go', () => {
    const { bytes } = cleaned('image/jpeg', jpeg())!
    for (const kept of ['JFIF', 'ICC_PROFILE', 'Adobe']) expect(bytes.includes(kept)).toBe(true)
    for (const gone of ['MPF', 'Photoshop', 'http']) expect(bytes.includes(gone)).toBe(false)
    expect(bytes.includes(Buffer.from([1, 2, 0xff, 0, 3, 0xff, 0xd0, 4, 0xff, 0xda]))).toBe(true)
    expect(bytes.subarray(-4)).toEqual(Buffer.from([6, 0xff, 0xff, 0xd9]))
  })
  it('MP4 with two tables of contents is damaged', () => {
    const moov = box('moov', box('mvhd', Buffer.alloc(100)))
    const ftyp = isoMedia().subarray(0, 24)
    expect(cleaned('video/mp4', Buffer.concat([ftyp, moov]))).not.toBeNull()
    expect(cleaned('video/mp4', Buffer.concat([ftyp, moov, moov]))).toBeNull()
  })
  it('PNG keeps its dots and how dense they are', () => {
    const { bytes } = cleaned('image/png', png())!
    for (const type of ['IHDR', 'pHYs', 'IDAT', 'IEND']) expect(bytes.includes(type)).toBe(true)
    for (const type of ['tEXt', 'iTXt', 'tIME']) expect(bytes.includes(type)).toBe(false)
    expect(bytes.subarray(-8, -4).toString('latin1')).toBe('IEND')
  })
  it('a chunk nobody knows, without which it cannot be drawn, makes it damaged', () => {
    const odd = Buffer.concat([png().subarray(0, 33), chunk('CgBI', Buffer.alloc(4)), png().subarray(33)])
    expect(cleaned('image/png', odd)).toBeNull()
  })
  it('WebP says its new length', () => {
    const { bytes } = cleaned('image/webp', webp())!
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8)
    expect(bytes.includes('ICCP')).toBe(true)
  })
  it('GIF keeps that it begins again', () => {
    const kept = cleaned('image/gif', gif())!
    expect(kept.bytes.includes('NETSCAPE2.0')).toBe(true)
    expect(kept.bytes.at(-1)).toBe(0x3b)
    expect(kept.size).toEqual({ width: 5, height: 4 })
  })
  it.each([
    ['MP4', isoMedia()],
    ['lying MP4', isoMedia('isom', true)],
  ])('%s moves nothing, and says its size', (name, sent) => {
    const kept = cleaned('video/mp4', sent)!
    expect(kept.bytes.length).toBe(sent.length)
    expect(kept.bytes.indexOf('a moment')).toBe(sent.indexOf('a moment'))
    expect(kept.bytes.includes('udta')).toBe(false)
    // All that is needed is where it was, and nothing else has a name.
    const types = [
      'ftyp',
      'moov',
      'mvhd',
      'trak',
      'tkhd',
      'mdia',
      'hdlr',
      'minf',
      'stbl',
      'stts',
      'moof',
      'mdat',
    ]
    for (const type of types) expect(kept.bytes.indexOf(type)).toBe(sent.indexOf(type))
    for (const type of ['gps ', 'cprt', 'XMP_', 'meta', 'uuid'])
      expect([type, kept.bytes.includes(type)]).toEqual([type, false])
    expect(kept.size).toEqual(name === 'MP4' ? { width: 64, height: 36 } : { width: 36, height: 64 })
  })
  it.each([true, false])('WebM moves nothing; its length known: %s', (known) => {
    const sent = webm('webm', known)
    const kept = cleaned('video/webm', sent)!
    expect(kept.bytes.length).toBe(sent.length)
    expect(kept.bytes.includes(SECRET)).toBe(false)
    expect(kept.size).toEqual({ width: 320, height: 180 })
    expect(cleaned('video/webm', kept.bytes)).toEqual(kept)
  })
})

describe('[FI4] whatever is sent', () => {
  const runs = LONG ? 20_000 : 1_500
  /** Cut, changed and doubled samples, and their beginnings with anything behind them. */
  const harmed = (sample: Buffer) =>
    fc
      .record({
        cut: fc.nat(sample.length),
        changes: fc.array(fc.tuple(fc.nat(sample.length), fc.nat(255)), { maxLength: 8 }),
        doubled: fc.tuple(fc.nat(sample.length), fc.nat(80)),
        behind: fc.uint8Array({ maxLength: 64 }),
        whole: fc.boolean(),
      })
      .map(({ cut, changes, doubled: [from, length], behind, whole }) => {
        const bytes = Buffer.from(sample)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        const again = Buffer.concat([
          bytes.subarray(0, from),
          bytes.subarray(from, from + length),
          bytes.subarray(from),
        ])
        return Buffer.concat([whole ? again : again.subarray(0, cut), behind])
      })
  it.each(TYPES)('%s never throws, never grows, and is the same again', (type) => {
    fc.assert(
      fc.property(harmed(SAMPLES[type]!), (bytes) => {
        const before = Buffer.from(bytes)
        sniff(bytes)
        const kept = cleaned(type, bytes)
        expect(bytes.equals(before)).toBe(true)
        if (!kept) return
        expect(kept.bytes.length).toBeLessThanOrEqual(bytes.length)
        expect(cleaned(type, kept.bytes)?.bytes.equals(kept.bytes)).toBe(true)
      }),
      { numRuns: runs },
    )
  })
  it.each(TYPES)('%s cut anywhere', (type) => {
    const sample = SAMPLES[type]!
    for (let length = 0; length <= sample.length; length++) {
      sniff(sample.subarray(0, length))
      const kept = cleaned(type, sample.subarray(0, length))
      if (kept) expect(kept.bytes.length).toBeLessThanOrEqual(length)
    }
  })
  it('PNG of as many parts as there may be, and not of one more', () => {
    const drawn = png()
    const end = drawn.indexOf('IEND') - 4
    const inParts = (more: number): Buffer =>
      Buffer.concat([
        drawn.subarray(0, end),
        Buffer.concat(Array<Buffer>(more).fill(chunk('tEXt', Buffer.alloc(0)))),
        drawn.subarray(end),
      ])
    let own = 1
    for (let at = 8; at < end; own += 1) at += 12 + drawn.readUInt32BE(at)
    expect(cleaned('image/png', inParts(FILE_PARTS_MAX - own))).not.toBeNull()
    expect(cleaned('image/png', inParts(FILE_PARTS_MAX - own + 1))).toBeNull()
  })
  it('an EXIF too small for a smaller one goes with its orientation', () => {
    // Forty bytes are needed to say it; a hostile one says it in fewer by pointing into itself.
    for (let length = 8; length < 40; length++) {
      const tiny = exif(6).subarray(0, length)
      const sent = Buffer.concat([png(1).subarray(0, 33), chunk('eXIf', tiny), png(1).subarray(33)])
      expect(cleaned('image/png', sent)!.bytes.length).toBeLessThan(sent.length)
    }
  })
  it('twenty megabytes of what costs most are read in a moment', () => {
    const size = 20 * 1024 * 1024
    const fill = (start: Buffer, with_: Buffer): Buffer =>
      Buffer.concat([start, Buffer.alloc(size - start.length, with_)])
    const scan = jpeg().subarray(0, jpeg().indexOf(Buffer.from([1, 2, 0xff, 0])))
    const head = Buffer.from(isoMedia().subarray(0, 24))
    const costly: [FileType, Buffer][] = [
      ['image/jpeg', fill(scan, Buffer.from([0xff, 0]))],
      ['image/jpeg', fill(scan, Buffer.from([0xff]))],
      ['image/jpeg', fill(scan, Buffer.from([0xff, 0xfe, 0, 2]))],
      ['image/png', fill(png().subarray(0, 33), chunk('tEXt', Buffer.alloc(0)))],
      ['image/gif', fill(gif().subarray(0, 19), Buffer.from([0x21, 0xf9, 0]))],
      ['image/webp', fill(webp().subarray(0, 30), Buffer.from('ICCP\0\0\0\0'))],
      ['video/mp4', fill(head, box('uuid'))],
      ['video/webm', fill(webm('webm', false), Buffer.from([0xec, 0x80]))],
    ]
    for (const [type, bytes] of costly) {
      if (type === 'image/webp') bytes.writeUInt32LE(size - 8, 4)
      const begun = performance.now()
      cleaned(type, bytes)
      const ms = performance.now() - begun
      expect(ms).toBeLessThan(1_500)
    }
  })
})

describe('[FI5] names', () => {
  it.each([
    ['argazkia.jpg', 'argazkia.jpg'],
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['c:\\a\\b.png', 'c:_a_b.png'],
    ['photo\u202Egpj.exe', 'photogpj.exe'],
    ['a\u0000b\r\nSet-Cookie: x', 'abSet-Cookie: x'],
    ['\u200B \u2066', ''],
  ])('%j is kept as %j', (sent, kept) => expect(plainName(sent)).toBe(kept))
  it.each<[string, FileType, string]>([
    ['a.JPG', 'image/jpeg', 'a.JPG'],
    ['a.html', 'image/jpeg', 'a.html.jpg'],
    ['a', 'application/pdf', 'a.pdf'],
    ['a.exe', 'video/mp4', 'a.exe.mp4'],
    ['.png', 'image/png', '.png'],
  ])('%s of %s is saved as %s', (name, type, saved) => expect(nameToSave(name, type)).toBe(saved))
})
