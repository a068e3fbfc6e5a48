/** Everything that is not a keystroke: the REST interface. Each route says who may use it. */
import compression from 'compression'
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import { PROTOCOL, VERSION } from '@auzolan/shared/build.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, type DocumentTypeId } from '@auzolan/shared/ids.ts'
import {
  EXCHANGE_BODY_MAX_BYTES,
  JSON_BODY_MAX_BYTES,
  REST_RATIONS,
  type Capacity,
} from '@auzolan/shared/limits.ts'
import { EXCHANGE_TYPE, decodeExchange, encodeExchangeAnswer } from '@auzolan/shared/protocol/exchange.ts'
import type { Health, Readiness } from '@auzolan/shared/protocol/rest.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Revocations } from '../access/revocations.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Arranging } from '../documents/arranging.ts'
import type { Documents } from '../documents/documents.ts'
import { addAuditRoutes, type AuditPorts } from './audit-routes.ts'
import { bearer, browserRules, refuse } from './answers.ts'
import { addPlansRoutes, type PlansPorts } from './plans-routes.ts'
import type { Reports } from '../reports/reports.ts'
import type { Standings } from '../review/standing.ts'
import type { Names } from '../history/names.ts'
import type { Copies } from '../documents/copies.ts'
import type { Teams } from '../teams/teams.ts'
import { addArrangingRoutes } from './arranging-routes.ts'
import { addDocumentRoutes } from './document-routes.ts'
import type { Exchanges } from './exchange.ts'
import { addFigureRoutes, type FigureRoutesPorts } from './figure-routes.ts'
import { addFileRoutes, type FileRoutesPorts } from './file-routes.ts'
import { addDelegationRoutes, type DelegationRoutesPorts } from './delegation-routes.ts'
import { hostRoutes, type HostPorts } from './host-routes.ts'
import { addAcknowledgementRoutes, type AcknowledgementRoutesPorts } from './acknowledgement-routes.ts'
import { addMovesRoutes, type MovesPorts } from './moves-routes.ts'
import { addCatalogueRoutes, type CatalogueRoutesPorts } from './catalogue-routes.ts'
import { addUpkeepRoutes, type UpkeepRoutesPorts } from './upkeep-routes.ts'
import { addCommentRoutes, type CommentRoutesPorts } from './comment-routes.ts'
import { addReviewRoutes, type ReviewRoutesPorts } from './review-routes.ts'
import type { Digests } from '../reminding/digests.ts'
import { addDigestRoutes } from './digest-routes.ts'
import { addHeardRoutes, type HeardRoutesPorts } from './heard-routes.ts'
import { addHistoryRoutes, type HistoryRoutesPorts } from './history-routes.ts'
import { addOrganisationRoutes } from './organisation-routes.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { WeightSets } from '../scoring/weight-sets.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import { addReferenceRoutes } from './reference-routes.ts'
import { addToolsRoutes, type ToolsRoutesPorts } from './tools-routes.ts'
import { addScoringRoutes, type ScoringRoutesPorts } from './scoring-routes.ts'
import { addKeptRoutes, type KeptRoutesPorts } from './kept-routes.ts'
import { addHouseRoutes, type HouseRoutesPorts } from './house-routes.ts'
import { addSearchRoutes } from './search-routes.ts'
import { addSuggestionRoutes, type SuggestionRoutesPorts } from './suggestion-routes.ts'
import { splitTarget } from './prefix.ts'
import { addOutRoutes, type OutRoutesPorts } from './out-routes.ts'
import { addPostRoutes, type PostRoutesPorts } from './post-routes.ts'
import { addProfileRoutes, type ProfileRoutesPorts } from './profile-routes.ts'
import type { Routing } from './routing.ts'
import { Rations, usedBy, type Used } from './rations.ts'
import { addTeamRoutes } from './teams-routes.ts'

export interface HttpPorts
  extends
    HostPorts,
    ReviewRoutesPorts,
    DelegationRoutesPorts,
    MovesPorts,
    AcknowledgementRoutesPorts,
    AuditPorts,
    HistoryRoutesPorts,
    PostRoutesPorts,
    OutRoutesPorts,
    ProfileRoutesPorts,
    FileRoutesPorts,
    FigureRoutesPorts,
    ScoringRoutesPorts,
    ToolsRoutesPorts,
    HeardRoutesPorts,
    CommentRoutesPorts,
    CatalogueRoutesPorts,
    HouseRoutesPorts,
    KeptRoutesPorts,
    UpkeepRoutesPorts,
    SuggestionRoutesPorts,
    PlansPorts {
  readonly reports: Reports
  readonly names: Names
  readonly tokens: Tokens
  readonly revocations: Revocations
  readonly access: Access
  readonly documents: Documents
  readonly arranging: Arranging
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly lists: ReferenceLists
  readonly weightSets: WeightSets
  readonly copies: Copies
  readonly digests: Digests
  readonly standings: Standings
  readonly exchanges: Exchanges
  /** Whether edits can be written now, and what else is known; never throws. */
  readonly ready: () => Promise<Readiness>
  readonly metrics: { readonly token: string | null; readonly read: () => Promise<string> }
  readonly log: Logger
  readonly capacity: Pick<Capacity, 'birthsAtOnce'>
  /** Origin of the pages that may call us from a browser; none when everything is on our own origin. */
  readonly allowedOrigin: string | null
  /** What a proxy may leave in front of every path. */
  readonly prefixes: readonly string[]
}

