/**
 * What has to leave for Nextcloud. It is written in the transaction of the deed it tells of, so that neither stands without the
 * other, and it goes out until Nextcloud has it: at least once, in the order it was written.
 */
import type { Transaction } from 'kysely'
import type { Notice } from '@auzolan/shared/protocol/notices.ts'
import type { Tables } from '../journal/journal.ts'

export type Parcel =
  | { readonly kind: 'notify'; readonly notice: Notice }
  /** Nothing waits there any more: notices whose key begins like this are taken back from everybody. */
  | { readonly kind: 'dismiss'; readonly key: string }

export async function post(rows: Transaction<Tables>, at: string, parcel: Parcel): Promise<void> {
  await rows
    .insertInto('outbox')
    .values({ at, kind: parcel.kind, parcel: JSON.stringify(parcel) })
    .execute()
}
