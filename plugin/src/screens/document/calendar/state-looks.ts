/** How the state of a post looks: an icon and a word; the ground is in post-ground.css. */
import {
  mdiAlarmLightOutline,
  mdiAlertCircleOutline,
  mdiCancel,
  mdiChartBoxOutline,
  mdiCheckAll,
  mdiCheckCircleOutline,
  mdiClockCheckOutline,
  mdiEyeOutline,
  mdiLightbulbOutline,
  mdiPencilOutline,
  mdiUndoVariant,
} from '@mdi/js'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import { t } from '../../../l10n.ts'
import type { Entry } from './arrangement.ts'

export interface Looks {
  readonly word: string
  readonly icon: string
}
export const postLooks = (): { readonly [status in PostStatus]: Looks } => ({
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
export const lackingLooks = (): Looks => ({ word: t('Something is missing'), icon: mdiAlertCircleOutline })
export const emergencyLooks = (): Looks => ({ word: t('Emergency'), icon: mdiAlarmLightOutline })

/** What of a post is seen first: that something is missing, that it is an emergency, else what it is. */
export type Ground = PostStatus | 'lacking'
export function looksOf(entry: Entry, lacking: boolean): Looks & { readonly ground: Ground } {
  if (lacking) return { ...lackingLooks(), ground: 'lacking' }
  const looks = postLooks()[entry.status]
  return {
    word: entry.emergency ? `${emergencyLooks().word}, ${looks.word}` : looks.word,
    icon: entry.emergency ? emergencyLooks().icon : looks.icon,
    ground: entry.status,
  }
}
