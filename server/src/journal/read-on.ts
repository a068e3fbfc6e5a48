/** Everything of a log from some point on, step by step, however long it is. */
import type { ChannelId } from '@auzolan/shared/ids.ts'
import type { Journal, LogEntry, Snapshot } from './journal.ts'

const STEP = { entries: 5_000, bytes: 16 * 1024 * 1024 }

/** @param from number of the last entry the reader has; 0 for none. Gives also of which epoch it is; 0 when there is no such channel. */
export async function readOn(
  journal: Journal,
  channel: ChannelId,
  from: number,
): Promise<{ epoch: number; snapshot: Snapshot | null; entries: LogEntry[] }> {
  let snapshot: Snapshot | null = null
  const entries: LogEntry[] = []
  let epoch: number | null = null
  for (let after = from; ;) {
    const part = await journal.read(channel, after, STEP)
    if (epoch !== null && part.epoch !== epoch) {
      // A new epoch began between two steps: what we have is of the old one.
      ;[epoch, snapshot, after] = [null, null, 0]
      entries.length = 0
      continue
    }
    epoch = part.epoch
    if (part.snapshot) {
      // Put together while we were reading: what we have of it is in there.
      snapshot = part.snapshot
      entries.length = 0
    }
    entries.push(...part.entries)
    if (!part.more) return { epoch, snapshot, entries }
    after = entries.at(-1)!.seq
  }
}
