/** Lists of reference data in words: what each is for, its columns, its choices, and what can be wrong with an entry. */
import { differences, type Differences } from '@auzolan/shared/reference/differences.ts'
import type { Cell, Column, Entry } from '@auzolan/shared/reference/list.ts'
import type { Problem } from '@auzolan/shared/reference/reading.ts'
import { LISTS, type ListId } from '@auzolan/shared/reference/references.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { countryName } from '../../../countries.ts'
import { formatDate, formatNumber, n, t } from '../../../l10n.ts'
import { shownName } from '../../../parts/names.ts'
import { nameOfLanguage } from '../../../parts/options.ts'

type Words = { readonly [key: string]: string }

export const listNames = (): { readonly [id in ListId]: string } => ({
  networks: t('Social networks'),
  phrases: t('Phrases the checks look for'),
  licences: t('Licences'),
  languages: t('Languages'),
  eea: t('European Economic Area'),
  adequacy: t('Adequacy decisions'),
  toolCategories: t('Kinds of tools'),
  dpiaCriteria: t('What makes a risk high'),
})
export const listPurposes = (): { readonly [id in ListId]: string } => ({
  networks: t('Networks a profile can be on, and how much fits into a post of each.'),
  phrases: t('What gives a purpose or an audience away as none, and how it is said that opinions are free.'),
  licences: t('Licences of the works we use, and those we may choose for what we make.'),
  languages: t('Languages an audience may be spoken to in.'),
  eea: t('Countries where the data protection law of the EU is in force.'),
  adequacy: t('Countries and organisations that the European Commission says protect data well enough.'),
  toolCategories: t('The shelves of the catalogue, and the kinds an evaluation chooses among.'),
  dpiaCriteria: t(
    'Criteria of the data protection authority: from two on, an impact assessment is expected.',
  ),
})

/** Of columns of the same name in all lists. */
const columnWords = (): Words => ({
  id: t('Short name, for programs'),
  label: t('Name'),
  name: t('Name'),
  textMax: t('Longest text'),
  mediaTextMax: t('Longest text under a picture or a video'),
  unit: t('Counted in'),
  bytesMax: t('Bytes at most, besides'),
  softMax: t('Better not longer than'),
  urlWeight: t('Any address counts as'),
  mediaMax: t('Pictures or videos at most'),
  altMax: t('Longest alternative text'),
  hashtagMax: t('Hashtags at most'),
  needsMedia: t('A post needs a picture or a video'),
  notGiven: t('Figures it does not give, by their short names'),
  figuresConfidence: t('How sure that is'),
  notes: t('Notes'),
  sources: t('Sources, one a line'),
  confidence: t('How sure it is'),
  url: t('Address'),
  ours: t('May be chosen for what we make'),
  attribution: t('Its author has to be named'),
  shareAlike: t('What is made with it is shared under the same licence'),
  nonCommercial: t('Not for commercial use'),
  noDerivatives: t('It must not be changed'),
  use: t('What it reveals'),
  language: t('Language'),
  phrase: t('Phrase'),
  member: t('Member of'),
  scope: t('Holds for'),
  status: t('Status'),
  decision: t('Decision'),
  adoptedOn: t('Adopted on'),
  expiresOn: t('Holds until'),
  serves: t('It serves to'),
})
export const columnName = (list: ListId, column: string): string =>
  list === 'languages' && column === 'id' ? t('Language tag') : (columnWords()[column] ?? column)

const choiceWords = (): { readonly [column: string]: Words } => ({
  unit: {
    characters: t('characters'),
    graphemes: t('graphemes (signs as people see them)'),
    weighted: t('weighted characters (an emoji is 2)'),
    utf16: t('UTF-16 units'),
    bytes: t('bytes (UTF-8)'),
  },
  confidence: { high: t('Sure'), medium: t('Rather sure'), low: t('Not sure') },
  figuresConfidence: { high: t('Sure'), medium: t('Rather sure'), low: t('Not sure') },
  member: { eu: t('European Union'), eea: t('European Economic Area alone') },
  scope: { general: t('Everybody there'), partial: t('Some only, as the notes say') },
  status: {
    in_force: t('In force'),
    under_appeal: t('In force, under appeal'),
    suspended: t('Suspended'),
    annulled: t('Annulled'),
  },
  serves: {
    manage: t('Manage information'),
    share: t('Share information'),
    present: t('Present information'),
  },
  use: {
    noPurpose: t('A purpose that is none'),
    everybody: t('An audience that is everybody'),
    freedom: t('Opinions are free'),
  },
})
export const choicesOf = (column: string): Words => choiceWords()[column] ?? {}

/** What people call an entry. */
export const entryName = (list: ListId, entry: Entry): string => {
  const { id, label, name, phrase } = entry
  const said =
    list === 'languages'
      ? nameOfLanguage(String(id ?? ''))
      : list === 'eea' || list === 'adequacy'
        ? countryName(String(id ?? ''))
        : (label ?? phrase ?? (shownName((name ?? {}) as Translated<string>) || id))
  return String(said ?? '') || t('Without a name')
}

