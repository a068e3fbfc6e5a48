/** Makes this process one node among others: hears what they say, and looks by itself at what they may have said in vain. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClientConfig } from 'pg'
import type { Logger } from 'pino'
import {
  NODES_LOOK_EVERY_MS,
  NODES_LOOK_TAKES_MS,
  PRESENCE_OF_NODE_EVERY_MS,
} from '@auzolan/shared/limits.ts'
import type { Bus } from '../bus/bus.ts'
import { LOCAL_BUS } from '../bus/local.ts'
import { postgresWire } from '../bus/postgres.ts'
import { redisWire } from '../bus/redis.ts'
import { SharedBus } from '../bus/shared-bus.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Elsewhere } from './elsewhere.ts'
import { ALWAYS_MINE, SharedHousekeeping, type Housekeeping } from './housekeeping.ts'
import { postgresHold } from './postgres-hold.ts'

export interface Neighbourhood {
  readonly bus: Bus
  readonly housekeeping: Housekeeping
}

/** Of a server that has its data for itself. */
export const ALONE: Neighbourhood = { bus: LOCAL_BUS, housekeeping: ALWAYS_MINE }

/**
 * @param connection the database that all nodes share
 * @param redisUrl what they talk over, where it is not the database
 * @param secret what all nodes of one house share, and no other
 */
export function neighbourhood(
  connection: ClientConfig,
  redisUrl: string | null,
  secret: string,
  log: Logger,
): Neighbourhood {
  return {
    bus: new SharedBus(redisUrl === null ? postgresWire(connection) : redisWire(redisUrl, secret), log),
    housekeeping: new SharedHousekeeping(postgresHold(connection), log),
  }
}

/** @returns ends it */
export function joinNodes(
  bus: Bus,
  rooms: Rooms,
  elsewhere: Elsewhere,
  log: Pick<Logger, 'error'>,
): () => void {
  const lookAtLogs = (): void =>
    void rooms
      .look()
      .catch((error: unknown) => log.error({ err: error }, 'how far logs are could not be looked at'))
  const look = (): void => {
    lookAtLogs()
    void elsewhere.look()
  }
  bus.listen({
    hinted: (hint) => rooms.hinted(hint),
    shown: (node, channel, states) => rooms.shown(node, channel, states),
    asked: (channel) => rooms.asked(channel),
    held: (channel) => rooms.held(channel),
    news: () => void elsewhere.look(),
    missed: look,
  })
  if (bus.state === 'alone') return () => {}
  // From here on the audit is looked at.
  void elsewhere.look()
  const timers = [
    setInterval(look, NODES_LOOK_EVERY_MS),
    setInterval(() => rooms.announce(), PRESENCE_OF_NODE_EVERY_MS),
  ]
  for (const timer of timers) timer.unref()
  return () => timers.forEach((timer) => clearInterval(timer))
}

/** Resolves when every node has looked once more, whether it has heard of anything or not: nobody does what was ended before. */
export async function knownEverywhere(bus: Bus): Promise<void> {
  if (bus.state !== 'alone') await sleep(NODES_LOOK_EVERY_MS + NODES_LOOK_TAKES_MS)
}
