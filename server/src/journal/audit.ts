/** What was done to documents outside of their text, in a chain of hashes: a row that is changed or missing shows. */
import { createHash } from 'node:crypto'
import type { Transaction } from 'kysely'
import { canonicalJson, type Json } from '@auzolan/shared/canonical.ts'
import { postDeed } from '../outbox/outbox.ts'
import type { Tables } from './journal.ts'

export interface Deed {
  readonly at: string
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: { readonly [key: string]: Json }
}

/** A row as it stands in the chain; `detail` is canonical JSON, so that its bytes are what was hashed. */
export interface ChainRow extends Omit<Deed, 'detail'> {
  readonly n: number
  readonly detail: string
  readonly prev_hash: string
  readonly hash: string
}

/** What the first row follows. */
export const FIRST = '0'.repeat(64)

/** Adds a row to the chain; in the transaction of the deed itself, so that neither stands without the other. */
export async function record(rows: Transaction<Tables>, deed: Deed): Promise<void> {
  const last = await rows.selectFrom('audit').select('hash').orderBy('n', 'desc').limit(1).executeTakeFirst()
  const row = { ...deed, detail: canonicalJson(deed.detail), prev_hash: last?.hash ?? FIRST }
  const hash = hashOf(row)
  await rows
    .insertInto('audit')
    .values({ ...row, hash })
    .execute()
  await postDeed(rows, deed, hash)
}

export const hashOf = ({
  at,
  actor,
  action,
  subject,
  detail,
  prev_hash,
}: Omit<ChainRow, 'n' | 'hash'>): string =>
  createHash('sha256').update(canonicalJson({ at, actor, action, subject, detail, prev_hash })).digest('hex')
