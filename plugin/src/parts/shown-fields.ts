/** The fields of a place that are asked for now, and those that somebody has filled in all the same. */
import { applies, isFilled, type Field } from '@auzolan/shared/schema/fields.ts'
import { readPlace } from '@auzolan/shared/schema/json.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'

export function shownFields(place: Place, languages: readonly string[]): [string, Field][] {
  const values = readPlace(place, languages)
  return Object.entries(place.fields).filter(
    ([key, field]) =>
      applies(field, values) || languages.some((language) => isFilled(field, values[key], language)),
  )
}
