import { mdiAlertOutline, mdiThumbDownOutline, mdiThumbUpOutline, mdiThumbsUpDownOutline } from '@mdi/js'
import type { Opinion, OpinionRole, Review, Stance } from '@auzolan/shared/protocol/review.ts'
import { me } from '../../host.ts'
import { t } from '../../l10n.ts'

export const stanceWords = (): { readonly [stance in Stance]: string } => ({
  favourable: t('Favourable'),
  reservations: t('With reservations'),
  against: t('Against'),
})

/** What this person has said for a role about the version, and may say anew. */
export const ownOpinion = ({ opinions }: Review, role: OpinionRole): Opinion | null =>
  opinions.find((one) => one.role === role && one.by.id === me.id) ?? null

interface Look {
  readonly icon: string
  readonly colour: string
}
export const LOOK_OF_STANCE: { readonly [stance in Stance]: Look } = {
  favourable: { icon: mdiThumbUpOutline, colour: 'az-complete' },
  reservations: { icon: mdiAlertOutline, colour: '' },
  against: { icon: mdiThumbDownOutline, colour: 'az-block' },
}
/** Of several opinions in one line: the gravest speaks for all, and no thumb is up while nobody has said so. */
export function lookOfAll(opinions: readonly Opinion[]): Look {
  const gravest = (['against', 'reservations', 'favourable'] as const).find((stance) =>
    opinions.some((one) => one.stance === stance),
  )
  return gravest === undefined ? { icon: mdiThumbsUpDownOutline, colour: '' } : LOOK_OF_STANCE[gravest]
}
