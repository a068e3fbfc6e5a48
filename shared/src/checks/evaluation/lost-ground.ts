/**
 * What an evaluation loses when a list it relies on says something else (DOMAIN E-30): found by running the same pure functions over the same
 * text with both lists. What only gets better takes nothing away, and neither does a remark.
 */
import { citesDecision, locationOf } from '../../location/location.ts'
import { holds, ZONES, zoneOf, type Zone } from '../../location/zones.ts'
import type { Adequacy } from '../../reference/adequacy.ts'
import type { ListId, References } from '../../reference/references.ts'
import type { Evaluation } from '../../schema/evaluation.ts'
import type { DataClass } from '../../schema/evaluation/privacy.ts'
import type { Message } from '../finding.ts'
import { classesAt } from './allowed.ts'
import { blocksOf, type BlockId } from './blocks.ts'

type Lists = Pick<References, 'eea' | 'adequacy' | 'dpiaCriteria'>
/** Lists that say something an approval stands on. */
export const RELIED_ON: readonly ListId[] = ['eea', 'adequacy', 'dpiaCriteria'] satisfies (keyof Lists)[]

/** What is relied on of a decision: who decided when, and what is remarked on it, changes nothing. */
export type Decided = Pick<Adequacy, 'status' | 'scope' | 'expiresOn'>
export type Loss =
  /** A safeguard cites it; null when it is no longer in the list. */
  | {
      readonly kind: 'decision'
      readonly country: string
      readonly before: Decided
      readonly after: Decided | null
    }
  | { readonly kind: 'zone'; readonly country: string; readonly before: Zone; readonly after: Zone }
  | {
      readonly kind: 'block'
      readonly id: BlockId
      readonly touches: readonly DataClass[]
      readonly message: Message
    }
  /** A criterion of a high risk that was found to be met, and is no longer in the list. */
  | { readonly kind: 'criterion'; readonly id: string }

/** @param today ISO date: what runs out by itself is lost with both lists alike (E-19) */
export function lostGround(
  evaluation: Evaluation,
  before: References,
  after: References,
  today: string,
): readonly Loss[] {
  const then = locationOf(evaluation, before, today)
  const cited = new Set(then.happenings.filter(citesDecision).map(({ country }) => country))
  const countries = new Set([...then.countries.map(({ country }) => country), ...then.law])
  const blocked = new Map(blocksOf(evaluation, before, today).map(({ id, touches }) => [id, touches]))
  const classes = classesAt(evaluation)
  return [
    ...[...cited].flatMap((country): Loss[] => {
      const was = before.adequacy.find(({ id }) => id === country)
      const is = after.adequacy.find(({ id }) => id === country)
      // What held no longer is nothing to lose, however much less of it is left.
      if (!was || !holds(was, today) || (is && !isWorse(was, is))) return []
      return [{ kind: 'decision', country, before: decided(was), after: is ? decided(is) : null }]
    }),
    ...[...countries].flatMap((country): Loss[] => {
      const [was, is] = [zoneOf(country, before, today), zoneOf(country, after, today)]
      return ZONES.indexOf(is) > ZONES.indexOf(was) ? [{ kind: 'zone', country, before: was, after: is }] : []
    }),
    ...blocksOf(evaluation, after, today).flatMap(({ id, touches, message }): Loss[] => {
      const fresh = touches.filter((one) => blocked.get(id)?.includes(one) !== true)
      if (fresh.length === 0) return []
      // Of what it stands against, what would be in the tool says more.
      const own = fresh.filter((one) => classes.includes(one))
      return [{ kind: 'block', id, touches: own.length > 0 ? own : fresh, message }]
    }),
    ...evaluation.dataProtection.dpiaCriteria
      .filter((id) => has(before.dpiaCriteria, id) && !has(after.dpiaCriteria, id))
      .map((id): Loss => ({ kind: 'criterion', id })),
  ]
}

const decided = ({ status, scope, expiresOn }: Adequacy): Decided => ({ status, scope, expiresOn })
const STATUSES: readonly Adequacy['status'][] = ['in_force', 'under_appeal', 'suspended', 'annulled']
const isWorse = (was: Decided, is: Decided): boolean =>
  STATUSES.indexOf(is.status) > STATUSES.indexOf(was.status) ||
  (was.scope === 'general' && is.scope === 'partial') ||
  lastDay(is) < lastDay(was)
/** One that says no day holds for ever. */
const lastDay = ({ expiresOn }: Decided): string => expiresOn || '9999-12-31'
const has = (list: readonly { readonly id: string }[], id: string): boolean =>
  list.some((one) => one.id === id)
