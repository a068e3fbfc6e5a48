/** Files beside a document: sent, listed, shown from the memory of this page, and taken out. */
import { FILE_MAX_BYTES } from '@auzolan/shared/limits.ts'
import { isFileType, type KeptFile } from '@auzolan/shared/protocol/files.ts'
import { carry, causeOf, get, send } from './api.ts'
import { ways } from './host.ts'
import { HttpError } from './http.ts'
import { t } from './l10n.ts'
import { explain } from './parts/refusals.ts'
import { sha256Of } from './parts/sha256.ts'

const at = (document: string, sha256 = ''): string =>
  `/documents/${encodeURIComponent(document)}/files${sha256 && `/${sha256}`}`

export const listFiles = (document: string): Promise<KeptFile[]> => get(at(document))
export const takeOutFile = (document: string, sha256: string): Promise<void> =>
  send('DELETE', at(document, sha256))

/** It was not even sent. */
export class FileTooLarge extends Error {}

/**
 * Sends a file of this device; sent again it changes nothing. What is kept has a hash of its own: that of the answer.
 * @param onProgress how much has left, from 0 to 1
 */
export async function uploadFile(
  document: string,
  file: File,
  onProgress: (part: number) => void = () => {},
): Promise<KeptFile> {
  if (file.size > FILE_MAX_BYTES) throw new FileTooLarge()
  const sha256 = await sha256Of(await file.arrayBuffer())
  return carry('PUT', at(document, sha256), {
    data: file,
    params: { name: file.name },
    headers: { 'Content-Type': 'application/octet-stream' },
    onUploadProgress: ({ loaded, total }) => onProgress(total ? Math.min(1, loaded / total) : 0),
  })
}

/** Why a file was not taken, and what to do. */
export async function explainUpload(error: unknown): Promise<string> {
  const cause = error instanceof FileTooLarge ? 'TOO_LARGE' : causeOf(error)
  if (cause !== 'TOO_LARGE') return explain(cause)
  return error instanceof FileTooLarge || (await ways.current()) === 'direct'
    ? t('A file may have up to 20 MB. Make the picture or the film smaller and attach it again.')
    : t(
        'Nextcloud does not pass on files of this size. Your IT service can let browsers reach the server directly, or raise the limit of its web server.',
      )
}

interface Shown {
  readonly url: Promise<string>
  users: number
}
const shown = new Map<string, Shown>()
const keyOf = (document: string, sha256: string): string => `${document}/${sha256}`

/**
 * An address that shows it on this page, for as long as somebody uses it: each call is answered by one of `releaseFile`.
 * The server gives files to those with a pass only, and never as a page.
 */
export function fileUrl(document: string, sha256: string): Promise<string> {
  const key = keyOf(document, sha256)
  const known = shown.get(key)
  if (known) {
    known.users += 1
    return known.url
  }
  const url = fetched(document, sha256)
  const mine = { url, users: 1 }
  shown.set(key, mine)
  url.catch(() => shown.get(key) === mine && shown.delete(key))
  return url
}

export function releaseFile(document: string, sha256: string): void {
  const key = keyOf(document, sha256)
  const known = shown.get(key)
  if (!known || --known.users > 0) return
  shown.delete(key)
  void known.url.then(
    (url) => URL.revokeObjectURL(url),
    () => {},
  )
}

async function fetched(document: string, sha256: string): Promise<string> {
  try {
    const blob = await carry<Blob>('GET', at(document, sha256), { responseType: 'blob' })
    const [type = ''] = blob.type.split(';')
    // An address of a blob has our origin: only what cannot run gets one.
    return URL.createObjectURL(
      new Blob([blob], { type: isFileType(type) ? type : 'application/octet-stream' }),
    )
  } catch (error) {
    // Who asks for bytes gets the reason as bytes, too.
    if (error instanceof HttpError && error.response?.data instanceof Blob)
      error.response.data = await error.response.data
        .text()
        .then((text): unknown => JSON.parse(text))
        .catch(() => undefined)
    throw error
  }
}
