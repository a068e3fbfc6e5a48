/** What Nextcloud last called people, to say who changed what: a log knows only accounts. */
import type { Claims } from '../access/claims.ts'
import type { Journal } from '../journal/journal.ts'

/** Names kept in memory, so that not every request asks the rows. */
const REMEMBERED_MAX = 10_000

export class Names {
  readonly #journal: Journal
  readonly #known = new Map<string, string>()
  constructor(journal: Journal) {
    this.#journal = journal
  }

  async remember({ person, name }: Pick<Claims, 'person' | 'name'>): Promise<void> {
    if (this.#known.get(person) === name) return
    await this.#journal.rows
      .insertInto('named')
      .values({ person, name })
      .onConflict((conflict) => conflict.column('person').doUpdateSet({ name }))
      .execute()
    if (this.#known.size >= REMEMBERED_MAX) this.#known.clear()
    this.#known.set(person, name)
  }

  /** Somebody was erased, here or at another node, and no row says who: whoever comes back is written down anew. */
  forget(): void {
    this.#known.clear()
  }

  /** Whoever has never been here is called by their account. */
  async of(people: readonly string[]): Promise<(person: string) => string> {
    const names = new Map<string, string>()
    for (let i = 0; i < people.length; i += 500)
      for (const { person, name } of await this.#journal.rows
        .selectFrom('named')
        .selectAll()
        .where('person', 'in', people.slice(i, i + 500))
        .execute())
        names.set(person, name)
    return (person) => names.get(person) ?? person
  }
}
