/**
 * Where a post stands in time: when it is planned for, and once it is out when it went out. What month, week, list, files and
 * feeds go by; nothing else says where a post stands.
 */
import type { PostPublished } from '../protocol/posts.ts'
import { instantOf, wallOf } from '../wall-time.ts'
import { isDay, isTimeZone } from '../working-days.ts'

/** As it is written in a post, by its own clock: ISO date, HH:MM, IANA zone or nothing for that of the organisation. */
export interface Planned {
  readonly day: string | null
  readonly time: string | null
  readonly zone: string | null
}
export interface Placed {
  /** By the clock of the calendar. ISO date, HH:MM. */
  readonly day: string | null
  readonly time: string | null
  /** The same by the clock of the post, when that is another one. */
  readonly own: { readonly day: string; readonly time: string | null; readonly zone: string } | null
  /** When it went out; then it stands there, whatever day is written in it. ISO instant. */
  readonly outAt: string | null
  /** What it was planned for, by the clock of the calendar, where it went out at another time. */
  readonly planned: { readonly day: string; readonly time: string | null } | null
}

/** It is out from the first of its notes on; one that was taken back has been out. */
export const outAtOf = (published: readonly Pick<PostPublished, 'at'>[]): string | null =>
  published.reduce<string | null>(
    (first, { at }) => (first === null || Date.parse(at) < Date.parse(first) ? at : first),
    null,
  )

/** @param here the zone of the calendar. Total: a day, a time or a zone that no clock knows is none. */
export function placed(post: Planned, outAt: string | null, here: string): Placed {
  const zone = zoneOf(post, here)
  const day = post.day !== null && isDay(post.day) ? post.day : null
  const time = post.time !== null && TIME.test(post.time) ? post.time : null
  const plan = day === null ? null : shown({ day, time }, zone, here)
  if (outAt === null)
    return {
      ...(plan ?? { day, time }),
      own: day === null || zone === here ? null : { day, time, zone },
      outAt,
      planned: null,
    }
  const out = new Date(outAt)
  const own = wallOf(out, zone)
  return {
    ...wallOf(out, here),
    own: zone === here ? null : { ...own, zone },
    outAt,
    planned: day === null || isAsPlanned({ day, time }, own, out, zone) ? null : plan,
  }
}
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

/** The clock a post goes by. */
export const zoneOf = ({ zone }: Pick<Planned, 'zone'>, here: string): string =>
  zone && isTimeZone(zone) ? zone : here

interface Wall {
  readonly day: string
  readonly time: string | null
}
/** Without a time it is on its day, whatever the clock says elsewhere. */
const shown = ({ day, time }: Wall, zone: string, here: string): Wall =>
  zone === here || time === null ? { day, time } : wallOf(instantOf({ day, time, zone }).instant, here)

/** To the minute, as clocks on walls are read: neither the hour that is skipped nor the one that comes twice is another one. */
const isAsPlanned = ({ day, time }: Wall, own: Wall, out: Date, zone: string): boolean =>
  (day === own.day && (time === null || time === own.time)) ||
  (time !== null && minute(instantOf({ day, time, zone }).instant) === minute(out))
const minute = (instant: Date): number => Math.floor(instant.getTime() / 60_000)
