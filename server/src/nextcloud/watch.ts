/** Finds out after the start how we get on with Nextcloud, says it in the log, and asks again until it is well. */
import type { Logger } from 'pino'
import type { Nextcloud } from './nextcloud.ts'

/** Between two attempts while Nextcloud does not answer; after refused signatures its own pause counts. */
const ASK_AGAIN_MS = 60_000

/** @returns ends it */
export function watch(nextcloud: Nextcloud, log: Logger): () => void {
  let timer: NodeJS.Timeout | undefined
  let ended = false
  const ask = async (): Promise<void> => {
    const { url, address, status, error, clockSkewS, signature, maintenance } = await nextcloud.ping()
    if (ended) return
    const facts = { url, address, status, error, clockSkewS }
    if (nextcloud.standing === 'ok') return log.info(facts, 'Nextcloud answers')
    if (signature === 'refused')
      log.error(
        facts,
        'secrets differ: Nextcloud refuses our signature; AUZOLAN_SECRET must be the one it has',
      )
    else if (maintenance) log.info(facts, 'Nextcloud is in maintenance')
    else
      log.warn(facts, 'Nextcloud cannot be reached from here; people work, what has to be asked there fails')
    timer = setTimeout(() => void ask(), nextcloud.pauseLeftMs || ASK_AGAIN_MS)
    timer.unref()
  }
  void ask()
  return () => {
    ended = true
    clearTimeout(timer)
  }
}
