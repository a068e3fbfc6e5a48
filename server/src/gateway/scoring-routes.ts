/** Rounds of scores of an evaluation. */
import type { Router } from 'express'
import { z } from 'zod'
import { parseVersionNumber } from '@auzolan/shared/ids.ts'
import {
  CONFLICT_MAX_CHARACTERS,
  EVALUATORS_MAX,
  SCORE_REASON_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import { CRITERIA, type CriterionId } from '@auzolan/shared/scoring/criteria.ts'
import { SCORES } from '@auzolan/shared/scoring/rounds.ts'
import type { ScoringRounds } from '../scoring/scoring-rounds.ts'
import type { Sheets } from '../scoring/sheets.ts'
import { answered, entering } from './entered.ts'
import type { Routing } from './routing.ts'

export const perCriterion = <T extends z.ZodType>(each: T): z.ZodObject<{ [criterion in CriterionId]: T }> =>
  z.strictObject(
    Object.fromEntries(CRITERIA.map(({ id }) => [id, each])) as { [criterion in CriterionId]: T },
  )
const signed = { signedInAs: z.string().max(255).optional() }
const id = z.string().trim().min(1).max(255)
const RoundBody = z.object({
  ...signed,
  evaluators: z
    .array(
      z.object({
        person: id,
        name: z.string().trim().min(1).max(255),
        department: id.nullable().default(null),
      }),
    )
    .min(1)
    .max(EVALUATORS_MAX),
  weights: perCriterion(z.int().min(0).max(100)).optional(),
})
const revision = z.int().min(0)
const SheetBody = z.object({
  ...signed,
  id: z.uuid(),
  revision,
  scores: perCriterion(z.literal(SCORES).optional()),
  reasons: perCriterion(z.string().trim().max(SCORE_REASON_MAX_CHARACTERS).optional()),
})
const HandedInBody = z.object({ ...signed, revision })
const ConflictBody = z.object({ ...signed, text: z.string().trim().min(1).max(CONFLICT_MAX_CHARACTERS) })

const Place = z.object({
  n: z.string().transform((text, context) => {
    const n = parseVersionNumber(text)
    if (n === null) context.addIssue('no number of a round')
    return n ?? 0
  }),
})

export interface ScoringRoutesPorts {
  readonly scoringRounds: ScoringRounds
  readonly sheets: Sheets
}

export function addScoringRoutes(
  api: Router,
  routing: Routing,
  { scoringRounds, sheets }: ScoringRoutesPorts,
): void {
  const entered = entering(routing)

  /** The team and who decides; of a round that is open nobody sees another person's sheet. */
  api.get(
    '/documents/:id/scoring',
    entered(z.unknown(), z.unknown(), async (claims, document, _at, _body, response) =>
      answered(response, await sheets.read(claims, document)),
    ),
  )

  /** Those who coordinate it. */
  api.put(
    '/documents/:id/scoring/:n',
    entered(Place, RoundBody, (claims, document, { n }, { evaluators, weights }) =>
      scoringRounds.open(claims, document, n, { evaluators, weights }),
    ),
  )
  api.post(
    '/documents/:id/scoring/:n/reveal',
    entered(Place, z.unknown(), (claims, document, { n }) => scoringRounds.reveal(claims, document, n)),
  )
  api.post(
    '/documents/:id/scoring/:n/close',
    entered(Place, z.unknown(), (claims, document, { n }) => scoringRounds.close(claims, document, n)),
  )

  /** Those who are named in that round, each for themselves. */
  api.put(
    '/documents/:id/scoring/:n/sheet',
    entered(Place, SheetBody, (claims, document, { n }, given) =>
      sheets.save(claims, { id: document, n }, given),
    ),
  )
  api.post(
    '/documents/:id/scoring/:n/sheet/hand-in',
    entered(Place, HandedInBody, (claims, document, { n }, given) =>
      sheets.handIn(claims, { id: document, n }, given),
    ),
  )
  api.post(
    '/documents/:id/scoring/:n/sheet/take-back',
    entered(Place, z.unknown(), (claims, document, { n }) => sheets.takeBack(claims, { id: document, n })),
  )
  api.put(
    '/documents/:id/scoring/:n/sheet/conflict',
    entered(Place, ConflictBody, (claims, document, { n }, given) =>
      sheets.declare(claims, { id: document, n }, given),
    ),
  )
}
