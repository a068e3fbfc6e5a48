/** What is in review, for whoever has to know: one document with all that a decision needs, or all that waits for a person. */
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { mustFixFindings } from '@auzolan/shared/checks/must-fix.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { grant } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import {
  approvalsAmong,
  type Review,
  type Someone,
  type StandIn,
  type Task,
} from '@auzolan/shared/protocol/review.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Comments } from '../comments/comments.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Teams } from '../teams/teams.ts'
import type { Delegations } from './delegations.ts'
import { askedFor } from './gates.ts'
import { opinionsOn } from './opinions-said.ts'
import { envelopes, standingOf, type Standing, type Standings } from './standing.ts'
import type { Versions } from './versions.ts'

export interface ReviewPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly standings: Standings
  readonly versions: Versions
  readonly delegations: Delegations
  readonly organisation: DescribedOrganisation
  readonly comments: Comments
  readonly lists: ReferenceLists
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
    const lenders = await this.#lenders(claims, id)
    const own = await standings.of(rows, id, claims)
    const standing = isRefusal(own) ? lenders[0]?.standing : own
    // Nobody comes here who may not read it; somebody may have lost that right a moment ago.
    if (!standing) return own as Refusal
    const latest = await versions.latest(rows, id)
    if (!latest) return refusal('NOT_FOUND', 'never sent to review')
    const base = await this.#base(id, latest.n, standing, [
      [claims.person],
      lenders.map(({ giver }) => giver.id),
    ])
    const [version, since] = await Promise.all([
      versions.read(id, latest.n),
      base === undefined ? null : versions.read(id, base),
    ])
    if (isRefusal(version)) return version
    const described = await organisation.read()
    const approvals = approvalsAmong(version.decisions)
    const barredAs = (of: Standing, principal: Claims) =>
      standings.barred(rows, id, of, latest, approvals, { by: claims.person, principal })
    const standIns: StandIn[] = []
    for (const { giver, claims: theirs, standing: of } of lenders) {
      const barred = await barredAs(of, theirs)
      if (barred !== 'role') standIns.push({ giver, barred })
    }
    return {
      type: standing.type,
      work: standing.flow.work,
      version,
      since: since !== null && isRefusal(since) ? null : since,
      findings: [
        ...(await this.#mustFix(id, standing)),
        ...(await standings.findings(rows, id, latest, standing, await this.#ports.lists.of(latest, rows))),
      ],
      asked: askedFor(described, standing.type, version),
      opinions: await opinionsOn(rows, id, latest.n),
      barred: isRefusal(own) ? 'role' : await barredAs(own, claims),
      standIns,
      approver: !isRefusal(own) && (await standings.isApprover(rows, id, own, claims)),
    }
  }

  /**
   * What a version is compared with (DOMAIN D.4): the one of their own last decision (whoever stands in for others reads on from
   * where those had come to), else the one in force, else whatever was decided on last. Only versions before it: what was
   * approved a moment ago is read against the same one as before.
   */
  async #base(
    id: DocumentId,
    n: number,
    { flow }: Standing,
    readers: readonly (readonly string[])[],
  ): Promise<number | undefined> {
    const { journal, versions } = this.#ports
    const { rows } = journal
    for (const people of readers) {
      const own = await lastDecided(rows, id, n, people)
      if (own !== undefined) return own
    }
    const inForce =
      flow.inForce?.version === n ? await versions.inForceBefore(rows, id, n) : flow.inForce?.version
    return inForce ?? lastDecided(rows, id, n)
  }

  /** What waits for this person, the most urgent first. */
  async tasks(claims: Claims): Promise<Task[]> {
    const { journal, teams, versions, organisation, standings } = this.#ports
    const { rows } = journal
    const roles = await teams.rolesOf(claims)
    const held = await this.#ports.delegations.heldBy(rows, claims.person)
    const givers = await this.#ports.delegations.giversOf(held)
    const documents = await envelopes(rows)
      .where((row) =>
        row.or([
          row('team_id', 'in', ['', ...roles.keys(), ...held.flatMap(({ team }) => team ?? [])]),
          row('id', 'in', ['', ...held.flatMap(({ document: one }) => one ?? [])]),
          // Somebody named in a route may read it without being in its team.
          row('visibility', '!=', 'team'),
        ]),
      )
      .where('work', '!=', 'draft')
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .execute()
    const described = await organisation.read()
    const tasks: Task[] = []
    for (const document of documents) {
      const id = document.id as DocumentId
      const mine = roles.get(document.team_id as TeamId) ?? []
      const writes = mine.some((role) => role === 'editor' || role === 'coordinator')
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
        if (writes) tasks.push({ kind: 'changes', ...task })
        continue
      }
      const standing = standingOf(document, mine)
      if (writes && (await this.#mustFix(id, standing)).length > 0) tasks.push({ kind: 'comment', ...task })
      const approvals = await versions.approvals(rows, id, version.n)
      const opinions = await opinionsOn(rows, id, version.n)
      const against = opinions.findLast(({ stance }) => stance === 'against')
      const decides = async (of: Standing, principal: Claims): Promise<Task | null> => {
        const hand = { by: claims.person, principal }
        const barred = await standings.barred(rows, id, of, version, approvals, hand)
        if (barred === 'overtaken' && against)
          return { ...task, kind: 'against', by: against.by, since: against.at }
        return barred === null ? { kind: 'decide', ...task } : null
      }
      const own = await decides(standing, claims)
      if (own) tasks.push(own)
      else
        for (const one of held) {
          const theirs = givers.get(one.giver)
          if (!theirs || (one.document !== id && one.team !== document.team_id)) continue
          const of = await standings.of(rows, id, theirs)
          const lent = isRefusal(of) ? null : await decides(of, theirs)
          if (!lent) continue
          tasks.push({ ...lent, onBehalfOf: { id: one.giver, name: one.giver_name } })
          break
        }
      const given = new Set(opinions.map(({ role }) => role))
      const text = { json: version.json, languages: standing.languages }
      if (askedFor(described, standing.type, text).some((role) => mine.includes(role) && !given.has(role)))
        tasks.push({ kind: 'opinion', ...task })
    }
    return tasks.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.since.localeCompare(b.since))
  }

  /** What was marked in the comments while the text is in review, and is open: it stops the approval like a check that fails. */
  async #mustFix(id: DocumentId, { flow, roles, visibility, commenting }: Standing): Promise<Finding[]> {
    const { work, archived } = flow
    if (work !== 'in_review') return []
    const standing = { roles, visibility, work, archived: archived !== null, commenting }
    const { read } = grant(standing, 'comments')
    return mustFixFindings(await this.#ports.comments.threads(id), 'approval', read)
  }

  /** Who has put decisions about this document into the person's hands, each once, with their own standing. */
  async #lenders(
    claims: Claims,
    id: DocumentId,
  ): Promise<{ readonly giver: Someone; readonly claims: Claims; readonly standing: Standing }[]> {
    const { journal, standings, delegations } = this.#ports
    const { rows } = journal
    const row = await rows.selectFrom('document').select('team_id').where('id', '=', id).executeTakeFirst()
    const held = await delegations.heldBy(rows, claims.person, { id, team: row?.team_id ?? '' })
    const lenders = []
    for (const theirs of (await delegations.giversOf(held)).values()) {
      const standing = await standings.of(rows, id, theirs)
      if (isRefusal(standing) || !(await standings.isApprover(rows, id, standing, theirs))) continue
      lenders.push({ giver: { id: theirs.person, name: theirs.name }, claims: theirs, standing })
    }
    return lenders
  }
}

/** The latest version before `n` on which somebody has decided; of some people: one of them, or somebody in their name. */
async function lastDecided(
  rows: Rows,
  id: DocumentId,
  n: number,
  people?: readonly string[],
): Promise<number | undefined> {
  const found = await rows
    .selectFrom('decision')
    .select('n')
    .where('document', '=', id)
    .$if(people !== undefined, (query) =>
      // SQL knows no empty list; nobody has an empty id.
      query.where((row) =>
        row.or([row('person', 'in', ['', ...people!]), row('principal', 'in', ['', ...people!])]),
      ),
    )
    .where('n', '<', n)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found?.n
}