export function restInterface(ports: HttpPorts): Express {
  const app = express()
  app.disable('x-powered-by')
  app.use((request, _response, next) => {
    request.url = splitTarget(request.url, ports.prefixes).join('')
    next()
  })
  app.use(compression())
  const rules = browserRules(ports.allowedOrigin)
  // The demo host beside us has pages of its own, with rules of their own.
  if (ports.allowedOrigin === null) app.use(['/api', '/healthz', '/readyz', '/metrics'], rules)
  else app.use(rules)

  /** Anybody: alive, and nothing else. */
  const health: Health = { status: 'ok', api: 1, protocol: PROTOCOL, version: VERSION }
  app.get('/healthz', (_request, response) => void response.json(health))

  /** Anybody: takes edits now, or not (starting, stopping, no room on the disk). */
  app.get('/readyz', async (_request, response) => {
    const readiness = await ports.ready()
    response.status(readiness.status === 'ready' ? 200 : 503).json(readiness)
  })

  /** Whoever has the token for it; without one it is not here at all. */
  app.get('/metrics', async (request, response) => {
    const { token, read } = ports.metrics
    const given = request.headers.authorization ?? ''
    if (token === null || !sameText(given, `Bearer ${token}`))
      return refuse(response, refusal('NOT_FOUND', 'no such route'))
    response.type('text/plain').send(await read())
  })

  const api = express.Router()
  const pass = passes(ports)

  /** Whoever may read the document; writing is decided update by update. */
  api.post(
    '/documents/:id/exchange',
    // Before the body: a stranger must not make us keep 4 MB. Asked again behind it, since a body may take its time.
    onlySignedIn(pass),
    express.raw({ type: EXCHANGE_TYPE, limit: EXCHANGE_BODY_MAX_BYTES }),
    signedIn(pass, async (claims, request, response) => {
      const id = parseDocumentId(String(request.params['id']))
      if (id === null) return refuse(response, refusal('NOT_FOUND', 'no such id'))
      const exchange = Buffer.isBuffer(request.body) ? decodeExchange(request.body) : null
      if (!exchange) return refuse(response, refusal('MALFORMED', 'not an exchange'))
      const gone = new AbortController()
      response.once('close', () => gone.abort())
      // Whoever waits through Nextcloud holds one of its few processes.
      const relayed = request.headers['x-auzolan-relayed'] !== undefined
      const asked = relayed ? { ...exchange, waitMs: 0 } : exchange
      const frames = await ports.exchanges.exchange(claims, id, asked, gone.signal)
      if (isRefusal(frames)) return refuse(response, frames)
      response.type(EXCHANGE_TYPE).send(Buffer.from(encodeExchangeAnswer(frames)))
    }),
  )

  api.use('/host', hostRoutes(ports))
  api.use(express.json({ limit: JSON_BODY_MAX_BYTES, reviver: wellFormed }))
  const routing = routingOf(pass, ports)

  addDocumentRoutes(api, routing, ports)
  const ofPlans = only('plan', routing)
  addPlansRoutes(api, ofPlans, ports)
  addOrganisationRoutes(api, routing, ports)
  addReferenceRoutes(api, routing, ports)
  addTeamRoutes(api, routing, ports)
  addArrangingRoutes(api, routing, ports)
  addReviewRoutes(api, routing, ports)
  addUpkeepRoutes(api, routing, ports)
  addCatalogueRoutes(api, routing, ports)
  addSearchRoutes(api, routing, ports)
  addHouseRoutes(api, routing, ports)
  addSuggestionRoutes(api, routing, ports)
  addDigestRoutes(api, routing, ports.digests)
  addMovesRoutes(api, routing, ports)
  addAcknowledgementRoutes(api, ofPlans, ports)
  addAuditRoutes(api, routing, ports)
  addKeptRoutes(api, routing, ports)
  addDelegationRoutes(api, routing, ports)
  addHistoryRoutes(api, routing, ports)
  addCommentRoutes(api, routing, ports)
  addPostRoutes(api, ofPlans, ports)
  addOutRoutes(api, ofPlans, ports)
  addProfileRoutes(api, ofPlans, ports)
  addFileRoutes(api, ofPlans, ports)
  addFigureRoutes(api, ofPlans, ports)
  addHeardRoutes(api, ofPlans, ports)
  addScoringRoutes(api, only('evaluation', routing), ports)
  addToolsRoutes(api, routing, ports)

  app.use('/api/v1', api)
  app.use('/api', notHere)
  return app
}

