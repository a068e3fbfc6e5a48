/** The register of consents: rows for those who keep it, under pseudonyms, in no text and in no export (DOMAIN A.10). */
import { randomBytes } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { CONSENTS_MAX } from '@auzolan/shared/limits.ts'
import {
  CONSENT_KEEPERS,
  CONSENT_READERS,
  consentFault,
  type Consent,
  type ConsentTerms,
} from '@auzolan/shared/posts/consent.ts'
import type {
  ConsentCorrected,
  ConsentGiven,
  ConsentKept,
  ConsentWithdrawal,
  ConsentWithdrawn,
} from '@auzolan/shared/protocol/consents.ts'
import { fold } from '@auzolan/shared/reference/list.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Standings } from '../review/standing.ts'

export interface ConsentPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

type Row = Selectable<Tables['consent']>
type Deed = 'consent.add' | 'consent.correct' | 'consent.withdraw'

export class Consents {
  readonly #ports: ConsentPorts
  constructor(ports: ConsentPorts) {
    this.#ports = ports
  }

  /** The latest first. For everybody else there is nothing to count. */
  async list(claims: Claims, id: DocumentId): Promise<ConsentKept[] | Refusal> {
    const { journal, standings } = this.#ports
    const standing = await standings.of(journal.rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.roles.some((role) => CONSENT_READERS.includes(role)))
      return refusal('NOT_ALLOWED', 'for those who keep the register')
    const found = await journal.rows
      .selectFrom('consent')
      .selectAll()
      .where('document', '=', id)
      .orderBy('at', 'desc')
      .orderBy('id')
      .execute()
    return found.map(keptOf)
  }

  async add(
    claims: Claims,
    id: DocumentId,
    { id: consent, ...terms }: ConsentGiven,
  ): Promise<Refusal | null> {
    return this.#change(claims, id, async (rows) => {
      const fault = await this.#fault(terms, rows)
      if (fault) return fault
      const known = await rows.selectFrom('consent').selectAll().where('id', '=', consent).executeTakeFirst()
      if (known)
        return known.document === id && known.person === claims.person && saysTheSame(known, terms)
          ? null
          : refusal('CHANGED_MEANWHILE', 'another row has this id')
      const { count } = await rows
        .selectFrom('consent')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('document', '=', id)
        .executeTakeFirstOrThrow()
      if (Number(count) >= CONSENTS_MAX) return refusal('DOCUMENT_FULL', 'a very long register')
      const row = { id: consent, document: id, ...columnsOf(terms), withdrawn_on: null, revision: 1 }
      return this.#write(rows, claims, 'consent.add', row)
    })
  }

  /** What was written down wrongly, a name for instance, is written over; the audit tells that it was, and not what it said. */
  correct(
    claims: Claims,
    id: DocumentId,
    consent: string,
    { revision, ...terms }: ConsentCorrected,
  ): Promise<Refusal | null> {
    return this.#change(claims, id, async (rows) => {
      const fault = await this.#fault(terms, rows)
      if (fault) return fault
      const known = await found(rows, id, consent)
      if (isRefusal(known)) return known
      if (known.withdrawn_on !== null) return refusal('ILLEGAL_MOVE', 'it was withdrawn')
      if (known.revision !== revision) return refusal('CHANGED_MEANWHILE', 'somebody has corrected it')
      return this.#write(rows, claims, 'consent.correct', {
        ...known,
        ...columnsOf(terms),
        revision: revision + 1,
      })
    })
  }

  /** Whoever agreed has changed their mind: also of an archived plan, whose posts are still out there. Twice is once. */
  async withdraw(
    claims: Claims,
    id: DocumentId,
    consent: string,
    { on }: ConsentWithdrawal,
  ): Promise<ConsentWithdrawn | Refusal> {
    let answer: ConsentWithdrawn | null = null
    const refused = await this.#change(
      claims,
      id,
      async (rows) => {
        if (on > (await this.#today(rows)))
          return refusal('INVALID_INPUT', 'a withdrawal that is yet to come')
        const known = await found(rows, id, consent)
        if (isRefusal(known)) return known
        if (known.withdrawn_on === null) {
          const row = { ...known, withdrawn_on: on, revision: known.revision + 1 }
          const failed = await this.#write(rows, claims, 'consent.withdraw', row)
          if (failed) return failed
        }
        const others = await rows
          .selectFrom('consent')
          .select(['id', 'subject'])
          .where('document', '=', id)
          .where('withdrawn_on', 'is', null)
          .orderBy('id')
          .execute()
        // However they have been spelt: a pseudonym is written by hand.
        const same = others.filter(({ subject }) => fold(subject) === fold(known.subject))
        answer = { withdrawn: [consent], standing: same.map((other) => other.id) }
        return null
      },
      { archivedToo: true },
    )
    return refused ?? answer!
  }

  /** Everything in one transaction, the right to it too. */
  #change(
    claims: Claims,
    id: DocumentId,
    work: (rows: Transaction<Tables>) => Promise<Refusal | null>,
    { archivedToo = false } = {},
  ): Promise<Refusal | null> {
    const { journal, standings } = this.#ports
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (!standing.roles.some((role) => CONSENT_KEEPERS.includes(role)))
        return refusal('NOT_ALLOWED', 'for those who keep the register')
      if (standing.flow.archived && !archivedToo) return refusal('ILLEGAL_MOVE', 'an archived document')
      return work(rows)
    })
  }

  /** The row and what the chain remembers of it: its fingerprint, and nothing that it says. */
  async #write(
    rows: Transaction<Tables>,
    claims: Claims,
    action: Deed,
    what: Omit<Row, 'person' | 'person_name' | 'at' | 'salt'>,
  ): Promise<null> {
    const at = this.#ports.now().toISOString()
    const salt = randomBytes(16).toString('hex')
    const row: Row = { ...what, person: claims.person, person_name: claims.name, at, salt }
    await rows
      .insertInto('consent')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute()
    const detail = { consent: row.id, digest: digestOf('consent', row) }
    await record(rows, { at, actor: claims.person, action, subject: row.document, detail })
    return null
  }

  async #fault(terms: ConsentTerms, rows: Rows): Promise<Refusal | null> {
    const fault = consentFault(terms, await this.#today(rows))
    return fault && refusal('INVALID_INPUT', fault)
  }

  async #today(rows: Rows): Promise<string> {
    const { organisation, now } = this.#ports
    return localTime(now(), (await organisation.read(rows)).timeZone).day
  }
}

