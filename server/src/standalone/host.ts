/**
 * A demo stand-in for Nextcloud, on loopback only: it imitates the page around the app, sign-in (who you are is
 * a choice per tab), tokens, avatars and the search for people. It says so on every page.
 */
import { readFileSync } from 'node:fs'
import type { IncomingHttpHeaders } from 'node:http'
import { fileURLToPath } from 'node:url'
import express, { type Express, type Request } from 'express'
import { newUuid, parseDocumentId } from '@auzolan/shared/ids.ts'
import { API_TOKEN_MAX_AGE_S, TICKET_MAX_AGE_S } from '@auzolan/shared/limits.ts'
import { AUDIENCE, sign } from '../access/signed.ts'
import { PEOPLE, SAMPLE_TEAMS, type SamplePerson } from './people.ts'
import { addRelay } from './relay.ts'

export interface StandaloneOptions {
  readonly key: Uint8Array
  readonly issuer: string
  readonly port: number
  readonly now: () => Date
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const APP_PATHS = ['/apps/auzolan', '/index.php/apps/auzolan']
/** Files with a hash in their name never change; the others are asked for again each time. */
const APP_FILES = {
  index: false,
  fallthrough: false,
  setHeaders(response: { setHeader(name: string, value: string): void }, path: string) {
    response.setHeader(
      'Cache-Control',
      /-[\w-]{8}\.(chunk\.mjs|css)$/.test(path) ? 'max-age=31536000, immutable' : 'no-cache',
    )
    if (path.endsWith('/verify.html'))
      response.setHeader('Content-Security-Policy', ownPolicy(readFileSync(path, 'utf8')))
  },
} as const
/**
 * The page that checks receipts brings its policy along, with the hashes of its one script and style; ours would forbid both.
 * Under Nextcloud it is a static file, which the web server gives without a policy of Nextcloud's: there its own alone holds.
 */
const ownPolicy = (page: string): string =>
  [
    /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? CSP,
    "frame-ancestors 'none'",
  ].join('; ')
const CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** A page of another site that points its own name at 127.0.0.1 must not get in (DNS rebinding). */
export const isLoopbackRequest = (headers: IncomingHttpHeaders, port: number): boolean =>
  [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`].includes(headers.host ?? '') &&
  (headers.origin === undefined || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):/.test(headers.origin))

export function addStandaloneHost(app: Express, options: StandaloneOptions): void {
  const page = readFileSync(file('./page/index.html'), 'utf8')
  const host = express.Router()
  host.use((request, response, next) => {
    if (!isLoopbackRequest(request.headers, options.port)) {
      response.status(403).type('text').send('This demo answers to this computer only.')
      return
    }
    response.setHeader('Content-Security-Policy', CSP)
    next()
  })

  host.use('/standalone', express.static(file('./page'), { index: false }))
  host.get('/standalone/people', (_request, response) => void response.json(PEOPLE))
  host.get(
    [
      '/avatar/:person/:size',
      '/avatar/:person/:size/dark',
      '/index.php/avatar/:person/:size',
      '/index.php/avatar/:person/:size/dark',
    ],
    (request, response) => {
      response.type('image/svg+xml').send(avatar(PEOPLE.find((p) => p.id === request.params['person'])))
    },
  )

  host.get('/ocs/v2.php/apps/auzolan/api/v1/token', (request, response) => {
    const person = whoAsks(request)
    if (!person) return void response.status(401).json(ocs(401, null))
    response.json(
      ocs(200, { token: signed(person, 'api', API_TOKEN_MAX_AGE_S), expiresIn: API_TOKEN_MAX_AGE_S }),
    )
  })
  host.post('/ocs/v2.php/apps/auzolan/api/v1/ticket', express.json(), (request, response) => {
    const person = whoAsks(request)
    const document = parseDocumentId(
      String((request.body as { document?: unknown } | undefined)?.document ?? ''),
    )
    if (!person) return void response.status(401).json(ocs(401, null))
    if (document === null) return void response.status(400).json(ocs(400, null))
    const ticket = signed(person, 'ticket', TICKET_MAX_AGE_S, { document })
    response.json(ocs(200, { ticket, expiresIn: TICKET_MAX_AGE_S }))
  })
  /** Imitates Nextcloud's people search (`core/autocomplete/get`): people, and groups and Teams when asked for. */
  host.get('/ocs/v2.php/core/autocomplete/get', (request, response) => {
    if (!whoAsks(request)) return void response.status(401).json(ocs(401, null))
    const types = [request.query['shareTypes[]'] ?? []].flat().map(String)
    response.json(ocs(200, search(String(request.query['search'] ?? ''), types)))
  })

  addRelay(host, {
    paths: APP_PATHS.map((path) => `${path}/relay`),
    server: `http://127.0.0.1:${options.port}`,
    tokenFor(request) {
      const person = whoAsks(request)
      return person ? signed(person, 'api', API_TOKEN_MAX_AGE_S) : null
    },
  })

  for (const path of APP_PATHS) {
    for (const folder of ['js', 'css', 'img', 'l10n']) {
      host.use(`${path}/${folder}`, express.static(file(`../../../plugin/${folder}`), APP_FILES))
    }
    host.get([path, `${path}/{*rest}`], (_request, response) => void response.type('html').send(page))
  }
  host.get('/', (_request, response) => void response.type('html').send(page))
  host.get('/favicon.ico', (_request, response) => void response.redirect('/apps/auzolan/img/app-dark.svg'))
  app.use(host)

  /** The page's request token names the sample person chosen in that tab. */
  function whoAsks(request: Request): SamplePerson | undefined {
    const id = /^standalone:(.+)$/.exec(request.header('requesttoken') ?? '')?.[1]
    return PEOPLE.find((p) => p.id === id)
  }

  function signed(
    person: SamplePerson,
    scope: string,
    seconds: number,
    more: { readonly [claim: string]: string } = {},
  ): string {
    const at = Math.floor(options.now().getTime() / 1000)
    const claims = {
      iss: options.issuer,
      aud: AUDIENCE,
      sub: person.id,
      iat: at,
      nbf: at - 30,
      exp: at + seconds,
      jti: newUuid(),
      name: person.name,
      groups: person.groups,
      teams: person.teams,
      language: 'eu',
      admin: person.admin,
      scope,
      ...more,
    }
    return sign(claims, options.key)
  }
}

