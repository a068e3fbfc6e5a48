/** Takes out of a file where and by whom it was made, as far as its type says such things in a known place. */
import type { FileType } from '@auzolan/shared/protocol/files.ts'
import type { Clean } from './cleaned.ts'
import { cleanGif } from './gif.ts'
import { cleanIsoMedia } from './iso-media.ts'
import { cleanJpeg } from './jpeg.ts'
import { cleanPng } from './png.ts'
import { cleanWebm } from './webm.ts'
import { cleanWebp } from './webp.ts'

const asItIs: Clean = (bytes) => ({ pieces: [bytes], size: null })

export const CLEAN: { readonly [type in FileType]: Clean } = {
  'image/jpeg': cleanJpeg,
  'image/png': cleanPng,
  'image/webp': cleanWebp,
  'image/gif': cleanGif,
  'video/mp4': cleanIsoMedia,
  'video/quicktime': cleanIsoMedia,
  'audio/mp4': cleanIsoMedia,
  'video/webm': cleanWebm,
  'audio/mpeg': asItIs,
  'audio/ogg': asItIs,
  'application/pdf': asItIs,
  'text/vtt': asItIs,
  'application/x-subrip': asItIs,
}
