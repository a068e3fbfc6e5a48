/** What in a suggestion looks like data of a person: everybody in the house will read it. */
import { personalDataIn, type PersonalKind } from '@auzolan/shared/posts/personal-data.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'

export interface FoundPersonal {
  readonly kind: PersonalKind
  readonly value: string
}
/** Each once, in the order in which it stands there. Mail of the house itself is no person's own. */
export function personalIn(
  texts: readonly string[],
  organisation: Pick<Organisation, 'website' | 'dpoMailbox'> | null,
): readonly FoundPersonal[] {
  const own = organisation
    ? [domainOf(organisation.website), organisation.dpoMailbox.split('@')[1] ?? '']
    : []
  const found = texts.flatMap((text) => personalDataIn(text, own.filter(Boolean)))
  return found
    .filter((one, i) => found.findIndex(({ value }) => value === one.value) === i)
    .map(({ kind, value }) => ({ kind, value }))
}
const domainOf = (address: string): string =>
  URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, '') : ''
