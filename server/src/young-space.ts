/**
 * Keeps the memory in which everything new begins small. V8 lets it grow to 128 MB in each thread when much happens at once (after a
 * restart, say), and gives nothing of it back. An eighth does as well, and what buffers hold outside of the heap is found to be garbage
 * sooner. Here and not on the command line, so that it holds however the server is started.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

/** Two halves, of which one is in use. */
const HALF_MB = 8
/** So much is never needed. */
const SURVIVORS_MAX = 4_000_000

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0

/** To be called once, before there are other threads. */
export function keepYoungSpaceSmall(): void {
  // Threads that are yet to come have it from the beginning. This one has begun, and gets there by having something survive.
  setFlagsFromString(`--min-semi-space-size=${HALF_MB}`)
  const survivors: object[] = []
  while (survivors.length < SURVIVORS_MAX && youngBytes() < 2 * HALF_MB * 2 ** 20)
    for (let n = 0; n < 2_000; n++) survivors.push({ n })
  // From here on nobody grows.
  setFlagsFromString('--semi-space-growth-factor=1')
}
