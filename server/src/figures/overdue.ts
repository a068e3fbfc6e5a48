/** Whose figures are late (DOMAIN P-52): by what the plan in force measures, the profiles that are there, and what was entered. */
import { sql } from 'kysely'
import { z } from 'zod'
import { FORMULAS, MEASURE_PERIODS } from '@auzolan/shared/indicators/catalogue.ts'
import {
  overdueFigures,
  type MeasuredIndicator,
  type MeasuredProfile,
  type OverdueFigures,
} from '@auzolan/shared/indicators/overdue.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { FIGURES_LATE_MAX_MONTHS } from '@auzolan/shared/limits.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Rows } from '../journal/journal.ts'

/** A version from before any of this could be said has none of it. */
const Indicators = z.array(
  z.object({
    id: z.string(),
    period: z.enum(idsOf(MEASURE_PERIODS)).nullable().catch(null),
    formula: z.enum(idsOf(FORMULAS)).nullable().catch(null),
    language: z.string().nullable().catch(null),
    networks: z.array(z.string()).catch([]),
    owner: z.object({ id: z.string(), name: z.string() }).nullable().catch(null),
  }),
)
const Profiles = z.array(z.object({ id: z.string(), network: z.string().nullable().catch(null) }))

/** Plans that can be late: in force, and neither put away nor thrown away. */
export const measuredPlans = (rows: Rows) =>
  rows
    .selectFrom('document')
    .where('type', '=', 'plan')
    .where('kind', '=', 'document')
    .where('in_force', 'is not', null)
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)

export async function overdueIn(
  rows: Rows,
  document: DocumentId,
  organisation: Pick<Organisation, 'timeZone' | 'holidays' | 'closedPeriods'>,
  { networks }: Pick<References, 'networks'>,
  now: Date,
): Promise<OverdueFigures[]> {
  const plan = await measuredPlans(rows)
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'document.id').onRef('version.n', '=', 'document.in_force'),
    )
    .select([
      'version.languages',
      sql<string>`coalesce(json_extract(version.json, '$.planning.indicators'), '[]')`.as('indicators'),
      sql<string>`coalesce(json_extract(version.json, '$.profiles.profiles'), '[]')`.as('profiles'),
    ])
    .where('document.id', '=', document)
    .executeTakeFirst()
  if (!plan) return []
  const [indicators, profiles] = [
    Indicators.safeParse(JSON.parse(plan.indicators)),
    Profiles.safeParse(JSON.parse(plan.profiles)),
  ]
  if (!indicators.success || !profiles.success) return []
  const day = (instant: string): string => localTime(new Date(instant), organisation.timeZone).day
  const today = day(now.toISOString())
  const measuredSince = new Map(
    (await sinceWhen(rows, document)).map(({ indicator, formula, at }) => [
      said(indicator, formula),
      day(at),
    ]),
  )
  const entered = await rows
    .selectFrom('metric_sample')
    .select(['profile', 'metric', sql<string>`group_concat(from_day || ' ' || to_day)`.as('spans')])
    .where('document', '=', document)
    // The span that was under way then is asked for as a whole.
    .where('to_day', '>=', addMonths(today, -2 * FIGURES_LATE_MAX_MONTHS))
    .where((row) => row.or([row('value', 'is not', null), row('null_reason', 'is not', null)]))
    .groupBy(['profile', 'metric'])
    .execute()
  const spansOf = new Map(entered.map(({ profile, metric, spans }) => [said(profile, metric), spans]))
  const [lead = ''] = JSON.parse(plan.languages) as string[]
  const measured = indicators.data.flatMap(({ period, language, ...indicator }): MeasuredIndicator[] => {
    const since = measuredSince.get(said(indicator.id, indicator.formula))
    return period === null || since === undefined
      ? []
      : [{ ...indicator, period, language: language ?? lead, since }]
  })
  return overdueFigures(
    {
      indicators: measured,
      profiles: await there(rows, document, profiles.data),
      isThere: (profile, metric, { from, to }) =>
        spansOf.get(said(profile, metric))?.includes(`${from} ${to}`) ?? false,
      notGiven: (network) => networks.find(({ id }) => id === network)?.notGiven ?? [],
    },
    today,
    organisation,
  )
}

/**
 * Since when each indicator is measured as it is now: by the first version that said so and was approved. A version that came after
 * another one begins nothing anew.
 */
const sinceWhen = (rows: Rows, document: DocumentId) =>
  rows
    .selectFrom('version')
    .innerJoin('document', 'document.id', 'version.document')
    .innerJoin('decision', (join) =>
      join
        .onRef('decision.document', '=', 'version.document')
        .onRef('decision.n', '=', 'version.n')
        .on('decision.verdict', '=', 'approve'),
    )
    .innerJoin(sql<{ value: string }>`json_each(version.json, '$.planning.indicators')`.as('one'), (join) =>
      join.onTrue(),
    )
    .select([
      sql<string>`json_extract(one.value, '$.id')`.as('indicator'),
      sql<string | null>`json_extract(one.value, '$.formula')`.as('formula'),
      ({ fn }) => fn.min('decision.at').as('at'),
    ])
    .where('version.document', '=', document)
    .whereRef('version.n', '<=', 'document.in_force')
    .groupBy(['indicator', 'formula'])
    .execute()

/** Those that were opened here, since then; and others, older than the plan, since somebody has entered a figure of them. */
async function there(
  rows: Rows,
  document: DocumentId,
  profiles: z.infer<typeof Profiles>,
): Promise<MeasuredProfile[]> {
  const states = await rows
    .selectFrom('profile_state')
    .select(['profile', 'status', 'opened_on'])
    .where('document', '=', document)
    .execute()
  const first = await rows
    .selectFrom('metric_sample')
    .select(['profile', ({ fn }) => fn.min('from_day').as('day')])
    .where('document', '=', document)
    .where('value', 'is not', null)
    .groupBy('profile')
    .execute()
  return profiles.flatMap(({ id, network }) => {
    const state = states.find(({ profile }) => profile === id)
    const isClosed = state?.status === 'closed' || state?.status === 'handed_over'
    const since = state?.opened_on ?? first.find(({ profile }) => profile === id)?.day
    return network === null || isClosed || since === undefined ? [] : [{ id, network, since }]
  })
}

const said = (one: string, other: string | null): string => JSON.stringify([one, other])
function idsOf<I extends string>(options: readonly { readonly id: I }[]): I[] {
  return options.map(({ id }) => id)
}
