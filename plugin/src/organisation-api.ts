/** The organisation, as its administrators save it. */
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { send } from './api.ts'

/** @throws with `CHANGED_MEANWHILE` when `version` is no longer the present one */
export const saveOrganisation = (organisation: Organisation): Promise<Organisation> =>
  send<Organisation>('PUT', '/organisation', organisation)
