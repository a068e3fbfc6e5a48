/** Finds tools of the catalogue by their words. They are for everybody in the house and are in memory already: nothing of them is in the index of texts. */
import { STATUS_ORDER, type CatalogueEntry } from '@auzolan/shared/catalogue/entry.ts'
import type { ToolFound } from '@auzolan/shared/protocol/search.ts'
import type { References } from '@auzolan/shared/reference/references.ts'
import { foundAmong, wordsOf, type Words } from '@auzolan/shared/search/among.ts'
import type { CatalogueEntries } from '../catalogue/entries.ts'
import type { ReferenceLists } from '../organisation/reference-lists.ts'

export class ToolsFound {
  readonly #catalogue: CatalogueEntries
  readonly #lists: ReferenceLists
  /** An entry is another one as soon as anything of it or of the lists is: its words go with it. */
  readonly #words = new WeakMap<CatalogueEntry, Words>()
  constructor(catalogue: CatalogueEntries, lists: ReferenceLists) {
    this.#catalogue = catalogue
    this.#lists = lists
  }

  async find(query: string): Promise<readonly ToolFound[]> {
    const { toolCategories } = await this.#lists.now()
    // Behind a name that fits, what one may take comes before what one leaves alone.
    const all = (await this.#catalogue.all()).toSorted(
      (a, b) => STATUS_ORDER.indexOf(a.status) - STATUS_ORDER.indexOf(b.status),
    )
    const found = foundAmong(all, ({ entry }) => this.#wordsOf(entry, toolCategories), query)
    return found.map(({ entry: { id, name, intendedUse }, status }) => ({ id, name, intendedUse, status }))
  }

  #wordsOf(entry: CatalogueEntry, kinds: References['toolCategories']): Words {
    const known = this.#words.get(entry)
    if (known) return known
    const kind = kinds.find(({ id }) => id === entry.category)?.name ?? {}
    const { vendor, intendedUse, description, tags } = entry
    const said = [intendedUse, description, tags, kind].flatMap((text) => Object.values(text))
    const words = wordsOf(entry.name, [vendor, ...said])
    this.#words.set(entry, words)
    return words
  }
}
