/** Decisions: bound to exactly the text that was read, signed, and made once. */
import type { Selectable } from 'kysely'
import { progressOf } from '@auzolan/shared/approval-route.ts'
import { mustFixFindings } from '@auzolan/shared/checks/must-fix.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Said } from '@auzolan/shared/comments/said.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { mayDecide, type Barred, type DecisionGiven } from '@auzolan/shared/protocol/review.ts'
import type { DecisionFacts } from '@auzolan/shared/receipt.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import { moved, type Move } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import { toArchive } from '../archive/waiting.ts'
import type { Comments, SaidSoFar } from '../comments/comments.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { whileStill } from '../journal/while-still.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { claimsOf, type Delegations } from './delegations.ts'
import { approvalRefused, askedFor, changesRefused } from './gates.ts'
import { tellApprovedByOne, tellDecided } from './notices.ts'
import { opinionsOn } from './opinions-said.ts'
import type { ReceiptKeys } from './signing-keys.ts'
import { store, type Hand, type Standing, type Standings } from './standing.ts'
import { routeOf, type VersionRow, type Versions } from './versions.ts'

export interface DecisionPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly delegations: Delegations
  readonly organisation: DescribedOrganisation
  readonly comments: Comments
  readonly lists: ReferenceLists
  readonly keys: ReceiptKeys
  /** Groups and Teams of a person as Nextcloud says now. */
  readonly askNow: (person: string) => Promise<Belonging | Refusal>
  readonly now: () => Date
}

export class Decisions {
  readonly #ports: DecisionPorts
  constructor(ports: DecisionPorts) {
    this.#ports = ports
  }

