import type { OpinionRole } from '@auzolan/shared/protocol/review.ts'
import { n } from '../../l10n.ts'
import { roleWords } from '../../parts/roles.ts'

/** Whose opinions an approval still waits for, in a sentence; empty when it waits for none. */
export function missingWords(missing: readonly OpinionRole[]): string {
  if (missing.length === 0) return ''
  const roles = roleWords()
  return n('An opinion is still missing: {roles}.', 'Opinions are still missing: {roles}.', missing.length, {
    roles: missing.map((role) => roles[role].name).join(', '),
  })
}
