/**
 * The figures of a plan's profiles: rows beside its text, so that an approved plan stays approved (DOMAIN A.14). What was entered at
 * once is one entry, kept as it was sent: the chain has its fingerprint, and a figure is whatever its last entry says.
 */
import type { Selectable, Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { NULL_REASONS, type NullReason } from '@auzolan/shared/indicators/figures.ts'
import { indicatorIn, isMetricName, takesDecimals } from '@auzolan/shared/indicators/metrics.ts'
import type { OverdueFigures } from '@auzolan/shared/indicators/overdue.ts'
import { kindOf, type Span } from '@auzolan/shared/indicators/periods.ts'
import { FIGURE_MAX, FIGURES_PER_DOCUMENT_MAX } from '@auzolan/shared/limits.ts'
import type { FigureGiven, FigureKept, FiguresGiven, FigureSource } from '@auzolan/shared/protocol/figures.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Standings } from '../review/standing.ts'
import { overdueIn } from './overdue.ts'

export interface FigurePorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

type Row = Selectable<Tables['metric_sample']>

export class FigureRows {
  readonly #ports: FigurePorts
  constructor(ports: FigurePorts) {
    this.#ports = ports
  }

  /** For the team. */
  async list(claims: Claims, id: DocumentId, { from, to }: Span): Promise<FigureKept[] | Refusal> {
    const { journal, standings } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const found = await journal.rows
      .selectFrom('metric_sample')
      .selectAll()
      .where('document', '=', id)
      .where('to_day', '>=', from)
      .where('from_day', '<=', to)
      .orderBy('from_day')
      .orderBy('profile')
      .orderBy('metric')
      .execute()
    return found.map(keptOf)
  }

  /** For the team: what had to be there and is not. */
  async overdue(claims: Claims, id: DocumentId): Promise<OverdueFigures[] | Refusal> {
    const { journal, standings, organisation, lists, now } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    return overdueIn(journal.rows, id, await organisation.read(), await lists.now(), now())
  }

  /** By those who write the plan: they look after its profiles. */
  async enter(claims: Claims, id: DocumentId, given: FiguresGiven): Promise<Refusal | null> {
    const { journal, standings, organisation, now } = this.#ports
    const at = now().toISOString()
    const fault = faultIn(given.figures)
    if (fault) return refusal('INVALID_INPUT', fault)
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.roles.some((role) => WRITERS.includes(role)))
        return refusal('NOT_ALLOWED', 'for those who write it')
      if (standing.flow.archived) return refusal('ILLEGAL_MOVE', 'an archived document')
      const figures = said(given.figures)
      const known = await rows
        .selectFrom('metric_entry')
        .select(['document', 'person', 'figures'])
        .where('id', '=', given.id)
        .executeTakeFirst()
      if (known)
        return known.document === id && known.person === claims.person && known.figures === figures
          ? null
          : refusal('CHANGED_MEANWHILE', 'another entry has this id')
      const today = localTime(now(), (await organisation.read(rows)).timeZone).day
      const ahead = given.figures.find(({ from }) => from > today)
      if (ahead) return refusal('INVALID_INPUT', `${ahead.from} is yet to come`)
      // A refusal takes nothing back that was written before it: first everything is looked at.
      const refused = await this.#overtaken(rows, id, given.figures)
      if (refused) return refused
      await this.#write(rows, id, given, { person: claims.person, name: claims.name, at })
      const entry = {
        id: given.id,
        document: id,
        figures,
        source: given.source,
        person: claims.person,
        person_name: claims.name,
        at,
      }
      await rows.insertInto('metric_entry').values(entry).execute()
      const detail = {
        entry: given.id,
        figures: given.figures.length,
        digest: digestOf('metric_entry', entry),
      }
      await record(rows, { at, actor: claims.person, action: 'figures.enter', subject: id, detail })
      return null
    })
  }

  /** Whether somebody has written another figure than its writer saw, or there are very many. */
  async #overtaken(
    rows: Transaction<Tables>,
    id: DocumentId,
    figures: readonly FigureGiven[],
  ): Promise<Refusal | null> {
    let fresh = 0
    for (const { profile, metric, from, to, value, nullReason, was } of figures) {
      const before = await rows
        .selectFrom('metric_sample')
        .select(['value', 'null_reason'])
        .where('document', '=', id)
        .where('profile', '=', profile)
        .where('metric', '=', metric)
        .where('from_day', '=', from)
        .where('to_day', '=', to)
        .executeTakeFirst()
      if (!before) fresh += 1
      const stands = before?.value ?? null
      // Whoever writes what stands there already has been told nothing wrong.
      const same = stands === value && (before?.null_reason ?? null) === nullReason
      if (was !== undefined && stands !== was && !same)
        return refusal('CHANGED_MEANWHILE', `${profile} ${metric} ${from} is another by now`)
    }
    const { count } = await rows
      .selectFrom('metric_sample')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('document', '=', id)
      .executeTakeFirstOrThrow()
    return Number(count) + fresh > FIGURES_PER_DOCUMENT_MAX
      ? refusal('DOCUMENT_FULL', 'very many figures')
      : null
  }

  async #write(
    rows: Transaction<Tables>,
    id: DocumentId,
    { id: entry, source, figures }: FiguresGiven,
    by: { readonly person: string; readonly name: string; readonly at: string },
  ): Promise<void> {
    for (const { profile, metric, from, to, value, nullReason, note, sure } of figures) {
      const row: Row = {
        document: id,
        profile,
        metric,
        from_day: from,
        to_day: to,
        value,
        null_reason: nullReason,
        note,
        sure: sure ? 1 : 0,
        source,
        entry,
        person: by.person,
        person_name: by.name,
        at: by.at,
      }
      await rows
        .insertInto('metric_sample')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['document', 'profile', 'metric', 'from_day', 'to_day']).doUpdateSet(row),
        )
        .execute()
    }
  }
}

/** What is wrong with figures whatever else there is; `null` when they can be. */
function faultIn(figures: readonly FigureGiven[]): string | null {
  const seen = new Set<string>()
  for (const { profile, metric, from, to, value, nullReason } of figures) {
    if (!isMetricName(metric)) return 'no such figure'
    if ((profile === '') !== (indicatorIn(metric) !== null)) return `${metric} of ${profile || 'no profile'}`
    if (kindOf({ from, to }) === null) return `${from} to ${to} is no span`
    if (value !== null && nullReason !== null) return 'a figure, and why there is none'
    if (value !== null && (value < 0 || value > FIGURE_MAX)) return `${metric} is out of bounds`
    if (value !== null && !takesDecimals(metric) && !Number.isInteger(value)) return `${metric} is counted`
    const key = JSON.stringify([profile, metric, from, to])
    if (seen.has(key)) return `${metric} of ${profile} twice`
    seen.add(key)
  }
  return null
}

/** What an entry says, in one form: without what its writer saw. */
const said = (figures: readonly FigureGiven[]): string =>
  canonicalJson(figures.map(({ was: _, ...figure }) => figure) as unknown as Json)

const keptOf = (row: Row): FigureKept => ({
  profile: row.profile,
  metric: row.metric,
  from: row.from_day,
  to: row.to_day,
  value: row.value,
  nullReason: NULL_REASONS.find((reason): reason is NullReason => reason === row.null_reason) ?? null,
  note: row.note,
  sure: row.sure === 1,
  source: row.source as FigureSource,
  by: { id: row.person, name: row.person_name },
  at: row.at,
})
