/** A connection that a node keeps for as long as it runs, for what is of a session: what it listens to, or a lock. */
import { Client, type ClientConfig } from 'pg'

/** Longest time to connect, and for one statement. */
const PATIENCE_MS = 5_000
const FAREWELL_MS = 500

/**
 * @param connection where the database is; never told to anybody
 * @param purpose for whoever looks at the connections of the database
 */
export function sessionOf(connection: ClientConfig, purpose: string): Client {
  const client = new Client({
    ...connection,
    application_name: `auzolan ${purpose}`,
    keepAlive: true,
    connectionTimeoutMillis: PATIENCE_MS,
    query_timeout: PATIENCE_MS,
  })
  // Also before it is connected: an unheard error ends the process.
  client.on('error', () => {})
  return client
}

/** With all it holds, also where nobody answers: a farewell would wait for that, and a connection that stays open keeps its locks. */
export async function endSession(client: Client): Promise<void> {
  const patience = new Promise<void>((resolve) => setTimeout(resolve, FAREWELL_MS).unref())
  await Promise.race([client.end().catch(() => {}), patience])
  streamOf(client)?.destroy()
}

const streamOf = (client: Client): { destroy(): void } | undefined =>
  (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection?.stream
