/** Which departments use each tool today, for the shelves: of thousands of tools it is asked again and again, and seldom changes. */
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'

export interface UsesTodayPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}
/** Departments by the evaluation of the tool. */
export type UsedBy = ReadonlyMap<string, readonly string[]>

export class UsesToday {
  readonly #ports: UsesTodayPorts
  #read: { readonly key: string; readonly usedBy: UsedBy } | null = null
  constructor(ports: UsesTodayPorts) {
    this.#ports = ports
  }

  /** The same map as long as nobody has said anything else and it is the same day, so that what is made of it can be kept. */
  async all(): Promise<UsedBy> {
    const { journal, organisation, now } = this.#ports
    const { timeZone } = await organisation.read()
    const today = localTime(now(), timeZone).day
    // Whatever is said has its moment, and whatever is taken out is one less.
    const state = await journal.rows
      .selectFrom('tool_use')
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('at').as('at')])
      .executeTakeFirst()
    const key = JSON.stringify([today, state])
    if (this.#read?.key !== key) this.#read = { key, usedBy: await this.#usedBy(today) }
    return this.#read.usedBy
  }

  async #usedBy(today: string): Promise<UsedBy> {
    const rows = await this.#ports.journal.rows
      .selectFrom('tool_use')
      .select(['document', 'department'])
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>=', today)]))
      .orderBy('department')
      .execute()
    const grouped = Map.groupBy(rows, ({ document }) => document)
    return new Map([...grouped].map(([id, of]) => [id, of.map(({ department }) => department)]))
  }
}
