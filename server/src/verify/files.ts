/** Whether the bytes that rows name lie beside the database, and are what their names say. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { FILES, placeOf } from '../journal/file-place.ts'

export interface FilesFound {
  readonly count: number
  readonly faults: readonly string[]
}

export async function filesMissing(
  folder: string,
  rows: Iterable<{ readonly sha256: string; readonly bytes: number }>,
): Promise<FilesFound> {
  const faults: string[] = []
  let count = 0
  for (const { sha256, bytes } of rows) {
    count += 1
    const found = await measure(join(folder, FILES, placeOf(sha256)))
    if (found === null) faults.push(`file: ${sha256} is missing, or may not be read`)
    else if (found.sha256 !== sha256 || found.bytes !== bytes)
      faults.push(`file: ${sha256} holds something else than when it was kept`)
  }
  return { count, faults }
}

async function measure(path: string): Promise<{ sha256: string; bytes: number } | null> {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
    }
  } catch {
    return null
  }
  return { sha256: hash.digest('hex'), bytes }
}
