/**
 * The fingerprint of a row beside the chain: what the audit remembers of it, so that a later change shows. Which columns it
 * covers is fixed: a column that is added later, or that may change (the name of a version), is not in it.
 */
import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'

export const COVERED = {
  version: [
    'document',
    'n',
    'epoch',
    'seq',
    'at',
    'submitter',
    'submitter_name',
    'note',
    'due',
    'languages',
    'json',
    'sha256',
    'contributions',
    'route',
  ],
  opinion: ['document', 'n', 'role', 'person', 'name', 'stance', 'text', 'at'],
  decision: [
    'id',
    'document',
    'n',
    'verdict',
    'person',
    'name',
    'comment',
    'sections',
    'conditions',
    'waivers',
    'overrides',
    'receipt',
    'at',
    'principal',
    'principal_name',
    'places',
    'nth',
  ],
  profile_state: [
    'document',
    'profile',
    'name',
    'status',
    'opened_on',
    'closed_on',
    'version',
    'note',
    'waivers',
    'person',
    'person_name',
    'at',
  ],
  publication: ['document', 'n', 'sha256', 'licence', 'person', 'name', 'at'],
} as const
export type CoveredTable = keyof typeof COVERED

export type CoveredRow<T extends CoveredTable> = {
  readonly [column in (typeof COVERED)[T][number]]: string | number | null
}

export function digestOf<T extends CoveredTable>(table: T, row: CoveredRow<T>): string {
  const covered = COVERED[table].map((column) => [column, row[column as keyof CoveredRow<T>]])
  return createHash('sha256')
    .update(canonicalJson(Object.fromEntries(covered) as Json))
    .digest('hex')
}
