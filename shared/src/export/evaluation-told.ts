/**
 * What an evaluation comes to, made of its text: a first page for whoever decides or only wants to know, and where the data are as a
 * table. In the form of what is told, so that paper and reading copy show it as they show the rest.
 */
import { suggestionFor } from '../checks/evaluation.ts'
import { classesAt, isRecommended } from '../checks/evaluation/allowed.ts'
import { blocksOf, standsAgainst } from '../checks/evaluation/blocks.ts'
import { nextReviewOn } from '../checks/evaluation/review-date.ts'
import type { Message } from '../checks/finding.ts'
import { countryIn, UNKNOWN_COUNTRY } from '../location/countries.ts'
import { locationOf, type Happening } from '../location/location.ts'
import { lawSaid, listParts, sentencesOf } from './location-said.ts'
import { zoneOf, type Zone } from '../location/zones.ts'
import type { Organisation } from '../protocol/organisation.ts'
import { BUILTIN } from '../reference/references.ts'
import { EVALUATION, type Evaluation } from '../schema/evaluation.ts'
import { dataLocation } from '../schema/evaluation/data-location.ts'
import { decision, OUTCOMES } from '../schema/evaluation/decision.ts'
import { USE_LEVELS } from '../schema/evaluation/levels.ts'
import { DATA_CLASSES } from '../schema/evaluation/privacy.ts'
import type { FrozenScoring } from '../schema/evaluation/scoring.ts'
import type { DocumentType, Option } from '../schema/fields.ts'
import { CRITERIA } from '../scoring/criteria.ts'
import type { Say } from './say.ts'
import { inLanguage, type Telling, type Told, type ToldField, type ToldSection } from './told.ts'

export const IN_SHORT = 'inShort'

/** @param day ISO date on which it is read: of the approval, or today */
export interface EvaluationTelling extends Omit<Telling, 'json' | 'type'> {
  readonly json: Evaluation & { readonly scoring?: FrozenScoring }
  readonly organisation: Pick<Organisation, 'departments' | 'policy'>
  readonly day: string
  /** It was decided on that day. */
  readonly decided: boolean
  /** A date as it is written here. */
  readonly dayIn: (day: string) => string
}

export const isEvaluation = ({ id }: DocumentType): boolean => id === EVALUATION.id

/** The sections as they are told, with what they come to. */
export function withWhatItComesTo(
  sections: readonly ToldSection[],
  telling: EvaluationTelling,
): ToldSection[] {
  const { say } = telling
  return [
    { id: IN_SHORT, label: say('In one page'), parts: inShort(telling) },
    ...sections.map((section) =>
      section.id === dataLocation.id
        ? { ...section, parts: [...whereTold(telling), ...section.parts] }
        : section,
    ),
  ]
}

function inShort(telling: EvaluationTelling): ToldField[] {
  const { json, say, language, day, decided, dayIn } = telling
  const references = telling.references ?? BUILTIN
  const { tool, decision: proposed, scoring } = json
  const suggested = suggestionFor(json, { today: day, references })
  const blocks = blocksOf(json, references, day).map(({ id, message, touches }) =>
    [
      `${id}: ${spoken(message, say)}`,
      touches.length < DATA_CLASSES.length
        ? say('Not for: {classes}', { classes: labels(DATA_CLASSES, touches, say) })
        : '',
      standsAgainst({ touches }, classesAt(json)) ? '' : say('None of these data would be in it.'),
    ]
      .filter(Boolean)
      .join(' '),
  )
  const conditions = proposed.conditions.map(({ text, owner, dueOn, doneOn }, i) => {
    const who = [
      owner?.name ?? '',
      doneOn ? say('done on {date}', { date: dayIn(doneOn) }) : '',
      !doneOn && dueOn ? say('due by {date}', { date: dayIn(dueOn) }) : '',
    ].filter(Boolean)
    const said = `${i + 1}. ${inLanguage(text, language)}`
    return who.length > 0 ? `${said.replace(/\.$/, '')} (${who.join(', ')}).` : said
  })
  const apart = (scoring?.criteria ?? [])
    .filter(({ flagged }) => flagged)
    .map(({ criterion, min, max }) => {
      const name = CRITERIA.find(({ id }) => id === criterion)
      const resolved = proposed.resolutions.find((one) => one.criterion === criterion)
      const outcome = decision.fields.resolutions.item.outcome.options.find(
        ({ id }) => id === resolved?.outcome,
      )
      return [
        `${name ? `${name.id} ${say(name.label)}` : ''}: ${say('from {low} to {high}', { low: String(min), high: String(max) })}.`,
        outcome ? `${say(outcome.label)}: ${inLanguage(resolved?.note ?? {}, language)}` : '',
      ]
        .filter(Boolean)
        .join(' ')
    })
  return [
    line('tool', say('Tool'), [tool.toolName, tool.versionOrPlan, tool.vendor].filter(Boolean).join(' · ')),
    line('use', say('Intended use'), inLanguage(tool.intendedUse, language)),
    line(
      'outcome',
      decided ? say('Decision') : say('What is proposed'),
      labels(OUTCOMES, [proposed.outcome], say),
    ),
    ...(isRecommended(json)
      ? [
          line('data', say('For these data'), labels(DATA_CLASSES, proposed.allowedDataClasses, say)),
          line('levels', say('At these levels of use'), labels(USE_LEVELS, proposed.allowedLevels, say)),
        ]
      : []),
    line('conditions', say('Conditions'), lines(conditions)),
    line('why', say('Why'), inLanguage(proposed.justification, language)),
    line(
      'scores',
      say('What the scores suggest'),
      [
        suggested ? `${labels(OUTCOMES, [suggested], say)}.` : '',
        scoring ? pointsSaid(scoring, language, say) : '',
      ]
        .filter(Boolean)
        .join(' '),
    ),
    line('apart', say('Where those who scored lay far apart'), lines(apart)),
    line(
      'blocks',
      say('Blocking criteria'),
      blocks.length > 0 ? lines(blocks) : say('No blocking criterion stands against it.'),
    ),
    line('where', say('Where the data are'), whereSaid(telling)),
    line(
      'review',
      say('To be looked at again by'),
      proposed.outcome === null || proposed.outcome === 'withdrawn'
        ? ''
        : dayIn(nextReviewOn(json, references, day, telling.organisation.policy)),
    ),
  ].flatMap((one) => one ?? [])
}

