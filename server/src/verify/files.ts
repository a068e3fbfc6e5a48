/** Whether the bytes that rows name lie beside the database, and are what their names say. */
import { join } from 'node:path'
import { measure } from '../journal/file-reading.ts'
import { FILES, placeOf } from '../journal/file-place.ts'

export interface FilesFound {
  readonly count: number
  readonly faults: readonly string[]
}

/** What is said of one that is not there. */
export const lostFile = (sha256: string): string => `file: ${sha256} is missing, or may not be read`

export async function filesMissing(
  folder: string,
  rows: Iterable<{ readonly sha256: string; readonly bytes: number }>,
): Promise<FilesFound> {
  const faults: string[] = []
  let count = 0
  for (const { sha256, bytes } of rows) {
    count += 1
    const found = await measure(join(folder, FILES, placeOf(sha256)))
    if (found === null) faults.push(lostFile(sha256))
    else if (found.sha256 !== sha256 || found.bytes !== bytes)
      faults.push(`file: ${sha256} holds something else than when it was kept`)
  }
  return { count, faults }
}
