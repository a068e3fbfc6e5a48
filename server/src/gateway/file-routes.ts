/** Files beside a document, and the consents of those who are seen in them. */
import type { Request, Response, Router } from 'express'
import type { Logger } from 'pino'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  CONSENT_NETWORKS_MAX,
  CONSENT_SUBJECT_MAX_CHARACTERS,
  CONSENT_TEXT_MAX_CHARACTERS,
  FILE_NAME_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { CONSENT_GIVERS, CONSENT_SCOPES, SUBJECT_KINDS } from '@auzolan/shared/posts/consent.ts'
import type { ConsentCorrected, ConsentGiven, ConsentWithdrawal } from '@auzolan/shared/protocol/consents.ts'
import { isSha256, nameToSave, plainName, type KeptFile } from '@auzolan/shared/protocol/files.ts'
import type { Claims } from '../access/claims.ts'
import type { Consents } from '../consents/consents.ts'
import type { Files } from '../files/files.ts'
import type { FileStore } from '../files/store.ts'
import { answered, entering } from './entered.ts'
import type { Routing } from './routing.ts'

/** What a body of bytes calls itself, whatever is in it. */
export const FILE_BODY = 'application/octet-stream'

const Name = z.object({
  name: z
    .string()
    .refine((name) => name.isWellFormed(), 'no Unicode')
    .transform(plainName)
    .pipe(z.string().min(1).max(FILE_NAME_MAX_CHARACTERS)),
})
const day = z.iso.date().refine((text) => text >= '2000-01-01', 'before any of this')
const words = (max: number) => z.string().trim().min(1).max(max)
const Terms = z.object({
  subject: words(CONSENT_SUBJECT_MAX_CHARACTERS),
  subjectKind: z.enum(SUBJECT_KINDS),
  givenBy: z.enum(CONSENT_GIVERS),
  scope: z.array(z.enum(CONSENT_SCOPES)).max(CONSENT_SCOPES.length),
  networks: z.union([z.literal('all'), z.array(z.string().regex(/^[\w-]{1,64}$/)).max(CONSENT_NETWORKS_MAX)]),
  purpose: words(CONSENT_TEXT_MAX_CHARACTERS),
  obtainedOn: day,
  expiresOn: day.nullable(),
  evidence: words(CONSENT_TEXT_MAX_CHARACTERS),
  freelyGiven: z.boolean(),
})
const OfConsent = z.object({ consent: z.string() })
const GivenBody = Terms.extend({ id: z.uuid() }) satisfies z.ZodType<ConsentGiven>
const CorrectedBody = Terms.extend({ revision: z.int().min(1) }) satisfies z.ZodType<ConsentCorrected>
const WithdrawalBody = z.object({ on: day }) satisfies z.ZodType<ConsentWithdrawal>

export interface FileRoutesPorts {
  readonly files: Files
  readonly fileStore: FileStore
  readonly consents: Consents
  readonly log: Logger
}

