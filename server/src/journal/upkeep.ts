/** What keeps logs small: a snapshot, a new epoch, client ids given up. The same statements for every store. */
import type { Kysely, Transaction } from 'kysely'
import type { ChannelId } from '@auzolan/shared/ids.ts'
import { record } from './audit.ts'
import { BARRED, type Compacted, type Renewal, type Tables } from './journal.ts'

/** Writes the snapshot, then removes what it replaces. Entries after it stay as they are. */
export async function compact(rows: Transaction<Tables>, done: Compacted, at: string): Promise<boolean> {
  const { channel, epoch, seq } = done
  const now = await rows
    .selectFrom('channel')
    .select('id')
    .where('id', '=', channel)
    .where('epoch', '=', epoch)
    .where('seq', '>=', seq)
    .executeTakeFirst()
  const already = await rows
    .selectFrom('snapshot')
    .select('seq')
    .where('channel', '=', channel)
    .where('seq', '>=', seq)
    .executeTakeFirst()
  // Another node was faster: what it has put together beyond this is in no entry any more.
  if (!now || already) return false
  await putSnapshot(rows, done, at)
  await rows.deleteFrom('entry').where('channel', '=', channel).where('seq', '<=', seq).execute()
  return true
}

/** One statement at a time: a store takes only so many parameters. */
export async function release(
  rows: Kysely<Tables>,
  channel: ChannelId,
  clientIds: readonly number[],
): Promise<void> {
  for (let i = 0; i < clientIds.length; i += 500)
    await rows
      .deleteFrom('author')
      .where('channel', '=', channel)
      .where('clock', '=', 0)
      .where('client', 'in', clientIds.slice(i, i + 500))
      .execute()
}

export async function renew(rows: Transaction<Tables>, renewal: Renewal, at: string): Promise<boolean> {
  const { channel, epoch, seq, cause, removed, barred } = renewal
  const moved = await rows
    .updateTable('channel')
    .set({ epoch: epoch + 1, epoch_cause: cause })
    .where('id', '=', channel)
    .where('epoch', '=', epoch)
    .where('seq', '=', seq)
    .executeTakeFirst()
  if (moved.numUpdatedRows !== 1n) return false
  for (const { seq: at_seq, why } of removed) {
    const entry = await rows
      .selectFrom('entry')
      .select(['at', 'person', 'bytes'])
      .where('channel', '=', channel)
      .where('seq', '=', at_seq)
      .executeTakeFirst()
    if (!entry) continue
    await rows
      .insertInto('quarantined')
      .values({ channel, epoch, seq: at_seq, why, ...entry })
      .execute()
  }
  await rows.deleteFrom('entry').where('channel', '=', channel).execute()
  await putSnapshot(rows, renewal, at)
  const authors = await rows
    .selectFrom('author')
    .select(['client', 'clock'])
    .where('channel', '=', channel)
    .execute()
  for (const { client, clock } of authors) {
    const next = renewal.clocks.get(client) ?? 0
    if (next !== clock || barred.includes(client)) {
      await rows
        .updateTable('author')
        .set({ clock: next, ...(barred.includes(client) ? { person: BARRED } : {}) })
        .where('channel', '=', channel)
        .where('client', '=', client)
        .execute()
    }
  }
  // Text the server itself wrote into the new epoch.
  const fresh = [...renewal.clocks].filter(([client]) => !authors.some((a) => a.client === client))
  for (const [client, clock] of fresh)
    await rows.insertInto('author').values({ channel, client, clock, person: BARRED }).execute()
  await record(rows, {
    at,
    actor: '/system',
    action: `epoch.${cause}`,
    subject: channel,
    detail: { epoch: epoch + 1, seq, removed: removed.map((r) => r.seq) },
  })
  return true
}

async function putSnapshot(rows: Transaction<Tables>, done: Compacted, at: string): Promise<void> {
  const { channel, seq, gzip, bytes } = done
  const values = { seq, at, gzip, bytes }
  await rows
    .insertInto('snapshot')
    .values({ channel, ...values })
    .onConflict((c) => c.column('channel').doUpdateSet(values))
    .execute()
}
