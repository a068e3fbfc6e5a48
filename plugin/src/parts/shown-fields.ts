/** The fields of a place that are asked for now, and those that somebody has filled in all the same. */
import { applies, isFilled, type DocumentJson, type Field } from '@auzolan/shared/schema/fields.ts'
import { readPlace } from '@auzolan/shared/schema/json.ts'
import type { Place } from '@auzolan/shared/schema/shapes.ts'

/**
 * @param inTeam whether the person is of the team: what is for it alone is shown to nobody else
 * @param json of the document, where another section decides what is asked for
 */
export function shownFields(
  place: Place,
  languages: readonly string[],
  inTeam: boolean,
  json: DocumentJson = {},
): [string, Field][] {
  const values = readPlace(place, languages)
  return Object.entries(place.fields).filter(
    ([key, field]) =>
      (inTeam || !field.restricted) &&
      (applies(field, values, json) || languages.some((language) => isFilled(field, values[key], language))),
  )
}
