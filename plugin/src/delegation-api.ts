/** Delegations, as the screens ask the server for them. */
import type { Delegation, DelegationGiven } from '@auzolan/shared/protocol/delegation.ts'
import { get, send } from './api.ts'

export const listDelegations = (): Promise<Delegation[]> => get('/delegations')
export const delegateDocument = (id: string, given: DelegationGiven): Promise<{ id: string }> =>
  send('POST', `/documents/${encodeURIComponent(id)}/delegations`, given)
export const delegateTeam = (id: string, given: DelegationGiven): Promise<{ id: string }> =>
  send('POST', `/teams/${encodeURIComponent(id)}/delegations`, given)
export const endDelegation = (id: string): Promise<void> =>
  send('DELETE', `/delegations/${encodeURIComponent(id)}`)
