/** Which fields of a post lie behind which fold, so that a link to one can open it. */
export const FACT_FIELDS = [
  'day',
  'time',
  'zone',
  'purposeIds',
  'audienceIds',
  'departmentId',
  'owner',
  'campaign',
  'kind',
] as const
export const MORE_FIELDS = [
  'officialSource',
  'linkUrl',
  'serviceFacts',
  'sensitive',
  'aiAssisted',
  'paid',
  'thread',
  'languageException',
  'internalNotes',
] as const

export type Fold = 'facts' | 'more'
export function foldOf(field: string): Fold | null {
  if (field === 'profileIds' || (FACT_FIELDS as readonly string[]).includes(field)) return 'facts'
  return (MORE_FIELDS as readonly string[]).includes(field) ? 'more' : null
}
