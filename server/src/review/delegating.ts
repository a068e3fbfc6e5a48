/** Putting decisions into other hands, and ending that: by word, by the last day, by news of the giver. */
import { sql, type Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { newUuid, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import { areDays, type Delegation, type DelegationGiven } from '@auzolan/shared/protocol/delegation.ts'
import { DELEGATIONS_MAX, DELEGATION_MAX_DAYS } from '@auzolan/shared/limits.ts'
import { daysBetween } from '@auzolan/shared/working-days.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Documents } from '../documents/documents.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { post } from '../outbox/outbox.ts'
import type { DelegationRow, Delegations } from './delegations.ts'
import type { Standings } from './standing.ts'
import type { Versions } from './versions.ts'

export interface DelegatingPorts {
  readonly journal: Journal
  readonly documents: Documents
  readonly standings: Standings
  readonly versions: Versions
  readonly delegations: Delegations
  /** Groups and Teams of a person as Nextcloud says now. */
  readonly askNow: (person: string) => Promise<Belonging | Refusal>
  /** Looks again at whoever is in these documents at this node, and tells no other: what every node finds out is nobody's news. */
  readonly reconsider: (documents: readonly DocumentId[]) => void
  readonly now: () => Date
}

export class Delegating {
  readonly #ports: DelegatingPorts
  /** The last day on which it was looked whether delegations have ended: for pages that are open, and for notices. */
  #closedOn: string
  #dismissedOn: string
  constructor(ports: DelegatingPorts) {
    this.#ports = ports
    // A day too early, somewhere, looks once too often.
    this.#closedOn = this.#dismissedOn = ports.now().toISOString().slice(0, 10)
  }

  /** One document's decisions. For whoever has a place in its route themselves. */
  async giveDocument(claims: Claims, id: DocumentId, given: DelegationGiven): Promise<string | Refusal> {
    const { standings, versions } = this.#ports
    return this.#give(claims, given, async (rows, fresh) => {
      const standing = await standings.of(rows, id, fresh)
      // Whoever holds a delegation reads it, too, and lends it to nobody.
      if (isRefusal(standing)) return refusal('NOT_ALLOWED', 'for those who approve it')
      if (!(await standings.isApprover(rows, id, standing, fresh)))
        return refusal('NOT_ALLOWED', 'for those who approve it')
      const latest = await versions.latest(rows, id)
      if (latest && standing.flow.work === 'in_review') {
        const kept = await standings.keptFrom(rows, id, standing, latest, given.delegate.id)
        if (kept) return refusal(kept === 'evaluator' ? 'OWN_SCORES' : 'OWN_TEXT', `the delegate is ${kept}`)
      }
      return { team: null, document: id }
    })
  }

  /** Everything of the giver in a team. For whoever has a place in the route of what its documents are. */
  async giveTeam(claims: Claims, team: TeamId, given: DelegationGiven): Promise<string | Refusal> {
    const { standings } = this.#ports
    return this.#give(claims, given, async (rows, fresh) => {
      const roles = await standings.rolesIn(rows, team, fresh)
      if (roles.length === 0) return refusal('NOT_FOUND', 'no such team, or not a member of it')
      if (!roles.includes('director') && !(await standings.isNamed(rows, team, roles, fresh)))
        return refusal('NOT_ALLOWED', 'for those who approve')
      return { team, document: null }
    })
  }

  /** By whoever has given it, or by whoever holds it and gives it back. */
  async end(claims: Claims, id: string): Promise<Refusal | null> {
    const { journal, now } = this.#ports
    const at = now().toISOString()
    const ended = await journal.transact(async (rows) => {
      const row = await rows
        .selectFrom('delegation')
        .selectAll()
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
      if (!row || (row.giver !== claims.person && row.delegate !== claims.person))
        return refusal('NOT_FOUND', 'no such delegation, or it is none of theirs')
      await rows.updateTable('delegation').set({ ended_at: at }).where('id', '=', id).execute()
      const detail = { delegation: id, giver: row.giver, delegate: row.delegate }
      const subject = row.document ?? row.team ?? id
      await record(rows, { at, actor: claims.person, action: 'delegation.end', subject, detail })
      for (const document of await inReview(rows, row))
        await post(rows, at, { kind: 'dismiss', key: `delegated/${document.id}/${id}` })
      return row
    })
    if (isRefusal(ended)) return ended
    for (const id of await this.#documentsOf([ended])) this.#ports.documents.standingChanged(id)
    return null
  }

  /** What this person has given or holds, today or later; the earliest first. */
  async listFor(claims: Claims): Promise<Delegation[]> {
    const { person } = claims
    const rows = await this.#ports.journal.rows
      .selectFrom('delegation')
      .leftJoin('document', 'document.id', 'delegation.document')
      .selectAll('delegation')
      .select(['document.title', 'document.team_id', 'document.trashed_at'])
      .where((row) => row.or([row('giver', '=', person), row('delegate', '=', person)]))
      .where('ended_at', 'is', null)
      .where('to_day', '>=', await this.#ports.delegations.today())
      .orderBy('from_day')
      .orderBy('given_at')
      .execute()
    const there = rows.filter(
      (row) => row.document === null || (row.team_id !== null && row.trashed_at === null),
    )
    const readable = new Set<string>()
    for (const { document, team_id } of there)
      if (document !== null && (await this.#reads(claims, document as DocumentId, team_id ?? '')))
        readable.add(document)
    return there.map((row) => ({
      id: row.id,
      giver: { id: row.giver, name: row.giver_name },
      delegate: { id: row.delegate, name: row.delegate_name },
      from: row.from_day,
      to: row.to_day,
      team: row.team ?? row.team_id ?? '',
      document:
        row.document === null
          ? null
          : {
              id: row.document,
              // What it is called is for those who may read it.
              title: readable.has(row.document) ? (JSON.parse(row.title ?? '{}') as Translated<string>) : {},
            },
    }))
  }

  async #reads(claims: Claims, id: DocumentId, team: string): Promise<boolean> {
    const { journal, standings, delegations } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    return !isRefusal(standing) || (await delegations.lends(claims, { id, team }))
  }

  /** To be called now and then at every node: whose last day is over, loses what was lent while the page is open. */
  async endOverdue(): Promise<void> {
    const { delegations, reconsider } = this.#ports
    const today = await delegations.today()
    if (today === this.#closedOn) return
    reconsider(await this.#documentsOf(await this.#endingSince(this.#closedOn, today)))
    // Not before it is done: a day that failed comes again.
    this.#closedOn = today
  }

  /** To be called now and then at the node that keeps house: what was lent asks nobody for a decision any more. Done twice it does no harm. */
  async dismissOverdue(): Promise<void> {
    const { journal, delegations, now } = this.#ports
    const today = await delegations.today()
    if (today === this.#dismissedOn) return
    const ending = await this.#endingSince(this.#dismissedOn, today)
    const at = now().toISOString()
    await journal.transact(async (rows) => {
      for (const row of ending)
        if (row.to_day < today && row.ended_at === null)
          for (const document of await inReview(rows, row))
            await post(rows, at, { kind: 'dismiss', key: `delegated/${document.id}/${row.id}` })
    })
    this.#dismissedOn = today
  }

  /** To be called when people, groups or routes have changed, wherever it was heard: a giver may have lost what they lent. */
  async giversChanged(): Promise<void> {
    const { journal, delegations, reconsider } = this.#ports
    const today = await delegations.today()
    const lent = await journal.rows
      .selectFrom('delegation')
      .selectAll()
      .where('ended_at', 'is', null)
      .where('to_day', '>=', today)
      .execute()
    reconsider(await this.#documentsOf(lent))
  }

  /** Those whose last day is not before the earlier of two: a clock may have been set back. */
  #endingSince(day: string, today: string): Promise<DelegationRow[]> {
    return this.#ports.journal.rows
      .selectFrom('delegation')
      .selectAll()
      .where('to_day', '>=', day < today ? day : today)
      .execute()
  }

  async #give(
    claims: Claims,
    given: DelegationGiven,
    about: (
      rows: Transaction<Tables>,
      fresh: Claims,
    ) => Promise<{ readonly team: string | null; readonly document: string | null } | Refusal>,
  ): Promise<string | Refusal> {
    const { journal, askNow, now } = this.#ports
    const today = await this.#ports.delegations.today()
    if (!areDays(given, today) || daysBetween(today, given.from) > DELEGATION_MAX_DAYS)
      return refusal('INVALID_INPUT', 'the days make no sense')
    if (given.delegate.id === claims.person) return refusal('INVALID_INPUT', 'to oneself')
    // One after the other: of two questions it must be clear whose answer is missing.
    const own = await askNow(claims.person)
    if (isRefusal(own)) return own
    const delegate = await askNow(given.delegate.id)
    if (isRefusal(delegate))
      return delegate.refused === 'ACCESS_ENDED' ? refusal('INVALID_INPUT', 'nobody knows them') : delegate
    const at = now().toISOString()
    const id = newUuid()
    const made = await journal.transact(async (rows) => {
      const scope = await about(rows, { ...claims, ...own })
      if (isRefusal(scope)) return scope
      const delegateName = (await nameOf(rows, given.delegate.id)) ?? given.delegate.name
      const { count } = await rows
        .selectFrom('delegation')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('giver', '=', claims.person)
        .where('ended_at', 'is', null)
        .where('to_day', '>=', today)
        .executeTakeFirstOrThrow()
      if (Number(count) >= DELEGATIONS_MAX) return refusal('INVALID_INPUT', 'too many delegations at once')
      const row: DelegationRow = {
        id,
        ...scope,
        giver: claims.person,
        giver_name: claims.name,
        delegate: given.delegate.id,
        delegate_name: delegateName,
        from_day: given.from,
        to_day: given.to,
        given_at: at,
        ended_at: null,
      }
      await rows.insertInto('delegation').values(row).execute()
      const subject = scope.document ?? scope.team ?? id
      const detail = {
        delegation: id,
        delegate: row.delegate,
        from: given.from,
        to: given.to,
        digest: digestOf('delegation', row),
      }
      await record(rows, { at, actor: claims.person, action: 'delegation.give', subject, detail })
      // Before it begins there is nothing in their hands; then what waits is said as it is to everybody.
      for (const document of given.from <= today ? await inReview(rows, row) : [])
        await post(rows, at, {
          kind: 'notify',
          notice: {
            key: `delegated/${document.id}/${id}`,
            kind: 'delegated',
            to: [{ kind: 'person', id: row.delegate }],
            document: document.id,
            title: JSON.parse(document.title) as Translated<string>,
            version: document.n,
            by: { id: claims.person, name: claims.name },
            due: given.to,
          },
        })
      return row
    })
    return isRefusal(made) ? made : id
  }

  async #documentsOf(changed: readonly DelegationRow[]): Promise<DocumentId[]> {
    const { documents } = this.#ports
    const ids = await Promise.all(
      changed.map(({ document, team }) =>
        document === null ? documents.idsOf(team as TeamId) : [document as DocumentId],
      ),
    )
    return [...new Set(ids.flat())]
  }
}

/** What somebody is called by Nextcloud, as far as they have been here or are in a team: their name is not the giver's to choose. */
async function nameOf(rows: Rows, person: string): Promise<string | undefined> {
  const known = await rows
    .selectFrom('named')
    .select('name')
    .where('person', '=', person)
    .unionAll(
      rows
        .selectFrom('member')
        .select('name')
        .where('principal_kind', '=', 'person')
        .where('principal_id', '=', person),
    )
    .limit(1)
    .executeTakeFirst()
  return known?.name
}

/** The documents that a delegation tells of: its own, or those of the team that wait for a decision. */
const inReview = (rows: Rows, { document, team }: DelegationRow) =>
  rows
    .selectFrom('document')
    .leftJoin('version', (join) =>
      join.onRef('version.document', '=', 'document.id').on('version.label', 'is', null),
    )
    .select(['document.id', 'document.title', sql<number | null>`max(version.n)`.as('n')])
    .where('document.trashed_at', 'is', null)
    .$if(document !== null, (query) => query.where('document.id', '=', document))
    .$if(document === null, (query) =>
      query.where('document.team_id', '=', team ?? '').where('document.work', '=', 'in_review'),
    )
    .groupBy(['document.id', 'document.title'])
    .execute()
