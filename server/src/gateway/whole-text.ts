/** A channel's text as one update, for clients that know no log; made once for all who ask at the same place. */
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { EMPTY_UPDATE } from '@auzolan/shared/protocol/yjs.ts'
import type { Room } from '../rooms/room.ts'

export interface WholeText {
  readonly seq: number
  readonly update: Uint8Array
}

const KEPT_MS = 2_000
const made = new WeakMap<Room, Promise<WholeText>>()

export async function wholeText(room: Room): Promise<WholeText> {
  const last = made.get(room)
  if (last && (await last.catch(() => null))?.seq === room.seq) return last
  const making = make(room)
  made.set(room, making)
  // Kept for those who come at the same time, not for as long as the room is open.
  setTimeout(() => {
    if (made.get(room) === making) made.delete(room)
  }, KEPT_MS).unref()
  return making
}

async function make(room: Room): Promise<WholeText> {
  const updates: Uint8Array[] = []
  let seq = 0
  while (seq < room.seq) {
    const { snapshot, entries } = await room.read(seq)
    if (snapshot) {
      updates.length = 0
      updates.push(gunzipSync(snapshot.gzip))
      seq = snapshot.seq
    } else if (entries.length === 0) throw new Error(`${room.channel}: entries missing after ${seq}`)
    updates.push(...entries.map((e) => e.update))
    seq = entries.at(-1)?.seq ?? seq
  }
  if (updates.length === 0) return { seq, update: EMPTY_UPDATE }
  return { seq, update: updates.length === 1 ? updates[0]! : Y.mergeUpdates(updates) }
}
