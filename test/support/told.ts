/** What was passed on to Nextcloud, or still waits for that, in the order in which it was written. */
import { JOURNAL } from '@auzolan/server/src/container.ts'
import type { Sent } from '@auzolan/server/src/outbox/outbox.ts'
import type { ServerHere } from './in-process.ts'
import type { NextcloudServer } from './nextcloud-server.ts'
import { until } from './server.ts'

const waiting = async (server: ServerHere): Promise<Sent[]> =>
  (
    await server.container.resolve(JOURNAL).rows.selectFrom('outbox').select('parcel').orderBy('n').execute()
  ).map(({ parcel }) => JSON.parse(parcel) as Sent)

export async function passedOn(server: ServerHere, nextcloud: NextcloudServer): Promise<Sent[]> {
  // First what waits: what leaves in between is then among what has left.
  const rest = await waiting(server)
  const left = new Set(nextcloud.parcels.map((parcel) => JSON.stringify(parcel)))
  return [...nextcloud.parcels, ...rest.filter((parcel) => !left.has(JSON.stringify(parcel)))]
}

export const allLeft = (server: ServerHere): Promise<void> =>
  until(async () => (await waiting(server)).length === 0, 'everything has left for Nextcloud')
