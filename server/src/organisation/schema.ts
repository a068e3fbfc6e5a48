/** What an administrator may say about the organisation; everything from outside is read with this. */
import { z } from 'zod'
import { QUORUMS, type Route } from '@auzolan/shared/approval-route.ts'
import { PERIODS_MAX, ROUTE_APPROVERS_MAX, ROUTE_DEPARTMENTS_MAX } from '@auzolan/shared/limits.ts'
import { isNamingPattern } from '@auzolan/shared/account-names.ts'
import {
  APPROVED_TYPES,
  OPINION_ROLES,
  ORGANISATION_KINDS,
  ORGANISATION_SIZES,
  UNDESCRIBED,
  type OrganisationFacts,
} from '@auzolan/shared/protocol/organisation.ts'
import { isTimeZone } from '@auzolan/shared/working-days.ts'
import { PRINCIPAL_KINDS } from '@auzolan/shared/protocol/teams.ts'
import { translated } from '../translated.ts'

const words = translated(200)
const named = words.refine((name) => Object.values(name).some(Boolean), 'a name is missing')
const id = z.string().trim().min(1).max(255)
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'not a language tag (BCP 47)')
/** Links of an administration are shown to citizens: nothing that a browser would run. */
const address = z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(500)])
const period = z
  .object({ id, name: z.string().trim().max(200), from: z.iso.date(), to: z.iso.date() })
  .refine(({ from, to }) => from <= to, 'a period ends before it begins')
const periods = z.array(period).max(PERIODS_MAX)
const perLevel = (min: number, max: number) => {
  const value = z.int().min(min).max(max)
  return z.object({ individual: value, collective: value, institutional: value })
}
const points = z.int().min(0).max(100)
const distinct = (what: string, of: (one: { id: string }) => string) =>
  [
    (list: readonly { id: string }[]) => new Set(list.map(of)).size === list.length,
    `two ${what} have the same id`,
  ] as const

const approver = z.union([
  z.object({ kind: z.literal('directors') }),
  z.object({ kind: z.enum(PRINCIPAL_KINDS), id, name: z.string().trim().min(1).max(255) }),
])
const placeOf = (one: z.infer<typeof approver>): string =>
  one.kind === 'directors' ? one.kind : `${one.kind}:${one.id}`
const route = z.object({
  quorum: z.enum(QUORUMS),
  approvers: z
    .array(approver)
    .min(1)
    .max(ROUTE_APPROVERS_MAX)
    .refine((list) => new Set(list.map(placeOf)).size === list.length, 'an approver is there twice'),
}) satisfies z.ZodType<Route>
const departmentRoutes = z
  .array(z.object({ department: id, approval: route }))
  .max(ROUTE_DEPARTMENTS_MAX)
  .refine(
    (list) => new Set(list.map((one) => one.department)).size === list.length,
    'a department has two routes',
  )

export const OrganisationInput = z.object({
  name: named,
  languages: z
    .array(language)
    .min(1)
    .max(10)
    .refine((list) => new Set(list).size === list.length, 'a language is there twice'),
  departments: z
    .array(
      z.object({
        id,
        name: named,
        group: id.nullable().default(null),
        communications: z.boolean().optional(),
      }),
    )
    .max(200)
    .refine(...distinct('departments', (d) => d.id)),
  kind: z.enum(ORGANISATION_KINDS),
  size: z.enum(ORGANISATION_SIZES),
  // Nine signs: L01480209, EA0008567 (Directorio Común de Unidades Orgánicas y Oficinas).
  dir3: z.union([z.literal(''), z.string().regex(/^(?:[A-Z]\d{8}|[A-Z]{2}\d{7})$/, 'not a DIR3 code')]),
  website: address,
  editorialPolicyUrl: address,
  transparencyUrl: address,
  dpoMailbox: z.union([z.literal(''), z.email().max(254)]),
  holidays: periods,
  closedPeriods: periods,
  // A page of before does not know them, and of two who save the second one is told.
  electoralPeriods: periods.default([]),
  mourningPeriods: periods.default([]),
  timeZone: z.string().max(64).refine(isTimeZone, 'not a time zone (IANA)'),
  namingPattern: z.string().trim().max(100).refine(isNamingPattern, 'not a naming pattern'),
  licence: z.string().min(1).max(40),
  policy: z
    .object({
      requireEea: z.boolean(),
      minEvaluators: perLevel(1, 20),
      thresholds: z.object({ recommend: points, conditional: points }),
      reviewMonths: perLevel(1, 60),
      smallOrganisation: z.boolean(),
    })
    .refine(
      ({ thresholds }) => thresholds.conditional <= thresholds.recommend,
      'recommended with conditions must not need more points than recommended',
    ),
  approvalRoutes: z
    .array(
      z.object({
        type: z.enum(APPROVED_TYPES),
        opinions: z.array(z.enum(OPINION_ROLES)).max(4),
        approval: route.optional(),
        departments: departmentRoutes.optional(),
      }),
    )
    .max(APPROVED_TYPES.length),
  toolWatch: z
    .object({
      person: z.object({ id, name: z.string().trim().min(1).max(255) }).nullable(),
      department: id.nullable(),
      hoursPerWeek: z.number().min(0).max(168).nullable(),
    })
    .default(UNDESCRIBED.toolWatch),
}) satisfies z.ZodType<OrganisationFacts>

/** With the version that was changed. */
export const OrganisationChange = OrganisationInput.extend({ version: z.int().min(0) })