/** After whatever a host adds: what nobody has taken is not here. */
export const notHere: RequestHandler = (_request, response) =>
  refuse(response, refusal('NOT_FOUND', 'no such route'))

/** Last in the chain. */
/** What PostgreSQL says of U+0000, which it keeps in no text; nobody types it. */
const NO_SUCH_SIGN = '22021'

export function lastResort(log: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = (error as { status?: unknown })?.status
    if (status === 413) return refuse(response, refusal('TOO_LARGE', 'body too large'))
    if (status === 404) return refuse(response, refusal('NOT_FOUND', 'no such file'))
    if (typeof status === 'number' && status >= 400 && status < 500) {
      return refuse(response, refusal('MALFORMED', 'body cannot be read'))
    }
    if ((error as { code?: unknown })?.code === NO_SUCH_SIGN)
      return refuse(response, refusal('MALFORMED', 'a text has a sign in it that no text can have (U+0000)'))
    log.error({ err: error }, 'a request failed')
    refuse(response, refusal('TRY_AGAIN', 'unexpected error'))
  }
}

type Handler = (claims: Claims, request: Request, response: Response) => Promise<void>

/** A secret or an address that does not fit is refused to everybody, all the time: once a minute is enough for the log. */
const SAID_AGAIN_MS = 60_000

/** Who asks; what is wrong with the pass stands in the log, for whoever has to put it right. */
const passes = ({ tokens, log }: HttpPorts) => {
  let saidAt = -Infinity
  return async (request: Request): Promise<Claims | Refusal> => {
    const claims = await tokens.readApiToken(bearer(request))
    if (
      isRefusal(claims) &&
      claims.refused === 'TICKET_INVALID' &&
      performance.now() - saidAt > SAID_AGAIN_MS
    ) {
      saidAt = performance.now()
      log.warn({ why: claims.detail }, 'the pass of a page was refused')
    }
    return claims
  }
}
type Pass = ReturnType<typeof passes>

const onlySignedIn =
  (pass: Pass): RequestHandler =>
  async (request, response, next) => {
    const claims = await pass(request)
    if (isRefusal(claims)) refuse(response, claims)
    else next()
  }

const signedIn =
  (pass: Pass, handle: Handler): RequestHandler =>
  async (request, response) => {
    const claims = await pass(request)
    if (isRefusal(claims)) return refuse(response, claims)
    await handle(claims, request, response)
  }

/** For everything but the exchange, which has rations of its own. */
const routingOf = (
  pass: Pass,
  { revocations, names, access, capacity }: Pick<HttpPorts, 'revocations' | 'names' | 'access' | 'capacity'>,
): Routing => {
  const rations: { readonly [used in Used]: Rations } = {
    changes: new Rations(REST_RATIONS.changes),
    reads: new Rations(REST_RATIONS.reads),
    births: new Rations({ ...REST_RATIONS.births, burst: capacity.birthsAtOnce }),
    exports: new Rations(REST_RATIONS.exports),
  }
  const enter: Routing['enter'] = async (claims, request) => {
    const id = parseDocumentId(String(request.params['id']))
    return id === null
      ? refusal('NOT_FOUND', 'no such document, or no right to read it')
      : access.enter(claims, id)
  }
  return {
    signedIn: (handle) =>
      signedIn(pass, async (claims, request, response) => {
        await revocations.welcomeBack(claims)
        await names.remember(claims)
        for (const used of usedBy(request.method, request.path)) {
          const refused = await rations[used].wait(claims.person)
          if (refused) return refuse(response, refused)
        }
        await handle(claims, request, response)
      }),
    enter,
    entered: idOnly(enter),
    refuse,
  }
}

/** For what only documents of one type have: of any other there is no such thing. */
function only(type: DocumentTypeId, routing: Routing): Routing {
  const enter: Routing['enter'] = async (claims, request) => {
    const found = await routing.enter(claims, request)
    return isRefusal(found) || found.document.type === type ? found : refusal('NOT_FOUND', `not a ${type}`)
  }
  return { ...routing, enter, entered: idOnly(enter) }
}
const idOnly =
  (enter: Routing['enter']): Routing['entered'] =>
  async (claims, request) => {
    const found = await enter(claims, request)
    return isRefusal(found) ? found : found.document.id
  }

/** Half of a sign, which no other program can read: what was signed or passed on would not be what is stored. */
function wellFormed(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed()))
    throw new SyntaxError('text that is no Unicode')
  return value
}

/** By their hashes, which are of one length whatever the texts are. */
const sameText = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
