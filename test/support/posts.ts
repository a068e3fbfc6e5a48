/** Posts with nothing in them but what a test says. */
import {
  CALENDAR,
  type Calendar,
  type Media,
  type Mention,
  type Post,
} from '@auzolan/shared/schema/calendar.ts'
import type { Variant } from '@auzolan/shared/schema/calendar.ts'
import { withEveryField } from '@auzolan/shared/schema/json.ts'

type Given<T> = Partial<Omit<T, 'id'>>
const LANGUAGES = ['eu', 'es']

function record<T>(list: keyof Calendar, id: string, given: Given<T>): T {
  const calendar = withEveryField(CALENDAR, { calendar: { [list]: [{ id, ...given }] } }, LANGUAGES)
  return (calendar['calendar']![list] as T[])[0]!
}
export const aPost = (given: Given<Post> = {}, id = 'post'): Post => record('posts', id, given)
export const aVariant = (id: string, given: Given<Variant> = {}): Variant =>
  record('variants', `post_${id}`, given)
export const aMention = (id: string, given: Given<Mention> = {}): Mention =>
  record('mentions', `post_${id}`, given)
export const aMedium = (given: Given<Media> = {}, id = 'medium'): Media => record('media', id, given)