export function addFileRoutes(
  api: Router,
  routing: Routing,
  { files, fileStore, consents, log }: FileRoutesPorts,
): void {
  const { signedIn, enter, entered, refuse } = routing
  const shaOf = (request: Request): string | Refusal => {
    const sha256 = String(request.params['sha256'])
    return isSha256(sha256) ? sha256 : refusal('NOT_FOUND', 'no such file')
  }

  const ofTeam = async (claims: Claims, request: Request): Promise<DocumentId | Refusal> => {
    const found = await enter(claims, request)
    if (isRefusal(found)) return found
    return found.inTeam ? found.document.id : refusal('NOT_ALLOWED', 'for the team')
  }

  /** The team. */
  api.get(
    '/documents/:id/files',
    signedIn(async (claims, request, response) => {
      const id = await ofTeam(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      response.json(await files.list(id))
    }),
  )

  /** Those who write it. */
  api.put(
    '/documents/:id/files/:sha256',
    signedIn(async (claims, request, response) => {
      const taken = await take(claims, request)
      // Whoever is still sending hears the answer only when somebody listens to the rest.
      request.resume()
      if (isRefusal(taken)) return refuse(response, taken)
      response.status(taken.isNew ? 201 : 200).json(taken.file)
    }),
  )
  const take = async (claims: Claims, request: Request) => {
    const id = await entered(claims, request)
    if (isRefusal(id)) return id
    const sha256 = shaOf(request)
    if (isRefusal(sha256)) return sha256
    const named = Name.safeParse(request.query)
    if (!named.success) return refusal('INVALID_INPUT', 'a name of 1 to 255 characters is missing')
    if (request.is(FILE_BODY) === false) return refusal('MALFORMED', `the body is not ${FILE_BODY}`)
    const length = Number(request.headers['content-length'] ?? NaN)
    const sent = { sha256, name: named.data.name, length: Number.isSafeInteger(length) ? length : null }
    return files.take(claims, id, sent, request)
  }

  /** The team, as the calendar that shows it. */
  api.get(
    '/documents/:id/files/:sha256',
    signedIn(async (claims, request, response) => {
      const id = await ofTeam(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const sha256 = shaOf(request)
      const file = isRefusal(sha256) ? sha256 : await files.find(id, sha256)
      if (isRefusal(file)) return refuse(response, file)
      hand(response, file, await fileStore.pathOf(file.sha256))
    }),
  )
  /** As something to save, never to open on our origin; parts of it too, so that a film can be wound forward. */
  const hand = (response: Response, { sha256, name, type }: KeptFile, path: string): void => {
    response.attachment(nameToSave(name, type))
    response.setHeader('Content-Type', type)
    // What a hash names never changes. Proxies must not shorten it, or the parts would no longer fit.
    response.setHeader('Cache-Control', 'private, max-age=31536000, immutable, no-transform')
    response.setHeader('ETag', `"${sha256}"`)
    const how = { root: fileStore.folder, cacheControl: false, etag: false, lastModified: false } as const
    response.sendFile(path, how, (error: (NodeJS.ErrnoException & { status?: number }) | undefined) => {
      if (!error || response.headersSent) return
      for (const header of ['Content-Disposition', 'ETag']) response.removeHeader(header)
      response.setHeader('Cache-Control', 'no-store')
      // A part there is not, or another file than was asked for.
      if (error.status === 416 || error.status === 412) return void response.status(error.status).end()
      if (error.code === 'ENOENT')
        log.error('a file that a row names is not on the disk: `auzolan-server audit verify` says which')
      else log.error({ code: error.code }, 'a file could not be read')
      refuse(
        response,
        refusal(error.code === 'ENOENT' ? 'NOT_FOUND' : 'TRY_AGAIN', 'the file cannot be read'),
      )
    })
  }

  /** Those who write it. */
  api.delete(
    '/documents/:id/files/:sha256',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const sha256 = shaOf(request)
      const refused = isRefusal(sha256) ? sha256 : await files.takeOut(claims, id, sha256)
      if (refused) return refuse(response, refused)
      response.status(204).end()
    }),
  )

  // Who may is asked in the register itself.
  const kept = entering(routing)

  /** Those who write it, legal and directors. */
  api.get(
    '/documents/:id/consents',
    kept(z.unknown(), z.unknown(), async (claims, id, _at, _body, response) =>
      answered(response, await consents.list(claims, id)),
    ),
  )

  /** Those who write it, and legal. */
  api.post(
    '/documents/:id/consents',
    kept(z.unknown(), GivenBody, (claims, id, _at, given) => consents.add(claims, id, given)),
  )
  api.put(
    '/documents/:id/consents/:consent',
    kept(OfConsent, CorrectedBody, (claims, id, { consent }, given) =>
      consents.correct(claims, id, consent, given),
    ),
  )
  api.post(
    '/documents/:id/consents/:consent/withdraw',
    kept(OfConsent, WithdrawalBody, async (claims, id, { consent }, given, response) =>
      answered(response, await consents.withdraw(claims, id, consent, given)),
    ),
  )
}
