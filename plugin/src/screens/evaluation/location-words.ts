/** Where the data of a tool are, in words: zones, activities, and the sentences people ask for. */
import { mdiFileSign, mdiHelpCircleOutline, mdiOctagonOutline, mdiShieldCheckOutline } from '@mdi/js'
import type { Happening, Location } from '@auzolan/shared/location/location.ts'
import { isInEea, type Zone } from '@auzolan/shared/location/zones.ts'
import { dataLocation } from '@auzolan/shared/schema/evaluation/data-location.ts'
import { screenLanguage, t } from '../../l10n.ts'

const activities = dataLocation.fields.places.item.activity.options
const mechanisms = dataLocation.fields.places.item.mechanism.options

export const activityName = (activity: Happening['activity']): string =>
  activity === 'subprocessor'
    ? t('Sub-processor')
    : t(activities.find(({ id }) => id === activity)?.label ?? '')
export const mechanismName = (mechanism: string | null): string =>
  t(mechanisms.find(({ id }) => id === mechanism)?.label ?? '')

/** How a place is drawn: solid in the EEA, dashed outside, dotted where nobody knows. */
export type Look = 'eea' | 'outside' | 'unknown'
export const lookOf = (zone: Zone): Look =>
  zone === 'UNKNOWN' ? 'unknown' : isInEea(zone) ? 'eea' : 'outside'
export const LOOK_ICONS: { readonly [look in Look]: string } = {
  eea: mdiShieldCheckOutline,
  outside: mdiFileSign,
  unknown: mdiHelpCircleOutline,
}
export const BLOCKED_ICON = mdiOctagonOutline

export const lookNames = (): { readonly [look in Look]: string } => ({
  eea: t('In the EEA'),
  outside: t('Outside the EEA'),
  unknown: t('Nobody knows where'),
})

/** `Store, process`: what is done in a country, each once. */
export const doneThere = (happenings: readonly Happening[]): string =>
  [...new Set(happenings.map(({ activity }) => activityName(activity)))].join(', ')

/** A sentence with places in it, each of which leads to its row. */
export interface Sentence {
  /** With `{places}` where they stand. */
  readonly text: string
  readonly places: readonly { readonly country: string; readonly look: Look; readonly path: string }[]
}

/** Made of the rows, never typed (DOMAIN B.6). */
export function sentencesOf({ happenings, atRest }: Location): readonly Sentence[] {
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
      text: stored ? t('The data are kept in {places}.') : t('The data are processed in {places}.'),
      places: rows(({ activity }) => activity === (stored ? 'storage' : 'processing')),
    },
    { text: t('Copies of them are kept in {places}.'), places: besides('backup') },
    ...(stored ? [{ text: t('They are processed in {places}, too.'), places: besides('processing') }] : []),
    { text: t('They can also be seen from {places}, to give support.'), places: besides('support') },
    { text: t('Other companies take part from {places}.'), places: elsewhere },
    { text: t('Data about use go to {places}.'), places: besides('telemetry') },
    { text: t('Copies for quicker delivery lie in {places}.'), places: besides('delivery') },
  ]
  return said.filter(({ places }) => places.length > 0)
}

/** What stands in a list, and what stands between: some browsers know how that is written in few languages. */
export function listParts(
  words: readonly string[],
): { readonly value: string; readonly at: number | null }[] {
  const language = screenLanguage()
  let at = 0
  if (Intl.ListFormat.supportedLocalesOf(language).length > 0)
    return new Intl.ListFormat(language, { type: 'conjunction' })
      .formatToParts(words)
      .map(({ type, value }) => ({ value, at: type === 'element' ? at++ : null }))
  const last = t('{first} and {last}', { first: '', last: '' })
  return words.flatMap((value, i) => [
    ...(i === 0 ? [] : [{ value: i === words.length - 1 ? last : ', ', at: null }]),
    { value, at: i },
  ])
}
