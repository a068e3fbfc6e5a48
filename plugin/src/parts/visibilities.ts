/** Who may see a document, in words. */
import type { Visibility } from '@auzolan/shared/grants.ts'
import { t } from '../l10n.ts'

export const visibilityWords = (): Readonly<Record<Visibility, string>> => ({
  team: t('Only its team'),
  organisation: t('Everybody in the organisation'),
  public: t('Public'),
})
