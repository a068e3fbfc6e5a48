/** Sections that are no text, and so are never complete: each has an icon of its own. */
import { mdiCalendarMonthOutline, mdiChartLine, mdiTableLarge } from '@mdi/js'
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { INDICATORS } from '../../documents/paths.ts'

const ICONS: { readonly [section: string]: string } = {
  [calendar.id]: mdiCalendarMonthOutline,
  [INDICATORS.id]: mdiChartLine,
}
export const iconOf = (section: string): string => ICONS[section] ?? mdiTableLarge
