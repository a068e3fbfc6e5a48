/** Everything of a log from some point on, step by step, however long it is. */
import type { ChannelId } from '@auzolan/shared/ids.ts'
import type { Journal, LogEntry, Snapshot } from './journal.ts'

const STEP = { entries: 5_000, bytes: 16 * 1024 * 1024 }

/** @param from number of the last entry the reader has; 0 for none */
export async function readOn(
  journal: Journal,
  channel: ChannelId,
  from: number,
): Promise<{ snapshot: Snapshot | null; entries: LogEntry[] }> {
  let snapshot: Snapshot | null = null
  const entries: LogEntry[] = []
  for (let after = from; ;) {
    const part = await journal.read(channel, after, STEP)
    if (part.snapshot) {
      // Put together while we were reading: what we have of it is in there.
      snapshot = part.snapshot
      entries.length = 0
    }
    const last = part.entries.at(-1)
    if (!last) return { snapshot, entries }
    entries.push(...part.entries)
    after = last.seq
  }
}
