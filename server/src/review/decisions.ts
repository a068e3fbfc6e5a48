/** Decisions: bound to exactly the text that was read, signed, and made once. */
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { DecisionGiven } from '@auzolan/shared/protocol/review.ts'
import type { DecisionFacts } from '@auzolan/shared/receipt.ts'
import { isReason, type Move } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { approvalRefused, askedFor } from './gates.ts'
import { tellDecided } from './notices.ts'
import { opinionsOn } from './opinions.ts'
import type { SigningKeys } from './signing-keys.ts'
import { moveOf, store, type Standing, type Standings } from './standing.ts'
import type { Rows, VersionRow } from './versions.ts'

export interface DecisionPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly keys: SigningKeys
  /** Groups and Teams of a person as Nextcloud says now; `null` where nobody can be asked (the demo). */
  readonly askNow: ((person: string) => Promise<Belonging | Refusal>) | null
  readonly now: () => Date
}

export class Decisions {
  readonly #ports: DecisionPorts
  constructor(ports: DecisionPorts) {
    this.#ports = ports
  }

  /**
   * Decides on exactly the text that was read. The same decision sent twice counts once; one on another text than the one in
   * review changes nothing.
   */
  async decide(claims: Claims, id: DocumentId, given: DecisionGiven): Promise<Refusal | null> {
    const { journal, keys, documents, organisation, standings } = this.#ports
    const fresh = await this.#fresh(claims)
    if (isRefusal(fresh)) return fresh
    const at = this.#ports.now().toISOString()
    const described = await organisation.read()
    const before = await standings.of(journal.rows, id, fresh)
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
      const standing = await standings.of(rows, id, fresh)
      if (isRefusal(standing)) return standing
      if (!standing.roles.includes('director')) return refusal('NOT_ALLOWED', 'for directors')
      const version = await standings.inReview(rows, id, standing, given.version)
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
      const flow = moveOf(standing, move, false)
      if (isRefusal(flow)) return flow
      await store(rows, id, flow)
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
      const by = { id: claims.person, name: claims.name }
      await tellDecided(rows, at, { id, standing, version, by }, given.verdict)
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
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
    const { standings } = this.#ports
    const barred = await standings.barred(rows, id, standing, version, claims)
    if (barred !== null) return refusal(barred === 'role' ? 'NOT_ALLOWED' : 'OWN_TEXT', `barred as ${barred}`)
    return approvalRefused(
      standings.findings(version.json, standing),
      askedFor(described, standing.type),
      await opinionsOn(rows, id, version.n),
      given,
    )
  }

  /** A decision is not made with what a pass of five minutes ago says. */
  async #fresh(claims: Claims): Promise<Claims | Refusal> {
    const now = await this.#ports.askNow?.(claims.person)
    if (now === undefined) return claims
    return isRefusal(now) ? now : { ...claims, ...now }
  }
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
