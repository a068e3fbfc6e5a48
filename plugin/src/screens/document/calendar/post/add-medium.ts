/** A file becomes a medium of the plan: sent to the server, and written down once, however often it is chosen. */
import type * as Y from 'yjs'
import type { KeptFile } from '@auzolan/shared/protocol/files.ts'
import { calendar as section, type Media } from '@auzolan/shared/schema/calendar.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { uploadFile } from '../../../../files-api.ts'
import { pictureOf, stillOf } from '../../../../parts/picture.ts'

/** @throws what the upload throws */
export async function addMedium(
  document: string,
  doc: Y.Doc,
  there: readonly Media[],
  file: File,
  onProgress: (part: number) => void,
): Promise<{ readonly id: string; readonly known: boolean }> {
  const kept = await uploadFile(document, file, onProgress)
  const known = there.find((one) => one.file?.sha256 === kept.sha256)
  if (known) return { id: known.id, known: true }
  const preview = await previewOf(kept, file)
  const list = new ListPlace(doc, section.fields.media)
  let id = ''
  doc.transact(() => {
    id = list.add()
    const place = list.record(id)!
    place.set('file', { name: kept.name, sha256: kept.sha256, preview })
    place.set('kind', kindOf(kept.type))
  })
  return { id, known: false }
}

/** A small copy, so that it is seen without network as well; '' where the browser cannot draw it. */
const previewOf = async ({ type }: KeptFile, file: File): Promise<string> =>
  type.startsWith('image/')
    ? pictureOf(file).then(
        ({ preview }) => preview,
        () => '',
      )
    : type.startsWith('video/')
      ? stillOf(file).catch(() => '')
      : ''

const kindOf = (type: string): string =>
  ['image', 'video', 'audio'].find((kind) => type.startsWith(`${kind}/`)) ?? 'document'
