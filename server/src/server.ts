/** Puts the parts together into a running server, and takes it down again without losing anything. */
import { randomBytes } from 'node:crypto'
import { access as mayAccess, constants, mkdir } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { pino } from 'pino'
import type { DependencyContainer } from 'tsyringe'
import { channelId, type DocumentId, type TeamId } from '@auzolan/shared/ids.ts'
import { PROTOCOL, VERSION } from '@auzolan/shared/build.ts'
import { ARCHIVE_EVERY_MS, REMIND_EVERY_MS } from '@auzolan/shared/limits.ts'
import { keyFromNextcloud, previousKey } from './access/keys.ts'
import { Archive } from './archive/archive.ts'
import { ArchiveRounds } from './archive/archive-rounds.ts'
import { People } from './access/people.ts'
import { takesNews } from './access/news.ts'
import { Revocations, type Change } from './access/revocations.ts'
import { Awaited } from './awaited.ts'
import { ConfigError, type Config } from './config.ts'
import {
  ACCESS,
  ARRANGING,
  CALENDARS,
  CATALOGUE,
  AUDIT_EXPORT,
  ATTRIBUTION,
  COMMENTERS,
  COMMENTS,
  COMPACTION,
  CONSENTS,
  FIGURE_TASKS,
  FIGURES,
  COPIES,
  GLANCE,
  PARENTS,
  REPORTS,
  TEMPLATES,
  DIGESTS,
  DOCUMENTS,
  EDIT_SESSIONS,
  EXCHANGES,
  FILES,
  KEEPER,
  MENTIONED,
  MENTIONS,
  METRICS,
  HAPPENED,
  HEARD,
  NAMED_VERSIONS,
  NAMES,
  ORGANISATION,
  REFERENCE_LISTS,
  ROOMS,
  SOCKETS,
  ARCHIVING,
  DECISIONS,
  DELEGATING,
  OPINIONS,
  REMINDING,
  OVERDUE_FIGURES,
  OVERDUE_POSTS,
  POST_TASKS,
  PERSONAL_DATA,
  RETENTION,
  SCORING_ROUNDS,
  SEARCH,
  SEARCH_INDEX,
  SUGGESTIONS_FOUND,
  TOOLS_FOUND,
  PREVIEWS,
  SETTLING,
  TOOL_SUGGESTIONS,
  TOOLS_ALIKE,
  SHEETS,
  WEIGHT_SETS,
  MODERATION,
  OUT,
  POSTS,
  POSTS_OVERVIEW,
  PROFILES,
  PUBLICATIONS,
  REOPENINGS,
  REVIEWS,
  SCORE_TASKS,
  STANDINGS,
  SEEN,
  ACKNOWLEDGEMENTS,
  SUBMISSIONS,
  SUGGESTIONS,
  TEAMS,
  VERSIONS,
  TOKENS,
  TRAININGS,
  TOOL_REMINDERS,
  UNCONFIRMED_BLOCKS,
  UPKEEP,
  UPKEEP_TASKS,
  SAID_TODAY,
  UNNAMED,
  buildContainer,
} from './container.ts'
import { filesOf } from './files/which-store.ts'
import { KeptData } from './kept/kept.ts'
import type { ReadingOrder } from './kept/reading.ts'
import { readShared } from './kept/reading-shared.ts'
import { FIRST_ROUND_MS, makeRounds } from './rounds.ts'
import { lastResort, notHere, restInterface } from './gateway/http.ts'
import { prefixesFor } from './gateway/prefix.ts'
import { listenOnPort, listenOnSocket } from './listening.ts'
import type { Metrics } from './metrics.ts'
import { openJournal } from './journal/open.ts'
import { addressOf } from './journal/postgres/connecting.ts'
import { Elsewhere } from './nodes/elsewhere.ts'
import { ALONE, joinNodes, neighbourhood } from './nodes/joining.ts'
import { nextcloudOf, type CallReport, type Nextcloud } from './nextcloud/nextcloud.ts'
import { watch } from './nextcloud/watch.ts'
import { Deliveries } from './outbox/deliveries.ts'
import { addStandaloneHost, isLoopbackRequest } from './standalone/host.ts'
import { keysOf } from './review/which-keys.ts'
import { seedHaranberri } from './standalone/haranberri.ts'
import { sampleBelonging } from './standalone/people.ts'
import { SampleClock } from './standalone/sample-clock.ts'
import { Storage, wordFor } from './storage.ts'

