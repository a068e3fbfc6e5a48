/** What takes the focus a moment later, when it is there, unless somebody has gone on by then. */

/** A key that is held down is not pressed again. */
const hasGoneOn = (event: Event): boolean => !(event as KeyboardEvent).repeat
const WENT_ON = ['keydown', 'pointerdown'] as const

/**
 * Looks again and again until it was there, or often enough. Whoever presses a key or points at something meanwhile is somewhere else, and
 * would write into what takes the focus then.
 * @param look says whether it was there
 */
export function lookUntilGoneOn(
  look: () => boolean,
  everyMs: number,
  looks: number,
  inVain?: () => void,
): void {
  let left = looks
  const timer = setInterval(() => {
    left--
    const found = look()
    if (!found && left > 0) return
    stop()
    if (!found) inVain?.()
  }, everyMs)
  function stop(event?: Event): void {
    if (event && !hasGoneOn(event)) return
    clearInterval(timer)
    for (const type of WENT_ON) removeEventListener(type, stop, true)
  }
  for (const type of WENT_ON) addEventListener(type, stop, true)
}
