/** `/api/v1/reference`: lists of reference data, read by everybody, replaced by administrators of Nextcloud. */
import type { Request, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { REFERENCE_SOURCE_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { EditionApplied } from '@auzolan/shared/protocol/reference.ts'
import { readEntries, type Problem } from '@auzolan/shared/reference/reading.ts'
import { isListId, LISTS, type ListId } from '@auzolan/shared/reference/references.ts'
import type { Claims } from '../access/claims.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { Reopenings } from '../review/reopenings.ts'
import type { Routing } from './routing.ts'

const edition = z.int().min(0)
/** What the preview said, word for word. */
const seen = z.string().max(64).optional()
const Given = z.union([
  z.strictObject({ edition, seen, backTo: z.int().min(0) }),
  z.strictObject({
    edition,
    seen,
    verifiedOn: z.iso.date(),
    source: z.string().trim().min(1).max(REFERENCE_SOURCE_MAX_CHARACTERS),
    entries: z.array(z.unknown()),
  }),
])

export function addReferenceRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { lists, reopenings }: { readonly lists: ReferenceLists; readonly reopenings: Reopenings },
): void {
  /** Anybody signed in; nothing when the page says that it knows them already. */
  api.get(
    '/reference',
    signedIn(async (_claims, request, response) => {
      const answer = await lists.read()
      if (request.query['known'] === answer.version) response.status(204).end()
      else response.json(answer)
    }),
  )

  /** Anybody signed in: who changed a list, and when. */
  api.get(
    '/reference/:list/editions',
    signedIn(async (_claims, request, response) => {
      const list = listIn(request)
      if (isRefusal(list)) return refuse(response, list)
      response.json(await lists.history(list))
    }),
  )
  api.get(
    '/reference/:list/editions/:n',
    signedIn(async (_claims, request, response) => {
      const list = listIn(request)
      const n = String(request.params['n'])
      if (isRefusal(list)) return refuse(response, list)
      const found = /^\d{1,9}$/.test(n)
        ? await lists.edition(list, Number(n))
        : refusal('NOT_FOUND', 'no such edition')
      if (isRefusal(found)) return refuse(response, found)
      response.json(found)
    }),
  )

  /** Administrators of Nextcloud; everybody knows that it exists, so 403 and not 404. */
  api.put(
    '/reference/:list',
    signedIn(async (claims, request, response) => {
      const asked = asks(claims, request)
      if (isRefusal(asked)) return refuse(response, asked)
      const changed = await reopenings.apply(claims, asked.list, asked.given)
      if (isRefusal(changed)) return refuse(response, changed)
      response.json(changed)
    }),
  )
  /** The same people: what it would mean for evaluations. Nothing changes. */
  api.post(
    '/reference/:list/preview',
    signedIn(async (claims, request, response) => {
      const asked = asks(claims, request)
      if (isRefusal(asked)) return refuse(response, asked)
      const preview = await reopenings.preview(claims, asked.list, asked.given)
      if (isRefusal(preview)) return refuse(response, preview)
      response.json(preview)
    }),
  )
}

function asks(claims: Claims, request: Request): { list: ListId; given: EditionApplied } | Refusal {
  if (!claims.admin) return refusal('NOT_ALLOWED', 'for administrators of Nextcloud')
  const list = listIn(request)
  if (isRefusal(list)) return list
  const given = givenIn(list, request.body)
  return isRefusal(given) ? given : { list, given }
}

function listIn(request: Request): ListId | Refusal {
  const list = String(request.params['list'])
  return isListId(list) ? list : refusal('NOT_FOUND', 'no such list')
}

function givenIn(list: ListId, body: unknown): EditionApplied | Refusal {
  const parsed = Given.safeParse(body)
  if (!parsed.success) return refusal('INVALID_INPUT', z.prettifyError(parsed.error))
  if ('backTo' in parsed.data) return parsed.data
  const read = readEntries(LISTS[list], parsed.data.entries)
  return read.kind === 'read'
    ? { ...parsed.data, entries: read.entries }
    : refusal('INVALID_INPUT', read.problems.map(inWords).join('; '))
}

const inWords = ({ row, column, code, detail }: Problem): string =>
  [row === null ? '' : `entry ${row}`, column, code, detail].filter(Boolean).join(' ')
