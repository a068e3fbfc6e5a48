/** Photos that a browser can draw, as a phone makes them: with the place where they were taken in them. */
import type { Page } from 'playwright-core'
import { exif } from './sample-files.ts'

/** A JPEG of two colours, with EXIF that tells where and by whom it was made. */
export async function photo(page: Page, ground = '#8fb3c9'): Promise<Buffer> {
  const plain = Buffer.from(
    await page.evaluate(async (colour) => {
      const canvas = document.createElement('canvas')
      canvas.width = 320
      canvas.height = 240
      const context = canvas.getContext('2d')!
      context.fillStyle = colour
      context.fillRect(0, 0, 320, 240)
      context.fillStyle = '#7a4a23'
      context.fillRect(110, 80, 100, 120)
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'))
      return [...new Uint8Array(await blob!.arrayBuffer())]
    }, ground),
  )
  const content = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif(1)])
  const head = Buffer.from([0xff, 0xe1, (content.length + 2) >> 8, (content.length + 2) & 255])
  return Buffer.concat([plain.subarray(0, 2), head, content, plain.subarray(2)])
}
