/** The hand-over file: what goes out where and when, one row for each post and profile, for tools that publish. */
import { toCsv } from '../reference/csv.ts'
import { stateWord, type PlaceOut, type PostOut, type WhenOut } from './posts-out.ts'
import type { Say } from './say.ts'

/** `tool`: with commas, as programs expect. `sheet`: with semicolons, as spreadsheets do where the comma is for decimals. */
export const CSV_KINDS = ['tool', 'sheet'] as const
export type CsvKind = (typeof CSV_KINDS)[number]

/** `ready`: approved as it stands, not out there yet, and stopped by nothing; what is stopped is said at the end. */
export const CSV_CHOICES = ['ready', 'all'] as const
export type CsvChoice = (typeof CSV_CHOICES)[number]

/** Between several in one cell. */
const BETWEEN = ' | '

export function postsCsv(posts: readonly PostOut[], choice: CsvChoice, kind: CsvKind, say: Say): string {
  const rows = posts.flatMap((post) =>
    post.places.flatMap((place) => {
      const { when } = place
      return when && (choice === 'all' || isReady(post, place)) ? [{ post, place, when }] : []
    }),
  )
  const messages = Math.max(1, ...rows.map(({ place }) => place.messages.length))
  const heads = [
    say('Day'),
    say('Time'),
    say('Time zone'),
    say('Moment (UTC)'),
    say('Network'),
    say('Profile'),
    say('State'),
    say('Approved text (SHA-256)'),
    say('Link'),
    say('Files'),
    say('Text for those who do not see it'),
    // What is ready is not out.
    ...(choice === 'all' ? [say('Planned for')] : []),
    // Last, so that the others stand where they stood when a post has more messages.
    ...Array.from({ length: messages }, (_, i) => say('Message {n}', { n: String(i + 1) })),
  ]
  return toCsv(
    [
      heads,
      ...rows.map((row) => cells(row, choice, messages, say)),
      ...(choice === 'ready' ? leftOut(posts, heads.length, say) : []),
    ],
    kind === 'sheet' ? ';' : ',',
    // A tool publishes what stands there, apostrophe and all.
    { exact: kind === 'tool' },
  )
}

/** One row for each, with its moment and why; nothing in it that a program could publish. */
function leftOut(posts: readonly PostOut[], columns: number, say: Say): string[][] {
  const stopped = posts.filter(({ stoppedBy }) => stoppedBy.length > 0)
  return stopped.map((post, i) => {
    const why = say('Left out ({n} of {all}), since this does not hold: {what}', {
      n: String(i + 1),
      all: String(stopped.length),
      what: post.stoppedBy.map(({ text }) => say(text)).join('; '),
    })
    // What is stopped is what is still to come.
    const { day, time, zone } = post.places.find(({ isOut, when }) => !isOut && when)?.when ?? post
    const row = [day, time, zone, '', '', '', why]
    return [...row, ...Array.from({ length: columns - row.length }, () => '')]
  })
}

const isReady = ({ status, approved, stoppedBy }: PostOut, { isOut }: PlaceOut): boolean =>
  stoppedBy.length === 0 &&
  approved !== null &&
  !isOut &&
  ['approved', 'scheduled', 'published'].includes(status)

function cells(
  { post, place, when }: { readonly post: PostOut; readonly place: PlaceOut; readonly when: WhenOut },
  choice: CsvChoice,
  messages: number,
  say: Say,
): string[] {
  const spoken = new Set(place.messages.flatMap(({ languages }) => languages))
  const alt = post.media.map(({ altText }) =>
    Object.entries(altText)
      .filter(([language, words]) => spoken.has(language) && words.trim() !== '')
      .map(([, words]) => words.trim())
      .join(' / '),
  )
  return [
    when.day,
    when.time,
    when.zone,
    when.instant?.toISOString().replace('.000Z', 'Z') ?? '',
    place.network,
    place.name,
    stateWord(post, say),
    post.approved ?? '',
    post.linkUrl,
    post.media.map(({ file }) => file).join(BETWEEN),
    alt.some((words) => words !== '') ? alt.join(BETWEEN) : '',
    ...(choice === 'all' ? [[when.planned?.day, when.planned?.time].filter(Boolean).join(' ')] : []),
    ...Array.from({ length: messages }, (_, i) => place.messages[i]?.text ?? ''),
  ]
}
