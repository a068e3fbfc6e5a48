/**
 * Delegations: decisions put into other hands from one day to another (DOMAIN D.1). They lend a right that the giver has at
 * that moment, and no more: whoever has lost it, has nothing to lend.
 */
import type { Selectable } from 'kysely'
import { isRefusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId, PersonId } from '@auzolan/shared/ids.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Belonging } from '../access/people.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Standings } from './standing.ts'

export interface DelegationPorts {
  readonly journal: Journal
  readonly standings: Standings
  /** Groups and Teams of a person, as Nextcloud said within the last minute. */
  readonly belonging: (person: string) => Promise<Belonging | Refusal>
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}
export type DelegationRow = Selectable<Tables['delegation']>
/** A document as far as a delegation is about it. */
interface Place {
  readonly id: DocumentId
  readonly team: string
}

export class Delegations {
  readonly #ports: DelegationPorts
  constructor(ports: DelegationPorts) {
    this.#ports = ports
  }

  /** A day as people count it: where the organisation is, not where the server's clock is. */
  async today(rows: Rows = this.#ports.journal.rows): Promise<string> {
    const { organisation, now } = this.#ports
    return localTime(now(), (await organisation.read(rows)).timeZone).day
  }

  /** What is in this person's hands today; of one document, or all of it. */
  async heldBy(rows: Rows, delegate: string, of?: Place): Promise<readonly DelegationRow[]> {
    const today = await this.today(rows)
    return rows
      .selectFrom('delegation')
      .selectAll()
      .where('delegate', '=', delegate)
      .where('ended_at', 'is', null)
      .where('from_day', '<=', today)
      .where('to_day', '>=', today)
      .$if(of !== undefined, (query) =>
        query.where((row) => row.or([row('document', '=', of!.id), row('team', '=', of!.team)])),
      )
      .orderBy('given_at')
      .execute()
  }

  /** The givers as Nextcloud knows them; who is unknown to it, or when it does not say, lends nothing. */
  async giversOf(held: readonly DelegationRow[]): Promise<ReadonlyMap<string, Claims>> {
    const names = new Map(held.map(({ giver, giver_name }) => [giver, giver_name]))
    const found = await Promise.all(
      [...names].map(async ([person, name]) => {
        const belonging = await this.#ports.belonging(person)
        return isRefusal(belonging) ? [] : [[person, claimsOf(person, name, belonging)] as const]
      }),
    )
    return new Map(found.flat())
  }

  /** Whether this person may read the document because somebody who may decide on it has lent them that. */
  async lends({ person }: Claims, of: Place): Promise<boolean> {
    const { journal, standings } = this.#ports
    const { rows } = journal
    const held = await this.heldBy(rows, person, of)
    if (held.length === 0) return false
    for (const claims of (await this.giversOf(held)).values()) {
      const standing = await standings.of(rows, of.id, claims)
      if (!isRefusal(standing) && (await standings.isApprover(rows, of.id, standing, claims))) return true
    }
    return false
  }
}

/** Somebody who is not here, as far as their rights go. */
export const claimsOf = (person: string, name: string, belonging: Belonging): Claims => ({
  person: person as PersonId,
  name,
  groups: belonging.groups,
  teams: belonging.teams,
  language: '',
  admin: false,
  issuedAt: 0,
})
