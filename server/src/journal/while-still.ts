/** Work on what a log said, in a transaction in which it still says so: read again while somebody writes meanwhile. */
import type { Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Journal, Tables } from './journal.ts'

/** How often it is read again before somebody is asked to try later. */
export const READINGS_MAX = 8

export async function whileStill<R, T>(
  journal: Journal,
  reading: {
    readonly read: () => Promise<R | Refusal>
    readonly isStill: (rows: Transaction<Tables>, read: R) => Promise<boolean>
  },
  work: (rows: Transaction<Tables>, read: R) => Promise<T | Refusal>,
): Promise<T | Refusal> {
  for (let attempt = 0; attempt < READINGS_MAX; attempt++) {
    const read = await reading.read()
    if (isRefusal(read)) return read
    const done = await journal.transact(async (rows) =>
      (await reading.isStill(rows, read)) ? { result: await work(rows, read) } : null,
    )
    if (done) return done.result
  }
  return refusal('TRY_AGAIN', 'somebody writes all the time')
}
