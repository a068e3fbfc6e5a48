/**
 * Entries on their way to the SQLite thread: a thousand small objects cost more to be copied between two threads than to be
 * written, so they cross as one piece of numbers and one of bytes, neither of them copied.
 */
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { ChannelBatch } from '../journal.ts'

export interface PackedBatches {
  /** Channels and people, each once. */
  readonly names: readonly string[]
  /**
   * For each batch: channel, epoch, afterSeq, how many entries; for each of these: person, bytes of its update, how many clocks; for
   * each of these: client, clock. A name is its place in `names`.
   */
  readonly numbers: Float64Array<ArrayBuffer>
  /** All updates, one after the other. */
  readonly bytes: Uint8Array<ArrayBuffer>
}

export function packBatches(batches: readonly ChannelBatch[]): PackedBatches {
  const places = new Map<string, number>()
  const placeOf = (name: string): number => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, places.size)
    return places.size - 1
  }
  let length = 0
  const numbers: number[] = []
  for (const { channel, epoch, afterSeq, entries } of batches) {
    numbers.push(placeOf(channel), epoch, afterSeq, entries.length)
    for (const { person, update, clocks } of entries) {
      numbers.push(placeOf(person), update.length, clocks.size)
      for (const [client, clock] of clocks) numbers.push(client, clock)
      length += update.length
    }
  }
  const bytes = new Uint8Array(length)
  let at = 0
  for (const { entries } of batches)
    for (const { update } of entries) {
      bytes.set(update, at)
      at += update.length
    }
  return { names: [...places.keys()], numbers: new Float64Array(numbers), bytes }
}

/** The updates are views into `bytes`. */
export function unpackBatches({ names, numbers, bytes }: PackedBatches): ChannelBatch[] {
  const batches: ChannelBatch[] = []
  let n = 0
  let at = 0
  const next = (): number => numbers[n++]!
  while (n < numbers.length) {
    const channel = names[next()] as ChannelId
    const [epoch, afterSeq, count] = [next(), next(), next()]
    const entries = Array.from({ length: count }, () => {
      const person = names[next()] as PersonId
      const end = at + next()
      const update = bytes.subarray(at, end)
      at = end
      const clocks = new Map<number, number>()
      for (let left = next(); left > 0; left--) clocks.set(next(), next())
      return { person, update, clocks }
    })
    batches.push({ channel, epoch, afterSeq, entries })
  }
  return batches
}
