/** Profiles in words: what they are, and what can be done with them. */
import {
  mdiArchiveOutline,
  mdiCheckCircleOutline,
  mdiCircleOutline,
  mdiHandshakeOutline,
  mdiPowerSleep,
} from '@mdi/js'
import type { ProfileCommand, ProfileStatus } from '@auzolan/shared/profile-life.ts'
import { t } from '../l10n.ts'

interface Looks {
  readonly word: string
  readonly icon: string
}

export const statusLooks = (): { readonly [status in ProfileStatus]: Looks } => ({
  planned: { word: t('Planned'), icon: mdiCircleOutline },
  open: { word: t('Opened'), icon: mdiCheckCircleOutline },
  dormant: { word: t('At rest'), icon: mdiPowerSleep },
  closed: { word: t('Closed'), icon: mdiArchiveOutline },
  handed_over: { word: t('Handed over'), icon: mdiHandshakeOutline },
})

export const commandWords = (): { readonly [command in ProfileCommand]: string } => ({
  open: t('Open the profile'),
  rest: t('Put it to rest'),
  close: t('Close the profile'),
  hand_over: t('Hand it over'),
  reopen: t('Open it again'),
})
