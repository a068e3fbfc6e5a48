/** Figures that are late, for those who enter them and for those who decide (DOMAIN P-52). */
import { WRITERS, type Role } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { FiguresTask } from '@auzolan/shared/protocol/review.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Teams } from '../teams/teams.ts'
import { measuredPlans, overdueIn } from './overdue.ts'

export interface FigureTaskPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly now: () => Date
}

const SHOWN: readonly Role[] = [...WRITERS, 'director']

export class FigureTasks {
  readonly #ports: FigureTaskPorts
  constructor(ports: FigureTaskPorts) {
    this.#ports = ports
  }

  /** Of a plan all of them together, by the oldest. */
  async list(claims: Claims): Promise<FiguresTask[]> {
    const { journal, teams, organisation, lists, now } = this.#ports
    const roles = await teams.rolesOf(claims)
    const plans = await measuredPlans(journal.rows)
      .select(['id', 'team_id', 'title'])
      .where('team_id', 'in', ['', ...roles.keys()])
      .execute()
    if (plans.length === 0) return []
    const [described, references] = [await organisation.read(), await lists.now()]
    const tasks: FiguresTask[] = []
    for (const { id, team_id, title } of plans) {
      const mine = roles.get(team_id as TeamId) ?? []
      if (!mine.some((role) => SHOWN.includes(role))) continue
      const late = await overdueIn(journal.rows, id as DocumentId, described, references, now())
      const [oldest] = late
      if (!oldest) continue
      const { from, to, due } = oldest
      const about = { document: id, title: JSON.parse(title) as Translated<string> }
      const writes = mine.some((role) => WRITERS.includes(role))
      tasks.push({ kind: 'figures', ...about, from, to, spans: late.length, writes, since: due, due })
    }
    return tasks
  }
}
