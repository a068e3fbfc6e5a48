/** Languages an audience may be spoken to in. Names come from the browser (`Intl.DisplayNames`). */
export const LANGUAGES = {
  verifiedOn: '2026-11-23',
  source: 'IANA (BCP 47)',
  items: ['eu', 'es', 'ca', 'gl', 'oc', 'an', 'ast', 'en', 'fr', 'pt', 'ro', 'ar', 'uk', 'zh', 'ur', 'wo'],
} as const
