/**
 * Many updates as one. `Y.mergeUpdates` sorts all of them again for each piece it takes: four thousand letters are a tenth of a second, a quarter
 * of a million no end in sight. By the handful, and what comes of these again, it is linear.
 */
import * as Y from 'yjs'
import { EMPTY_UPDATE } from './yjs.ts'

const HANDFUL = 16

/** @param updates in the order of their log */
export function mergedUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let left = updates
  while (left.length > 1) {
    const next: Uint8Array[] = []
    for (let i = 0; i < left.length; i += HANDFUL) {
      const some = left.slice(i, i + HANDFUL)
      next.push(some.length === 1 ? some[0]! : Y.mergeUpdates(some))
    }
    left = next
  }
  return left[0] ?? EMPTY_UPDATE
}
