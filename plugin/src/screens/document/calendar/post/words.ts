/** What can be done with a post, in words. */
import {
  mdiAlarmLightOutline,
  mdiCancel,
  mdiCheck,
  mdiCheckAll,
  mdiClockCheckOutline,
  mdiPencilOutline,
  mdiSendOutline,
  mdiUndoVariant,
} from '@mdi/js'
import type { PostCommand } from '@auzolan/shared/posts/life.ts'
import { t } from '../../../../l10n.ts'
import type { Looks } from '../state-looks.ts'

export const commandLooks = (emergency = false): { readonly [command in PostCommand]: Looks } => ({
  draft: { word: t('Take it up'), icon: mdiPencilOutline },
  submit: { word: t('Send to review'), icon: mdiSendOutline },
  return: { word: t('Send back'), icon: mdiUndoVariant },
  approve: { word: t('Approve'), icon: mdiCheck },
  schedule: { word: t('Hand to a tool'), icon: mdiClockCheckOutline },
  publish: { word: t('Note that it is out'), icon: emergency ? mdiAlarmLightOutline : mdiCheckAll },
  cancel: { word: t('Call it off'), icon: mdiCancel },
  withdraw: { word: t('Take it back'), icon: mdiUndoVariant },
})
