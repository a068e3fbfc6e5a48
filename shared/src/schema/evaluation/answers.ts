/** What can be said of a tool before it is known for sure. */
import type { Option } from '../fields.ts'

export const YES_NO_UNKNOWN = [
  { id: 'yes', label: 'Yes' },
  { id: 'no', label: 'No' },
  { id: 'unknown', label: 'We do not know' },
] as const satisfies readonly Option[]
