/**
 * Waiting for the next round without being woken for every letter. An edit that is read before its round may begin gains nothing, and
 * being woken costs several times what reading it does; so the thread sleeps, and then finds them all at once, those of one writer in one
 * packet. Only while nobody waits for anything else: whoever asks for something is heard between two naps, and until they have their
 * answer there are none.
 */
import { setImmediate as turn } from 'node:timers/promises'

/** Who comes with something else is not heard for so long at most. */
const NAP_MAX_MS = 12
/** Nobody ever rings it. */
const BELL = new Int32Array(new SharedArrayBuffer(4))

/** @param isQuiet nobody waits for anything but their edits */
export async function nap(ms: number, isQuiet: () => boolean): Promise<void> {
  const until = performance.now() + ms
  for (let left = ms; left >= 1; left = until - performance.now()) {
    if (!isQuiet()) return new Promise((resolve) => setTimeout(resolve, left))
    Atomics.wait(BELL, 0, 0, Math.min(left, NAP_MAX_MS))
    // The rest of this turn of the event loop, and one in which it reads what has come.
    await turn()
    await turn()
  }
}
