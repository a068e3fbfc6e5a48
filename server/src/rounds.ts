/** Looks for something again and again: soon after the start, and then every so often; one round after the other, whatever it costs. */
import type { Logger } from 'pino'

/** After a restart people come first: what all these ask at the start cost whoever came first twice the time. */
export const FIRST_ROUND_MS = 3_000

export interface Surroundings {
  readonly log: Pick<Logger, 'info' | 'error'>
  /** From the start to the first round. */
  readonly firstMs: number
  /** Whether this node has to do it, asked before each round: what is done once for all nodes. */
  readonly isOurs?: () => boolean
}

/**
 * @param looks each gives how much it has done, if it counts
 * @returns ends it, once the round under way is over
 */
export function makeRounds(
  what: string,
  looks: readonly (() => Promise<number | void>)[],
  everyMs: number,
  { log, firstMs, isOurs = () => true }: Surroundings,
): () => Promise<void> {
  let ended = false
  let under: Promise<void> | null = null
  const round = async (): Promise<void> => {
    for (const look of looks) {
      if (ended || !isOurs()) return
      try {
        const done = await look()
        if (done !== undefined && done > 0) log.info({ done }, what)
      } catch (error) {
        log.error({ err: error }, `${what}: a round failed, the next one comes`)
      }
    }
  }
  const begin = (): void => {
    under ??= round().finally(() => (under = null))
  }
  const first = setTimeout(begin, firstMs)
  const timer = setInterval(begin, everyMs)
  first.unref()
  timer.unref()
  return async () => {
    ended = true
    clearTimeout(first)
    clearInterval(timer)
    await under
  }
}
