import type { Stance } from '@auzolan/shared/protocol/review.ts'
import { t } from '../../l10n.ts'

export const stanceWords = (): { readonly [stance in Stance]: string } => ({
  favourable: t('Favourable'),
  reservations: t('With reservations'),
  against: t('Against'),
})
