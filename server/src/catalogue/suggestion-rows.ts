/** Suggestions of tools as rows, and as the house reads them. */
import type { Selectable } from 'kysely'
import type { Purpose } from '@auzolan/shared/catalogue/may-i-use.ts'
import {
  suggestionStatus,
  type EvaluationOf,
  type SuggestedData,
  type VoiceKind,
} from '@auzolan/shared/catalogue/suggestion.ts'
import type { Imported } from '@auzolan/shared/catalogue/imported.ts'
import { IMPORTS_PER_SUGGESTION_MAX } from '@auzolan/shared/limits.ts'
import type {
  KeptImport,
  SuggestionSummary,
  Voice,
  VoiceTerms,
} from '@auzolan/shared/protocol/suggestions.ts'
import type { UseLevel } from '@auzolan/shared/schema/evaluation/levels.ts'
import type { DataClass } from '@auzolan/shared/schema/evaluation/privacy.ts'
import type { Rows, Tables } from '../journal/journal.ts'
import { duplicatesAmong } from './duplicates.ts'

export type SuggestionRow = Selectable<Tables['suggestion']>
export type VoiceRow = Selectable<Tables['suggestion_voice']>
/** What is counted of a voice, and what it says that the tool is for. */
export type CountedVoice = Pick<VoiceRow, 'person' | 'kind' | 'asked_data' | 'can_teach' | 'what_for'>
/** With what became of its evaluation. */
export type StandingRow = SuggestionRow & {
  readonly evaluation_in_force: number | null
  readonly evaluation_exists: string | null
}

/** An evaluation that is archived, in the trash or gone is none. */
export const suggestionsIn = (rows: Rows) =>
  rows
    .selectFrom('suggestion')
    .leftJoin('document', (join) =>
      join
        .onRef('document.id', '=', 'suggestion.evaluation')
        .on('document.archived', '=', 0)
        .on('document.trashed_at', 'is', null),
    )
    .selectAll('suggestion')
    .select(['document.in_force as evaluation_in_force', 'document.id as evaluation_exists'])

export const evaluationOf = (
  row: Pick<StandingRow, 'evaluation_exists' | 'evaluation_in_force'>,
): EvaluationOf =>
  row.evaluation_exists === null ? 'none' : row.evaluation_in_force === null ? 'begun' : 'in_force'

export const importsOf = (row: Pick<SuggestionRow, 'imported'>): readonly KeptImport[] =>
  row.imported === '[]' ? [] : (JSON.parse(row.imported) as KeptImport[])
/** The same publication, whoever has brought it in. */
const placeOf = ({ kind, publisher, source }: Imported): string => JSON.stringify([kind, publisher, source])
/**
 * Of what one person has brought from one place the newer publication holds; where a day is not said, what they brought later. What others have
 * brought stands beside it: nobody takes away what is not theirs.
 * @returns what was brought first comes first
 */
export function newestOfEach(imports: readonly KeptImport[]): readonly KeptImport[] {
  const inTurn = imports.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
  const newest = Map.groupBy(inTurn, (one) => JSON.stringify([placeOf(one), one.by.id]))
  const kept = new Set(
    [...newest.values()].map((group) => group.reduce((held, one) => (isOlder(one, held) ? held : one))),
  )
  return inTurn.filter((one) => kept.has(one))
}
const isOlder = (one: Imported, held: Imported): boolean =>
  one.date !== '' && held.date !== '' && one.date < held.date

/** What its duplicates say, where it says nothing itself. None of it is copied: taken apart again, each is as it was. */
export function together<R extends Pick<SuggestionRow, 'address' | 'category' | 'imported'>>(
  row: R,
  duplicates: readonly Pick<SuggestionRow, 'address' | 'category' | 'imported'>[],
): R {
  if (duplicates.length === 0) return row
  const all = [row, ...duplicates]
  const imported = newestOfEach(all.flatMap(importsOf))
  return {
    ...row,
    address: all.find(({ address }) => address !== '')?.address ?? '',
    category: all.find(({ category }) => category !== null)?.category ?? null,
    imported: JSON.stringify(imported.slice(-IMPORTS_PER_SUGGESTION_MAX)),
  }
}
/** Each with what was put together with it, also by way of another one, the oldest first. */
export function gathered(
  rows: readonly StandingRow[],
): readonly { readonly row: StandingRow; readonly duplicates: readonly StandingRow[] }[] {
  const below = duplicatesAmong(rows)
  return rows.map((row) => {
    const duplicates = below(row.id).toSorted((a, b) =>
      a.made_at < b.made_at ? -1 : a.made_at > b.made_at ? 1 : 0,
    )
    return { row: together(row, duplicates), duplicates }
  })
}

const { compare } = new Intl.Collator()
/** Of two that as many know, by their names. */
export const mostKnownFirst = (
  a: Pick<SuggestionSummary, 'uses' | 'asks' | 'name'>,
  b: Pick<SuggestionSummary, 'uses' | 'asks' | 'name'>,
): number => b.uses + b.asks - (a.uses + a.asks) || compare(a.name, b.name)

/** @param voices on it, the first to speak first */
export function summaryOf(
  row: StandingRow,
  voices: readonly CountedVoice[],
  asking: string,
): SuggestionSummary {
  const people = (which: (voice: CountedVoice) => boolean): number =>
    new Set(voices.filter(which).map(({ person }) => person)).size
  const uses = ({ kind }: CountedVoice): boolean => kind === 'uses'
  const mine = voices.filter(({ person }) => person === asking)
  const evaluation = evaluationOf(row)
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    category: row.category,
    status: suggestionStatus({
      mergedInto: row.merged_into,
      evaluation,
      declined: row.declined,
      people: people(() => true),
    }),
    uses: people(uses),
    asks: people(({ kind, asked_data: asked }) => kind === 'asks' || asked !== null),
    teachers: people(({ can_teach: can }) => can === 1),
    whatFor: voices.find(({ what_for: words }) => words !== '')?.what_for ?? '',
    mine: mine.some(uses) ? 'uses' : mine.length > 0 ? 'asks' : null,
    at: row.made_at,
    broughtFrom: importsOf(row).at(-1)?.publisher ?? null,
    entry: evaluation === 'in_force' ? row.evaluation : null,
  }
}

export const voiceColumns = (terms: VoiceTerms) => ({
  kind: terms.kind,
  what_for: terms.whatFor,
  likes: terms.likes,
  cautions: terms.cautions,
  data_used: terms.dataUsed,
  level: terms.level,
  since: terms.since,
  department: terms.department,
  free: terms.free === null ? null : Number(terms.free),
  can_teach: Number(terms.canTeach),
  asked_purpose: terms.asked?.purpose ?? null,
  asked_data: terms.asked?.data ?? null,
  asked_level: terms.asked?.level ?? null,
})

export const voiceOf = (row: VoiceRow, calledThere: string | null): Voice => ({
  person: { id: row.person, name: row.person_name },
  kind: row.kind as VoiceKind,
  whatFor: row.what_for,
  likes: row.likes,
  cautions: row.cautions,
  dataUsed: row.data_used as SuggestedData,
  level: row.level as UseLevel | null,
  since: row.since,
  department: row.department,
  free: row.free === null ? null : row.free === 1,
  canTeach: row.can_teach === 1,
  asked:
    row.asked_data === null
      ? null
      : {
          purpose: row.asked_purpose as Purpose | null,
          data: row.asked_data as DataClass,
          level: row.asked_level as UseLevel,
        },
  at: row.at,
  calledThere,
})
