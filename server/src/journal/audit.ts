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
  await rows
    .insertInto('audit')
    .values({ ...row, hash: '' })
    .execute()
  // Its number is part of what is hashed, and given by the store, which counts on also where rows were taken away.
  const { n } = await rows
    .selectFrom('audit')
    .select('n')
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  const hash = hashOf({ ...row, n })
  await rows.updateTable('audit').set({ hash }).where('n', '=', n).execute()
  await postDeed(rows, deed, hash)
}

export const hashOf = (row: Omit<ChainRow, 'hash'>): string => sha256({ n: row.n, ...deedOf(row) })
/** Of rows from before the number was hashed too; only where they stand says their number. */
export const hashWithoutNumber = (row: Omit<ChainRow, 'hash'>): string => sha256(deedOf(row))

const deedOf = ({ at, actor, action, subject, detail, prev_hash }: Omit<ChainRow, 'hash'>) => ({
  at,
  actor,
  action,
  subject,
  detail,
  prev_hash,
})
const sha256 = (row: { readonly [key: string]: Json }): string =>
  createHash('sha256').update(canonicalJson(row)).digest('hex')
