/** Tools that somebody in the house has named: for everybody in the house, whoever they are. */
import type { Request, RequestHandler, Router } from 'express'
import { z } from 'zod'
import { IMPORT_KINDS, dateFrom, line, prose, type Imported } from '@auzolan/shared/catalogue/imported.ts'
import { seenLength } from '@auzolan/shared/catalogue/signs.ts'
import { SUGGESTED_DATA, VOICE_KINDS, isPlainName } from '@auzolan/shared/catalogue/suggestion.ts'
import { refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId } from '@auzolan/shared/ids.ts'
import {
  DECLINE_REASON_MIN_CHARACTERS,
  IMPORTED_SOURCE_MAX_CHARACTERS,
  LINK_MAX_CHARACTERS,
  SINCE_YEAR_MIN,
  SUGGESTION_TEXT_MAX_CHARACTERS,
  TOOL_NAME_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type {
  AlikeAsked,
  SuggestionGiven,
  VoiceSaid,
  VoiceTerms,
} from '@auzolan/shared/protocol/suggestions.ts'
import { CLASSES } from '@auzolan/shared/schema/evaluation/features.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Claims } from '../access/claims.ts'
import type { Settling } from '../catalogue/settling.ts'
import type { ToolSuggestions } from '../catalogue/tool-suggestions.ts'
import { answered, isSomebodyElses } from './entered.ts'
import type { Routing } from './routing.ts'
import { webAddress } from './web-address.ts'

const name = z.string().trim().min(1).max(TOOL_NAME_MAX_CHARACTERS).refine(isPlainName, 'no name to be read')
/** Nothing, where nothing of it is seen. */
const text = z
  .string()
  .trim()
  .max(SUGGESTION_TEXT_MAX_CHARACTERS)
  .transform((words) => (seenLength(words) > 0 ? words : ''))
/** As the device reads it. */
const importedLine = z
  .string()
  .trim()
  .max(IMPORTED_SOURCE_MAX_CHARACTERS)
  .transform((words) => line(words))
const level = z.enum(USE_LEVELS.map(({ id }) => id))
const address = webAddress(LINK_MAX_CHARACTERS)
const VoiceBody = z.object({
  kind: z.enum(VOICE_KINDS),
  whatFor: text,
  likes: text,
  cautions: text,
  dataUsed: z.enum(SUGGESTED_DATA),
  level: level.nullable(),
  since: z
    .int()
    .min(SINCE_YEAR_MIN)
    .refine((year) => year <= new Date().getFullYear() + 1, 'a year to come')
    .nullable(),
  department: z.string().min(1).max(255).nullable(),
  free: z.boolean().nullable(),
  canTeach: z.boolean(),
  asked: z
    .object({
      purpose: z.enum(CLASSES.map(({ id }) => id)).nullable(),
      data: z.enum(DATA_CLASSES.map(({ id }) => id)),
      level,
    })
    .nullable(),
}) satisfies z.ZodType<VoiceTerms>
const SaidBody = VoiceBody.extend({ whole: z.boolean().default(false) }) satisfies z.ZodType<VoiceSaid>
const ImportedBody = z
  .object({
    kind: z.enum(IMPORT_KINDS),
    publisher: importedLine,
    source: address,
    date: z.union([z.literal(''), z.iso.date()]).transform((day) => dateFrom(day)),
    licence: importedLine,
    verdict: importedLine,
    description: text.transform(prose),
  })
  .refine(
    ({ kind, verdict }) => kind !== 'publiccode' || verdict === '',
    'its makers decide nothing',
  ) satisfies z.ZodType<Imported>
const GivenBody = z
  .object({
    name,
    address,
    category: z.string().min(1).max(255).nullable(),
    voice: VoiceBody.nullable(),
    imported: ImportedBody.nullable(),
  })
  .refine(({ voice, imported }) => voice !== null || imported !== null, 'nobody says anything of it')
  .refine(
    ({ voice }) => voice?.kind !== 'uses' || voice.whatFor !== '',
    'what it is used for is missing',
  ) satisfies z.ZodType<SuggestionGiven>
const AlikeBody = z.object({
  name: z.string().max(TOOL_NAME_MAX_CHARACTERS),
  address: z.string().max(LINK_MAX_CHARACTERS),
}) satisfies z.ZodType<AlikeAsked>
const DeclineBody = z.object({
  reason: text.refine((words) => seenLength(words) >= DECLINE_REASON_MIN_CHARACTERS, 'a short reason'),
})
const MergeBody = z.object({ into: z.uuid() })
const EvaluateBody = z.object({ document: z.string() })

export interface SuggestionRoutesPorts {
  readonly toolSuggestions: ToolSuggestions
  readonly settling: Settling
}

export function addSuggestionRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { toolSuggestions, settling }: SuggestionRoutesPorts,
): void {
  /** With the suggestion of the address and what the body says; 204. */
  const onOne = <B>(
    body: z.ZodType<B>,
    work: (claims: Claims, id: string, given: B) => Promise<Refusal | null>,
  ): RequestHandler =>
    signedIn(async (claims, request, response) => {
      const id = idIn(request)
      const given = body.safeParse(request.body ?? {})
      const refused = isSomebodyElses(request.body, claims)
        ? refusal('OTHER_PERSON', 'sent by somebody else')
        : id === null
          ? refusal('NOT_FOUND', 'no such suggestion')
          : !given.success
            ? refusal('INVALID_INPUT', z.prettifyError(given.error))
            : await work(claims, id, given.data)
      if (refused) refuse(response, refused)
      else response.status(204).end()
    })

  /** Anybody signed in. */
  api.get(
    '/suggestions',
    signedIn(async (claims, _request, response) => void response.json(await toolSuggestions.list(claims))),
  )
  /** Anybody signed in; what is being written is nothing for an address that logs keep. */
  api.post(
    '/suggestions/alike',
    signedIn(async (claims, request, response) => {
      const asked = AlikeBody.safeParse(request.body)
      if (!asked.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(asked.error)))
      response.json(await toolSuggestions.alike(claims, asked.data))
    }),
  )
  /** Anybody signed in. */
  api.post(
    '/suggestions',
    signedIn(async (claims, request, response) => {
      if (isSomebodyElses(request.body, claims))
        return refuse(response, refusal('OTHER_PERSON', 'sent by somebody else'))
      const given = GivenBody.safeParse(request.body)
      if (!given.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(given.error)))
      const refused = answered(response, await toolSuggestions.give(claims, given.data))
      if (refused) refuse(response, refused)
    }),
  )
  /** Anybody signed in; the evaluation it was turned into is named to those who may read it. */
  api.get(
    '/suggestions/:id',
    signedIn(async (claims, request, response) => {
      const id = idIn(request)
      const found =
        id === null ? refusal('NOT_FOUND', 'no such suggestion') : await toolSuggestions.page(claims, id)
      const refused = answered(response, found)
      if (refused) refuse(response, refused)
    }),
  )
  /** Anybody signed in, of themselves. */
  api.put(
    '/suggestions/:id/voice',
    onOne(SaidBody, (claims, id, terms) => toolSuggestions.say(claims, id, terms)),
  )
  api.delete(
    '/suggestions/:id/voice',
    onOne(z.unknown(), (claims, id) => toolSuggestions.unsay(claims, id)),
  )
  /** Those who settle suggestions. */
  api.post(
    '/suggestions/:id/decline',
    onOne(DeclineBody, (claims, id, { reason }) => settling.decline(claims, id, reason)),
  )
  api.post(
    '/suggestions/:id/reopen',
    onOne(z.unknown(), (claims, id) => settling.reopen(claims, id)),
  )
  api.post(
    '/suggestions/:id/merge',
    onOne(MergeBody, (claims, id, { into }) => settling.merge(claims, id, into)),
  )
  /** Whoever writes the evaluation. */
  api.post(
    '/suggestions/:id/evaluation',
    onOne(EvaluateBody, async (claims, id, { document }) => {
      const parsed = parseDocumentId(document)
      return parsed === null
        ? refusal('NOT_FOUND', 'no such document')
        : settling.evaluate(claims, id, parsed)
    }),
  )
  /** Whoever has linked it, and those who settle. */
  api.delete(
    '/suggestions/:id/evaluation',
    onOne(z.unknown(), (claims, id) => settling.unlink(claims, id)),
  )
}

const idIn = (request: Request): string | null => {
  const parsed = z.uuid().safeParse(request.params['id'])
  return parsed.success ? parsed.data : null
}
