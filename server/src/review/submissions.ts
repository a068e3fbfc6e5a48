/** Into review and out again: whoever sends a text freezes it as the next version and locks its content. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { ReviewRequest } from '@auzolan/shared/protocol/review.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Move } from '@auzolan/shared/workflow.ts'
import { mustFixFindings } from '@auzolan/shared/checks/must-fix.ts'
import type { Claims } from '../access/claims.ts'
import type { Comments, SaidSoFar } from '../comments/comments.ts'
import type { Suggestions } from '../comments/suggestions.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import { whileStill } from '../journal/while-still.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { askedFor, closed, stops } from './gates.ts'
import { tellResumed, tellSubmitted, tellWithdrawn } from './notices.ts'
import { moveOf, store, type Standings } from './standing.ts'
import type { Frozen, Versions } from './versions.ts'

export interface SubmissionPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly comments: Comments
  readonly suggestions: Suggestions
  readonly now: () => Date
}

export class Submissions {
  readonly #ports: SubmissionPorts
  constructor(ports: SubmissionPorts) {
    this.#ports = ports
  }

  /** Freezes the text as the next version and locks the content. Gives the number of the version. */
  async submit(claims: Claims, id: DocumentId, request: ReviewRequest): Promise<number | Refusal> {
    const { versions, documents, journal, standings, organisation, lists, comments, suggestions } =
      this.#ports
    const described = await organisation.read()
    const reading = {
      read: async () => {
        const frozen = await versions.freeze(id)
        return isRefusal(frozen) ? frozen : { frozen, talk: await comments.said(id) }
      },
      isStill: async (rows: Rows, { frozen, talk }: { frozen: Frozen; talk: SaidSoFar }) =>
        (await versions.isStill(rows, id, frozen)) && (await comments.isStill(rows, id, talk)),
    }
    const n = await whileStill(journal, reading, async (rows, { frozen, talk }) => {
      const at = this.#ports.now().toISOString()
      const today = localTime(new Date(at), described.timeZone).day
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (request.due !== null && request.due < today)
        return refusal('INVALID_INPUT', 'the day to answer by has gone by')
      if (standing.kind === 'template') return refusal('ILLEGAL_MOVE', 'nobody decides on a template')
      const flow = moveOf(standing, { kind: 'submit' }, false)
      if (isRefusal(flow)) return flow
      const threads = await comments.woven(id, talk.said, rows)
      const findings = [
        ...mustFixFindings(threads),
        ...(await standings.findings(rows, id, frozen, standing, await lists.now(rows))),
      ]
      const missing = findings.filter(stops('review'))
      if (missing.length > 0) return closed(missing)
      await suggestions.settle(rows, id, talk.said, at)
      const before = await versions.latest(rows, id)
      const by = { id: claims.person, name: claims.name }
      const { n: number, digest } = await versions.add(rows, id, frozen, {
        at,
        by,
        note: request.note,
        due: request.due,
        languages: standing.languages,
        route: await standings.routeOfTeam(rows, standing.team, standing.type),
        checkedWith: await lists.keep(rows),
      })
      await store(rows, id, flow)
      const detail = { version: number, sha256: frozen.sha256, digest }
      await record(rows, { at, actor: claims.person, action: 'review.submit', subject: id, detail })
      const version = (await versions.row(rows, id, number))!
      await tellSubmitted(rows, at, {
        about: { id, standing, version, by },
        asked: askedFor(described, standing.type, { json: frozen.json, languages: standing.languages }),
        authors: await standings.cannotDecide(rows, id, standing.flow, version),
        today,
        before: before?.n ?? null,
      })
      return number
    })
    if (!isRefusal(n)) documents.standingChanged(id)
    return n
  }

  /** Takes it out of review again. */
  withdraw(claims: Claims, id: DocumentId): Promise<Refusal | null> {
    return this.#step(claims, id, { kind: 'withdraw' })
  }
  /** Goes on after changes were asked for. */
  resume(claims: Claims, id: DocumentId): Promise<Refusal | null> {
    return this.#step(claims, id, { kind: 'resume' })
  }

  async #step(
    claims: Claims,
    id: DocumentId,
    move: Move & { readonly kind: 'withdraw' | 'resume' },
  ): Promise<Refusal | null> {
    const { journal, versions, documents, standings, organisation, now } = this.#ports
    const at = now().toISOString()
    const described = await organisation.read()
    const refused = await journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      const version = await versions.latest(rows, id)
      const flow = moveOf(standing, move, version?.submitter === claims.person)
      if (isRefusal(flow)) return flow
      await store(rows, id, flow)
      await record(rows, { at, actor: claims.person, action: `review.${move.kind}`, subject: id, detail: {} })
      if (!version) return null
      const about = { id, standing, version, by: { id: claims.person, name: claims.name } }
      if (move.kind === 'resume') await tellResumed(rows, at, id, version.n)
      else
        await tellWithdrawn(rows, at, about, {
          asked: askedFor(described, standing.type, { json: version.json, languages: standing.languages }),
          approvals: await versions.approvals(rows, id, version.n),
          today: localTime(new Date(at), described.timeZone).day,
        })
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }
}
