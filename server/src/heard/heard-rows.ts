/** How what was heard lies in its table, and what the chain remembers of it. */
import { randomBytes } from 'node:crypto'
import type { Selectable, Transaction } from 'kysely'
import type { ActionTaken, MentionTerms, Sentiment, SourceKind } from '@auzolan/shared/listening/mention.ts'
import type { MentionKept } from '@auzolan/shared/protocol/heard.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Tables } from '../journal/journal.ts'

export type MentionRow = Selectable<Tables['mention']>
export type MentionDeed = 'mention.add' | 'mention.correct' | 'mention.anonymise'

export const columnsOf = (terms: MentionTerms) => ({
  said_on: terms.saidOn,
  network: terms.network,
  source_kind: terms.sourceKind,
  author: terms.author,
  url: terms.url,
  summary: terms.summary,
  sentiment: terms.sentiment,
  topic: terms.topic,
  reach: terms.reach,
  needs_answer: terms.needsAnswer ? 1 : 0,
  action: terms.action,
  source: terms.source,
  owner: terms.owner?.id ?? null,
  owner_name: terms.owner?.name ?? null,
  closed_on: terms.closedOn,
})

export const termsOf = (row: MentionRow): MentionTerms => ({
  saidOn: row.said_on,
  network: row.network,
  sourceKind: row.source_kind as SourceKind,
  author: row.author,
  url: row.url,
  summary: row.summary,
  sentiment: row.sentiment as Sentiment,
  topic: row.topic,
  reach: row.reach,
  needsAnswer: row.needs_answer === 1,
  action: row.action as ActionTaken | null,
  source: row.source,
  owner: row.owner === null ? null : { id: row.owner, name: row.owner_name ?? '' },
  closedOn: row.closed_on,
})

export const keptOf = (row: MentionRow): MentionKept => ({
  id: row.id,
  ...termsOf(row),
  worded: row.worded === 1,
  revision: row.revision,
  by: { id: row.noted_by, name: row.noted_by_name },
  at: row.noted_at,
})

export const saysTheSame = (row: MentionRow, terms: MentionTerms): boolean =>
  Object.entries(columnsOf(terms)).every(([column, value]) => row[column as keyof MentionRow] === value)

/**
 * The row, and its fingerprint in the chain. A sentence of twenty words, or a pseudonym, could be guessed from a plain fingerprint by
 * whoever has the audit: each is made with a salt that stands in the row alone and is another each time, so that with the words
 * of before goes what their fingerprint could be tried with.
 */
export async function writeMention(
  rows: Transaction<Tables>,
  what: Omit<MentionRow, 'salt'>,
  { actor, action, at }: { readonly actor: string; readonly action: MentionDeed; readonly at: string },
): Promise<void> {
  const row: MentionRow = { ...what, salt: randomBytes(16).toString('hex') }
  await rows
    .insertInto('mention')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute()
  const detail = { mention: row.id, digest: digestOf('mention', row) }
  await record(rows, { at, actor, action, subject: row.document, detail })
}
