/** Which pages may write: a page that is older than the documents would delete what it does not know. */

/** This version: of the app and of the server, which are made from one tree. */
export const VERSION = '0.1.0'

/** What app and server say to each other, as a range of numbers; they work together when the ranges meet. */
export const PROTOCOL = { min: 1, max: 1 } as const

/** The oldest version of the page that writes what this version stores. Raised with a change of shape, never else. */
export const OLDEST_WRITING_BUILD = '0.1.0'

/** Whether a page of this version must be reloaded before it writes. A program that names no version answers for itself. */
export function isTooOld(build: string, oldest: string = OLDEST_WRITING_BUILD): boolean {
  const ours = numbersOf(build)
  const least = numbersOf(oldest)
  if (!ours || !least) return false
  const at = ours.findIndex((number, i) => number !== least[i])
  return at >= 0 && ours[at]! < least[at]!
}

function numbersOf(build: string): readonly number[] | null {
  const match = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})(?:[-+].*)?$/.exec(build)
  return match ? match.slice(1).map(Number) : null
}
