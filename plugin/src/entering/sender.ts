/** Brings entries from this device to the server, in the order in which they were entered, each until it has an answer. */
import { Pace, answerTo, isDue, isNoAnswer } from '../sending/pace.ts'
import type { Cause } from '../session/connection.ts'
import type { Entries, QueuedEntry } from './entries.ts'

export interface EntrySenderPorts {
  readonly entries: Pick<Entries, 'all' | 'become' | 'strip' | 'settle'>
  readonly post: (path: string, body: object, method: 'POST' | 'PUT') => Promise<unknown>
  readonly causeOf: (error: unknown) => Cause
  /** False when it is sure that nobody would answer: then nothing leaves, and all of it can still be taken back. */
  readonly online: () => boolean
  /** Runs the work while no other tab of this person sends. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly answerMaxMs?: number
  readonly retryMinMs?: number
}

export function makeEntrySender(ports: EntrySenderPorts): Pace {
  const { entries, post, causeOf, online, alone, retryMinMs } = ports

  /** False when nobody answers: then what was entered after it waits as well, so that it does not arrive before it. */
  async function deliver(entry: QueuedEntry): Promise<boolean> {
    // Taken back, or sent by another tab, since it was read.
    if (entry.body === null || !(await entries.become(entry.id, { kind: 'asked' }))) return true
    const said = await answerTo(
      post(entry.path, entry.body, entry.method ?? 'POST'),
      causeOf,
      ports.answerMaxMs,
    )
    if ('value' in said) {
      await entries.settle(entry.id)
      return true
    }
    const { cause } = said
    if (isNoAnswer(cause)) {
      if (cause !== 'NETWORK') await entries.become(entry.id, { kind: 'waiting', cause })
      return false
    }
    if (cause === 'NOT_FOUND' || cause === 'ACCESS_ENDED') await entries.strip(entry.id, cause)
    else await entries.become(entry.id, { kind: 'refused', cause })
    return true
  }

  return new Pace({
    due: async () => (await entries.all()).some(isDue),
    deliver: async () => {
      if (!online()) return
      for (const entry of await entries.all()) if (isDue(entry) && !(await deliver(entry))) return
    },
    alone,
    retryMinMs,
  })
}
