/** The plan of the organisation and those of the departments below it (DOMAIN A): who puts which one below which. */
import type { Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Family } from '@auzolan/shared/checks/finding.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Parent } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { originOf } from '@auzolan/shared/schema/inherited.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'
import { belowSomething, familyOf, isOpen, oversees, takenOver } from './above.ts'

type Rows = Pick<Transaction<Tables>, 'selectFrom'>

export class Parents {
  readonly #journal: Journal
  readonly #teams: Teams
  readonly #now: () => Date
  readonly #changed: (document: DocumentId) => void
  constructor(journal: Journal, teams: Teams, now: () => Date, changed: (document: DocumentId) => void) {
    this.#journal = journal
    this.#teams = teams
    this.#now = now
    this.#changed = changed
  }

  /** What a page has to know of it; for those who may read the document. */
  async read(
    document: DocumentId,
    claims: Claims,
  ): Promise<{ readonly parent: Parent | null; readonly family: Family }> {
    const { rows } = this.#journal
    const own = await rows
      .selectFrom('document')
      .leftJoin('version', (join) =>
        join.onRef('version.document', '=', 'document.id').onRef('version.n', '=', 'document.in_force'),
      )
      .select(['document.id', 'document.parent', 'version.json'])
      .where('document.id', '=', document)
      .executeTakeFirst()
    const family = own ? await familyOf(rows, own) : { parent: false, organisationPlan: false }
    const above = await belowSomething(rows, document)
    if (!above) return { parent: null, family }
    const found = await takenOver(rows, document)
    const origin = own?.json ? originOf(own.json) : null
    const inForce = found && { version: found.version, sha256: found.sha256, values: found.values }
    const roles = await this.#teams.rolesIn(above.above_team as TeamId, claims)
    const reads = above.trashed_at === null && (above.visibility !== 'team' || roles.length > 0)
    return {
      parent: {
        id: above.id,
        title: reads ? (JSON.parse(above.title) as Translated<string>) : null,
        open: isOpen(above),
        coordinated: above.trashed_at === null && roles.includes('coordinator'),
        inForce,
        heldHere: origin?.id === above.id ? origin.version : null,
      },
      family,
    }
  }

  /** The plans that take over from this one. */
  async below(document: DocumentId): Promise<DocumentId[]> {
    const rows = await this.#journal.rows
      .selectFrom('document')
      .select('id')
      .where('parent', '=', document)
      .execute()
    return rows.map(({ id }) => id as DocumentId)
  }

  /** An administrator says which plan others can be put below, or that it is none of these. */
  async name(document: DocumentId, ofOrganisation: boolean, claims: Claims): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    const refused = await this.#journal.transact(async (rows) => {
      const own = await rows.selectFrom('document').selectAll().where('id', '=', document).executeTakeFirst()
      if (!own || own.trashed_at !== null) return refusal('NOT_FOUND', 'no such document')
      if (ofOrganisation && (own.kind !== 'document' || own.archived === 1 || own.parent !== null))
        return refusal('ILLEGAL_MOVE', 'a template, archived, or below another plan')
      if ((own.of_organisation === 1) === ofOrganisation) return null
      const of_organisation = ofOrganisation ? 1 : 0
      await rows.updateTable('document').set({ of_organisation }).where('id', '=', document).execute()
      const detail = { ofOrganisation }
      await record(rows, {
        at,
        actor: claims.person,
        action: 'document.ofOrganisation',
        subject: document,
        detail,
      })
      return null
    })
    if (isRefusal(refused)) return refused
    this.#changed(document)
    return null
  }

  /**
   * Puts a plan below that of the organisation, or takes it out again: for its coordinators, since others then read it. Whoever
   * coordinates the plan above puts out what they do not want below it, whatever its state: no version changes by that.
   */
  async put(document: DocumentId, parent: DocumentId | null, claims: Claims): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    const refused = await this.#journal.transact(async (rows) => {
      const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
      const own = await rows.selectFrom('document').selectAll().where('id', '=', document).executeTakeFirst()
      if (!own || own.trashed_at !== null) return nothing
      const roles = await this.#teams.rolesIn(own.team_id as TeamId, claims, rows)
      const above = await oversees(rows, this.#teams, own.parent, claims)
      const putsOut = parent === null && above
      if (!roles.includes('coordinator') && !putsOut) {
        const reads = roles.length > 0 || own.visibility !== 'team' || above
        return reads ? refusal('NOT_ALLOWED', 'for coordinators of the team') : nothing
      }
      if (!putsOut && (own.kind !== 'document' || own.archived === 1 || own.work === 'in_review'))
        return refusal('ILLEGAL_MOVE', 'a template, archived, or in review')
      if (parent === own.parent) return null
      const impossible = parent === null ? null : await this.#impossible(rows, own, parent, claims)
      if (impossible) return impossible
      await rows.updateTable('document').set({ parent }).where('id', '=', document).execute()
      const detail = { from: own.parent, to: parent }
      await record(rows, { at, actor: claims.person, action: 'document.parent', subject: document, detail })
      return null
    })
    if (isRefusal(refused)) return refused
    this.#changed(document)
    return null
  }

  /** What a new document of this team is born below, of what was asked for: asked again where it is made. */
  async forNew(
    team: TeamId,
    parent: string | null,
    claims: Claims,
    rows: Rows = this.#journal.rows,
  ): Promise<string | null> {
    if (parent === null) return null
    const roles = await this.#teams.rolesIn(team, claims, rows)
    const own = { id: '', team_id: team, of_organisation: 0 }
    return roles.includes('coordinator') && !(await this.#impossible(rows, own, parent, claims))
      ? parent
      : null
  }

  async #impossible(
    rows: Rows,
    own: { readonly id: string; readonly team_id: string; readonly of_organisation: number },
    parent: string,
    claims: Claims,
  ): Promise<Refusal | null> {
    const row = await rows.selectFrom('document').selectAll().where('id', '=', parent).executeTakeFirst()
    const roles = row ? await this.#teams.rolesIn(row.team_id as TeamId, claims, rows) : []
    if (!row || row.trashed_at !== null || (roles.length === 0 && row.visibility === 'team'))
      return refusal('NOT_FOUND', 'no such plan, or no right to read it')
    const below = await rows
      .selectFrom('document')
      .select('id')
      .where('parent', '=', own.id)
      .limit(1)
      .executeTakeFirst()
    return parent === own.id ||
      own.of_organisation === 1 ||
      row.of_organisation === 0 ||
      row.kind !== 'document' ||
      row.parent !== null ||
      row.archived === 1 ||
      !isOpen({ ...row, above_team: row.team_id, team_id: own.team_id }) ||
      below
      ? refusal('INVALID_INPUT', 'not a plan that others can be below')
      : null
  }
}
