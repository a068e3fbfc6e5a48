/** Reads a picture on this device: its fingerprint, and a copy small enough to lie in the document. */
import type { Picture } from '@auzolan/shared/schema/fields.ts'
import { PICTURE_PREVIEW_MAX_CHARACTERS, PICTURE_PREVIEW_PIXELS } from '@auzolan/shared/limits.ts'
import { sha256Of } from './sha256.ts'

/** Rejects when the file is no picture. */
export async function pictureOf(file: File): Promise<Picture> {
  const [sha256, bitmap] = await Promise.all([file.arrayBuffer().then(sha256Of), createImageBitmap(file)])
  return { name: file.name, sha256, preview: previewOf(bitmap) }
}

/** A square of the middle; '' when even the poorest copy is too long. */
function previewOf(bitmap: ImageBitmap): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = PICTURE_PREVIEW_PIXELS
  const side = Math.min(bitmap.width, bitmap.height)
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2]
  canvas
    .getContext('2d')
    ?.drawImage(bitmap, left, top, side, side, 0, 0, PICTURE_PREVIEW_PIXELS, PICTURE_PREVIEW_PIXELS)
  const copies = [0.9, 0.7, 0.4].map((quality) => canvas.toDataURL('image/webp', quality))
  return copies.find((copy) => copy.length <= PICTURE_PREVIEW_MAX_CHARACTERS) ?? ''
}
