/** What comments are about, to call it by its name: the text of the document, and the posts beside it. */
import { computed, type ComputedRef } from 'vue'
import { calendar as CALENDAR } from '@auzolan/shared/schema/calendar.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { isPlan, useDocumentContext } from '../../../documents/context.ts'

export function useSpokenOf(): ComputedRef<DocumentJson> {
  const context = useDocumentContext()
  const { json } = context
  if (!isPlan(context)) return computed(() => json.value)
  const { calendar } = context.calendar
  return computed(() => ({ ...json.value, [CALENDAR.id]: calendar.value }) as unknown as DocumentJson)
}
