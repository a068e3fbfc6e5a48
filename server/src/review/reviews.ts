/** What is in review, for whoever has to know: one document with all that a decision needs, or all that waits for a person. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Review, Task } from '@auzolan/shared/protocol/review.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Teams } from '../teams/teams.ts'
import { askedFor } from './gates.ts'
import { opinionsOn } from './opinions.ts'
import { envelopes, standingOf, type Standings } from './standing.ts'
import type { Versions } from './versions.ts'

export interface ReviewPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
}

export class Reviews {
  readonly #ports: ReviewPorts
  constructor(ports: ReviewPorts) {
    this.#ports = ports
  }

  /** What whoever decides has to know; for everybody who may read the document. */
  async read(claims: Claims, id: DocumentId): Promise<Review | Refusal> {
    const { journal, versions, organisation, standings } = this.#ports
    const { rows } = journal
    const standing = await standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    const latest = await versions.latest(rows, id)
    if (!latest) return refusal('NOT_FOUND', 'never sent to review')
    const own = await rows
      .selectFrom('decision')
      .select('n')
      .where('document', '=', id)
      .where('person', '=', claims.person)
      .where('n', '<', latest.n)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst()
    const inForce = standing.flow.inForce?.version
    const base = own?.n ?? (inForce !== latest.n ? inForce : undefined)
    const [version, since] = await Promise.all([
      versions.read(id, latest.n),
      base === undefined ? null : versions.read(id, base),
    ])
    if (isRefusal(version)) return version
    return {
      work: standing.flow.work,
      version,
      since: since !== null && isRefusal(since) ? null : since,
      findings: standings.findings(latest.json, standing),
      asked: askedFor(await organisation.read(), standing.type),
      opinions: await opinionsOn(rows, id, latest.n),
      barred: await standings.barred(rows, id, standing, latest, claims),
    }
  }

  /** What waits for this person, the most urgent first. */
  async tasks(claims: Claims): Promise<Task[]> {
    const { journal, teams, versions, organisation, standings } = this.#ports
    const { rows } = journal
    const roles = await teams.rolesOf(claims)
    if (roles.size === 0) return []
    const documents = await envelopes(rows)
      .where('team_id', 'in', [...roles.keys()])
      .where('work', '!=', 'draft')
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .execute()
    const described = await organisation.read()
    const tasks: Task[] = []
    for (const document of documents) {
      const id = document.id as DocumentId
      const mine = roles.get(document.team_id as TeamId) ?? []
      const version = await versions.latest(rows, id)
      if (!version) continue
      const task = {
        document: id,
        title: JSON.parse(document.title) as Translated<string>,
        version: version.n,
        by: { id: version.submitter, name: version.submitter_name },
        since: version.at,
        due: version.due,
      }
      if (document.work === 'changes_requested') {
        if (mine.some((role) => role === 'editor' || role === 'coordinator'))
          tasks.push({ kind: 'changes', ...task })
        continue
      }
      const standing = standingOf(document, mine)
      if (mine.includes('director') && (await standings.barred(rows, id, standing, version, claims)) === null)
        tasks.push({ kind: 'decide', ...task })
      const given = new Set((await opinionsOn(rows, id, version.n)).map(({ role }) => role))
      if (askedFor(described, standing.type).some((role) => mine.includes(role) && !given.has(role)))
        tasks.push({ kind: 'opinion', ...task })
    }
    return tasks.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.since.localeCompare(b.since))
  }
}
