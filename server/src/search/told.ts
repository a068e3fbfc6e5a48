/** Tools, suggestions and texts as Nextcloud shows them among its own: a title, a line in parts, and the way to the place. */
import type { EntryStatus } from '@auzolan/shared/catalogue/entry.ts'
import type { Verdict } from '@auzolan/shared/catalogue/may-i-use.ts'
import type { SuggestionStatus } from '@auzolan/shared/catalogue/suggestion.ts'
import { threadOfPath } from '@auzolan/shared/checks/must-fix.ts'
import { typeOfDocument } from '@auzolan/shared/document-types.ts'
import type { DocumentTypeId } from '@auzolan/shared/ids.ts'
import type { Told, ToldPart } from '@auzolan/shared/protocol/house.ts'
import type {
  SearchAnswer,
  SearchHit,
  SearchResult,
  SuggestionFound,
  ToolFound,
} from '@auzolan/shared/protocol/search.ts'
import { calendar } from '@auzolan/shared/schema/calendar.ts'

export const STATUS_WORDS: { readonly [status in EntryStatus]: string } = {
  recommended: 'Recommended',
  conditional: 'With conditions',
  under_review: 'Being looked at again',
  not_recommended: 'Not recommended',
  withdrawn: 'Withdrawn',
}
export const VERDICT_WORDS: { readonly [verdict in Verdict]: string } = {
  yes: 'Yes',
  conditions: 'With conditions',
  wait: 'Wait: it has to be looked at again',
  ask: 'Ask first: it was evaluated for something else',
  no: 'No, not for this',
}

export const toldOfTool = ({ id, name, status, intendedUse }: ToolFound): Told => ({
  kind: 'tool',
  title: name,
  parts: [{ word: STATUS_WORDS[status] }, { text: intendedUse }],
  link: `/tools/${id}`,
})

/** How far it has come; never in the words of a decision. */
export const SUGGESTION_WORDS: { readonly [status in SuggestionStatus]: string } = {
  new: 'Not evaluated',
  shared: 'Not evaluated',
  under_evaluation: 'Being evaluated',
  evaluated: 'Evaluated',
  declined: 'Answered without an evaluation',
  duplicate: 'The same as another one',
}
export const toldOfSuggestion = ({ id, name, status, whatFor, alsoCalled }: SuggestionFound): Told => ({
  kind: 'suggestion',
  title: name,
  parts: [
    { word: SUGGESTION_WORDS[status] },
    ...(whatFor === '' ? [] : [{ text: whatFor }]),
    // Whoever knows it by that name would take it for another tool.
    ...(alsoCalled.length === 0 ? [] : [{ word: 'Also called: {names}', names: alsoCalled.join(', ') }]),
  ],
  link: `/suggest/${id}`,
})

/** @returns '' for one that this build does not know */
export const sectionLabel = (type: DocumentTypeId, id: string): string =>
  [...typeOfDocument(type).frozen.sections, calendar].find((one) => one.id === id)?.label ?? ''

/** The post that a path of a calendar is of: `posts/<id>/title`, `variants/<post>.<language>/text`. */
const postOf = (path: string): string => path.split('/')[1]?.split('.')[0] ?? ''

function toldOfHit({ document }: SearchResult, hit: SearchHit): Told {
  const { kind, path, section, record, names, snippet } = hit
  const said: ToldPart = { text: snippet.map(({ text }) => text).join('') }
  const link = `/d/${document.id}`
  const at = `${link}?at=${encodeURIComponent(path)}`
  switch (kind) {
    case 'comments': {
      const thread = threadOfPath(path)?.split('/')[0] ?? ''
      return {
        kind: 'comment',
        title: document.title,
        parts: [{ word: 'Comment' }, { text: record }, said],
        link: `${link}?comment=${encodeURIComponent(thread)}`,
      }
    }
    case 'calendar':
      return {
        kind: 'post',
        title: record === '' ? document.title : Object.keys(names).length > 0 ? names : record,
        parts: [...(record === '' ? [{ word: calendar.label }] : [{ text: document.title }]), said],
        link: at,
      }
    case 'content': {
      const label = sectionLabel(document.type, section)
      return {
        kind: 'document',
        title: document.title,
        parts: [...(label === '' ? [] : [{ word: label }]), said],
        link: at,
      }
    }
  }
}

const KINDS: readonly SearchHit['kind'][] = ['content', 'calendar', 'comments']
/** One for each tool, suggestion, text, post and thread: of several places in the same the best. */
export function toldOf({
  tools,
  suggestions,
  results,
}: Omit<SearchAnswer, 'meant' | 'more'>): readonly Told[] {
  const texts = results.flatMap((result) => {
    const seen = new Set<string>()
    const inOrder = result.hits.toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind))
    return inOrder.flatMap((hit) => {
      const { kind, path } = hit
      const of = kind === 'content' ? '' : kind === 'calendar' ? postOf(path) : path.split('/')[1]
      const key = `${kind}/${of}`
      return seen.has(key) ? [] : (seen.add(key), [toldOfHit(result, hit)])
    })
  })
  return [...tools.found.map(toldOfTool), ...suggestions.found.map(toldOfSuggestion), ...texts]
}
