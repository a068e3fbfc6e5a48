/**
 * Where data are, by law (DOMAIN B.6): derived from the country and the dated reference lists, never typed. A country is read on a day, because
 * decisions run out and are annulled.
 */
import type { Adequacy } from '../reference/adequacy.ts'
import type { References } from '../reference/references.ts'
import { UNKNOWN_COUNTRY } from './countries.ts'

/** From what is nearest to us to what nobody knows: the later, the worse. */
export const ZONES = ['ES', 'EU', 'EEA', 'ADEQUATE', 'ADEQUATE_PARTIAL', 'THIRD', 'UNKNOWN'] as const
export type Zone = (typeof ZONES)[number]

type Lists = Pick<References, 'eea' | 'adequacy'>

/** @param today ISO date */
export function zoneOf(country: string, lists: Lists, today: string): Zone {
  if (country === UNKNOWN_COUNTRY) return 'UNKNOWN'
  if (country === 'ES') return 'ES'
  const member = lists.eea.find(({ id }) => id === country)
  if (member) return member.member === 'eu' ? 'EU' : 'EEA'
  const decision = lists.adequacy.find(({ id }) => id === country)
  if (!decision || !holds(decision, today)) return 'THIRD'
  return decision.scope === 'partial' ? 'ADEQUATE_PARTIAL' : 'ADEQUATE'
}

/** Whether it can be relied on; one under appeal can, until a court says otherwise. */
export const holds = (
  { status, expiresOn }: Pick<Adequacy, 'status' | 'expiresOn'>,
  today: string,
): boolean => (status === 'in_force' || status === 'under_appeal') && (expiresOn === '' || expiresOn >= today)

/** The European Union, Spain with it; where registers of the state may be (RDL 14/2019). */
export const isInUnion = (zone: Zone): boolean => zone === 'ES' || zone === 'EU'
/** Where the law that protects data here is in force. */
export const isInEea = (zone: Zone): boolean => isInUnion(zone) || zone === 'EEA'

export const worstOf = (zones: readonly Zone[]): Zone | null =>
  zones.reduce<Zone | null>(
    (worst, zone) => (worst === null || ZONES.indexOf(zone) > ZONES.indexOf(worst) ? zone : worst),
    null,
  )
