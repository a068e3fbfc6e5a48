/** Whom a team can have: people, groups and Teams of Nextcloud, found with its own search. */
import axios from '@nextcloud/axios'
import { generateOcsUrl } from '@nextcloud/router'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'

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
  const { data } = await axios.get<{ ocs: { data: { id: string; label: string; source: string }[] } }>(
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
  return data.ocs.data.flatMap(({ id, label, source }) => {
    const kind = kinds.find((one) => KINDS[one].source === source)
    return kind ? [{ principal: { kind, id }, name: label }] : []
  })
}
