/** What the doctor has found in one place, for whoever looks after the server. */

export const STATES = ['ok', 'warning', 'fault', 'skipped'] as const
export type State = (typeof STATES)[number]

export interface Finding {
  /** What was looked at; programs know it by this. */
  readonly check: string
  /** `warning`: it works, and somebody should look; `fault`: it does not work, or will not after the next start. */
  readonly state: State
  /** One sentence. */
  readonly says: string
  /** What to do about it, a line each; commands to paste are lines of their own. */
  readonly todo: readonly string[]
}

/** A finding before it is known of what. */
export type Look = Omit<Finding, 'check'>

type Found = (says: string, ...todo: string[]) => Look
const found =
  (state: State): Found =>
  (says, ...todo) => ({ state, says, todo })
export const ok = found('ok')
export const warning = found('warning')
export const fault = found('fault')
export const skipped = found('skipped')

/** Large numbers of bytes, for a person. */
export function bytesSaid(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let [amount, unit] = [bytes, 0]
  while (amount >= 1024 && unit < units.length - 1) [amount, unit] = [amount / 1024, unit + 1]
  return `${amount >= 10 || unit === 0 ? Math.round(amount) : amount.toFixed(1)} ${units[unit]!}`
}
