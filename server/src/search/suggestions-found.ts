/** Finds what colleagues have suggested by its words. It is for everybody in the house, as what is decided on: nothing of it is in the index of texts. */
import { domainToUnicode } from 'node:url'
import type { SuggestionFound } from '@auzolan/shared/protocol/search.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import { lookAmong, wordsOf, type Among, type Words } from '@auzolan/shared/search/among.ts'
import { gathered, mostKnownFirst, suggestionsIn, summaryOf } from '../catalogue/suggestion-rows.ts'
import type { Journal } from '../journal/journal.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'

interface Known {
  readonly told: SuggestionFound
  readonly address: string
  readonly category: string | null
  /** Itself, and what was put together with it. */
  readonly ids: readonly string[]
  /** What each says that it is for. */
  readonly said: readonly string[]
}

export class SuggestionsFound {
  readonly #journal: Journal
  readonly #lists: ReferenceLists
  /** By suggestion, with the texts they were cut from: what is erased or said anew is cut anew. */
  #words: ReadonlyMap<string, { readonly of: string; readonly words: Words }> = new Map()
  constructor(journal: Journal, lists: ReferenceLists) {
    this.#journal = journal
    this.#lists = lists
  }

  /** Those whose name it is first, then what most know. */
  async find(query: string): Promise<Among<SuggestionFound>> {
    const { toolCategories } = await this.#lists.now()
    const all = await this.#all()
    const before = this.#words
    const words = new Map(all.map((one) => [one.told.id, cut(one, toolCategories, before.get(one.told.id))]))
    this.#words = words
    const { found, meant } = lookAmong(
      all,
      ({ told }) => words.get(told.id)!.words,
      withoutCommonParts(query),
    )
    return { found: found.map(({ told }) => told), meant }
  }

  /** @returns of one that was put together with another, that one; null where there is none */
  async one(id: string): Promise<SuggestionFound | null> {
    return (await this.#all()).find(({ ids }) => ids.includes(id))?.told ?? null
  }

  async #all(): Promise<readonly Known[]> {
    const { rows } = this.#journal
    // No more of them than is looked for: there may be many thousands, with long texts.
    const spoken = await rows
      .selectFrom('suggestion_voice')
      .select(['suggestion', 'person', 'kind', 'asked_data', 'can_teach', 'what_for'])
      .orderBy('at')
      .orderBy('origin')
      .orderBy('person')
      .execute()
    const voices = Map.groupBy(spoken, ({ suggestion }) => suggestion)
    return gathered(await suggestionsIn(rows).execute())
      .filter(({ row }) => row.merged_into === null)
      .map(({ row, duplicates }) => ({ ...summaryOf(row, voices.get(row.id) ?? [], ''), duplicates }))
      .sort(mostKnownFirst)
      .map(({ id, name, whatFor, status, entry, address, category, duplicates }) => {
        return {
          told: { id, name, whatFor, status, entry, alsoCalled: duplicates.map((one) => one.name) },
          address,
          category,
          ids: [id, ...duplicates.map((one) => one.id)],
          said: (voices.get(id) ?? []).map(({ what_for: words }) => words),
        }
      })
  }
}

function cut(
  { told: { name, alsoCalled }, address, category, said }: Known,
  kinds: References['toolCategories'],
  known: { readonly of: string; readonly words: Words } | undefined,
): { readonly of: string; readonly words: Words } {
  const kind = kinds.find(({ id }) => id === category)?.name ?? {}
  const names = [name, ...alsoCalled]
  const rest = [withoutCommonParts(address), ...said, ...Object.values(kind)]
  const of = [...names, ...rest].join('\n')
  return known?.of === of ? known : { of, words: wordsOf(names.join(' '), rest) }
}

/**
 * An address without what half of all addresses have, too (`https`, `www`, the end of the host): by these, tools would be found that have nothing
 * to do with what was typed. Its host as people read it. Whatever is no address stays as it is.
 */
function withoutCommonParts(text: string): string {
  const [, host = '', path = ''] =
    /^(?:https?:\/\/)?(?:www\.)?([^\s/?#]+\.[^\s/?#.]+)((?:[/?#]\S*)?)$/i.exec(text.trim()) ?? []
  if (host === '') return text
  return `${(domainToUnicode(host) || host).replace(/\.[^.]+$/, '')} ${path}`
}
