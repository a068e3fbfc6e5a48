/** Which fields of a post lie behind which fold, so that a link to one can open it. */
import { calendar } from '@auzolan/shared/schema/calendar.ts'

const FIELDS = calendar.fields.posts.item
type PostField = keyof typeof FIELDS

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
] as const satisfies readonly PostField[]
/** They have a place of their own on the page. */
const PLACED: readonly PostField[] = ['title', 'profileIds', 'text', 'mediaIds', ...FACT_FIELDS]
/** All the others, in the order of the schema, so that a new field is there as well. */
export const MORE_FIELDS = (Object.keys(FIELDS) as PostField[]).filter((field) => !PLACED.includes(field))

export type Fold = 'facts' | 'more'
export function foldOf(field: string): Fold | null {
  if (field === 'profileIds' || (FACT_FIELDS as readonly string[]).includes(field)) return 'facts'
  return (MORE_FIELDS as readonly string[]).includes(field) ? 'more' : null
}
