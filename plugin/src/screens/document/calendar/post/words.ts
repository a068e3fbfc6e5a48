/** A post in words: what it is, and what can be done with it. */
import {
  mdiAlarmLightOutline,
  mdiCancel,
  mdiChartBoxOutline,
  mdiCheck,
  mdiCheckAll,
  mdiCheckCircleOutline,
  mdiClockCheckOutline,
  mdiEyeOutline,
  mdiLightbulbOutline,
  mdiPencilOutline,
  mdiSendOutline,
  mdiUndoVariant,
} from '@mdi/js'
import type { PostCommand, PostStatus } from '@auzolan/shared/posts/life.ts'
import { t } from '../../../../l10n.ts'

interface Looks {
  readonly word: string
  readonly icon: string
}

export const statusLooks = (): { readonly [status in PostStatus]: Looks } => ({
  idea: { word: t('Idea'), icon: mdiLightbulbOutline },
  drafting: { word: t('Being written'), icon: mdiPencilOutline },
  in_review: { word: t('In review'), icon: mdiEyeOutline },
  approved: { word: t('Approved'), icon: mdiCheckCircleOutline },
  scheduled: { word: t('Handed to a tool'), icon: mdiClockCheckOutline },
  published: { word: t('Out'), icon: mdiCheckAll },
  measured: { word: t('Measured'), icon: mdiChartBoxOutline },
  cancelled: { word: t('Called off'), icon: mdiCancel },
  withdrawn: { word: t('Taken back'), icon: mdiUndoVariant },
})

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