/** What matters most of it, in a line. */
export function entryFacts(list: ListId, entry: Entry): string {
  switch (list) {
    case 'networks':
      return [
        entry['textMax'] === null
          ? t('no limit known')
          : t('{count} {unit}', {
              count: formatNumber(Number(entry['textMax'])),
              unit: (choicesOf('unit')[String(entry['unit'])] ?? '').replace(/ \(.*\)$/, ''),
            }),
        entry['needsMedia'] ? t('with a picture or a video') : '',
        entry['confidence'] === 'high' ? '' : (choicesOf('confidence')[String(entry['confidence'])] ?? ''),
      ]
        .filter(Boolean)
        .join(' · ')
    case 'phrases':
      return `${choicesOf('use')[String(entry['use'])] ?? ''} · ${nameOfLanguage(String(entry['language']))}`
    case 'licences':
      return entry['ours'] ? t('May be chosen for what we make') : t('Only for works of others')
    case 'languages':
      return String(entry['id'] ?? '')
    case 'eea':
      return choicesOf('member')[String(entry['member'])] ?? ''
    case 'adequacy':
      return [
        choicesOf('status')[String(entry['status'])] ?? '',
        entry['scope'] === 'partial' ? (choicesOf('scope')['partial'] ?? '') : '',
        entry['expiresOn'] ? t('until {date}', { date: formatDate(String(entry['expiresOn'])) }) : '',
      ]
        .filter(Boolean)
        .join(' · ')
    case 'toolCategories':
      return choicesOf('serves')[String(entry['serves'])] ?? ''
    case 'dpiaCriteria':
      return ''
  }
}

/** A cell as it is read, not written. */
export function cellWords(column: Column, name: string, cell: Cell | undefined): string {
  if (cell === null || cell === undefined || cell === '') return ''
  switch (column.kind) {
    case 'flag':
      return cell === true ? t('Yes') : t('No')
    case 'number':
      return formatNumber(Number(cell))
    case 'choice':
      return choicesOf(name)[String(cell)] ?? String(cell)
    case 'language':
      return nameOfLanguage(String(cell))
    case 'date':
      return formatDate(String(cell))
    case 'texts':
      return (cell as readonly string[]).join(' · ')
    case 'translated':
      return shownName(cell as Translated<string>)
    default:
      return String(cell)
  }
}

const problemWords = ({ code, detail }: Problem): string => {
  switch (code) {
    case 'no_list':
    case 'no_entry':
      return t('this is no entry of a list.')
    case 'no_entries':
      return t('there is no entry in it.')
    case 'too_many':
      return t('there can be {count} at most.', { count: detail })
    case 'too_large':
      return t('it is too much: {count} KiB at most.', { count: detail })
    case 'unknown_column':
      return t('there is no such column.')
    case 'missing':
      return t('it is missing.')
    case 'no_text':
      return t('it is no text.')
    case 'too_long':
      return t('{count} signs at most.', { count: detail })
    case 'too_short':
      return t('{count} signs at least.', { count: detail })
    case 'no_id':
      return t('only letters, figures, dots and hyphens, 40 at most.')
    case 'no_language':
      return t('write a language tag such as eu or es.')
    case 'no_link':
      return t('write an address that begins with https.')
    case 'no_date':
      return t('write a date like 2026-11-23.')
    case 'no_number':
      return t('write a whole number ({range}).', { range: detail })
    case 'no_flag':
      return t('write true or false.')
    case 'no_choice':
      return t('write one of: {choices}.', { choices: detail })
    case 'twice':
      return t('it is there already, as entry {n}.', { n: detail })
  }
}
/** Where it is, and what is to be done about it. */
export function problemLine(list: ListId, problem: Problem): string {
  const { row, column } = problem
  const where = [
    row === null ? '' : t('Entry {n}', { n: String(row) }),
    column === null ? '' : columnName(list, column),
  ].filter(Boolean)
  const words = problemWords(problem)
  return where.length > 0 ? t('{where}: {what}', { where: where.join(', '), what: words }) : words
}

export const differencesOf = (list: ListId, before: readonly Entry[], after: readonly Entry[]): Differences =>
  differences(LISTS[list], before, after)
/** `2 added · 1 removed`; empty when nothing is. */
export const differenceWords = ({ added, changed, removed }: Differences): string =>
  [
    added.length > 0 ? n('%n entry added', '%n entries added', added.length) : '',
    changed.length > 0 ? n('%n entry changed', '%n entries changed', changed.length) : '',
    removed.length > 0 ? n('%n entry removed', '%n entries removed', removed.length) : '',
  ]
    .filter(Boolean)
    .join(' · ')
