/** A channel's text for clients that know no log; made once for all who ask at the same place. */
import { gunzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import { EMPTY_UPDATE, encodeYjsMessage } from '@auzolan/shared/protocol/yjs.ts'
import type { Deletions } from '../rooms/admission.ts'
import type { Room } from '../rooms/room.ts'
import { framed } from './outgoing.ts'

/** What is made of it is made once for all who come at the same time: after a restart everybody does. */
export class WholeText {
  readonly seq: number
  readonly #parts: readonly Uint8Array[]
  #deletions: Deletions | null = null
  readonly #answers = new Map<string, Buffer>()

  /** @param updates in the order of their log */
  constructor(seq: number, updates: readonly Uint8Array[]) {
    this.seq = seq
    this.#parts = inParts(updates)
  }

  get deletions(): Deletions {
    return (this.#deletions ??= Y.mergeDeleteSets(this.#parts.map((part) => Y.decodeUpdate(part).ds)))
  }

  /**
   * The messages, ready to be sent, that give somebody who holds this much what they lack: the last of them is the answer that a stock
   * client waits for, so that it is complete when it calls itself so. @throws for what is no state vector
   */
  answerTo(stateVector: Uint8Array): Buffer {
    const key = Buffer.from(stateVector).toString('base64')
    const known = this.#answers.get(key)
    if (known) return known
    const holdsNothing = Y.decodeStateVector(stateVector).size === 0
    const lacking = holdsNothing
      ? this.#parts
      : this.#parts.map((part) => Y.diffUpdate(part, stateVector)).filter((part) => !isEmpty(part))
    const last = lacking.at(-1) ?? EMPTY_UPDATE
    const answer = Buffer.concat([
      ...lacking.slice(0, -1).map((update) => framed(encodeYjsMessage({ kind: 'update', update }))),
      framed(encodeYjsMessage({ kind: 'step2', update: last })),
    ])
    if (this.#answers.size < ANSWERS_MAX) this.#answers.set(key, answer)
    return answer
  }
}

/** Answers that are remembered of one text. */
const ANSWERS_MAX = 8

/** What is as large is sent as it is: to put it together with others takes longer than a message more. */
const PART_MIN_BYTES = 4_096
const PARTS_MAX = 16

function inParts(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  const parts: Uint8Array[] = []
  let small: Uint8Array[] = []
  const putTogether = (): void => {
    if (small.length > 0) parts.push(mergedUpdates(small))
    small = []
  }
  for (const update of updates) {
    if (update.length < PART_MIN_BYTES) small.push(update)
    else {
      putTogether()
      parts.push(update)
    }
  }
  putTogether()
  return parts.length <= PARTS_MAX ? parts : [mergedUpdates(parts)]
}

const isEmpty = (update: Uint8Array): boolean =>
  update.length === EMPTY_UPDATE.length && update.every((byte, i) => byte === EMPTY_UPDATE[i])

const KEPT_MS = 2_000
const made = new WeakMap<Room, Promise<WholeText>>()

export async function wholeText(room: Room): Promise<WholeText> {
  for (let last = made.get(room), next; last; last = next) {
    if ((await last.catch(() => null))?.seq === room.seq) return last
    // Of all who have waited for what is old by now, the first makes it anew.
    next = made.get(room)
    if (next === last) break
  }
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
  return new WholeText(seq, updates)
}
