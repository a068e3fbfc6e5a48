/** What is said of a tool beside its evaluation, and what needs care: for everybody in the house, as far as it is theirs. */
import type { Request, Response, Router } from 'express'
import { z } from 'zod'
import { seenLength } from '@auzolan/shared/catalogue/signs.ts'
import { MATERIAL_KINDS } from '@auzolan/shared/catalogue/upkeep.ts'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import { parseDocumentId, type DocumentId } from '@auzolan/shared/ids.ts'
import {
  MATERIAL_MINUTES_MAX,
  MATERIAL_URL_MAX_CHARACTERS,
  USE_CASE_MAX_CHARACTERS,
  USE_PEOPLE_MAX,
} from '@auzolan/shared/limits.ts'
import type {
  MaterialGiven,
  PromiseGiven,
  TeachGiven,
  Upkeep,
  UseGiven,
} from '@auzolan/shared/protocol/upkeep.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { USE_LEVELS } from '@auzolan/shared/schema/evaluation/levels.ts'
import { DATA_CLASSES } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Claims } from '../access/claims.ts'
import type { ToolUpkeep } from '../catalogue/upkeep.ts'
import { translated } from '../translated.ts'
import { isSomebodyElses } from './entered.ts'
import type { Routing } from './routing.ts'
import { webAddress } from './web-address.ts'

const id = z.string().trim().min(1).max(255)
const day = z.iso.date().refine((one) => one >= '1990-01-01', 'before any of this')
const Department = z.object({ department: id })
const Material = z.object({ material: z.uuid() })
const Person = z.object({ person: id })
const isSeen = (words: Translated<string>): boolean =>
  Object.values(words).some((text) => seenLength(text ?? '') > 0)
const UseBody = z.object({
  since: day,
  until: day.nullable(),
  level: z.enum(USE_LEVELS.map((level) => level.id)),
  useCase: translated(USE_CASE_MAX_CHARACTERS).refine(isSeen, 'it is not said what for'),
  people: z.int().min(1).max(USE_PEOPLE_MAX),
  satisfaction: z.int().min(1).max(5).nullable(),
  dataClasses: z
    .array(z.enum(DATA_CLASSES.map((one) => one.id)))
    .min(1)
    .max(DATA_CLASSES.length)
    .transform((classes) => [...new Set(classes)]),
}) satisfies z.ZodType<UseGiven>
const MaterialBody = z.object({
  title: translated(200).refine(isSeen, 'a title is missing'),
  kind: z.enum(MATERIAL_KINDS),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'not a language tag (BCP 47)'),
  url: webAddress(MATERIAL_URL_MAX_CHARACTERS).refine((url) => url !== '', 'no address'),
  minutes: z.int().min(1).max(MATERIAL_MINUTES_MAX).nullable(),
  updatedOn: day,
  accessible: z.boolean(),
}) satisfies z.ZodType<MaterialGiven>
const PromiseBody = z.object({ by: day.nullable() }) satisfies z.ZodType<PromiseGiven>
const TeachBody = z.object({ department: id.nullable() }) satisfies z.ZodType<TeachGiven>

export interface UpkeepRoutesPorts {
  readonly upkeep: ToolUpkeep
}

export function addUpkeepRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  { upkeep }: UpkeepRoutesPorts,
): void {
  const answer = (response: Response, found: object | Refusal): void =>
    void (isRefusal(found) ? refuse(response, found) : response.json(found))
  const changing = <P, B>(
    place: z.ZodType<P>,
    body: z.ZodType<B>,
    work: (claims: Claims, tool: DocumentId, at: P, body: B) => Promise<Upkeep | Refusal>,
  ) =>
    signedIn(async (claims: Claims, request: Request, response: Response) => {
      if (isSomebodyElses(request.body, claims))
        return refuse(response, refusal('OTHER_PERSON', 'sent by somebody else'))
      const tool = parseDocumentId(String(request.params['id']))
      const at = place.safeParse(request.params)
      if (!tool || !at.success) return refuse(response, refusal('NOT_FOUND', 'no such place'))
      const given = body.safeParse(request.body ?? {})
      if (!given.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(given.error)))
      answer(response, await work(claims, tool, at.data, given.data))
    })

  /** Anybody signed in: of all tools for whoever watches over them, else of those whose evaluations are theirs. */
  api.get(
    '/catalogue/care',
    signedIn(async (claims, _request, response) => void response.json(await upkeep.care(claims))),
  )

  /**
   * Anybody signed in, for a department of which nothing is said yet: its group, where the organisation has said one. What stands there is for
   * whoever said it, the people of the department, and whoever watches over the tools.
   */
  api.put(
    '/catalogue/:id/uses/:department',
    changing(Department, UseBody, (claims, tool, { department }, body) =>
      upkeep.use(claims, tool, department, body),
    ),
  )
  api.post(
    '/catalogue/:id/uses/:department/confirm',
    changing(Department, z.unknown(), (claims, tool, { department }) =>
      upkeep.confirm(claims, tool, department),
    ),
  )
  api.delete(
    '/catalogue/:id/uses/:department',
    changing(Department, z.unknown(), (claims, tool, { department }) =>
      upkeep.unuse(claims, tool, department),
    ),
  )

  /** Those who write the evaluation, and whoever watches over the tools. */
  api.put(
    '/catalogue/:id/materials/:material',
    changing(Material, MaterialBody, (claims, tool, { material }, body) =>
      upkeep.material(claims, tool, material, body),
    ),
  )
  api.delete(
    '/catalogue/:id/materials/:material',
    changing(Material, z.unknown(), (claims, tool, { material }) =>
      upkeep.removeMaterial(claims, tool, material),
    ),
  )
  api.put(
    '/catalogue/:id/promise',
    changing(z.unknown(), PromiseBody, (claims, tool, _at, body) => upkeep.promise(claims, tool, body)),
  )

  /** Anybody signed in, of themselves; taken back also by those who say how it is learnt. */
  api.put(
    '/catalogue/:id/teachers/me',
    changing(z.unknown(), TeachBody, (claims, tool, _at, body) => upkeep.teach(claims, tool, body)),
  )
  api.delete(
    '/catalogue/:id/teachers/:person',
    changing(Person, z.unknown(), (claims, tool, { person }) =>
      upkeep.unteach(claims, tool, person === 'me' ? claims.person : person),
    ),
  )
}
