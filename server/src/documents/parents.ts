/**
 * The plan of the organisation and those of the departments below it (DOMAIN A): who takes over what from whom. A fact of the
 * envelope; the text of what is taken over is never copied into a department's plan while it is being written.
 */
import { sql, type Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { Family } from '@auzolan/shared/checks/finding.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import type { Parent } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { inheritable, originOf, type Inheritance, type Origin } from '@auzolan/shared/schema/inherited.ts'
import type { Claims } from '../access/claims.ts'
import { record } from '../journal/audit.ts'
import type { Journal, Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'

type Rows = Pick<Transaction<Tables>, 'selectFrom'>

/** The version in force that a document takes over from now, without its text. */
export async function originNow(rows: Rows, document: DocumentId): Promise<Origin | null> {
  const row = await above(rows, document)
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'above.id').onRef('version.n', '=', 'above.in_force'),
    )
    .select(['above.id', 'version.n as version', 'version.sha256'])
    .executeTakeFirst()
  return row ?? null
}

/** What a document takes over now. */
export async function takenOver(
  rows: Rows,
  document: DocumentId,
): Promise<(Inheritance & { readonly id: string }) | null> {
  const row = await above(rows, document)
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'above.id').onRef('version.n', '=', 'above.in_force'),
    )
    .select(['above.id', 'version.n as version', 'version.sha256', 'version.json', 'document.languages'])
    .executeTakeFirst()
  if (!row) return null
  const { id, version, sha256, json, languages } = row
  return { id, version, sha256, values: inheritable(json, JSON.parse(languages) as string[]) }
}

const above = (rows: Rows, document: DocumentId) =>
  rows
    .selectFrom('document')
    .innerJoin('document as above', 'above.id', 'document.parent')
    .where('document.id', '=', document)

/** Plans in force for the whole organisation. */
const forTheWhole = (rows: Rows) =>
  rows
    .selectFrom('document')
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'document.id').onRef('version.n', '=', 'document.in_force'),
    )
    .select('document.id')
    .where('kind', '=', 'document')
    .where('parent', 'is', null)
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)
    .where(sql<boolean>`json_array_length(version.json, '$.identity.scope') = 0`)

/**
 * Whether a plan of another document is in force for the whole organisation, where everybody may read it. What nobody else
 * knows of binds nobody.
 */
export async function familyOf(
  rows: Rows,
  document: { readonly id: string; readonly parent: string | null },
): Promise<Family> {
  const plan = await forTheWhole(rows)
    .where('document.id', '!=', document.id)
    .where('visibility', '!=', 'team')
    .limit(1)
    .executeTakeFirst()
  return { parent: document.parent !== null, organisationPlan: plan !== undefined }
}

/**
 * Whoever coordinates the organisation's plan reads the plans of its departments (DOMAIN A.6).
 */
export async function oversees(
  rows: Rows,
  teams: Teams,
  parent: string | null,
  claims: Claims,
): Promise<boolean> {
  if (parent === null) return false
  const row = await rows.selectFrom('document').select('team_id').where('id', '=', parent).executeTakeFirst()
  if (!row) return false
  return (await teams.rolesIn(row.team_id as TeamId, claims, rows)).includes('coordinator')
}

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
  async read(document: DocumentId): Promise<{ readonly parent: Parent | null; readonly family: Family }> {
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
    const row = await above(rows, document).select(['above.id', 'above.title']).executeTakeFirst()
    if (!row) return { parent: null, family }
    const found = await takenOver(rows, document)
    const origin = own?.json ? originOf(own.json) : null
    const inForce = found && { version: found.version, sha256: found.sha256, values: found.values }
    return {
      parent: {
        id: row.id,
        title: JSON.parse(row.title) as Translated<string>,
        inForce,
        heldHere: origin?.id === row.id ? origin.version : null,
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

  /** The only plan in force for the whole organisation that the person may read; with several, people choose. */
  async obvious(claims: Claims): Promise<DocumentId | null> {
    const roles = await this.#teams.rolesOf(claims)
    const found = await forTheWhole(this.#journal.rows)
      .where((row) => row.or([row('team_id', 'in', ['', ...roles.keys()]), row('visibility', '!=', 'team')]))
      .limit(2)
      .execute()
    return found.length === 1 ? (found[0]!.id as DocumentId) : null
  }

  /**
   * Puts a plan below that of the organisation, or takes it out again. For its coordinators; whoever does it must be able to
   * read what others will then read in it. What is above has nothing above itself.
   */
  async put(document: DocumentId, parent: DocumentId | null, claims: Claims): Promise<Refusal | null> {
    const at = this.#now().toISOString()
    const refused = await this.#journal.transact(async (rows) => {
      const nothing = refusal('NOT_FOUND', 'no such document, or no right to read it')
      const own = await rows.selectFrom('document').selectAll().where('id', '=', document).executeTakeFirst()
      if (!own || own.trashed_at !== null) return nothing
      const roles = await this.#teams.rolesIn(own.team_id as TeamId, claims, rows)
      if (!roles.includes('coordinator')) {
        const reads =
          roles.length > 0 ||
          own.visibility !== 'team' ||
          (await oversees(rows, this.#teams, own.parent, claims))
        return reads ? refusal('NOT_ALLOWED', 'for coordinators of the team') : nothing
      }
      if (own.kind !== 'document' || own.archived === 1 || own.work === 'in_review')
        return refusal('ILLEGAL_MOVE', 'a template, archived, or in review')
      if (parent === own.parent) return null
      const possible = parent === null ? null : await this.#possible(rows, document, parent, claims)
      if (possible) return possible
      await rows.updateTable('document').set({ parent }).where('id', '=', document).execute()
      const detail = { from: own.parent, to: parent }
      await record(rows, { at, actor: claims.person, action: 'document.parent', subject: document, detail })
      return null
    })
    if (isRefusal(refused)) return refused
    this.#changed(document)
    return null
  }

  async #possible(
    rows: Rows,
    document: DocumentId,
    parent: DocumentId,
    claims: Claims,
  ): Promise<Refusal | null> {
    const row = await rows.selectFrom('document').selectAll().where('id', '=', parent).executeTakeFirst()
    const roles = row ? await this.#teams.rolesIn(row.team_id as TeamId, claims, rows) : []
    if (!row || row.trashed_at !== null || (roles.length === 0 && row.visibility === 'team'))
      return refusal('NOT_FOUND', 'no such plan, or no right to read it')
    const below = await rows
      .selectFrom('document')
      .select('id')
      .where('parent', '=', document)
      .limit(1)
      .executeTakeFirst()
    return parent === document ||
      row.kind !== 'document' ||
      row.parent !== null ||
      row.archived === 1 ||
      below
      ? refusal('INVALID_INPUT', 'not a plan that others can be below')
      : null
  }
}
