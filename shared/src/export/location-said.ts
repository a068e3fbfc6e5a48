/** Where the data of a tool are, said aloud: made of the rows, never typed (DOMAIN B.6). */
import type { Say } from './say.ts'
import type { Evaluation } from '../schema/evaluation.ts'
import type { Happening, Location } from '../location/location.ts'
import { isInEea, type Zone } from '../location/zones.ts'

/** How a place is drawn: solid in the EEA, dashed outside, dotted where nobody knows. */
export type Look = 'eea' | 'outside' | 'unknown'
export const lookOf = (zone: Zone): Look =>
  zone === 'UNKNOWN' ? 'unknown' : isInEea(zone) ? 'eea' : 'outside'
/** A sentence with places in it, each of which leads to its row. */
export interface Sentence {
  /** With `{places}` where they stand. */
  readonly text: string
  readonly places: readonly { readonly country: string; readonly look: Look; readonly path: string }[]
}

export function sentencesOf({ happenings, atRest }: Location, say: Say): readonly Sentence[] {
  const rows = (of: (one: Happening) => boolean): Sentence['places'] => {
    const found = happenings.filter(of)
    return [...new Set(found.map(({ country }) => country))].map((country) => {
      const first = found.find((one) => one.country === country)!
      return { country, look: lookOf(first.zone), path: first.path }
    })
  }
  const stored = happenings.some(({ activity }) => activity === 'storage')
  const besides = (...kinds: readonly Happening['activity'][]): Sentence['places'] =>
    rows(({ activity, country }) => kinds.includes(activity) && !atRest.includes(country))
  // Where somebody does more than take part, that is what is said.
  const told = happenings.filter(({ activity }) => activity !== 'subprocessor').map(({ country }) => country)
  const elsewhere = rows(({ activity, country }) => activity === 'subprocessor' && !told.includes(country))
  const said: readonly Sentence[] = [
    {
      text: stored ? say('The data are kept in {places}.') : say('The data are processed in {places}.'),
      places: rows(({ activity }) => activity === (stored ? 'storage' : 'processing')),
    },
    { text: say('Copies of them are kept in {places}.'), places: besides('backup') },
    ...(stored ? [{ text: say('They are processed in {places}, too.'), places: besides('processing') }] : []),
    { text: say('They can also be seen from {places}, to give support.'), places: besides('support') },
    { text: say('Other companies take part from {places}.'), places: elsewhere },
    { text: say('Data about use go to {places}.'), places: besides('telemetry') },
    { text: say('Copies for quicker delivery lie in {places}.'), places: besides('delivery') },
  ]
  return said.filter(({ places }) => places.length > 0)
}

/** What stands in a list, and what stands between: some browsers know how that is written in few languages. */
export function listParts(
  words: readonly string[],
  language: string,
  say: Say,
): { readonly value: string; readonly at: number | null }[] {
  let at = 0
  if (Intl.ListFormat.supportedLocalesOf(language).length > 0)
    return new Intl.ListFormat(language, { type: 'conjunction' })
      .formatToParts(words)
      .map(({ type, value }) => ({ value, at: type === 'element' ? at++ : null }))
  const last = say('{first} and {last}', { first: '', last: '' })
  return words.flatMap((value, i) => [
    ...(i === 0 ? [] : [{ value: i === words.length - 1 ? last : ', ', at: null }]),
    { value, at: i },
  ])
}

/** Whose law reaches the company; '' where nobody has said where it is. */
export function lawSaid(
  { companyCountry: own, parentCountry: owner }: Evaluation['dataLocation'],
  zone: (country: string) => Zone,
  say: Say,
  nameOf: (country: string) => string,
): string {
  if (!own) return ''
  const company = say('The company is under the law of {country}.', { country: nameOf(own) })
  if (!owner || owner === own) return company
  const country = nameOf(owner)
  return `${company} ${
    isInEea(zone(owner))
      ? say('Its owner is under that of {country}.', { country })
      : say('Its owner is under that of {country}, and may have to answer to it.', { country })
  }`
}
