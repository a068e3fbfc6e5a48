/** What a post that is out was planned for, where it went out at another time; else nothing. */
import type { Placed } from '@auzolan/shared/posts/placed.ts'
import { shortDay } from '../../../day-words.ts'
import { t } from '../../../l10n.ts'

export function plannedWords({ planned, day }: Placed): string {
  if (planned === null) return ''
  // Of another hour of the same day the hour is enough.
  const when = [planned.day === day ? '' : shortDay(planned.day), planned.time ?? '']
  return t('planned for {when}', { when: when.filter(Boolean).join(', ') })
}
