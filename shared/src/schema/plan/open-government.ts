/** The axes of open government a plan or a purpose can serve [SEED L84–92]. */
import type { Option } from '../fields.ts'

export const OPEN_GOVERNMENT_AXES = [
  { id: 'transparency', label: 'Transparency' },
  { id: 'participation', label: 'Participation' },
  { id: 'collaboration', label: 'Collaboration' },
] as const satisfies readonly Option[]
