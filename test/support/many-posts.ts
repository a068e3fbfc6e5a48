/** A year of posts, evenly over its days from the first on; half of them before its middle, as in a plan that is being kept. */
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { addDays } from '@auzolan/shared/working-days.ts'
import type { CalendarHand } from './calendar-hand.ts'

const AT_ONCE = 25

export async function manyPosts(hand: CalendarHand, count: number, first: string): Promise<void> {
  for (let done = 0; done < count; done += AT_ONCE) {
    const updates = hand.edit((doc) => {
      const list = new ListPlace(doc, SECTION.fields.posts)
      for (let i = done; i < Math.min(done + AT_ONCE, count); i++) {
        const place = list.record(list.add())!
        place.text('title', '')!.insert(0, `Argitalpena ${i}`)
        place.text('text', 'eu')!.insert(0, `Testua ${i}: ${'auzolana '.repeat(20)}`)
        place.text('text', 'es')!.insert(0, `Texto ${i}: ${'vecindad '.repeat(20)}`)
        place.set('day', addDays(first, Math.floor((i * 365) / count)))
        place.set('time', `${String(8 + (i % 12)).padStart(2, '0')}:30`)
        place.toggle('profileIds', i % 2 === 0 ? 'mastodon' : 'telegram', true)
        place.toggle('purposeIds', 'p1', true)
      }
    })
    for (const update of updates) {
      const refused = await hand.write(update)
      if (refused) throw new Error(`the calendar refuses: ${refused}`)
    }
  }
}
