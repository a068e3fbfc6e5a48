/**
 * From a draft to a decision: who sends what to review, who says what about it, and who decides. Every right and every
 * state is asked in the transaction that makes the move: of two who decide at once, the first one has (DOMAIN D.2).
 */
import type { Transaction } from 'kysely'
import { checkPlan } from '@auzolan/shared/checks/run.ts'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Role } from '@auzolan/shared/grants.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type {
  Barred,
  DecisionGiven,
  OpinionGiven,
  OpinionRole,
  Review,
  ReviewRequest,
  Task,
} from '@auzolan/shared/protocol/review.ts'
import type { DecisionFacts } from '@auzolan/shared/receipt.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Plan } from '@auzolan/shared/schema/plan.ts'
import { authorsSince, isReason, mayMove, moved, type Flow, type Move } from '@auzolan/shared/workflow.ts'
import type { Belonging } from '../access/people.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Teams } from '../teams/teams.ts'
import { approvalRefused, askedFor, closed, stops } from './gates.ts'
import { opinionsOn } from './opinions.ts'
import type { SigningKeys } from './signing-keys.ts'
import { contributionsOf, type Rows, type VersionRow, type Versions } from './versions.ts'

export interface ReviewPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly teams: Teams
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly keys: SigningKeys
  /** Groups and Teams of a person as Nextcloud says now; `null` where nobody can be asked (the demo). */
  readonly askNow: ((person: string) => Promise<Belonging | Refusal>) | null
  readonly now: () => Date
}

/** How often a text is read again because somebody wrote meanwhile. */
const FREEZES_MAX = 8

interface Standing {
  readonly flow: Flow
  readonly team: TeamId
  readonly title: Translated<string>
  readonly type: 'plan'
  readonly languages: readonly string[]
  readonly roles: readonly Role[]
}

export class Reviews {
  readonly #ports: ReviewPorts
  constructor(ports: ReviewPorts) {
    this.#ports = ports
  }

  /** Freezes the text as the next version and locks the content. Gives the number of the version. */
  async submit(claims: Claims, id: DocumentId, request: ReviewRequest): Promise<number | Refusal> {
    const { versions, documents, journal } = this.#ports
    for (let attempt = 0; attempt < FREEZES_MAX; attempt++) {
      const frozen = await versions.freeze(id)
      if (isRefusal(frozen)) return frozen
      const at = this.#ports.now().toISOString()
      const n = await journal.transact(async (rows) => {
        const standing = await this.#standing(rows, id, claims)
        if (isRefusal(standing)) return standing
        const flow = this.#move(standing, { kind: 'submit' }, false)
        if (isRefusal(flow)) return flow
        const missing = this.#findings(frozen.json, standing).filter(stops('review'))
        if (missing.length > 0) return closed(missing)
        if (!(await versions.isStill(rows, id, frozen))) return null
        const by = { id: claims.person, name: claims.name }
        const number = await versions.add(rows, id, frozen, {
          at,
          by,
          note: request.note,
          due: request.due,
          languages: standing.languages,
        })
        await this.#store(rows, id, flow)
        const detail = { version: number, sha256: frozen.sha256 }
        await record(rows, { at, actor: claims.person, action: 'review.submit', subject: id, detail })
        return number
      })
      if (n === null) continue
      if (!isRefusal(n)) documents.standingChanged(id)
      return n
    }
    return refusal('TRY_AGAIN', 'somebody writes all the time')
  }

  /** Takes it out of review again. */
  withdraw(claims: Claims, id: DocumentId): Promise<Refusal | null> {
    return this.#simple(claims, id, { kind: 'withdraw' })
  }
  /** Goes on after changes were asked for. */
  resume(claims: Claims, id: DocumentId): Promise<Refusal | null> {
    return this.#simple(claims, id, { kind: 'resume' })
  }

