/** Where the data of a tool are, in words and signs: zones and activities. */
import { mdiFileSign, mdiHelpCircleOutline, mdiOctagonOutline, mdiShieldCheckOutline } from '@mdi/js'
import type { Happening } from '@auzolan/shared/location/location.ts'
import type { Look } from '@auzolan/shared/export/location-said.ts'
import { dataLocation } from '@auzolan/shared/schema/evaluation/data-location.ts'
import { t } from '../../l10n.ts'

const activities = dataLocation.fields.places.item.activity.options
const mechanisms = dataLocation.fields.places.item.mechanism.options

export const activityName = (activity: Happening['activity']): string =>
  activity === 'subprocessor'
    ? t('Sub-processor')
    : t(activities.find(({ id }) => id === activity)?.label ?? '')
export const mechanismName = (mechanism: string | null): string =>
  t(mechanisms.find(({ id }) => id === mechanism)?.label ?? '')

export const LOOK_ICONS: { readonly [look in Look]: string } = {
  eea: mdiShieldCheckOutline,
  outside: mdiFileSign,
  unknown: mdiHelpCircleOutline,
}
export const BLOCKED_ICON = mdiOctagonOutline

export const lookNames = (): { readonly [look in Look]: string } => ({
  eea: t('In the EEA'),
  outside: t('Outside the EEA'),
  unknown: t('Nobody knows where'),
})

/** `Store, process`: what is done in a country, each once. */
export const doneThere = (happenings: readonly Happening[]): string =>
  [...new Set(happenings.map(({ activity }) => activityName(activity)))].join(', ')
