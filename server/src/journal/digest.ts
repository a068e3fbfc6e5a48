/**
 * The fingerprint of a row beside the chain: what the audit remembers of it, so that a later change shows. Which columns it
 * covers is fixed: a column that is added later, or that changes (when a delegation was ended), is not in it.
 */
import { createHash } from 'node:crypto'
import type { Selectable } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import type { Tables } from './journal.ts'

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
    'label',
    'before_restoring',
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
  post_state: [
    'document',
    'post',
    'status',
    'approved',
    'approver',
    'approver_name',
    'approved_at',
    'reviews',
    'published',
    'review_by',
    'note',
    'person',
    'person_name',
    'at',
  ],
  publication: ['document', 'n', 'sha256', 'licence', 'person', 'name', 'at'],
  delegation: [
    'id',
    'team',
    'document',
    'giver',
    'giver_name',
    'delegate',
    'delegate_name',
    'from_day',
    'to_day',
    'given_at',
  ],
  accepted_suggestion: ['document', 'event', 'author', 'author_name', 'accepter', 'accepter_name', 'at'],
  consent: [
    'id',
    'document',
    'subject',
    'subject_kind',
    'given_by',
    'scope',
    'networks',
    'purpose',
    'obtained_on',
    'expires_on',
    'evidence',
    'freely_given',
    'withdrawn_on',
    'revision',
    'person',
    'person_name',
    'at',
    'salt',
  ],
  metric_entry: ['id', 'document', 'figures', 'source', 'person', 'person_name', 'at'],
  mention: [
    'id',
    'document',
    'said_on',
    'network',
    'source_kind',
    'author',
    'url',
    'summary',
    'sentiment',
    'topic',
    'reach',
    'needs_answer',
    'action',
    'source',
    'owner',
    'owner_name',
    'closed_on',
    'revision',
    'worded',
    'salt',
    'noted_by',
    'noted_by_name',
    'noted_at',
  ],
  scoring_round: [
    'document',
    'n',
    'state',
    'weights',
    'evaluators',
    'opened_at',
    'opened_by',
    'opened_by_name',
    'revealed_at',
    'revealed_by',
    'revealed_by_name',
    'closed_at',
    'closed_by',
    'closed_by_name',
    'sheets_sha256',
    'weight_set',
    'thresholds',
    'demands',
  ],
  reopening: [
    'document',
    'n',
    'version',
    'in_force',
    'list',
    'edition',
    'losses',
    'checked_with',
    'at',
    'person',
    'person_name',
  ],
  key: ['id', 'publicKey', 'from'],
} as const
/** What fingerprints covered that were taken before: the name of a version was not in them, nor the salt of a consent, nor whose the weights of a round were and whom it asked for. */
const EARLIER: { readonly [table in CoveredTable]?: readonly (readonly string[])[] } = {
  version: [COVERED.version.slice(0, -2)],
  consent: [COVERED.consent.slice(0, -1)],
  scoring_round: [COVERED.scoring_round.slice(0, -1), COVERED.scoring_round.slice(0, -3)],
}
export type CoveredTable = keyof typeof COVERED

export type CoveredRow<T extends CoveredTable> = {
  readonly [column in (typeof COVERED)[T][number]]: string | number | null
}

export const digestOf = <T extends CoveredTable>(table: T, row: CoveredRow<T>): string =>
  fingerprint(COVERED[table], row)

export function isDigestOf<T extends CoveredTable>(digest: string, table: T, row: CoveredRow<T>): boolean {
  return [COVERED[table], ...(EARLIER[table] ?? [])].some((columns) => digest === fingerprint(columns, row))
}

const fingerprint = (columns: readonly string[], row: { readonly [column: string]: unknown }): string =>
  createHash('sha256')
    .update(canonicalJson(Object.fromEntries(columns.map((column) => [column, row[column]])) as Json))
    .digest('hex')

/** Of what is revealed of a round of scores, and of nothing else: what stays sealed could be found out by trying. In the order of people. */
export const sheetsHash = (sheets: readonly Selectable<Tables['score_sheet']>[]): string =>
  createHash('sha256')
    .update(
      canonicalJson(
        sheets
          .filter(({ submitted_at, conflict }) => submitted_at !== null || conflict !== '')
          .map(({ person, scores, reasons, conflict, submitted_at: at }) => [
            person,
            scores,
            reasons,
            conflict,
            at,
          ]) as Json,
      ),
    )
    .digest('hex')
