/**
 * A calendar as it stands, read again only where something has changed: of a thousand posts, the one in which somebody is
 * typing.
 */
import type * as Y from 'yjs'
import { calendar as SECTION, type Calendar } from '../schema/calendar.ts'
import type { ListField } from '../schema/fields.ts'
import { readPlace } from '../schema/json.ts'
import { ListPlace, readMeta } from '../schema/shapes.ts'

type ListName = keyof Calendar
type Records = Calendar[ListName][number]
const LISTS = Object.keys(SECTION.fields) as ListName[]

export class CalendarReader {
  readonly #doc: Y.Doc
  readonly #lists = new Map(LISTS.map((name) => [name, new Map<string, Records>()] as const))
  #stale = new Map<ListName, Set<string> | 'all'>(LISTS.map((name) => [name, 'all'] as const))
  #value: Calendar | null = null
  readonly #stops: (() => void)[] = []

  /** @param onChange something has changed; the next `value` has it */
  constructor(doc: Y.Doc, onChange: () => void) {
    this.#doc = doc
    for (const name of LISTS) {
      const root = doc.getMap(SECTION.fields[name].root)
      const note = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
        for (const event of events) {
          const [record] = event.path
          if (record !== undefined) this.#touch(name, String(record))
          else for (const key of event.keys.keys()) this.#touch(name, key)
        }
        onChange()
      }
      root.observeDeep(note as never)
      this.#stops.push(() => root.unobserveDeep(note as never))
    }
  }

  get value(): Calendar {
    if (this.#value && this.#stale.size === 0) return this.#value
    const { languages } = readMeta(this.#doc)
    const value = Object.fromEntries(
      LISTS.map((name) => {
        const stale = this.#stale.get(name)
        if (stale === undefined && this.#value) return [name, this.#value[name]]
        const known = this.#lists.get(name)!
        const list = new ListPlace(this.#doc, SECTION.fields[name] as ListField)
        const records = list.ids().map((id) => {
          const old = known.get(id)
          if (old && stale !== 'all' && !stale?.has(id)) return old
          const record = { id, ...readPlace(list.record(id)!, languages) } as unknown as Records
          known.set(id, record)
          return record
        })
        return [name, records]
      }),
    ) as unknown as Calendar
    this.#stale = new Map()
    return (this.#value = value)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }

  #touch(name: ListName, record: string): void {
    const stale = this.#stale.get(name)
    if (stale === 'all') return
    if (stale) stale.add(record)
    else this.#stale.set(name, new Set([record]))
  }
}

/** All of a calendar, for whoever reads it once. */
export function readCalendar(doc: Y.Doc): Calendar {
  const reader = new CalendarReader(doc, () => {})
  reader.stop()
  return reader.value
}
