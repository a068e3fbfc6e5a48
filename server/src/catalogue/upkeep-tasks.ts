/** What waits for somebody about the tools of the house: to look again, to say that a use still holds, to say who looks after them (DOMAIN C-01, C-04, C-05). */
import { confirmBy, isToConfirm, isWatched, reviewStage } from '@auzolan/shared/catalogue/upkeep.ts'
import type { TeamId } from '@auzolan/shared/ids.ts'
import type { UpkeepTask } from '@auzolan/shared/protocol/review.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { suggestionsWaiting } from './suggestions-waiting.ts'
import { saidOf } from './upkeep-rows.ts'
import { tools, type UpkeepPorts } from './upkeep.ts'
import { watches } from './watch.ts'

export class UpkeepTasks {
  readonly #ports: UpkeepPorts
  constructor(ports: UpkeepPorts) {
    this.#ports = ports
  }

  async list(claims: Claims): Promise<UpkeepTask[]> {
    const { journal, teams, organisation, catalogue, now } = this.#ports
    const all = await catalogue.all()
    const described = await organisation.read()
    const today = localTime(now(), described.timeZone).day
    const roles = await teams.rolesOf(claims)
    const rows = new Map(
      (await tools(journal.rows).select(['id', 'team_id', 'work']).execute()).map((row) => [row.id, row]),
    )
    const watched = isWatched(described.toolWatch)
    const named = watched && watches({ ...claims, admin: false }, described)
    const suggested = named ? await suggestionsWaiting(journal.rows) : 0
    const directs = [...roles.values()].some((held) => held.includes('director'))
    const said = await saidOf(journal.rows)
    const ofNone = { document: '', title: {}, by: null, since: '', due: null }
    const tasks: UpkeepTask[] = [
      // Nobody has to look after nothing.
      ...(all.length > 0 && !watched && (claims.admin || directs)
        ? [{ kind: 'tools_unwatched' as const, ...ofNone }]
        : []),
      ...(suggested > 0 ? [{ kind: 'tools_suggested' as const, ...ofNone, count: suggested }] : []),
    ]
    for (const { entry } of all) {
      const row = rows.get(entry.id)
      if (!row) continue
      // Whoever uses it knows it by its name.
      const about = { document: entry.id, title: { und: entry.name }, by: null }
      const coordinates = roles.get(row.team_id as TeamId)?.includes('coordinator') ?? false
      if ((named || coordinates) && row.work !== 'in_review' && reviewStage(entry, today) !== null)
        tasks.push({
          kind: 'tool_review',
          ...about,
          since: entry.nextReviewOn,
          due: entry.nextReviewOn,
        })
      for (const use of said(entry.id).uses)
        if (use.saidBy === claims.person && isToConfirm(use, today))
          tasks.push({ kind: 'tool_use', ...about, since: confirmBy(use), due: confirmBy(use) })
    }
    return tasks
  }
}
