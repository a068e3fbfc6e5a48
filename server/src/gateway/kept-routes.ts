/** `/api/v1/administration/data`: what is kept and where, for administrators of Nextcloud. */
import type { Router } from 'express'
import { refusal } from '@auzolan/shared/codes.ts'
import type { KeptData } from '../kept/kept.ts'
import type { Routing } from './routing.ts'

export interface KeptRoutesPorts {
  readonly kept: Pick<KeptData, 'tell'>
}

export function addKeptRoutes(api: Router, { signedIn, refuse }: Routing, { kept }: KeptRoutesPorts): void {
  /** Administrators of Nextcloud; everybody knows that it exists, so 403 and not 404. */
  api.get(
    '/administration/data',
    signedIn(async (claims, _request, response) => {
      if (!claims.admin) return refuse(response, refusal('NOT_ALLOWED', 'for administrators of Nextcloud'))
      response.json(await kept.tell())
    }),
  )
}
