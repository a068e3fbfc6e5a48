/** Plans of the demo with posts in their calendars: the month of the pictures, and as many more as a test wants. */
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { postSha256 } from '@auzolan/shared/posts/post.ts'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import { JOURNAL, ORGANISATION } from '@auzolan/server/src/container.ts'
import { ideaRow } from '@auzolan/server/src/posts/post-row.ts'
import type { PostPublished } from '@auzolan/shared/protocol/posts.ts'
import { openCalendar, type CalendarHand } from './calendar-hand.ts'
import { completePlan } from './complete.ts'
import { WRITER, startDecidedHere, type DecidedHere } from './decided-here.ts'

export interface CalendarHere extends DecidedHere {
  /** A plan that lacks nothing, and a hand of whoever writes it. */
  calendar(): Promise<{ readonly id: DocumentId; readonly hand: CalendarHand }>
  /** Brings a post to a status, whatever it takes. */
  having(
    id: DocumentId,
    hand: CalendarHand,
    post: string,
    status: PostStatus,
    published?: readonly Pick<PostPublished, 'profile' | 'at'>[],
  ): Promise<void>
}

/** The day of the pictures, a Monday. */
export const TODAY = '2026-11-23'
export const NOW = new Date(`${TODAY}T10:42:00+01:00`)

export async function startCalendarHere(): Promise<CalendarHere> {
  const server = await startDecidedHere()
  const { version, ...facts } = await server.container.resolve(ORGANISATION).read()
  const closedPeriods = [{ id: 'dolua', name: 'Dolu ofiziala', from: '2026-11-13', to: '2026-11-15' }]
  const holidays = [{ id: 'sortzez', name: 'Sortzez Garbia', from: '2026-12-08', to: '2026-12-08' }]
  await server.container
    .resolve(ORGANISATION)
    .change({ ...facts, closedPeriods, holidays }, version, 'root' as PersonId)
  const ticket = async (person: string, document: string): Promise<string> => {
    const response = await fetch(`${server.url}/ocs/v2.php/apps/auzolan/api/v1/ticket`, {
      method: 'POST',
      headers: { requesttoken: `standalone:${person}`, 'content-type': 'application/json' },
      body: JSON.stringify({ document }),
    })
    return ((await response.json()) as { ocs: { data: { ticket: string } } }).ocs.data.ticket
  }
  return {
    ...server,
    async calendar() {
      const id = await server.draft(completePlan())
      return { id, hand: await openCalendar({ port: server.port, ticket }, WRITER, id) }
    },
    async having(id, hand, post, status, published = []) {
      const approved = ['approved', 'scheduled', 'published', 'measured', 'withdrawn'].includes(status)
      await server.container
        .resolve(JOURNAL)
        .rows.insertInto('post_state')
        .values({
          ...ideaRow(id, post),
          status,
          published: JSON.stringify(
            published.map((note) => ({ ...note, url: '', by: { id: WRITER, name: 'Kultura' } })),
          ),
          approved: approved ? postSha256(hand.whole(post)) : null,
          person: WRITER,
          person_name: 'Kultura',
          at: '2026-11-01T10:00:00.000Z',
        })
        .execute()
    },
  }
}

type Sample = readonly [
  title: string,
  day: string | null,
  time: string | null,
  status: PostStatus,
  profiles: readonly string[],
  more?: { readonly [field: string]: unknown },
]
const whole = (title: string) => ({
  purposeIds: ['p1'],
  text: { eu: `${title}: xehetasunak webgunean.`, es: `${title}: todos los detalles, en la web.` },
})
const SAMPLES: readonly Sample[] = [
  ['Aurrekontu parte-hartzaileak', '2026-11-02', '09:00', 'published', ['mastodon', 'instagram']],
  ['Liburutegiko ordutegia', '2026-11-04', '12:00', 'published', ['telegram']],
  ['Bandaren kontzertua', '2026-11-06', '18:00', 'published', ['instagram']],
  ['Gripearen txertoa', '2026-11-10', '09:00', 'published', ['mastodon', 'instagram', 'telegram']],
  [
    'Uholde-abisua',
    '2026-11-11',
    '22:40',
    'published',
    ['mastodon', 'telegram'],
    { sensitive: ['emergency'] },
  ],
  ['Kirol-txartela', '2026-11-17', '10:00', 'published', ['mastodon']],
  ['Gazte-bonua', '2026-11-18', '11:00', 'published', ['instagram']],
  ['Azoka berdea', '2026-11-18', '11:30', 'published', ['instagram']],
  ['Dirulaguntzen epea', '2026-11-24', '09:00', 'approved', ['telegram']],
  ['A25: ez gaude bakarrik', '2026-11-25', '09:00', 'approved', ['mastodon', 'telegram']],
  ['Bideoa: auzolana', '2026-11-25', '18:00', 'drafting', ['youtube'], { purposeIds: [] }],
  ['Gabonetako antzerkia', '2026-11-26', '18:00', 'in_review', ['mastodon'], { departmentId: 'kultura' }],
  ['Corte en calle Mayor', '2026-11-27', '12:00', 'drafting', ['mastodon', 'telegram'], { text: { eu: '' } }],
  ['Edukiontzi marroia', '2026-11-30', '09:00', 'in_review', ['mastodon', 'telegram'], { purposeIds: [] }],
  ['Euskararen Eguna', '2026-12-03', '10:00', 'drafting', ['mastodon', 'instagram', 'telegram']],
  ['Gabonetako azoka', '2026-12-04', '12:00', 'idea', ['instagram']],
  ['San Tomas', null, null, 'idea', ['instagram']],
]

/** The posts of the pictures; gives their ids by title. */
export async function november(
  server: CalendarHere,
  id: DocumentId,
  hand: CalendarHand,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>()
  for (const [title, day, time, status, profileIds, more = {}] of SAMPLES) {
    const base = { departmentId: 'komunikazioa', ...whole(title), ...more }
    const text = { ...whole(title).text, ...(more['text'] as object | undefined) }
    const when = { ...(day ? { day } : {}), ...(time ? { time } : {}) }
    const post = await hand.post({ title, ...when, profileIds, ...base, text })
    if (status !== 'idea') await server.having(id, hand, post, status)
    ids.set(title, post)
  }
  return ids
}