/** Share types of Nextcloud: 0 people, 1 groups, 7 Teams. */
function search(text: string, types: readonly string[]): object[] {
  const wanted = text.toLowerCase()
  const groups = [...new Set(PEOPLE.flatMap((p) => p.groups))]
  const all = [
    ...PEOPLE.map((p) => ({ id: p.id, label: p.name, source: 'users', type: '0' })),
    ...groups.map((g) => ({ id: g, label: g, source: 'groups', type: '1' })),
    ...SAMPLE_TEAMS.map((t) => ({ id: t.id, label: t.name, source: 'circles', type: '7' })),
  ]
  return all
    .filter((one) => types.includes(one.type) && `${one.id} ${one.label}`.toLowerCase().includes(wanted))
    .map(({ id, label, source }) => ({ id, label, source }))
}

const ocs = (statuscode: number, data: unknown): object => ({
  ocs: { meta: { status: statuscode === 200 ? 'ok' : 'failure', statuscode, message: '' }, data },
})

function avatar(person: SamplePerson | undefined): string {
  const initials = (person?.name ?? '?')
    .split(/[\s-]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">' +
    `<rect width="64" height="64" fill="${person?.colour ?? '#dbdbdb'}"/>` +
    `<text x="32" y="41" font-family="sans-serif" font-size="26" font-weight="600" text-anchor="middle" fill="#222">${initials}</text></svg>`
  )
}
