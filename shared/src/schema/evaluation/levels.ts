/** How far a tool is used (DOMAIN B.3) [SEED L267–279], and what is asked only from some level on. */
import type { Condition, Option } from '../fields.ts'

export const USE_LEVELS = [
  { id: 'individual', label: 'Individual: somebody uses it for their own work' },
  { id: 'collective', label: 'Collective: a group works together in it' },
  { id: 'institutional', label: 'Institutional: the organisation decides to use it' },
] as const satisfies readonly Option[]
export type UseLevel = (typeof USE_LEVELS)[number]['id']

/** What is for all of the house is for a group of it too, and for one person’s own work. */
export const reaches = (allowed: readonly UseLevel[], level: UseLevel): boolean =>
  allowed.some((one) => reachOf(one) >= reachOf(level))
const reachOf = (level: UseLevel): number => USE_LEVELS.findIndex(({ id }) => id === level)

/** Asked for when others depend on it. */
export const SHARED_USE = {
  section: 'useLevel',
  field: 'level',
  is: ['collective', 'institutional'],
} as const satisfies Condition
export const INSTITUTIONAL_USE = {
  section: 'useLevel',
  field: 'level',
  is: ['institutional'],
} as const satisfies Condition
