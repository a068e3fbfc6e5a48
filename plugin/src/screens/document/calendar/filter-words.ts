/** What posts are looked for by, in words. */
import { t } from '../../../l10n.ts'
import type { FilterName } from './arrangement.ts'

export const filterWords = (): { readonly [name in FilterName | 'mine']: string } => ({
  network: t('Network'),
  department: t('Department'),
  language: t('Language'),
  state: t('State'),
  mine: t('Whose'),
})