  /**
   * Decides on exactly the text that was read. The same decision sent twice counts once; one on another text than the one in
   * review changes nothing. An approval that others of the route have to follow stays in the review, with its receipt.
   */
  async decide(claims: Claims, id: DocumentId, given: DecisionGiven): Promise<Refusal | null> {
    const { journal, keys, documents, organisation, standings, versions, comments } = this.#ports
    const asked = this.#ports.now().toISOString()
    const hand = await this.#hand(claims, given.onBehalfOf)
    if (isRefusal(hand)) return hand
    const at = this.#ports.now().toISOString()
    const described = await organisation.read()
    const before = await this.#standing(journal.rows, id, hand)
    if (isRefusal(before)) return before
    const facts = factsOf(id, before, described, claims, given, at)
    // Before the transaction: the first signature ever makes a key, which is a transaction of its own.
    const receipt = await keys.sign(facts)
    const reading = {
      // Comments go on during a review, and one of them may have to be dealt with before anybody approves.
      read: () => comments.said(id),
      isStill: (rows: Rows, talk: SaidSoFar) =>
        given.verdict === 'approve' ? comments.isStill(rows, id, talk) : Promise.resolve(true),
    }
    const refused = await whileStill<SaidSoFar, null>(journal, reading, async (rows, { said }) => {
      const known = await rows
        .selectFrom('decision')
        .innerJoin('version', (join) =>
          join.onRef('version.document', '=', 'decision.document').onRef('version.n', '=', 'decision.n'),
        )
        .selectAll('decision')
        .select('version.sha256')
        .where('decision.id', '=', given.id)
        .executeTakeFirst()
      if (known)
        return isSame(known, claims.person, id, given)
          ? null
          : refusal('CHANGED_MEANWHILE', 'another decision has this id')
      const ended = await endedSince(rows, hand, asked)
      if (ended) return ended
      const standing = await this.#standing(rows, id, hand)
      if (isRefusal(standing)) return standing
      const version = await standings.inReview(rows, id, standing, given.version)
      if (isRefusal(version))
        // Whoever has nothing to decide here does not learn what is in review.
        return (await standings.isApprover(rows, id, standing, standing.principal))
          ? version
          : refusal('NOT_ALLOWED', 'for those who approve it')
      const approvals = await versions.approvals(rows, id, version.n)
      const { turn, places } = standings.turn(standing, version, approvals, hand)
      if (turn === 'none') return refusal('NOT_ALLOWED', 'for those who approve it')
      if (version.sha256 !== given.sha256) return refusal('CHANGED_MEANWHILE', 'another text')
      const barred = await standings.barred(rows, id, standing, version, approvals, hand)
      const refusedHere =
        given.verdict === 'approve'
          ? barred === null
            ? await this.#notApproved(rows, id, { standing, version, given, described, said })
            : refusalOf(barred)
          : (changesRefused(standing.type, given) ??
            (barred === null || mayDecide(given.verdict, barred) ? null : refusalOf(barred)))
      if (refusedHere) return refusedHere
      if (facts.by.role !== roleOf(standing) || facts.by.onBehalfOf !== standing.onBehalfOf)
        return refusal('CHANGED_MEANWHILE', 'signed for somebody who is somebody else now')
      const route = routeOf(version)
      const next = { by: claims.person, principal: hand.principal.person, places }
      const approves = given.verdict === 'approve'
      const reached = approves && progressOf(route, [...approvals, next]).reached
      if (!approves || reached) {
        const move: Move = approves ? { kind: 'approve', version: version.n } : { kind: 'request_changes' }
        const flow = moved(standing.flow, move)
        if (isRefusal(flow)) return flow
        await store(rows, id, flow)
      }
      const row = {
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
        principal: standing.onBehalfOf === undefined ? null : hand.principal.person,
        principal_name: standing.onBehalfOf ?? null,
        places: JSON.stringify(places),
        nth: approvals.length,
      }
      await rows.insertInto('decision').values(row).execute()
      // In a small house the same person may; that they did is kept (DOMAIN W-02).
      const scored = await standings.scored(rows, id, version)
      const evaluated = [claims.person, hand.principal.person].some((person) => scored.includes(person))
      const detail = {
        decision: given.id,
        version: version.n,
        sha256: version.sha256,
        verdict: given.verdict,
        waived: given.waivers.map(({ check }) => check),
        overridden: given.overrides.map(({ role }) => role),
        digest: digestOf('decision', row),
        ...(approves ? { reached } : {}),
        ...(evaluated ? { evaluated } : {}),
        ...(standing.onBehalfOf === undefined ? {} : { onBehalfOf: hand.principal.person }),
      }
      await record(rows, { at, actor: claims.person, action: 'review.decide', subject: id, detail })
      if (reached) await toArchive(rows, at, { document: id, version: version.n })
      const by = { id: claims.person, name: claims.name }
      const about = { id, standing, version, by }
      if (approves && !reached) {
        const authors = await standings.cannotDecide(rows, id, standing.flow, version)
        const today = localTime(new Date(at), described.timeZone).day
        await tellApprovedByOne(rows, at, about, { approvals, next, authors, today })
      } else await tellDecided(rows, at, about, given.verdict)
      return null
    })
    if (!refused) documents.standingChanged(id)
    return refused
  }

