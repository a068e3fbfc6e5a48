/** What a consent says, in words. */
import type { ConsentGiver, ConsentScope, SubjectKind } from '@auzolan/shared/posts/consent.ts'
import type { ConsentKept } from '@auzolan/shared/protocol/consents.ts'
import { formatDate, t, today } from '../../../../l10n.ts'
import { networkName } from '../../../../references.ts'

export const subjectKinds = (): { readonly [kind in SubjectKind]: string } => ({
  adult: t('An adult'),
  minor_over_age: t('A minor who is old enough to agree'),
  minor_under_age: t('A younger child'),
})
export const givers = (): { readonly [giver in ConsentGiver]: string } => ({
  self: t('The person'),
  guardian: t('A parent or guardian'),
})
export const scopes = (): { readonly [scope in ConsentScope]: string } => ({
  image: t('Image'),
  voice: t('Voice'),
  name: t('Name'),
  tagging: t('Tagging'),
})

export const isOver = (one: ConsentKept): boolean =>
  one.withdrawnOn !== null || (one.expiresOn !== null && one.expiresOn < today())

/** «Image, voice · on all networks · until 31 Dec 2027» */
export function termsOf(one: ConsentKept): string {
  const words = scopes()
  return [
    one.scope.map((scope) => words[scope]).join(', '),
    one.networks === 'all' ? t('On all networks') : one.networks.map(networkName).join(', '),
    t('given on {date}', { date: formatDate(one.obtainedOn) }),
    ...(one.expiresOn === null ? [] : [t('until {date}', { date: formatDate(one.expiresOn) })]),
  ].join(' · ')
}
