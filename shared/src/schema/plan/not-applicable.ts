/** Why a section does not apply, in the sections that need not (DOMAIN A). */
import type { TextField } from '../fields.ts'

export const notApplicable = {
  kind: 'text',
  translated: true,
  maxCharacters: 300,
  label: 'This part does not apply to us, because',
  help: 'With a reason here, nothing else of this part is asked for.',
} as const satisfies TextField
