/** Which copy this browser can keep: on its disk, or for as long as the page is open. */
import type { LocalCopy } from './copy.ts'
import { openIndexedDbCopy } from './indexeddb-copy.ts'
import { memoryCopy } from './memory-copy.ts'

/** One database per person and document, so that one person's copy is never another's. */
export async function openLocalCopy(instance: string, person: string, document: string): Promise<LocalCopy> {
  const name = `auzolan/${instance}/${person}/${document}`
  try {
    return await openIndexedDbCopy(name)
  } catch {
    return memoryCopy(name)
  }
}
