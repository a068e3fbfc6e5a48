/** Puts the parts together into a running server, and takes it down again without losing anything. */
import { randomBytes } from 'node:crypto'
import { access as mayAccess, constants, mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { DependencyContainer } from 'tsyringe'
import { keyFromNextcloud } from './access/keys.ts'
import { ConfigError, type Config } from './config.ts'
import {
  ACCESS,
  COMPACTION,
  DOCUMENTS,
  FOLLOWER,
  LOG,
  ROOMS,
  SOCKETS,
  TOKENS,
  buildContainer,
} from './container.ts'
import { lastResort, restInterface } from './gateway/http.ts'
import { SqliteJournal } from './journal/sqlite/journal.ts'
import { addStandaloneHost, isLoopbackRequest } from './standalone/host.ts'
import { seedHaranberri } from './standalone/haranberri.ts'

export interface RunningServer {
  readonly url: string
  readonly container: DependencyContainer
  /** Tells everybody, finishes the commit under way, and lets go of the data folder. */
  stop(): Promise<void>
}

/** @throws {ConfigError} with a sentence for the person at the keyboard: folder, port, version of the data. */
export async function startServer(config: Config): Promise<RunningServer> {
  await ensureWritable(config.dataFolder)
  const now = (): Date => new Date()
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
  const container = buildContainer({ journal, tokenOptions: { key, issuer }, logLevel: config.logLevel, now })
  const log = container.resolve(LOG)
  const documents = container.resolve(DOCUMENTS)
  const sockets = container.resolve(SOCKETS)

  const app = restInterface({
    tokens: container.resolve(TOKENS),
    access: container.resolve(ACCESS),
    documents,
    log,
    allowedOrigin: config.host.kind === 'nextcloud' ? new URL(config.host.url).origin : null,
  })
  if (standalone) {
    await seedHaranberri(documents)
    addStandaloneHost(app, { key, issuer, port: config.port, now })
  }
  app.use(lastResort(log))

  const server = createServer(app)
  server.on('upgrade', (request, socket, head) => {
    if (standalone && !isLoopbackRequest(request.headers, config.port)) socket.destroy()
    else sockets.upgrade(request, socket, head)
  })
  const stop = async (): Promise<void> => {
    sockets.close('RESTART')
    server.close()
    server.closeAllConnections()
    container.resolve(FOLLOWER).close()
    await container.resolve(ROOMS).close('RESTART')
    await container.resolve(COMPACTION).close()
    await journal.close()
  }
  try {
    await listen(server, config)
  } catch (error) {
    await stop()
    throw error
  }
  log.info({ port: config.port, host: config.host.kind }, 'listening')
  return { url, container, stop }
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

function listen(server: Server, { port, listen: address }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is already in use, perhaps by an Auzolan that still runs.\nStop that one, or choose another port: AUZOLAN_PORT=${port + 1}`
          : error.code === 'EACCES'
            ? `Port ${port} may not be used by this user. Choose one above 1024: AUZOLAN_PORT=8790`
            : `Cannot listen on port ${port}: ${error.message}`
      reject(new ConfigError(why))
    })
    server.listen(port, address, () => resolve())
  })
}