  /** What a role says about the version in review; said again, it replaces what was said before. */
  async giveOpinion(
    claims: Claims,
    id: DocumentId,
    role: OpinionRole,
    { version, stance, text }: OpinionGiven,
  ): Promise<Refusal | null> {
    const at = this.#ports.now().toISOString()
    return this.#ports.journal.transact(async (rows) => {
      const standing = await this.#standing(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.roles.includes(role)) return refusal('NOT_ALLOWED', `for ${role}`)
      const latest = await this.#inReview(rows, id, standing, version)
      if (isRefusal(latest)) return latest
      if (stance !== 'favourable' && !isReason(text)) return refusal('INVALID_INPUT', 'a reason is missing')
      const said = { person: claims.person, name: claims.name, stance, text, at }
      await rows
        .insertInto('opinion')
        .values({ document: id, n: version, role, ...said })
        .onConflict((c) => c.columns(['document', 'n', 'role']).doUpdateSet(said))
        .execute()
      const detail = { version, role, stance }
      await record(rows, { at, actor: claims.person, action: 'review.opinion', subject: id, detail })
      return null
    })
  }

  /**
   * Decides on exactly the text that was read. The same decision sent twice counts once; one on another text than the one in
   * review changes nothing.
   */
  async decide(claims: Claims, id: DocumentId, given: DecisionGiven): Promise<Refusal | null> {
    const { journal, keys, documents, organisation } = this.#ports
    const fresh = await this.#fresh(claims)
    if (isRefusal(fresh)) return fresh
    const at = this.#ports.now().toISOString()
    const described = await organisation.read()
    const before = await this.#standing(journal.rows, id, fresh)
    if (isRefusal(before)) return before
    // Before the transaction: the first signature ever makes a key, which is a transaction of its own.
    const receipt = await keys.sign(factsOf(id, before, described, fresh, given, at))
    const refused = await journal.transact(async (rows) => {
      const known = await rows
        .selectFrom('decision')
        .select(['person', 'document', 'n', 'verdict'])
        .where('id', '=', given.id)
        .executeTakeFirst()
      if (known) {
        const same =
          known.person === claims.person &&
          known.document === id &&
          known.n === given.version &&
          known.verdict === given.verdict
        return same ? null : refusal('CHANGED_MEANWHILE', 'another decision has this id')
      }
      const standing = await this.#standing(rows, id, fresh)
      if (isRefusal(standing)) return standing
      if (!standing.roles.includes('director')) return refusal('NOT_ALLOWED', 'for directors')
      const version = await this.#inReview(rows, id, standing, given.version)
      if (isRefusal(version)) return version
      if (version.sha256 !== given.sha256) return refusal('CHANGED_MEANWHILE', 'another text')
      const refusedHere =
        given.verdict === 'approve'
          ? await this.#notApproved(rows, id, standing, version, fresh, given, described)
          : !isReason(given.comment) || given.sections.length === 0
            ? refusal('INVALID_INPUT', 'a reason and a place are missing')
            : null
      if (refusedHere) return refusedHere
      const move: Move =
        given.verdict === 'approve' ? { kind: 'approve', version: version.n } : { kind: 'request_changes' }
      const flow = this.#move(standing, move, false)
      if (isRefusal(flow)) return flow
      await this.#store(rows, id, flow)
      await rows
        .insertInto('decision')
        .values({
          id: given.id,
          document: id,
          n: version.n,
          verdict: given.verdict,
          person: claims.person,
          name: claims.name,
          comment: given.comment,
          sections: JSON.stringify(given.sections),
          conditions: given.conditions,
          waivers: JSON.stringify(given.waivers),
          overrides: JSON.stringify(given.overrides),
          receipt: JSON.stringify(receipt),
          at,
        })
        .execute()
      const detail = {
        decision: given.id,
        version: version.n,
        sha256: version.sha256,
        verdict: given.verdict,
      }
      await record(rows, { at, actor: claims.person, action: 'review.decide', subject: id, detail })
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }

  /** What whoever decides has to know; for everybody who may read the document. */
  async read(claims: Claims, id: DocumentId): Promise<Review | Refusal> {
    const { journal, versions, organisation } = this.#ports
    const { rows } = journal
    const standing = await this.#standing(rows, id, claims)
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
      findings: this.#findings(latest.json, standing),
      asked: askedFor(await organisation.read(), standing.type),
      opinions: await opinionsOn(rows, id, latest.n),
      barred: await this.#barred(rows, id, standing, latest, claims),
    }
  }

  /** What waits for this person, the most urgent first. */
  async tasks(claims: Claims): Promise<Task[]> {
    const { journal, teams, versions, organisation } = this.#ports
    const { rows } = journal
    const roles = await teams.rolesOf(claims)
    if (roles.size === 0) return []
    const documents = await rows
      .selectFrom('document')
      .selectAll()
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
      if (mine.includes('director') && (await this.#barred(rows, id, standing, version, claims)) === null)
        tasks.push({ kind: 'decide', ...task })
      const given = new Set((await opinionsOn(rows, id, version.n)).map(({ role }) => role))
      if (askedFor(described, standing.type).some((role) => mine.includes(role) && !given.has(role)))
        tasks.push({ kind: 'opinion', ...task })
    }
    return tasks.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a.since.localeCompare(b.since))
  }

  async #simple(
    claims: Claims,
    id: DocumentId,
    move: Move & { readonly kind: 'withdraw' | 'resume' },
  ): Promise<Refusal | null> {
    const { journal, versions, documents, now } = this.#ports
    const at = now().toISOString()
    const refused = await journal.transact(async (rows) => {
      const standing = await this.#standing(rows, id, claims)
      if (isRefusal(standing)) return standing
      const submitter = (await versions.latest(rows, id))?.submitter === claims.person
      const flow = this.#move(standing, move, submitter)
      if (isRefusal(flow)) return flow
      await this.#store(rows, id, flow)
      await record(rows, { at, actor: claims.person, action: `review.${move.kind}`, subject: id, detail: {} })
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }

  /** The state, and the person's roles, of a document the person may read. */
  async #standing(rows: Rows, id: DocumentId, claims: Claims): Promise<Standing | Refusal> {
    const row = await rows.selectFrom('document').selectAll().where('id', '=', id).executeTakeFirst()
    const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
    if (!row || row.trashed_at !== null) return nothing
    const roles = await this.#ports.teams.rolesIn(row.team_id as TeamId, claims, rows)
    return roles.length === 0 && row.visibility === 'team' ? nothing : standingOf(row, roles)
  }

  #move(standing: Standing, move: Move, submitter: boolean): Flow | Refusal {
    return mayMove(move.kind, standing.roles, submitter)
      ? moved(standing.flow, move)
      : refusal('NOT_ALLOWED', `may not ${move.kind}`)
  }

  async #store(rows: Transaction<Tables>, id: DocumentId, { work, inForce, archived }: Flow): Promise<void> {
    await rows
      .updateTable('document')
      .set({
        work,
        in_force: inForce?.version ?? null,
        published_at: inForce?.publishedAt ?? null,
        archived: archived ? 1 : 0,
      })
      .where('id', '=', id)
      .execute()
  }

  async #inReview(rows: Rows, id: DocumentId, { flow }: Standing, n: number): Promise<VersionRow | Refusal> {
    const latest = await this.#ports.versions.latest(rows, id)
    if (flow.work !== 'in_review' || !latest) return refusal('CHANGED_MEANWHILE', `the work is ${flow.work}`)
    return latest.n === n ? latest : refusal('CHANGED_MEANWHILE', `version ${latest.n} is in review`)
  }

  /** Why this person may not approve this version (DOMAIN W-01). */
  async #barred(
    rows: Rows,
    id: DocumentId,
    { roles, flow }: Standing,
    version: VersionRow,
    { person }: Claims,
  ): Promise<Barred | null> {
    if (!roles.includes('director')) return 'role'
    if (version.submitter === person) return 'submitter'
    const inForce = flow.inForce && (await this.#ports.versions.row(rows, id, flow.inForce.version))
    const since = inForce ? contributionsOf(inForce) : null
    return authorsSince(contributionsOf(version), since).includes(person) ? 'author' : null
  }

  async #notApproved(
    rows: Rows,
    id: DocumentId,
    standing: Standing,
    version: VersionRow,
    claims: Claims,
    given: DecisionGiven,
    described: Organisation,
  ): Promise<Refusal | null> {
    const barred = await this.#barred(rows, id, standing, version, claims)
    if (barred !== null) return refusal(barred === 'role' ? 'NOT_ALLOWED' : 'OWN_TEXT', `barred as ${barred}`)
    return approvalRefused(
      this.#findings(version.json, standing),
      askedFor(described, standing.type),
      await opinionsOn(rows, id, version.n),
      given,
    )
  }

  #findings(json: string, { flow, languages }: Standing): readonly Finding[] {
    const today = this.#ports.now().toISOString().slice(0, 10)
    const context = { languages, today, inForce: flow.inForce !== null }
    return checkPlan(JSON.parse(json) as Plan, context).findings
  }

  /** A decision is not made with what a pass of five minutes ago says. */
  async #fresh(claims: Claims): Promise<Claims | Refusal> {
    const now = await this.#ports.askNow?.(claims.person)
    if (now === undefined) return claims
    return isRefusal(now) ? now : { ...claims, ...now }
  }
}

const standingOf = (row: Row, roles: readonly Role[]): Standing => ({
  flow: {
    work: row.work as Flow['work'],
    inForce: row.in_force === null ? null : { version: row.in_force, publishedAt: row.published_at },
    archived: row.archived === 1,
  },
  team: row.team_id as TeamId,
  title: JSON.parse(row.title) as Translated<string>,
  type: 'plan',
  languages: JSON.parse(row.languages) as string[],
  roles,
})
interface Row {
  readonly work: string
  readonly in_force: number | null
  readonly published_at: string | null
  readonly archived: number
  readonly team_id: string
  readonly title: string
  readonly languages: string
}

const factsOf = (
  document: DocumentId,
  { title, type }: Standing,
  { name }: Organisation,
  claims: Claims,
  given: DecisionGiven,
  at: string,
): DecisionFacts => ({
  id: given.id,
  document,
  type,
  title,
  version: given.version,
  sha256: given.sha256,
  verdict: given.verdict,
  conditions: given.conditions,
  waivers: given.waivers,
  by: { name: claims.name, role: 'director' },
  organisation: name,
  at,
})
