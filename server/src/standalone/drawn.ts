/** Pictures for the posts of the demo, drawn here out of rectangles: small, real files that nobody else has rights to. */
import { crc32, deflateSync } from 'node:zlib'
import { createHash } from 'node:crypto'
import { PNG } from '../files/cleaning/png.ts'

export interface Drawn {
  readonly name: string
  readonly bytes: Buffer
  readonly sha256: string
}
/** Left, top, width and height in hundredths of the picture, and its colour, as `#rrggbb`. */
export type Rectangle = readonly [number, number, number, number, string]

const [WIDTH, HEIGHT] = [400, 300]

/** @param rectangles one upon the other, the first one behind */
export function drawn(name: string, rectangles: readonly Rectangle[]): Drawn {
  const row = 1 + WIDTH * 3
  const pixels = Buffer.alloc(row * HEIGHT)
  for (const [left, top, width, height, colour] of rectangles) {
    const dots = Buffer.alloc(Math.round((width * WIDTH) / 100) * 3, Buffer.from(colour.slice(1), 'hex'))
    const from = 1 + Math.round((left * WIDTH) / 100) * 3
    for (let y = Math.round((top * HEIGHT) / 100); y < Math.round(((top + height) * HEIGHT) / 100); y++)
      dots.copy(pixels, y * row + from)
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0])
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  const bytes = Buffer.concat([
    PNG,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(content.length, 0)
  ends.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)])
}
