/** Posts as events of an iCalendar (RFC 5545), for calendars that are not ours (docs/adr/0033). */
import type { PostStatus } from '../posts/life.ts'
import { stateWord, type PostOut } from './posts-out.ts'
import type { Say } from './say.ts'
import { languageIn } from './told.ts'

export interface Sheet {
  /** Of the plan: an event keeps its name as long as its post is there. */
  readonly document: string
  /** What the calendar is called. */
  readonly name: string
  readonly posts: readonly PostOut[]
  /** The zone that is not worth a word. */
  readonly timeZone: string
  readonly language: string
  readonly say: Say
}

/** A line has this many octets at most; what is longer goes on in the next one, behind a space. */
const LINE_MAX_OCTETS = 75
/** A post is a moment; an event without a length is not drawn by some calendars. */
const MOMENT = 'PT15M'

export function icsOf(sheet: Sheet): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Auzolan//Calendar of posts//EN',
    'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(sheet.name)}`,
    ...sheet.posts.flatMap((post) => event(post, sheet)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** Also the name under which CalDAV keeps it: letters, digits, hyphens and underscores. */
export const uidOf = (document: string, post: string): string => `auzolan-${document}-${post}`

function event(post: PostOut, sheet: Sheet): string[] {
  const { say } = sheet
  const changed = stamp(new Date(post.changedAt))
  const groups = [...new Set([...post.places.map(({ network }) => network), post.department])].filter(Boolean)
  return [
    'BEGIN:VEVENT',
    `UID:${text(uidOf(sheet.document, post.id))}`,
    `DTSTAMP:${changed}`,
    `LAST-MODIFIED:${changed}`,
    ...(post.instant
      ? [`DTSTART:${stamp(post.instant)}`, `DURATION:${MOMENT}`]
      : [`DTSTART;VALUE=DATE:${post.day.replaceAll('-', '')}`]),
    `SUMMARY:${text(`${post.title.trim() || say('Without a name')} (${stateWord(post, say)})`)}`,
    `DESCRIPTION:${text(description(post, sheet))}`,
    `URL:${post.address}`,
    `STATUS:${statusOf(post)}`,
    ...(groups.length > 0 ? [`CATEGORIES:${groups.map(text).join(',')}`] : []),
    // Nobody is busy because a post goes out.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

const STATUS: { readonly [status in PostStatus]: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED' } = {
  idea: 'TENTATIVE',
  drafting: 'TENTATIVE',
  in_review: 'TENTATIVE',
  approved: 'CONFIRMED',
  scheduled: 'CONFIRMED',
  published: 'CONFIRMED',
  measured: 'CONFIRMED',
  cancelled: 'CANCELLED',
  withdrawn: 'CANCELLED',
}

/** What was approved and cannot go out is open again, until it can. */
const statusOf = ({ status, stoppedBy }: PostOut): (typeof STATUS)[PostStatus] =>
  stoppedBy.length > 0 && status !== 'published' ? 'TENTATIVE' : STATUS[status]

function description(post: PostOut, { say, language, timeZone }: Sheet): string {
  const places = post.places.map(({ network, name }) => (network ? `${network}: ${name}` : name))
  const written = Object.entries(post.text).filter(([, words]) => words.trim() !== '')
  return [
    // A calendar shows its reader's own clock.
    post.instant && post.zone !== timeZone ? `${post.time}, ${post.zone.replaceAll('_', ' ')}` : '',
    post.planned ? say('Planned for {when}', { when: plannedOf(post.planned, language) }) : '',
    places.join('\n'),
    post.stoppedBy
      .map((lack) => say('Stopped, since this does not hold: {what}', { what: say(lack.text) }))
      .join('\n'),
    ...written.map(([tag, words]) => `${languageIn(tag, language, say)}:\n${words.trim()}`),
    post.address,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

const plannedOf = ({ day, time }: NonNullable<PostOut['planned']>, language: string): string => {
  const words = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' })
  return [words.format(Date.parse(day)), time].filter(Boolean).join(', ')
}

/** In UTC: the moment itself, whatever a calendar knows of zones and of summer time. */
const stamp = (instant: Date): string => instant.toISOString().replace(/[-:]|\.\d+/g, '')

/** A value of type TEXT (3.3.11), without the signs that no such value may hold. */
const text = (words: string): string =>
  words
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    // eslint-disable-next-line no-control-regex -- these are the ones
    .replace(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '')
    .replace(/[\\;,]/g, '\\$&')
    .replaceAll('\n', '\\n')

/** Between characters, so that whoever reads line by line finds whole ones (3.1). */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let octets = 0
  for (const sign of line) {
    const more = octetsOf(sign)
    if (octets + more > LINE_MAX_OCTETS) {
      parts.push(part)
      part = ''
      // The space that begins the next line.
      octets = 1
    }
    part += sign
    octets += more
  }
  return [...parts, part].join('\r\n ')
}
function octetsOf(sign: string): number {
  const point = sign.codePointAt(0)!
  return point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4
}
