/** Sending to review, opinions, decisions, versions and their receipts. */
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, parseVersionNumber, type DocumentId } from '@auzolan/shared/ids.ts'
import { REVIEW_TEXT_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import { OPINION_ROLES } from '@auzolan/shared/protocol/organisation.ts'
import {
  STANCES,
  type DecisionGiven,
  type OpinionGiven,
  type ReviewRequest,
} from '@auzolan/shared/protocol/review.ts'
import { approvalFileName } from '@auzolan/shared/receipt-file.ts'
import { VERDICTS } from '@auzolan/shared/receipt.ts'
import type { Claims } from '../access/claims.ts'
import type { AuditExport } from '../journal/audit-export.ts'
import type { Decisions } from '../review/decisions.ts'
import type { Opinions } from '../review/opinions.ts'
import type { FigureTasks } from '../figures/figure-tasks.ts'
import type { PostTasks } from '../posts/post-tasks.ts'
import type { Reopenings } from '../review/reopenings.ts'
import type { Reviews } from '../review/reviews.ts'
import type { ReceiptKeys } from '../review/signing-keys.ts'
import type { Submissions } from '../review/submissions.ts'
import type { Versions } from '../review/versions.ts'
import type { UpkeepTasks } from '../catalogue/upkeep-tasks.ts'
import type { ScoreTasks } from '../scoring/score-tasks.ts'
import { isSomebodyElses, sha256 } from './entered.ts'
import type { Routing } from './routing.ts'

const words = z.string().trim().max(REVIEW_TEXT_MAX_CHARACTERS)
const number = z.int().min(1)
const RequestBody = z.object({
  note: words.default(''),
  due: z.iso.date().nullable().default(null),
}) satisfies z.ZodType<ReviewRequest>
const OpinionBody = z.object({
  version: number,
  stance: z.enum(STANCES),
  text: words.default(''),
}) satisfies z.ZodType<OpinionGiven>
const DecisionBody = z.object({
  id: z.uuid(),
  signedInAs: z.string().max(255).optional(),
  version: number,
  sha256,
  verdict: z.enum(VERDICTS),
  comment: words.default(''),
  sections: z.array(z.string().max(64)).max(50).default([]),
  conditions: words.default(''),
  waivers: z
    .array(z.object({ check: z.string().max(64), reason: words }))
    .max(50)
    .default([]),
  overrides: z
    .array(z.object({ role: z.enum(OPINION_ROLES), person: z.string().max(255).optional(), reason: words }))
    .max(50)
    .default([]),
  onBehalfOf: z.string().min(1).max(255).optional(),
}) satisfies z.ZodType<DecisionGiven>

export interface ReviewRoutesPorts {
  readonly reviews: Reviews
  readonly postTasks: PostTasks
  readonly figureTasks: FigureTasks
  readonly reopenings: Reopenings
  readonly scoreTasks: ScoreTasks
  readonly upkeepTasks: UpkeepTasks
  readonly submissions: Submissions
  readonly opinions: Opinions
  readonly decisions: Decisions
  readonly versions: Versions
  readonly keys: ReceiptKeys
  readonly audit: AuditExport
}

export function addReviewRoutes(
  api: Router,
  { signedIn, entered, refuse }: Routing,
  ports: ReviewRoutesPorts,
): void {
  const {
    reviews,
    postTasks,
    figureTasks,
    reopenings,
    scoreTasks,
    upkeepTasks,
    submissions,
    opinions,
    decisions,
    versions,
    keys,
    audit,
  } = ports

  const answer = (response: Response, refused: Refusal | null): void => {
    if (refused) refuse(response, refused)
    else response.status(204).end()
  }
  /** Runs `work` with the document and the body; whoever may not read the document learns nothing about the body. */
  const withBody = <T>(
    form: z.ZodType<T>,
    work: (claims: Claims, id: DocumentId, body: T, request: Request, response: Response) => Promise<void>,
  ) =>
    signedIn(async (claims, request, response) => {
      if (isSomebodyElses(request.body, claims))
        return refuse(response, refusal('OTHER_PERSON', 'sent by somebody else'))
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      const parsed = form.safeParse(request.body ?? {})
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      await work(claims, id, parsed.data, request, response)
    })
  const version = async (claims: Claims, request: Request) => {
    const id = await entered(claims, request)
    if (isRefusal(id)) return id
    const n = parseVersionNumber(String(request.params['n']))
    return n === null ? refusal('NOT_FOUND', 'no such version') : versions.read(id, n)
  }

  /** Anybody signed in: what waits for them. */
  api.get(
    '/reviews',
    signedIn(async (claims, _request, response) => {
      response.json([
        ...(await reviews.tasks(claims)),
        ...(await postTasks.list(claims)),
        ...(await figureTasks.list(claims)),
        ...(await reopenings.tasks(claims)),
        ...(await scoreTasks.list(claims)),
        ...(await upkeepTasks.list(claims)),
      ])
    }),
  )

  /** Those who write it. */
  api.post(
    '/documents/:id/review',
    withBody(RequestBody, async (claims, id, body, _request, response) => {
      const n = await submissions.submit(claims, id, body)
      if (isRefusal(n)) return refuse(response, n)
      response.status(201).json({ version: n })
    }),
  )

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/review',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      const review = isRefusal(id) ? id : await reviews.read(claims, id)
      if (isRefusal(review)) return refuse(response, review)
      response.json(review)
    }),
  )

  /** Whoever sent it, and the coordinators. */
  api.post(
    '/documents/:id/review/withdraw',
    withBody(z.unknown(), async (claims, id, _body, _request, response) =>
      answer(response, await submissions.withdraw(claims, id)),
    ),
  )

  /** Those who write it, after changes were asked for. */
  api.post(
    '/documents/:id/review/resume',
    withBody(z.unknown(), async (claims, id, _body, _request, response) =>
      answer(response, await submissions.resume(claims, id)),
    ),
  )

  /** Those who have that role in the team. */
  api.put(
    '/documents/:id/review/opinions/:role',
    withBody(OpinionBody, async (claims, id, body, request, response) => {
      const role = OPINION_ROLES.find((one) => one === request.params['role'])
      if (role === undefined) return refuse(response, refusal('NOT_FOUND', 'no such role'))
      answer(response, await opinions.give(claims, id, role, body))
    }),
  )

  /** Those whose turn it is in the version's route, and who have not written in it; or whoever holds their delegation. */
  api.post(
    '/documents/:id/decisions',
    withBody(DecisionBody, async (claims, id, body, _request, response) =>
      answer(response, await decisions.decide(claims, id, body)),
    ),
  )

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/versions',
    signedIn(async (claims, request, response) => {
      const id = await entered(claims, request)
      if (isRefusal(id)) return refuse(response, id)
      response.json(await versions.list(id))
    }),
  )

  /** Whoever may read the document. */
  api.get(
    '/documents/:id/versions/:n',
    signedIn(async (claims, request, response) => {
      const found = await version(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      response.json(found)
    }),
  )

  /**
   * Whoever may read the document: receipt, text and key in one file, to be checked by anybody without us. Of a version that
   * several have approved, `?decision=` says which receipt; without it, the one that put the version in force.
   */
  api.get(
    '/documents/:id/versions/:n/approval',
    signedIn(async (claims, request, response) => {
      const found = await version(claims, request)
      if (isRefusal(found)) return refuse(response, found)
      const id = parseDocumentId(String(request.params['id']))!
      const asked = request.query['decision']
      const decision = typeof asked === 'string' ? asked : undefined
      const file = await versions.approvalFile(id, found.n, await keys.known(), decision)
      if (isRefusal(file)) return refuse(response, file)
      await audit.told(claims.person, id, 'approval', found.n)
      response.attachment(approvalFileName(id, found.n, file.receipt.id)).json(file)
    }),
  )

  /** Anybody signed in: the keys that receipts are signed with, past ones included. */
  api.get(
    '/keys',
    signedIn(async (_claims, _request, response) => void response.json(await keys.known())),
  )
}
