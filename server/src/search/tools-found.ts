/** Finds tools of the catalogue by their words. They are for everybody in the house and are in memory already: nothing of them is in the index of texts. */
import { cardTexts } from '@auzolan/shared/catalogue/card-words.ts'
import { STATUS_ORDER, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import type { ToolFound } from '@auzolan/shared/protocol/search.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import { lookAmong, wordsOf, type Among, type Words } from '@auzolan/shared/search/among.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import { NOTHING_SAID, type SaidToday, type ToolSaidToday } from '../catalogue/said-today.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'

export class ToolsFound {
  readonly #catalogue: CatalogueEntries
  readonly #lists: ReferenceLists
  readonly #saidToday: SaidToday
  /** An entry is another one as soon as anything of it or of the lists is: its words go with it, and with what is said beside it. */
  readonly #words = new WeakMap<CatalogueEntry, { readonly said: ToolSaidToday; readonly words: Words }>()
  constructor(catalogue: CatalogueEntries, lists: ReferenceLists, saidToday: SaidToday) {
    this.#catalogue = catalogue
    this.#lists = lists
    this.#saidToday = saidToday
  }

  async find(query: string): Promise<Among<ToolFound>> {
    const { toolCategories } = await this.#lists.now()
    // Behind a name that fits, what one may take comes before what one leaves alone.
    const all = (await this.#catalogue.all()).toSorted(
      (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status),
    )
    const said = await this.#saidToday.all()
    const { found, meant } = lookAmong(
      all,
      ({ entry }) => this.#wordsOf(entry, said.get(entry.id) ?? NOTHING_SAID, toolCategories),
      query,
    )
    const told = found.map(({ entry: { id, name, intendedUse }, status }) => ({
      id,
      name,
      intendedUse,
      status,
    }))
    return { found: told, meant }
  }

  #wordsOf(entry: CatalogueEntry, said: ToolSaidToday, kinds: References['toolCategories']): Words {
    const known = this.#words.get(entry)
    if (known?.said === said) return known.words
    const kind = kinds.find(({ id }) => id === entry.category)?.name ?? {}
    const words = wordsOf(entry.name, [...Object.values(kind), ...cardTexts(entry), ...said.texts])
    this.#words.set(entry, { said, words })
    return words
  }
}