export interface RunningServer {
  readonly url: string
  readonly container: DependencyContainer
  /** Tells everybody, finishes the commit under way, and lets go of the data folder. */
  stop(): Promise<void>
}

/**
 * @param wall the clock on the wall; how long something takes is measured apart from it
 * @param firstRoundMs from the start until what is done in rounds is done for the first time
 * @throws {ConfigError} with a sentence for the person at the keyboard: folder, port, version of the data.
 */
export async function startServer(
  config: Config,
  wall: () => Date = () => new Date(),
  firstRoundMs = FIRST_ROUND_MS,
): Promise<RunningServer> {
  const sampleClock = new SampleClock(wall)
  const standalone = config.host.kind === 'standalone'
  const now = standalone ? sampleClock.now : wall
  await ensureWritable(config.dataFolder)
  const journal = await openJournal(config, now)
  // A key that is damaged or gone stops the start, not the first decision.
  const signingKeys = await keysOf(journal, config.dataFolder, now).catch(async (error: unknown) => {
    await journal.close()
    throw error
  })
  const fileStore = filesOf(journal, config.dataFolder)
  await fileStore.open().catch(async (error: Error) => {
    await journal.close()
    throw new ConfigError(`The files in ${fileStore.folder} cannot be opened: ${error.message}`)
  })
  const { host } = config
  const url = config.socket
    ? `unix:${config.socket}`
    : `http://${config.listen.includes(':') ? '127.0.0.1' : config.listen}:${config.port}`
  // The demo host signs for itself with a key that lives as long as the process.
  const secret = host.kind === 'standalone' ? randomBytes(32).toString('hex') : host.secret
  const issuer = host.kind === 'standalone' ? url : host.url
  const key = keyFromNextcloud(secret)
  const previous = host.kind === 'nextcloud' && host.previousSecret ? previousKey(host.previousSecret) : null
  const nextcloud = host.kind === 'nextcloud' ? nextcloudOf(host, now) : null
  const people = nextcloud && new People((ids) => usersOf(nextcloud, ids))
  const log = pino({ level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime })
  const { bus, housekeeping } =
    config.databaseUrl === null
      ? ALONE
      : neighbourhood(addressOf(config.databaseUrl).config, config.redisUrl, secret, log)
  const revocations = await Revocations.load(journal, now)
  const prefixes = prefixesFor(config.publicUrl)
  const awaited = new Awaited()
  const container = buildContainer({
    journal,
    bus,
    awaited,
    log,
    revocations,
    signingKeys,
    fileStore,
    dataFolder: config.dataFolder,
    askNow: (person) => (people ? people.askNow(person) : sampleBelonging(person)),
    belonging: (person) => (people ? people.belonging(person) : sampleBelonging(person)),
    capacity: config.capacity,
    tokenOptions: { key, previous, issuer, people },
    prefixes,
    now,
  })
  for (const warning of config.warnings) log.warn(warning)
  const documents = container.resolve(DOCUMENTS)
  await documents.addCalendars()
  await container.resolve(TOOL_SUGGESTIONS).keepNames()
  const arranging = container.resolve(ARRANGING)
  const sockets = container.resolve(SOCKETS)
  const exchanges = container.resolve(EXCHANGES)
  const rooms = container.resolve(ROOMS)
  const metrics = container.resolve(METRICS)
  const deliveries = new Deliveries({
    journal,
    nextcloud,
    log,
    aside: () => metrics.putAside(),
    isOurs: () => housekeeping.isMine,
    now,
  })
  metrics.watch({
    outbox: () => deliveries.waiting,
    outboxAgeS: () => deliveries.oldestAgeS,
    sockets: () => sockets.count,
    backlogBytes: () => sockets.backlogBytes,
    exchanges: () => exchanges.count,
    rooms: () => rooms.count,
    longestTail: () => rooms.longestTail,
    housekeeping: () => housekeeping.isMine,
    bus: () => ({ up: bus.state !== 'away', counts: bus.counts }),
  })
  const parents = container.resolve(PARENTS)
  const standingChanged = (document: DocumentId): void => {
    void sockets.reconsider([document])
    // Whoever coordinates it reads what is below it.
    void parents.below(document).then(
      (below) => sockets.reconsider(below),
      (error: unknown) => log.error({ err: error }, 'what is below a plan could not be looked for'),
    )
  }
  const membersChanged = (team: TeamId): void =>
    void documents.idsOf(team).then(
      (ids) => sockets.reconsider(ids),
      (error: unknown) => log.error({ err: error }, 'the documents of a team could not be looked for'),
    )
  const teams = container.resolve(TEAMS)
  documents.onStandingChanged((document) => {
    standingChanged(document)
    bus.news()
  })
  teams.onMembersChanged((team) => {
    membersChanged(team)
    bus.news()
  })
  const delegating = container.resolve(DELEGATING)
  const revoke = (change: Change): void => {
    people?.drop(change)
    sockets.revoke(change)
  }
  const elsewhere = new Elsewhere({
    journal,
    revocations,
    standingChanged,
    membersChanged,
    revoke,
    giversChanged: () => delegating.giversChanged(),
    erased: () => container.resolve(NAMES).forget(),
    log,
  })
  const leaveNodes = joinNodes(bus, rooms, elsewhere, log)
  let stopping = false
  const { databaseUrl } = config
  const storage = new Storage(journal, config.dataFolder, log, databaseUrl === null ? 'disk' : 'database')
  const kept = new KeptData({
    folder: config.dataFolder,
    ...(databaseUrl !== null && {
      shared: {
        database: addressOf(databaseUrl).name,
        bus: config.redisUrl === null ? null : new URL(config.redisUrl).host,
      },
      readFolder: (order: ReadingOrder) => readShared(databaseUrl, order),
    }),
    nextcloud: host.kind === 'nextcloud' && nextcloud ? { url: host.url, calls: nextcloud } : null,
    warnings: config.warnings,
    storage: () => storage.state(),
    lists: container.resolve(REFERENCE_LISTS),
    log,
    now,
  })

  const personalData = container.resolve(PERSONAL_DATA)

  const app = restInterface({
    tokens: container.resolve(TOKENS),
    capacity: config.capacity,
    revocations,
    access: container.resolve(ACCESS),
    documents,
    arranging,
    teams,
    copies: container.resolve(COPIES),
    templates: container.resolve(TEMPLATES),
    parents,
    reports: container.resolve(REPORTS),
    glance: container.resolve(GLANCE),
    now,
    digests: container.resolve(DIGESTS),
    search: container.resolve(SEARCH),
    toolsFound: container.resolve(TOOLS_FOUND),
    suggestionsFound: container.resolve(SUGGESTIONS_FOUND),
    previews: container.resolve(PREVIEWS),
    catalogue: container.resolve(CATALOGUE),
    upkeep: container.resolve(UPKEEP),
    upkeepTasks: container.resolve(UPKEEP_TASKS),
    saidToday: container.resolve(SAID_TODAY),
    toolSuggestions: container.resolve(TOOL_SUGGESTIONS),
    settling: container.resolve(SETTLING),
    standings: container.resolve(STANDINGS),
    reviews: container.resolve(REVIEWS),
    reopenings: container.resolve(REOPENINGS),
    postTasks: container.resolve(POST_TASKS),
    figureTasks: container.resolve(FIGURE_TASKS),
    scoreTasks: container.resolve(SCORE_TASKS),
    submissions: container.resolve(SUBMISSIONS),
    opinions: container.resolve(OPINIONS),
    decisions: container.resolve(DECISIONS),
    audit: container.resolve(AUDIT_EXPORT),
    publications: container.resolve(PUBLICATIONS),
    profiles: container.resolve(PROFILES),
    posts: container.resolve(POSTS),
    out: container.resolve(OUT),
    overview: container.resolve(POSTS_OVERVIEW),
    trainings: container.resolve(TRAININGS),
    moderation: container.resolve(MODERATION),
    files: container.resolve(FILES),
    fileStore,
    consents: container.resolve(CONSENTS),
    figures: container.resolve(FIGURES),
    scoringRounds: container.resolve(SCORING_ROUNDS),
    weightSets: container.resolve(WEIGHT_SETS),
    sheets: container.resolve(SHEETS),
    toolsAlike: container.resolve(TOOLS_ALIKE),
    heard: container.resolve(HEARD),
    archiving: container.resolve(ARCHIVING),
    delegating,
    versions: container.resolve(VERSIONS),
    comments: container.resolve(COMMENTS),
    commenters: container.resolve(COMMENTERS),
    suggestions: container.resolve(SUGGESTIONS),
    mentioned: container.resolve(MENTIONED),
    keys: signingKeys,
    names: container.resolve(NAMES),
    attribution: container.resolve(ATTRIBUTION),
    namedVersions: container.resolve(NAMED_VERSIONS),
    happened: container.resolve(HAPPENED),
    seen: container.resolve(SEEN),
    acknowledgements: container.resolve(ACKNOWLEDGEMENTS),
    catchUp: (document) => container.resolve(KEEPER).catchUp(channelId(document, 'content')),
    organisation: container.resolve(ORGANISATION),
    lists: container.resolve(REFERENCE_LISTS),
    kept,
    exchanges,
    changed: takesNews({
      revoke,
      revocations,
      tellNodes: () => bus.news(),
      delegating,
      seen: container.resolve(SEEN),
      mentioned: container.resolve(MENTIONED),
      teams,
    }),
    async selfTest(nonce) {
      const [state, report] = await Promise.all([storage.state(), nextcloud?.ping() ?? NO_NEXTCLOUD])
      return {
        nonce,
        time: Math.floor(now().getTime() / 1000),
        protocol: PROTOCOL,
        version: VERSION,
        nextcloudUrl: issuer,
        publicUrl: config.publicUrl,
        storage: state,
        nextcloud: report,
      }
    },
    personalData,
    async ready() {
      const state = await storage.state()
      return {
        status: !stopping && state.writable ? 'ready' : 'not ready',
        storage: wordFor(state),
        nextcloud: nextcloud?.standing ?? 'demo',
        // Away, it costs others a moment until they see what is written here: no reason to send nobody here any more.
        ...(bus.state === 'alone' ? {} : { bus: bus.state }),
      }
    },
    metrics: { token: config.metrics.token, read: () => metrics.registry.metrics() },
    log,
    allowedOrigin: host.kind === 'nextcloud' ? new URL(host.url).origin : null,
    prefixes,
  })
  if (standalone) {
    await seedHaranberri({
      clock: sampleClock,
      documents,
      teams,
      organisation: container.resolve(ORGANISATION),
      calendars: container.resolve(CALENDARS),
      files: container.resolve(FILES),
      figures: container.resolve(FIGURES),
      scoringRounds: container.resolve(SCORING_ROUNDS),
      sheets: container.resolve(SHEETS),
      submissions: container.resolve(SUBMISSIONS),
      opinions: container.resolve(OPINIONS),
      decisions: container.resolve(DECISIONS),
      catalogue: container.resolve(CATALOGUE),
      upkeep: container.resolve(UPKEEP),
      toolSuggestions: container.resolve(TOOL_SUGGESTIONS),
      settling: container.resolve(SETTLING),
      journal,
    })
    addStandaloneHost(app, { key, issuer, port: config.port, now })
  }
  app.use(notHere, lastResort(log))

  const server = createServer(app)
  server.on('request', (_request, response) => void response.once('close', awaited.begin()))
  server.on('upgrade', (request, socket, head) => {
    if (standalone && !isLoopbackRequest(request.headers, config.port)) socket.destroy()
    else sockets.upgrade(request, socket, head)
  })
  // Another route: whoever holds a delegation may have nothing to read here any more.
  container.resolve(ORGANISATION).onChanged(() => {
    bus.news()
    delegating
      .giversChanged()
      .catch((error: unknown) => log.error({ err: error }, 'delegations could not be looked at'))
  })
  const sessions = container.resolve(EDIT_SESSIONS)
  const metricsServer = config.metrics.port === null ? null : metricsOn(metrics)
  const [reminding, overduePosts] = [container.resolve(REMINDING), container.resolve(OVERDUE_POSTS)]
  const digests = container.resolve(DIGESTS)
  const blocks = container.resolve(UNCONFIRMED_BLOCKS)
  const lateFigures = container.resolve(OVERDUE_FIGURES)
  const toolReminders = container.resolve(TOOL_REMINDERS)
  const archivedFrom = {
    journal,
    versions: container.resolve(VERSIONS),
    organisation: container.resolve(ORGANISATION),
    lists: container.resolve(REFERENCE_LISTS),
    keys: signingKeys,
  }
  const archiving = new ArchiveRounds({
    journal,
    archive: nextcloud && new Archive({ ...archivedFrom, nextcloud, now }),
    log,
  })
  const mentions = container.resolve(MENTIONS)
  const unnamed = container.resolve(UNNAMED)
  const retention = container.resolve(RETENTION)
  const index = container.resolve(SEARCH_INDEX)
  await housekeeping.tried
  const isOurs = (): boolean => housekeeping.isMine
  // Without a timer a server that nobody restarts would keep everything, and tell of nothing.
  const ofThisNode = { log, firstMs: firstRoundMs }
  const ofTheHouse = { ...ofThisNode, isOurs }
  const rounds = [
    makeRounds('the trash was emptied', [() => arranging.purge()], PURGE_EVERY_MS, ofTheHouse),
    makeRounds('files that nothing names went', [() => unnamed.look()], UNNAMED_EVERY_MS, ofTheHouse),
    makeRounds(
      'copies of files that nothing names went',
      [() => fileStore.tidy()],
      UNNAMED_EVERY_MS,
      ofThisNode,
    ),
    makeRounds('rows lost their words', [() => retention.look()], RETENTION_EVERY_MS, ofTheHouse),
    makeRounds(
      'the disk was looked at',
      [async () => void (await storage.state())],
      STORAGE_EVERY_MS,
      ofThisNode,
    ),
    makeRounds('logs began anew after an erasure', [() => personalData.goOn()], RENEW_EVERY_MS, ofTheHouse),
    makeRounds('texts were read for the search', [() => index.catchUp()], SEARCH_EVERY_MS, ofTheHouse),
    makeRounds('sessions of editing ended', [() => sessions.sweep()], SESSIONS_EVERY_MS, ofThisNode),
    makeRounds('delegations ended', [() => delegating.endOverdue()], DELEGATIONS_EVERY_MS, ofThisNode),
    makeRounds(
      'notices of delegations that ended',
      [() => delegating.dismissOverdue()],
      DELEGATIONS_EVERY_MS,
      ofTheHouse,
    ),
    makeRounds(
      'reminders',
      [
        () => reminding.look(),
        () => overduePosts.look(),
        () => blocks.look(),
        () => lateFigures.look(),
        () => toolReminders.look(),
        () => digests.look(),
      ],
      REMIND_EVERY_MS,
      ofTheHouse,
    ),
    makeRounds('mentions were told', [() => mentions.catchUp()], MENTIONS_EVERY_MS, ofTheHouse),
    makeRounds('approved versions archived', [() => archiving.look()], ARCHIVE_EVERY_MS, ofTheHouse),
  ]
  const unwatch = nextcloud ? watch(nextcloud, log) : null
  const stop = async (): Promise<void> => {
    stopping = true
    unwatch?.()
    leaveNodes()
    clearTimeout(ready)
    const roundsOver = Promise.all(rounds.map((end) => end()))
    sockets.close('RESTART')
    exchanges.close()
    server.close()
    const delivered = deliveries.close()
    // Answers under way, and farewells, get a moment to leave.
    await sleep(100)
    server.closeAllConnections()
    metricsServer?.close()
    container.resolve(KEEPER).close()
    mentions.close()
    index.close()
    await rooms.close('RESTART')
    await sessions.close()
    await container.resolve(COMPACTION).close()
    await roundsOver
    await delivered
    await bus.close()
    await housekeeping.close()
    await journal.close()
  }
  const ready = setTimeout(() => container.resolve(COMPACTION).keepReady(), firstRoundMs)
  ready.unref()
  try {
    if (metricsServer)
      await listenOnPort(metricsServer, config.metrics.port!, '127.0.0.1', 'AUZOLAN_METRICS_PORT')
    if (config.socket) await listenOnSocket(server, config.socket)
    else await listenOnPort(server, config.port, config.listen, 'AUZOLAN_PORT')
  } catch (error) {
    await stop()
    throw error
  }
  deliveries.start()
  log.info({ port: config.socket ?? config.port, host: host.kind }, 'listening')
  return { url, container, stop }
}

