/** A text that many people have written over a long time, as updates: the same one for every server and every run. */
import * as Y from 'yjs'
import { ROOT } from './deliveries.ts'
import { dice } from './statistics.ts'

/** A stock connection of our server may write under so many client ids. */
const IDS_PER_SESSION = 60

export interface History {
  /** What each session wrote, in order: a few updates under ids of its own. */
  readonly sessions: readonly (readonly Uint8Array[])[]
  /** Size of the whole document as Yjs encodes it. */
  readonly bytes: number
  readonly clientIds: number
  /** Yjs items, which is what a resident document keeps as objects. */
  readonly pieces: number
}

/** @param clientIds people × tabs that have written, over the years */
export function writeHistory(bytes: number, clientIds: number): History {
  const roll = dice(2027)
  const doc = new Y.Doc()
  const text = doc.getText(ROOT)
  const sessions: Uint8Array[][] = []
  let pieces = 0
  const sessionCount = Math.ceil(clientIds / IDS_PER_SESSION)
  for (let s = 0; s < sessionCount; s++) {
    const updates: Uint8Array[] = []
    const ids = Math.min(IDS_PER_SESSION, clientIds - s * IDS_PER_SESSION)
    for (let i = 0; i < ids; i++) {
      doc.clientID = 1_000_000 + s * IDS_PER_SESSION + i
      const known = Y.encodeStateVector(doc)
      const enough = (bytes * (s * IDS_PER_SESSION + i + 1)) / clientIds
      let grown = Y.encodeStateAsUpdate(doc).length
      while (grown < enough) {
        for (let edits = 0; edits < 10 && grown < enough; edits++) {
          const length = 4 + Math.floor(roll() * 24)
          text.insert(Math.floor(roll() * text.length), words(roll, length))
          if (roll() < 0.25) text.delete(Math.floor(roll() * (text.length - 4)), 3)
          grown += length + 14
        }
        grown = Y.encodeStateAsUpdate(doc).length
      }
      updates.push(Y.encodeStateAsUpdate(doc, known))
    }
    sessions.push(inFew(updates, 2))
  }
  for (const structs of doc.store.clients.values()) pieces += structs.length
  return { sessions, bytes: Y.encodeStateAsUpdate(doc).length, clientIds, pieces }
}

const LETTERS = 'eatirnkozudghbslpmfx '
const words = (roll: () => number, length: number): string =>
  Array.from({ length }, () => LETTERS[Math.floor(roll() * LETTERS.length)]).join('')

function inFew(updates: readonly Uint8Array[], count: number): Uint8Array[] {
  const size = Math.ceil(updates.length / count)
  const groups = Array.from({ length: Math.ceil(updates.length / size) }, (_, i) =>
    updates.slice(i * size, (i + 1) * size),
  )
  return groups.map((group) => Y.mergeUpdates(group))
}
