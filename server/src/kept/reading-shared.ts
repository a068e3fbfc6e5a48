/** How much there is of each kind where everything is in PostgreSQL: asked of the server, which counts its pages itself. */
import type { CheckId, KindId } from '@auzolan/shared/protocol/kept.ts'
import { sharedDatabase } from '../doctor/shared-database.ts'
import { disk, folderOf, program } from '../doctor/place.ts'
import { addressOf, connectAlone } from '../journal/postgres/connecting.ts'
import { freeBytesAt } from '../storage.ts'
import { SHARED_KINDS, kindOfTable } from './kinds.ts'
import type { Amount, Read, ReadingOrder } from './reading.ts'

export async function readShared(url: string, { folder, now }: ReadingOrder): Promise<Read> {
  const amounts = new Map<KindId, Amount>()
  const add = (kind: KindId, bytes: number, count: number | null): void => {
    const before = amounts.get(kind) ?? { bytes: 0, count: null }
    amounts.set(kind, {
      bytes: before.bytes + bytes,
      count: count === null ? before.count : (before.count ?? 0) + count,
    })
  }
  const client = await connectAlone(addressOf(url))
  let [databaseBytes, filesBytes] = [0, 0]
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const sizes = await client.query<{ table: string; bytes: number; whole: number }>(`
      SELECT relname AS "table", pg_total_relation_size(oid) AS bytes, pg_database_size(current_database()) AS whole
      FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace`)
    let ours = 0
    for (const { table, bytes, whole } of sizes.rows) {
      add(kindOfTable(table, SHARED_KINDS)?.id ?? 'technical', bytes, null)
      if (table === 'file_bytes') filesBytes = bytes
      ours += bytes
      databaseBytes = whole
    }
    // What PostgreSQL keeps of a database for itself.
    add('technical', Math.max(0, databaseBytes - ours), null)
    for (const { id, counted } of SHARED_KINDS)
      if (counted !== null) {
        const { rows } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${counted}`)
        add(id, 0, rows[0]!.n)
      }
  } finally {
    await client.end()
  }
  const { keys, queues, backups } = await sharedDatabase(url, new Date(now))
  const looks = {
    program: await program(),
    folder: await folderOf(folder),
    disk: await disk(folder, await freeBytesAt(folder)),
    ...{ keys, queues, backups },
  }
  return {
    amounts: Object.fromEntries(amounts),
    databaseBytes,
    filesBytes,
    backups: { made: null, tested: null },
    archives: null,
    checks: Object.entries(looks).map(([check, { state }]) => ({ check: check as CheckId, state })),
  }
}
