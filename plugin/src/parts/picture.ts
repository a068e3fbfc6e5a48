/** Reads a picture on this device: its fingerprint, and a copy small enough to lie in the document. */
import type { Picture } from '@auzolan/shared/schema/fields.ts'
import { PICTURE_PREVIEW_MAX_CHARACTERS, PICTURE_PREVIEW_PIXELS } from '@auzolan/shared/limits.ts'
import { sha256Of } from './sha256.ts'

/** Rejects when the file is no picture. */
export async function pictureOf(file: File): Promise<Picture> {
  const [sha256, bitmap] = await Promise.all([file.arrayBuffer().then(sha256Of), createImageBitmap(file)])
  return { name: file.name, sha256, preview: previewOf(bitmap) }
}

/** How long a film is waited for. */
const STILL_WITHIN_MS = 5_000
/** Not the very first: many films begin in black. */
const STILL_AT_S = 1

/** A small copy of what a film shows near its beginning. Rejects when this browser cannot play it. */
export async function stillOf(film: File): Promise<string> {
  const video = document.createElement('video')
  const address = URL.createObjectURL(film)
  try {
    video.muted = true
    video.preload = 'auto'
    video.src = address
    await happens(video, 'loadeddata')
    video.currentTime = Math.min(STILL_AT_S, video.duration / 2 || 0)
    await happens(video, 'seeked')
    return previewOf(await createImageBitmap(video))
  } finally {
    video.removeAttribute('src')
    URL.revokeObjectURL(address)
  }
}
const happens = (video: HTMLVideoElement, event: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(event)), STILL_WITHIN_MS)
    video.addEventListener(event, () => (clearTimeout(late), resolve()), { once: true })
    video.addEventListener('error', () => (clearTimeout(late), reject(new Error('error'))), { once: true })
  })

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
