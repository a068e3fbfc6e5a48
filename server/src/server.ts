/** Puts the parts together into a running server, and takes it down again without losing anything. */
import { randomBytes } from 'node:crypto'
import { access as mayAccess, constants, mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { join } from 'node:path'
import type { DependencyContainer } from 'tsyringe'
import { keyFromNextcloud } from './access/keys.ts'
import { Revocations } from './access/revocations.ts'
import { ConfigError, type Config } from './config.ts'
import {
  ACCESS,
  COMPACTION,
  COPIES,
  DOCUMENTS,
  EXCHANGES,
  KEEPER,
  LOG,
  METRICS,
  ORGANISATION,
  ROOMS,
  SOCKETS,
  TEAMS,
  TOKENS,
  buildContainer,
} from './container.ts'
import { lastResort, restInterface } from './gateway/http.ts'
import type { Metrics } from './metrics.ts'
import { SqliteJournal } from './journal/sqlite/journal.ts'
import { addStandaloneHost, isLoopbackRequest } from './standalone/host.ts'
import { seedHaranberri } from './standalone/haranberri.ts'

export interface RunningServer {
  readonly url: string
  readonly container: DependencyContainer
  /** Tells everybody, finishes the commit under way, and lets go of the data folder. */
  stop(): Promise<void>
}

/**
 * @param now the clock on the wall; how long something takes is measured apart from it
 * @throws {ConfigError} with a sentence for the person at the keyboard: folder, port, version of the data.
 */
export async function startServer(
  config: Config,
  now: () => Date = () => new Date(),
): Promise<RunningServer> {
  await ensureWritable(config.dataFolder)
  const journal = await SqliteJournal.open(join(config.dataFolder, 'auzolan.sqlite'), now).catch(
    (error: Error) => {
      throw new ConfigError(`The data in ${config.dataFolder} cannot be opened: ${error.message}`)
    },
  )
  const standalone = config.host.kind === 'standalone'
  const url = `http://${config.listen.includes(':') ? '127.0.0.1' : config.listen}:${config.port}`
  // The demo host signs for itself with a key that lives as long as the process.
  const secret = config.host.kind === 'standalone' ? randomBytes(32).toString('hex') : config.host.secret
  const issuer = config.host.kind === 'standalone' ? url : config.host.url
  const key = keyFromNextcloud(secret)
  const revocations = await Revocations.load(journal, now)
  const container = buildContainer({
    journal,
    revocations,
    capacity: config.capacity,
    tokenOptions: { key, issuer },
    logLevel: config.logLevel,
    now,
  })
  const log = container.resolve(LOG)
  const documents = container.resolve(DOCUMENTS)
  const sockets = container.resolve(SOCKETS)
  const exchanges = container.resolve(EXCHANGES)
  const rooms = container.resolve(ROOMS)
  const metrics = container.resolve(METRICS)
  metrics.watch({
    sockets: () => sockets.count,
    backlogBytes: () => sockets.backlogBytes,
    exchanges: () => exchanges.count,
    rooms: () => rooms.count,
    longestTail: () => rooms.longestTail,
  })
  documents.onStandingChanged((document) => void sockets.reconsider(document))
  const teams = container.resolve(TEAMS)
  teams.onMembersChanged(() => void sockets.reconsider(null))
  let stopping = false
  const writable = once(READY_KNOWN_MS, () => canWrite(journal))

  const app = restInterface({
    tokens: container.resolve(TOKENS),
    access: container.resolve(ACCESS),
    documents,
    teams,
    copies: container.resolve(COPIES),
    organisation: container.resolve(ORGANISATION),
    exchanges,
    async changed(change, at) {
      // At once for those who are here; the rows make it last.
      sockets.revoke(change)
      await revocations.add(change, at)
      await teams.accountsEnded(change.ended)
    },
    ready: async () => !stopping && (await writable()),
    metrics: { token: config.metrics.token, read: () => metrics.registry.metrics() },
    log,
    allowedOrigin: config.host.kind === 'nextcloud' ? new URL(config.host.url).origin : null,
  })
  if (standalone) {
    await seedHaranberri(documents, teams, container.resolve(ORGANISATION))
    addStandaloneHost(app, { key, issuer, port: config.port, now })
  }
  app.use(lastResort(log))

  const server = createServer(app)
  server.on('upgrade', (request, socket, head) => {
    if (standalone && !isLoopbackRequest(request.headers, config.port)) socket.destroy()
    else sockets.upgrade(request, socket, head)
  })
  // Without a timer a server that nobody restarts would keep everything.
  const purge = (): void =>
    void documents
      .purge()
      .catch((error: unknown) => log.error({ err: error }, 'the trash could not be emptied'))
  purge()
  const purging = setInterval(purge, PURGE_EVERY_MS)
  purging.unref()
  const metricsServer = config.metrics.port === null ? null : metricsOn(metrics)
  const stop = async (): Promise<void> => {
    stopping = true
    clearInterval(purging)
    sockets.close('RESTART')
    exchanges.close()
    server.close()
    // Answers under way, and farewells, get a moment to leave.
    await sleep(100)
    server.closeAllConnections()
    metricsServer?.close()
    container.resolve(KEEPER).close()
    await rooms.close('RESTART')
    await container.resolve(COMPACTION).close()
    await journal.close()
  }
  try {
    if (metricsServer) await listen(metricsServer, config.metrics.port!, '127.0.0.1', 'AUZOLAN_METRICS_PORT')
    await listen(server, config.port, config.listen, 'AUZOLAN_PORT')
  } catch (error) {
    await stop()
    throw error
  }
  log.info({ port: config.port, host: config.host.kind }, 'listening')
  return { url, container, stop }
}

/** What has been in the trash for long enough is looked for this often. */
const PURGE_EVERY_MS = 60 * 60 * 1000

/** Whoever asks again within this time gets the last answer: asking costs a commit, and anybody may ask. */
const READY_KNOWN_MS = 1_000
function once<T>(ms: number, ask: () => Promise<T>): () => Promise<T> {
  let last: { readonly answer: Promise<T>; readonly at: number } | null = null
  return () => {
    if (!last || performance.now() - last.at > ms) last = { answer: ask(), at: performance.now() }
    return last.answer
  }
}

/** Whether a row can be written: not on a full disk, and not when the journal is gone. */
async function canWrite(journal: SqliteJournal): Promise<boolean> {
  const value = new Date().toISOString()
  try {
    await journal.rows
      .insertInto('setting')
      .values({ key: 'ready', value })
      .onConflict((c) => c.column('key').doUpdateSet({ value }))
      .execute()
    return true
  } catch {
    return false
  }
}

/** `/metrics` for a collector on this machine, apart from the port that the world may reach. */
function metricsOn({ registry }: Metrics): Server {
  return createServer((request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    void registry.metrics().then((text) => response.setHeader('Content-Type', registry.contentType).end(text))
  })
}

async function ensureWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
    await mayAccess(folder, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw new ConfigError(
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).\n` +
        'Give this user the right to write there, or set AUZOLAN_DATA to another folder.',
    )
  }
}

function listen(server: Server, port: number, address: string, setting: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is already in use, perhaps by an Auzolan that still runs.\nStop that one, or choose another port: ${setting}=${port + 1}`
          : error.code === 'EACCES'
            ? `Port ${port} may not be used by this user. Choose one above 1024: ${setting}=8790`
            : `Cannot listen on port ${port}: ${error.message}`
      reject(new ConfigError(why))
    })
    server.listen(port, address, () => resolve())
  })
}
