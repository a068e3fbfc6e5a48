/** What is said of each tool today beside its evaluation, for shelves and search: of thousands of tools it is asked again and again, and seldom changes. */
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'

export interface SaidTodayPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}
export interface ToolSaidToday {
  /** Departments that use it. */
  readonly usedBy: readonly string[]
  /** What they use it for, and what the material is called with which one learns it; in every language. */
  readonly texts: readonly string[]
}
/** By the evaluation of the tool. */
export type AllSaidToday = ReadonlyMap<string, ToolSaidToday>
export const NOTHING_SAID: ToolSaidToday = { usedBy: [], texts: [] }

export class SaidToday {
  readonly #ports: SaidTodayPorts
  #read: { readonly key: string; readonly said: AllSaidToday } | null = null
  constructor(ports: SaidTodayPorts) {
    this.#ports = ports
  }

  /** The same map as long as nobody has said anything else and it is the same day, so that what is made of it can be kept. */
  async all(): Promise<AllSaidToday> {
    const { organisation, now } = this.#ports
    const { timeZone } = await organisation.read()
    const today = localTime(now(), timeZone).day
    const key = JSON.stringify([today, await this.#state('tool_use'), await this.#state('tool_material')])
    if (this.#read?.key !== key) {
      const before = this.#read?.said
      const now = await this.#said(today)
      // What has not changed stays the same object, and so does what was made of it.
      const said = [...now].map(([id, one]) => [id, sameAs(before?.get(id), one)] as const)
      this.#read = { key, said: new Map(said) }
    }
    return this.#read.said
  }

  /** Whatever is said has its moment, and whatever is taken out is one less. */
  #state(table: 'tool_use' | 'tool_material') {
    return this.#ports.journal.rows
      .selectFrom(table)
      .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('at').as('at')])
      .executeTakeFirst()
  }

  async #said(today: string): Promise<AllSaidToday> {
    const { rows } = this.#ports.journal
    const uses = await rows
      .selectFrom('tool_use')
      .select(['document', 'department', 'use_case'])
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>=', today)]))
      .orderBy('department')
      .execute()
    const materials = await rows.selectFrom('tool_material').select(['document', 'title']).execute()
    const [used, taught] = [
      Map.groupBy(uses, ({ document }) => document),
      Map.groupBy(materials, ({ document }) => document),
    ]
    return new Map(
      [...new Set([...used.keys(), ...taught.keys()])].map((id) => {
        const [of, by] = [used.get(id) ?? [], taught.get(id) ?? []]
        const texts = [...of.map(({ use_case: text }) => text), ...by.map(({ title }) => title)]
        return [
          id,
          {
            usedBy: of.map(({ department }) => department),
            texts: texts
              .flatMap((text) => Object.values(JSON.parse(text) as Translated<string>))
              .filter(isText),
          },
        ]
      }),
    )
  }
}
const sameAs = (before: ToolSaidToday | undefined, now: ToolSaidToday): ToolSaidToday =>
  before && JSON.stringify(before) === JSON.stringify(now) ? before : now
const isText = (text: string | undefined): text is string => text !== undefined