  async #notApproved(
    rows: Rows,
    id: DocumentId,
    {
      standing,
      version,
      given,
      described,
      said,
    }: {
      readonly standing: Standing
      readonly version: VersionRow
      readonly given: DecisionGiven
      readonly described: Organisation
      readonly said: readonly Said[]
    },
  ): Promise<Refusal | null> {
    const { standings, comments } = this.#ports
    return approvalRefused(
      [
        ...mustFixFindings(await comments.woven(id, said, rows), 'approval'),
        ...(await standings.findings(rows, id, version, standing, await this.#ports.lists.of(version, rows))),
      ],
      askedFor(described, standing.type, { json: version.json, languages: standing.languages }),
      await opinionsOn(rows, id, version.n),
      given,
    )
  }

  /** A decision is not made with what a pass of five minutes ago says, nor with what its principal was then. */
  async #hand({ person, ...claims }: Claims, onBehalfOf: string | undefined): Promise<Hand | Refusal> {
    const { askNow } = this.#ports
    // Both at once: what is known of one must not grow old while the other is asked for.
    const [own, theirs] = await Promise.all([
      askNow(person),
      onBehalfOf === undefined ? null : askNow(onBehalfOf),
    ])
    if (isRefusal(own)) return own
    if (onBehalfOf === undefined || theirs === null)
      return { by: person, principal: { person, ...claims, ...own } }
    if (isRefusal(theirs))
      return theirs.refused === 'ACCESS_ENDED' ? refusal('NOT_ALLOWED', 'their account has ended') : theirs
    return { by: person, principal: claimsOf(onBehalfOf, onBehalfOf, theirs) }
  }

  /** The standing of the principal; of somebody else only while they have delegated it to this hand. */
  async #standing(rows: Rows, id: DocumentId, { by, principal }: Hand): Promise<Acting | Refusal> {
    const { standings, delegations } = this.#ports
    const standing = await standings.of(rows, id, principal)
    if (isRefusal(standing) || principal.person === by)
      return isRefusal(standing) ? standing : { ...standing, principal, onBehalfOf: undefined }
    const held = await delegations.heldBy(rows, by, { id, team: standing.team })
    const lent = held.find(({ giver }) => giver === principal.person)
    return lent
      ? { ...standing, principal, onBehalfOf: lent.giver_name }
      : refusal('NOT_ALLOWED', 'nobody has delegated it')
  }
}

/** What Nextcloud says of an account takes its time to arrive; the news that it has ended may be here before it. */
async function endedSince(rows: Rows, { by, principal }: Hand, asked: string): Promise<Refusal | null> {
  const ended = await rows
    .selectFrom('ended')
    .select('person')
    .where('person', 'in', [by, principal.person])
    .where('at', '>=', asked)
    .execute()
  if (ended.length === 0) return null
  return ended.some(({ person }) => person === by)
    ? refusal('ACCESS_ENDED', 'the account has ended')
    : refusal('NOT_ALLOWED', 'their account has ended')
}

/** Sent again it is the same to the last word: what is stored must not pass for what somebody has just sent. */
const isSame = (
  known: Selectable<Tables['decision']> & { readonly sha256: string },
  person: string,
  document: DocumentId,
  given: DecisionGiven,
): boolean =>
  known.person === person &&
  (known.principal ?? person) === (given.onBehalfOf ?? person) &&
  known.document === document &&
  known.n === given.version &&
  known.sha256 === given.sha256 &&
  known.verdict === given.verdict &&
  known.comment === given.comment &&
  known.conditions === given.conditions &&
  known.sections === JSON.stringify(given.sections) &&
  known.waivers === JSON.stringify(given.waivers) &&
  known.overrides === JSON.stringify(given.overrides)

interface Acting extends Standing {
  readonly principal: Claims
  /** Name of whoever has delegated it. */
  readonly onBehalfOf: string | undefined
}

function refusalOf(barred: Barred): Refusal {
  switch (barred) {
    case 'role':
      return refusal('NOT_ALLOWED', 'for those who approve it')
    case 'author':
    case 'submitter':
      return refusal('OWN_TEXT', `barred as ${barred}`)
    case 'evaluator':
      return refusal('OWN_SCORES', 'they have scored it')
    case 'turn':
    case 'again':
    case 'overtaken':
      return refusal('NOT_YOUR_TURN', barred)
  }
}

const roleOf = ({ roles }: Standing): string => (roles.includes('director') ? 'director' : 'approver')

const factsOf = (
  document: DocumentId,
  standing: Acting,
  { name }: Organisation,
  claims: Claims,
  given: DecisionGiven,
  at: string,
): DecisionFacts => ({
  id: given.id,
  document,
  type: standing.type,
  title: standing.title,
  version: given.version,
  sha256: given.sha256,
  verdict: given.verdict,
  conditions: given.conditions,
  waivers: given.verdict === 'approve' ? given.waivers : [],
  by: {
    name: claims.name,
    role: roleOf(standing),
    ...(standing.onBehalfOf === undefined ? {} : { onBehalfOf: standing.onBehalfOf }),
  },
  organisation: name,
  at,
})
