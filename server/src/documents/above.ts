/**
 * What is read about the plan above a document (DOMAIN A): what is taken over from it now, which plans bind others, who oversees. A
 * fact of the envelope; the text of what is taken over is never copied into a department's plan while it is being written.
 */
import { sql, type Transaction } from 'kysely'
import type { Family } from '@auzolan/shared/checks/finding.ts'
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { inheritable, originOf, type Inheritance, type Origin } from '@auzolan/shared/schema/inherited.ts'
import type { Claims } from '../access/claims.ts'
import type { Tables } from '../journal/journal.ts'
import type { Teams } from '../teams/teams.ts'

type Rows = Pick<Transaction<Tables>, 'selectFrom'>

/** What a document takes over now, without its text. */
export async function originNow(rows: Rows, document: DocumentId): Promise<Origin | null> {
  const own = await belowSomething(rows, document)
  if (!own) return null
  if (!isOpen(own)) return (await heldBy(rows, document, own.id))?.origin ?? null
  const row = await inForceOf(rows, own.id)
    .select(['version.n as version', 'version.sha256'])
    .executeTakeFirst()
  return row ? { id: own.id, ...row } : null
}

/**
 * What a document takes over now. Where the team can no longer read the plan above, it keeps what its own last version took
 * over: what is written above since is not for it.
 */
export async function takenOver(
  rows: Rows,
  document: DocumentId,
): Promise<(Inheritance & { readonly id: string }) | null> {
  const own = await belowSomething(rows, document)
  if (!own) return null
  const languages = JSON.parse(own.languages) as string[]
  if (!isOpen(own)) {
    const held = await heldBy(rows, document, own.id)
    return held && { ...held.origin, values: inheritable(held.json, languages) }
  }
  const row = await inForceOf(rows, own.id)
    .select(['version.n as version', 'version.sha256', 'version.json'])
    .executeTakeFirst()
  if (!row) return null
  const { version, sha256, json } = row
  return { id: own.id, version, sha256, values: inheritable(json, languages) }
}

/** A document that is below something, with what it is below. */
export const belowSomething = (rows: Rows, document: DocumentId) =>
  rows
    .selectFrom('document')
    .innerJoin('document as above', 'above.id', 'document.parent')
    .select([
      'above.id',
      'above.title',
      'above.team_id as above_team',
      'above.visibility',
      'above.trashed_at',
      'document.team_id',
      'document.languages',
    ])
    .where('document.id', '=', document)
    .executeTakeFirst()

/** Whether the team below can read what is above: what a team may not read is not read to its readers either. */
export const isOpen = (plan: {
  readonly above_team: string
  readonly team_id: string
  readonly visibility: string
  readonly trashed_at: string | null
}): boolean => plan.trashed_at === null && (plan.visibility !== 'team' || plan.above_team === plan.team_id)

const inForceOf = (rows: Rows, document: string) =>
  rows
    .selectFrom('document')
    .innerJoin('version', (join) =>
      join.onRef('version.document', '=', 'document.id').onRef('version.n', '=', 'document.in_force'),
    )
    .where('document.id', '=', document)

/** The last version of a document that took over from that plan: its text has the common parts, and says whose they are. */
async function heldBy(
  rows: Rows,
  document: DocumentId,
  above: string,
): Promise<{ readonly origin: Origin; readonly json: string } | null> {
  const row = await rows
    .selectFrom('version')
    .select('json')
    .where('document', '=', document)
    .where(sql<string>`json_extract(json, '$.parent.id')`, '=', above)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst()
  const origin = row ? originOf(row.json) : null
  return row && origin ? { origin, json: row.json } : null
}

/**
 * The plans of the organisation that bind others: an administrator has said that they are, they are in force, and everybody
 * may read them. What nobody else knows of binds nobody.
 */
export async function binding(rows: Rows): Promise<readonly string[]> {
  const found = await rows
    .selectFrom('document')
    .select('id')
    .where('of_organisation', '=', 1)
    .where('in_force', 'is not', null)
    .where('parent', 'is', null)
    .where('visibility', '!=', 'team')
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)
    .execute()
  return found.map(({ id }) => id)
}

/** How a document stands to them. */
export const familyAmong = (
  plans: readonly string[],
  { id, parent }: { readonly id: string; readonly parent: string | null },
): Family => ({
  parent: parent !== null && plans.includes(parent),
  organisationPlan: plans.some((plan) => plan !== id),
})
export const familyOf = async (
  rows: Rows,
  document: { readonly id: string; readonly parent: string | null },
): Promise<Family> => familyAmong(await binding(rows), document)

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
  const row = await rows
    .selectFrom('document')
    .select('team_id')
    .where('id', '=', parent)
    .where('trashed_at', 'is', null)
    .executeTakeFirst()
  if (!row) return false
  return (await teams.rolesIn(row.team_id as TeamId, claims, rows)).includes('coordinator')
}
