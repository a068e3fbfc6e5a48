/**
 * What an evaluation's rows say of where the data are (DOMAIN B.6) [SEED L249–253]: by country, in zones, and in the three answers
 * people ask for: where they lie, who else can reach them, which law reaches the company.
 */
import type { References } from '../reference/references.ts'
import type { Evaluation } from '../schema/evaluation.ts'
import type { Activity, Mechanism } from '../schema/evaluation/data-location.ts'
import { isInEea, worstOf, zoneOf, type Zone } from './zones.ts'

/** Something that is done with the data, in a country, by somebody. */
export interface Happening {
  /** Path of the row it stands in. */
  readonly path: string
  /** `subprocessor` where it is not said what exactly. */
  readonly activity: Activity | 'subprocessor'
  readonly country: string
  readonly zone: Zone
  readonly by: string
  readonly mechanism: Mechanism | null
}

export interface Location {
  readonly happenings: readonly Happening[]
  /** In the order in which they are named first. */
  readonly countries: readonly {
    readonly country: string
    readonly zone: Zone
    readonly happenings: readonly Happening[]
  }[]
  /** Of storage, backup, processing, support and sub-processors; null when none of them is said. */
  readonly worst: Zone | null
  /** A company, or the one that owns it, is under a law from outside the EEA that reaches the data wherever they are. */
  readonly exposed: boolean
  /** Countries where data lie: storage, else processing. */
  readonly atRest: readonly string[]
  /** Countries where there are copies for safety, and the data themselves are not. */
  readonly backedUp: readonly string[]
  /** Countries from which else people or machines can reach them: where more is done than keeping a copy. */
  readonly reachedFrom: readonly string[]
  /** Countries whose law reaches the company: its own and its owner's. */
  readonly law: readonly string[]
}

/** The safeguard it names is a decision there can be for that country: the Data Privacy Framework is of the United States alone. */
export const citesDecision = ({
  mechanism,
  country,
}: {
  readonly mechanism: string | null
  readonly country: string | null
}): boolean => mechanism === 'adequacy' || (mechanism === 'dpf' && country === 'US')

/** Content goes there; data about use and copies for delivery are told apart, and do not make the worst. */
const OF_CONTENT: readonly Happening['activity'][] = [
  'storage',
  'backup',
  'processing',
  'support',
  'subprocessor',
]

export const isOfContent = ({ activity }: Happening): boolean => OF_CONTENT.includes(activity)

/** @param today ISO date */
export function locationOf(
  { dataLocation }: Pick<Evaluation, 'dataLocation'>,
  lists: Pick<References, 'eea' | 'adequacy'>,
  today: string,
): Location {
  const happenings: Happening[] = [
    ...dataLocation.places.map((place) => ({
      path: `places/${place.id}`,
      activity: place.activity as Activity | null,
      country: place.country,
      by: place.provider,
      mechanism: place.mechanism as Mechanism | null,
    })),
    ...dataLocation.subprocessors.map((one) => ({
      path: `subprocessors/${one.id}`,
      activity: 'subprocessor' as const,
      country: one.country,
      by: one.name,
      mechanism: one.mechanism as Mechanism | null,
    })),
  ].flatMap(({ activity, country, ...rest }) =>
    activity === null || country === null || country === ''
      ? []
      : [{ ...rest, activity, country, zone: zoneOf(country, lists, today) }],
  )
  const named = [...new Set(happenings.map(({ country }) => country))]
  const where = (...activities: readonly Happening['activity'][]): string[] => [
    ...new Set(
      happenings.filter(({ activity }) => activities.includes(activity)).map(({ country }) => country),
    ),
  ]
  const stored = where('storage')
  const atRest = stored.length > 0 ? stored : where('processing')
  const law = [
    ...new Set(
      [dataLocation.companyCountry, dataLocation.parentCountry].filter(
        (country): country is string => country !== null && country !== '',
      ),
    ),
  ]
  return {
    happenings,
    countries: named.map((country) => ({
      country,
      zone: zoneOf(country, lists, today),
      happenings: happenings.filter((one) => one.country === country),
    })),
    worst: worstOf(happenings.filter(isOfContent).map(({ zone }) => zone)),
    exposed:
      dataLocation.extraterritorial.length > 0 ||
      law.some((country) => !isInEea(zoneOf(country, lists, today))),
    atRest,
    backedUp: where('backup').filter((country) => !atRest.includes(country)),
    reachedFrom: named.filter(
      (country) =>
        !atRest.includes(country) &&
        happenings.some((one) => one.country === country && one.activity !== 'backup'),
    ),
    law,
  }
}
