/** What the log of moderation calls deeds and reasons, and what it says of a row that cannot be taken. */
import type { ModerationAction, ModerationReason } from '@auzolan/shared/protocol/moderation.ts'
import { t } from '../../../l10n.ts'

export const actionWords: { readonly [action in ModerationAction]: string } = {
  answer: t('Answer'),
  warn: t('Warn'),
  hide: t('Hide'),
  delete: t('Delete'),
  block: t('Block'),
  report: t('Report it'),
}
export const reasonWords: { readonly [reason in ModerationReason]: string } = {
  off_topic: t('Off the topic'),
  disrespect: t('Disrespect'),
  personal_data: t('Personal data'),
  advertising: t('Advertising'),
  illegal: t('Against the law'),
}
export const INVALID = t('The address begins with https://, and nobody is named. Nothing was noted.')