async function found(rows: Rows, id: DocumentId, consent: string): Promise<Row | Refusal> {
  const row = await rows
    .selectFrom('consent')
    .selectAll()
    .where('document', '=', id)
    .where('id', '=', consent)
    .executeTakeFirst()
  return row ?? refusal('NOT_FOUND', 'no such consent')
}

const columnsOf = (terms: ConsentTerms) => ({
  subject: terms.subject,
  subject_kind: terms.subjectKind,
  given_by: terms.givenBy,
  scope: JSON.stringify(terms.scope),
  networks: JSON.stringify(terms.networks),
  purpose: terms.purpose,
  obtained_on: terms.obtainedOn,
  expires_on: terms.expiresOn,
  evidence: terms.evidence,
  freely_given: terms.freelyGiven ? 1 : 0,
})

const saysTheSame = (row: Row, terms: ConsentTerms): boolean =>
  Object.entries(columnsOf(terms)).every(([column, value]) => row[column as keyof Row] === value)

const keptOf = (row: Row): ConsentKept => ({
  id: row.id,
  subject: row.subject,
  subjectKind: row.subject_kind as Consent['subjectKind'],
  givenBy: row.given_by as Consent['givenBy'],
  scope: JSON.parse(row.scope) as Consent['scope'],
  networks: JSON.parse(row.networks) as Consent['networks'],
  purpose: row.purpose,
  obtainedOn: row.obtained_on,
  expiresOn: row.expires_on,
  evidence: row.evidence,
  freelyGiven: row.freely_given === 1,
  withdrawnOn: row.withdrawn_on,
  revision: row.revision,
  by: { id: row.person, name: row.person_name },
  at: row.at,
})

/** By id, for the checks of posts. */
export async function consentsOf(rows: Rows, document: DocumentId): Promise<ReadonlyMap<string, Consent>> {
  const found = await rows.selectFrom('consent').selectAll().where('document', '=', document).execute()
  return new Map(found.map((row) => [row.id, keptOf(row)]))
}