/** What has been in the trash for long enough is looked for this often. */
const PURGE_EVERY_MS = 60 * 60 * 1000
/** Files that no row names are looked for this often. */
const UNNAMED_EVERY_MS = 60 * 60 * 1000
/** What was heard or moderated too long ago is looked for this often. */
const RETENTION_EVERY_MS = 60 * 60 * 1000
/** Logs that a stop has left to be renewed are looked for this often. */
const RENEW_EVERY_MS = 60 * 1000
/** A disk that fills up is said in the log, whether anybody asks or not. */
const STORAGE_EVERY_MS = 60 * 1000
/** What nobody has been at, and is not as it was when the search read it, is looked for this often. */
const SEARCH_EVERY_MS = 60 * 1000
/** Comments whose mentions a node has not told, since it stopped before, are looked for this often. */
const MENTIONS_EVERY_MS = 60 * 1000
/** Sessions of editing that have ended are looked for this often. */
const SESSIONS_EVERY_MS = 60 * 1000
/** Whether a day has ended, and with it what was delegated until then. */
const DELEGATIONS_EVERY_MS = 60 * 1000

async function usersOf(nextcloud: Nextcloud, ids: readonly string[]): Promise<unknown> {
  const outcome = await nextcloud.call('users', { ids })
  return outcome.kind === 'answered' ? outcome.data : null
}

/** The demo has nobody to call. */
const NO_NEXTCLOUD: CallReport = {
  url: '',
  reached: false,
  address: null,
  status: null,
  error: null,
  maintenance: false,
  signature: null,
  clockSkewS: null,
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
    // What people write is for this account alone, and for whoever looks after it.
    await mkdir(folder, { recursive: true, mode: 0o750 })
    await mayAccess(folder, constants.R_OK | constants.W_OK)
  } catch (error) {
    throw new ConfigError(
      `The data folder ${folder} cannot be written (${(error as NodeJS.ErrnoException).code}).\n` +
        'Give this user the right to write there, or set AUZOLAN_DATA to another folder.',
    )
  }
}