function pointsSaid(
  { overall, low, high, fragile, state }: FrozenScoring,
  language: string,
  say: Say,
): string {
  if (state === null || state === 'open' || overall === null) return ''
  const number = (value: number): string => decimal(value, language)
  const range =
    low === null || high === null
      ? ''
      : say('Without one of those who scored it would be between {low} and {high}.', {
          low: number(low),
          high: number(high),
        })
  return [
    say('{points} of 100 points.', { points: number(overall) }),
    range,
    fragile ? say('That is fragile: another person, another suggestion.') : '',
  ]
    .filter(Boolean)
    .join(' ')
}

/** As it is written there; browsers know how that is done in few languages, and in Basque it is as in Spanish. */
function decimal(value: number, language: string): string {
  const form = { minimumFractionDigits: 1, maximumFractionDigits: 1 }
  const known = Intl.NumberFormat.supportedLocalesOf(language).length > 0 ? language : 'es'
  return new Intl.NumberFormat(known, form).format(value)
}

/** In plain words, as on the screen. */
function whereSaid({ json, say, language, references = BUILTIN, day }: EvaluationTelling): string {
  const name = (country: string): string => countryName(country, language, say)
  const said = sentencesOf(locationOf(json, references, day), say).map(({ text, places }) => {
    const parts = listParts(
      places.map(({ country }) => name(country)),
      language,
      say,
    )
    return text.replace('{places}', () => parts.map(({ value }) => value).join(''))
  })
  const law = lawSaid(json.dataLocation, (country) => zoneOf(country, references, day), say, name)
  return [...said, law].filter(Boolean).join(' ')
}

/** Country by country: its zone, what happens there, and who does it. */
function whereTold(telling: EvaluationTelling): ToldSection['parts'] {
  const { json, say, language, references = BUILTIN, day } = telling
  const { countries } = locationOf(json, references, day)
  if (countries.length === 0) return []
  const columns = [
    { key: 'country', label: say('Country') },
    { key: 'zone', label: say('Zone') },
    { key: 'what', label: say('What happens there') },
    { key: 'by', label: say('Who does it') },
  ]
  const records = countries.map(({ country, zone, happenings }) => {
    const values = [
      countryName(country, language, say),
      zoneName(zone, say),
      each(happenings.map((one) => activityName(one, say))),
      each(happenings.map(({ by }) => by)),
    ]
    return {
      id: country,
      name: values[0]!,
      fields: columns.map((column, i) => ({ ...column, told: words(values[i]!) })),
    }
  })
  return [
    ...[line('where', say('In plain words'), whereSaid(telling))].flatMap((one) => one ?? []),
    { key: 'byCountry', label: say('By country'), records, columns },
  ]
}

const activityName = ({ activity }: Happening, say: Say): string =>
  activity === 'subprocessor'
    ? say('Sub-processor')
    : labels(dataLocation.fields.places.item.activity.options, [activity], say)
const zoneName = (zone: Zone, say: Say): string => {
  switch (zone) {
    case 'ES':
    case 'EU':
      return say('European Union')
    case 'EEA':
      return say('European Economic Area')
    case 'ADEQUATE':
      return say('With an adequacy decision')
    case 'ADEQUATE_PARTIAL':
      return say('With an adequacy decision for some')
    case 'THIRD':
      return say('Third country')
    case 'UNKNOWN':
      return say('Unknown')
  }
}
const countryName = (id: string, language: string, say: Say): string =>
  id === UNKNOWN_COUNTRY ? say('Unknown') : (countryIn(id, language) ?? id)

/** One beside its name, several below it. */
const lines = (all: readonly string[]): string => (all.length > 1 ? `\n${all.join('\n')}` : all.join(''))
const words = (text: string): Told => ({ kind: 'words', words: [text], language: null })
/** `null` where there is nothing to say. */
const line = (key: string, label: string, text: string): ToldField | null =>
  text.trim() === '' ? null : { key, label, told: words(text) }
const each = (all: readonly string[]): string => [...new Set(all.filter(Boolean))].join(', ')
const labels = (options: readonly Option[], chosen: readonly (string | null)[], say: Say): string =>
  options
    .filter(({ id }) => chosen.includes(id))
    .map(({ label }) => say(label))
    // Some of them have a comma of their own.
    .join(' · ')
const spoken = ({ text, holes }: Message, say: Say): string => say(text, holes)
