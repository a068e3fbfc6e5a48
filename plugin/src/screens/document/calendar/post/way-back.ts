/** The way from a post back to its calendar: to the days and the filter one came from, else to the month of the post. */
import { useRoute, type RouteLocationRaw } from 'vue-router'
import { calendar as section } from '@auzolan/shared/schema/calendar.ts'

/** @param day of the post, where it has one */
export function useWayBack(document: string, day: () => string | null): () => RouteLocationRaw {
  const route = useRoute()
  return () => {
    const on = day()
    return {
      name: 'document',
      params: { id: document, section: section.id, part: '' },
      query: { ...(on === null ? {} : { day: on }), ...route.query },
    }
  }
}
