/** Many updates as one read as they do one after the other, however many there are. */
import * as Y from 'yjs'
import { describe, expect, it } from 'vitest'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import { EMPTY_UPDATE } from '@auzolan/shared/protocol/yjs.ts'
import { seeded } from '../support/random.ts'

/** What several people write and delete in one text, in the order of its log. */
function logOf(count: number, seed: number): Uint8Array[] {
  const random = seeded(seed)
  const updates: Uint8Array[] = []
  const docs = Array.from({ length: 3 }, (_, n) => {
    const doc = new Y.Doc()
    doc.clientID = n + 1
    return doc
  })
  for (let n = 0; n < count; n++) {
    const doc = docs[Math.floor(random() * docs.length)]!
    for (const other of docs) if (other !== doc) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
    const text = doc.getText('t')
    doc.once('update', (update: Uint8Array) => updates.push(update))
    if (text.length > 3 && random() < 0.3) text.delete(Math.floor(random() * (text.length - 1)), 1)
    else text.insert(Math.floor(random() * (text.length + 1)), String.fromCharCode(97 + (n % 26)))
  }
  return updates
}
const read = (...updates: readonly Uint8Array[]): string => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  expect(doc.store.pendingStructs).toBeNull()
  expect(doc.store.pendingDs).toBeNull()
  return doc.getText('t').toString()
}

describe('updates put together', () => {
  it.each([0, 1, 2, 15, 16, 17, 256, 257, 600])('%i read as one after the other', (count) => {
    const log = logOf(count, count + 7)
    expect(read(mergedUpdates(log))).toBe(read(...log))
  })

  it('none are an update that changes nothing, and one is itself', () => {
    expect(mergedUpdates([])).toEqual(EMPTY_UPDATE)
    const [only] = logOf(1, 1)
    expect(mergedUpdates([only!])).toBe(only)
  })

  it('leaves those it was given as they were', () => {
    const log = logOf(40, 3)
    const before = log.map((update) => update.slice())
    mergedUpdates(log)
    expect(log).toEqual(before)
  })

  it('costs by their number, not by its square', () => {
    const doc = new Y.Doc()
    const log: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => log.push(update))
    const text = doc.getText('t')
    for (let n = 0; n < 16_000; n++) text.insert(text.length, 'a')
    const took = (count: number): number => {
      const some = log.slice(0, count)
      const began = process.cpuUsage()
      mergedUpdates(some)
      const { user, system } = process.cpuUsage(began)
      return user + system
    }
    took(1_000)
    // Sixteen times as much is sixteen times as dear, or two hundred and fifty-six where each is compared with all.
    expect(took(16_000) / Math.max(took(1_000), 1)).toBeLessThan(80)
  })
})
