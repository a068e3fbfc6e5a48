/** Whom a team can have: people, groups and Teams of Nextcloud, found with its own search. */
import { generateOcsUrl } from '@nextcloud/router'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import { requestHost } from './http.ts'

export interface FoundPrincipal {
  readonly principal: Principal
  readonly name: string
}

/** Share types of Nextcloud, and what its answers call them. */
const KINDS = {
  person: { shareType: 0, source: 'users' },
  group: { shareType: 1, source: 'groups' },
  team: { shareType: 7, source: 'circles' },
} as const
const FOUND_MAX = 20

/** @throws when the host does not answer; whom its administrator has hidden is not found */
export async function searchPrincipals(
  text: string,
  kinds: readonly Principal['kind'][],
): Promise<FoundPrincipal[]> {
  const { ocs } = await requestHost<{ ocs: { data: { id: string; label: string; source: string }[] } }>(
    'GET',
    generateOcsUrl('/core/autocomplete/get'),
    {
      params: {
        search: text,
        itemType: ' ',
        itemId: ' ',
        shareTypes: kinds.map((kind) => KINDS[kind].shareType),
        limit: FOUND_MAX,
      },
    },
  )
  return ocs.data.flatMap(({ id, label, source }) => {
    const kind = kinds.find((one) => KINDS[one].source === source)
    return kind ? [{ principal: { kind, id }, name: label }] : []
  })
}
