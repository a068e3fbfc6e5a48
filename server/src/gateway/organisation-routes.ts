/** `/api/v1/organisation`: read by everybody, described by administrators of Nextcloud. */
import type { Router } from 'express'
import { z } from 'zod'
import { isRefusal, refusal } from '@auzolan/shared/codes.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'
import type { WeightSets } from '../scoring/weight-sets.ts'
import { OrganisationChange } from '../organisation/schema.ts'
import type { Routing } from './routing.ts'
import { perCriterion } from './scoring-routes.ts'

const WeightsBody = z.strictObject({
  from: z.int().min(0),
  weights: perCriterion(z.int().min(0).max(100)),
})

export function addOrganisationRoutes(
  api: Router,
  { signedIn, refuse }: Routing,
  {
    organisation,
    lists,
    weightSets,
  }: {
    readonly organisation: DescribedOrganisation
    readonly lists: ReferenceLists
    readonly weightSets: WeightSets
  },
): void {
  /** Anybody signed in. */
  api.get(
    '/organisation',
    signedIn(async (_claims, _request, response) => void response.json(await organisation.read())),
  )

  /** Administrators of Nextcloud; everybody knows that it exists, so 403 and not 404. */
  api.put(
    '/organisation',
    signedIn(async (claims, request, response) => {
      if (!claims.admin) return refuse(response, refusal('NOT_ALLOWED', 'for administrators of Nextcloud'))
      const parsed = OrganisationChange.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const { version, ...facts } = parsed.data
      const { licences } = await lists.now()
      // One that is no longer in the list stays until somebody chooses another one.
      const listed = licences.some(({ id, ours }) => ours && id === facts.licence)
      if (!listed && (await organisation.read()).licence !== facts.licence)
        return refuse(response, refusal('INVALID_INPUT', 'licence: not in the list'))
      const changed = await organisation.change(facts, version, claims.person)
      if (isRefusal(changed)) return refuse(response, changed)
      response.json(changed)
    }),
  )

  /** Anybody signed in: every version of the weights by which tools are scored. */
  api.get(
    '/weights',
    signedIn(async (_claims, _request, response) => void response.json(await weightSets.list())),
  )
  /** Administrators of Nextcloud. */
  api.put(
    '/weights',
    signedIn(async (claims, request, response) => {
      if (!claims.admin) return refuse(response, refusal('NOT_ALLOWED', 'for administrators of Nextcloud'))
      const parsed = WeightsBody.safeParse(request.body)
      if (!parsed.success) return refuse(response, refusal('INVALID_INPUT', z.prettifyError(parsed.error)))
      const saved = await weightSets.save(claims, parsed.data)
      if (isRefusal(saved)) return refuse(response, saved)
      response.json(saved)
    }),
  )
}
