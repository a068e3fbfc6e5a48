/**
 * What has to leave for Nextcloud. It is written in the transaction of the deed it tells of, so that neither stands without the
 * other, and it goes out until Nextcloud has it: at least once, in the order it was written.
 */
import type { Transaction } from 'kysely'
import type { Json } from '@auzolan/shared/canonical.ts'
import { KEYS_PER_PARCEL_MAX } from '@auzolan/shared/limits.ts'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Tables } from '../journal/journal.ts'
import { isCritical, plainWords } from './critical.ts'

export type Parcel =
  | { readonly kind: 'notify'; readonly notice: Notice }
  /** Nothing waits there any more: the notice of this key, and those whose keys go on after it with a slash, are taken back. */
  | { readonly kind: 'dismiss'; readonly key: string }

/** As it is stored and sent: Nextcloud can take back only what it is named exactly. */
export type Sent =
  | { readonly kind: 'notify'; readonly notice: Notice }
  | { readonly kind: 'dismiss'; readonly keys: readonly string[] }
  | {
      readonly kind: 'audit'
      readonly at: string
      readonly actor: string
      readonly action: string
      readonly subject: string
      readonly detail: { readonly [key: string]: Json }
      /** Of the row in our own chain: who reads a line twice knows it by this. */
      readonly hash: string
    }

type Rows = Transaction<Tables>
type Deed = Omit<Extract<Sent, { readonly kind: 'audit' }>, 'kind' | 'hash'>

export async function post(rows: Rows, at: string, parcel: Parcel): Promise<void> {
  switch (parcel.kind) {
    case 'notify':
      return notify(rows, at, parcel.notice)
    case 'dismiss':
      return takeBack(rows, at, await keysFrom(rows, parcel.key))
  }
}

/** The document is gone: nothing that was said about it is true any more. */
export async function dismissAll(rows: Rows, at: string, document: string): Promise<void> {
  const told = await rows.selectFrom('told').select(['key', 'n']).where('document', '=', document).execute()
  await takeBack(rows, at, told)
}

/** What was done and concerns Nextcloud's own audit as well. */
export async function postDeed(rows: Rows, { detail, ...deed }: Deed, hash: string): Promise<void> {
  if (!isCritical(deed.action)) return
  await insert(rows, deed.at, { kind: 'audit', ...deed, detail: plainWords(detail), hash })
}

async function notify(rows: Rows, at: string, notice: Notice): Promise<void> {
  const { key, document } = notice
  if (notice.to.length === 0) return
  const before = await rows.selectFrom('told').select('n').where('key', '=', key).executeTakeFirst()
  // What still waits under this key would be replaced a moment after it was told.
  if (before) await rows.deleteFrom('outbox').where('n', '=', before.n).execute()
  const n = await insert(rows, at, { kind: 'notify', notice })
  await rows
    .insertInto('told')
    .values({ key, document, n, at })
    .onConflict((c) => c.column('key').doUpdateSet({ document, n, at }))
    .execute()
}

interface Told {
  readonly key: string
  readonly n: number
}
/** By whole steps: version 1 is not the beginning of version 10. */
function keysFrom(rows: Rows, key: string): Promise<Told[]> {
  const step = key.replace(/\/$/, '')
  return (
    rows
      .selectFrom('told')
      .select(['key', 'n'])
      // What follows a slash in the alphabet is a zero.
      .where((told) =>
        told.or([
          told('key', '=', key),
          told.and([told('key', '>', `${step}/`), told('key', '<', `${step}0`)]),
        ]),
      )
      .execute()
  )
}

/** What has not gone out yet does not go out; it is taken back all the same, since it may be on its way at this moment. */
async function takeBack(rows: Rows, at: string, told: readonly Told[]): Promise<void> {
  for (let from = 0; from < told.length; from += KEYS_PER_PARCEL_MAX) {
    const some = told.slice(from, from + KEYS_PER_PARCEL_MAX)
    const keys = some.map(({ key }) => key)
    await rows
      .deleteFrom('outbox')
      .where(
        'n',
        'in',
        some.map(({ n }) => n),
      )
      .execute()
    await rows.deleteFrom('told').where('key', 'in', keys).execute()
    await insert(rows, at, { kind: 'dismiss', keys })
  }
}

async function insert(rows: Rows, at: string, sent: Sent): Promise<number> {
  const { n } = await rows
    .insertInto('outbox')
    .values({
      at,
      kind: sent.kind,
      parcel: JSON.stringify(sent, (_key, value: unknown) =>
        typeof value === 'string' ? value.toWellFormed() : value,
      ),
    })
    .returning('n')
    .executeTakeFirstOrThrow()
  return n
}
