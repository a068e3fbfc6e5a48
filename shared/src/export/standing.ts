/** Which text a paper holds: the draft, or a version, and what has been decided on that. */
import { progressOf } from '../approval-route.ts'
import { approvalsAmong, type VersionSummary } from '../protocol/review.ts'
import { inLanguage } from './told.ts'
import type { Say } from './say.ts'

export type Standing =
  | { readonly kind: 'draft' }
  | { readonly kind: 'unapproved'; readonly version: number }
  /** ISO instants. `current`: it is the one in force, rather than one that was. */
  | {
      readonly kind: 'approved'
      readonly version: number
      readonly at: string
      readonly by: readonly string[]
      readonly current: boolean
    }

export const DRAFT: Standing = { kind: 'draft' }

export function standingOf(version: VersionSummary, inForce: number | null): Standing {
  const approvals = version.decisions.filter(({ verdict }) => verdict === 'approve')
  const last = approvals.at(-1)
  // A version that was only named has been sent to nobody.
  const reached =
    version.label === null && progressOf(version.route, approvalsAmong(version.decisions)).reached
  if (!reached || !last) return { kind: 'unapproved', version: version.n }
  const by = approvals.map((one) => one.by.name)
  return { kind: 'approved', version: version.n, at: last.at, by, current: inForce === version.n }
}

/** In one line, for the foot of a paper. */
export function standingLine(standing: Standing, say: Say, day: (instant: string) => string): string {
  switch (standing.kind) {
    case 'draft':
      return say('Draft, not approved')
    case 'unapproved':
      return say('Version {n}, not approved', { n: String(standing.version) })
    case 'approved': {
      const holes = { n: String(standing.version), date: day(standing.at) }
      return standing.current
        ? say('Version {n}, in force since {date}', holes)
        : say('Version {n}, approved on {date}, no longer in force', holes)
    }
  }
}

/** The facts under the title of a printed document; what is not known is left out. */
export function titleFacts(
  {
    organisation,
    from,
    to,
    time = 'validity',
    standing,
  }: {
    readonly organisation: { readonly [language: string]: string }
    readonly from: string | null
    readonly to: string | null
    /** Of what it holds for, or of what it tells about. */
    readonly time?: 'validity' | 'period'
    readonly standing: Standing
  },
  language: string,
  say: Say,
  day: (date: string) => string,
): [string, string][] {
  const period = from && to ? `${day(from)} – ${day(to)}` : from ? day(from) : to ? `– ${day(to)}` : ''
  return [
    [say('Organisation'), inLanguage(organisation, language)],
    [time === 'validity' ? say('Validity') : say('Period'), period],
    [say('State'), standingLine(standing, say, day)],
    [say('Approved by'), standing.kind === 'approved' ? standing.by.join(', ') : ''],
  ].filter((fact): fact is [string, string] => fact[1] !== '')
}
