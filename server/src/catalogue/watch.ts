/** Who looks after the tools of the house (DOMAIN C-01) [SEED L281]: administrators, and whoever the organisation has named for it. */
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { Principal } from '@auzolan/shared/protocol/teams.ts'
import type { Claims } from '../access/claims.ts'

type Described = Pick<Organisation, 'toolWatch' | 'departments'>

const groupOf = ({ toolWatch, departments }: Described): string | null =>
  departments.find(({ id }) => id === toolWatch.department)?.group ?? null

/** Who is in a department, only its group in Nextcloud says. */
export function watches(claims: Pick<Claims, 'person' | 'groups' | 'admin'>, described: Described): boolean {
  const group = groupOf(described)
  return (
    claims.admin ||
    described.toolWatch.person?.id === claims.person ||
    (group !== null && claims.groups.includes(group))
  )
}

/** Whom something is told that concerns all tools. */
export function watchers(described: Described): Principal[] {
  const { person } = described.toolWatch
  const group = groupOf(described)
  return [
    ...(person ? [{ kind: 'person' as const, id: person.id }] : []),
    ...(group === null ? [] : [{ kind: 'group' as const, id: group }]),
  ]
}
