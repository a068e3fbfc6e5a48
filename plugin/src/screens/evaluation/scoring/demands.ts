/** Whom a level of use asks to have scored, in words. */
import type { demandsOf } from '@auzolan/shared/scoring/rounds.ts'
import { n, t } from '../../../l10n.ts'

export function demanded({ evaluators, departments }: ReturnType<typeof demandsOf>): string {
  const people = n('%n person', '%n people', evaluators)
  return departments > 0
    ? t('To be revealed it takes {people}, of {departments}.', {
        people,
        departments: n('%n department', '%n departments', departments),
      })
    : t('To be revealed it takes {people}.', { people })
}
