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

const FIRST = '0'.repeat(64)

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

/** The number of the first row that does not fit the one before it; `null` when the chain is whole. */
export async function firstBreak(rows: Pick<Transaction<Tables>, 'selectFrom'>): Promise<number | null> {
  let prev = FIRST
  for (const { n, hash, ...row } of await rows.selectFrom('audit').selectAll().orderBy('n').execute()) {
    if (row.prev_hash !== prev || hash !== hashOf(row)) return n
    prev = hash
  }
  return null
}

const hashOf = (row: { readonly [key: string]: string }): string =>
  createHash('sha256').update(canonicalJson(row)).digest('hex')
