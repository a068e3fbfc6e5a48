/** Files beside a document, named by what is in them: what may be kept, and what is told of each. */
import type { Someone } from './review.ts'

/** What is taken, by its bytes and never by its name, with the endings a name of it may have. */
export const FILE_TYPES = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png', 'apng'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'video/mp4': ['mp4', 'm4v'],
  'video/quicktime': ['mov', 'qt'],
  'video/webm': ['webm'],
  'audio/mpeg': ['mp3'],
  'audio/ogg': ['ogg', 'oga', 'opus'],
  'audio/mp4': ['m4a'],
  'application/pdf': ['pdf'],
  'text/vtt': ['vtt'],
  'application/x-subrip': ['srt'],
} as const
export type FileType = keyof typeof FILE_TYPES

export const isFileType = (type: string): type is FileType => Object.hasOwn(FILE_TYPES, type)

/** `PUT /documents/:id/files/:sha256`, and an entry of `GET /documents/:id/files`. */
export interface KeptFile {
  /** Of what is kept, which is what was sent without where and by whom it was made. */
  readonly sha256: string
  readonly name: string
  readonly type: FileType
  readonly bytes: number
  /** In pixels, as the file says, turned as it says; `null` where that is not known. */
  readonly width: number | null
  readonly height: number | null
  readonly by: Someone
  /** ISO instant. */
  readonly at: string
}

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)

/** Without signs that no file system takes, or that make a name read as another one; '' when nothing is left. */
export const plainName = (name: string): string =>
  name
    .replace(/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu, '')
    .replace(/[/\\]/g, '_')
    .trim()

/** As it is saved on a device: an ending that says something else than the bytes gets the right one behind it. */
export function nameToSave(name: string, type: FileType): string {
  const ending = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  const endings: readonly string[] = FILE_TYPES[type]
  return endings.includes(ending) ? name : `${name}.${endings[0]}`
}
