/** A file of Nextcloud Files: picked, and asked about who of a team can open it. */
import axios from '@nextcloud/axios'
import { generateOcsUrl, generateUrl, getRootUrl } from '@nextcloud/router'
import { fileIdIn } from './file-address.ts'

/** The standalone host has no files of its own. */
export const hasFiles = 'OC' in globalThis && 'OCA' in globalThis

/** The id of a file of this Nextcloud; `null` for every other address. */
export const fileIdOf = (address: string): string | null =>
  fileIdIn(address, { origin: location.origin, root: getRootUrl() })
export const fileAddress = (id: string): string =>
  new URL(generateUrl('/f/{id}', { id }), location.origin).href
/** Where it is shared: in Files, beside its folder, with its details open. */
export const sharingAddress = (id: string): string => `${fileAddress(id)}?openfile=false&opendetails=true`

export interface FileReaders {
  readonly name: string
  /** Whether others are told of: to who owns the file or may share it on. */
  readonly others: boolean
  readonly can: readonly string[]
  readonly cannot: readonly string[]
}
/** As many as Nextcloud takes at once. */
export const READERS_ASKED_MAX = 50

/** `null` when one cannot open it oneself, or it is not there: nothing is told then. Rejects when nobody answers. */
export async function readersOf(id: string, people: readonly string[]): Promise<FileReaders | null> {
  const url = generateOcsUrl('/apps/auzolan/api/v1/files/{id}/readers', { id })
  const { status, data } = await axios.post<{ ocs: { data: FileReaders } }>(
    url,
    { people },
    { validateStatus: (code) => code === 200 || code === 404 },
  )
  return status === 404 ? null : data.ocs.data
}

/** The address of a file; `null` when somebody closes the picker. */
export async function pickFile(title: string, choose: string): Promise<string | null> {
  const { getFilePickerBuilder, FilePickerClosed } = await import('@nextcloud/dialogs')
  const picker = getFilePickerBuilder(title)
    .setMultiSelect(false)
    .setButtonFactory(() => [{ label: choose, variant: 'primary', callback: () => {} }])
    .build()
  try {
    const [node] = await picker.pickNodes()
    return node?.fileid === undefined ? null : fileAddress(String(node.fileid))
  } catch (error) {
    if (error instanceof FilePickerClosed) return null
    throw error
  }
}
