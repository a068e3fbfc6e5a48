/**
 * What changed between two versions of a document: a flat list in the order of its sections and fields. Pure, and total:
 * versions of an older schema and damaged JSON are compared too, and what cannot be shown is at least said (ADR 0014).
 */
import { itemName } from '../checks/required.ts'
import type { References } from '../reference/references.ts'
import type {
  ChoiceField,
  DocumentType,
  Field,
  Fields,
  LeafField,
  ListField,
  NumberField,
  Section,
} from '../schema/fields.ts'
import type { Change, Comparison, Difference, Where } from './change.ts'
import { at, isObject, sameJson } from './damage.ts'
import { Effort } from './effort.ts'
import { idsOfBoth, movedBetween, recordsOf, type Entry } from './records.ts'
import { compareValues, type Means, type Place } from './values.ts'

/**
 * `before` and `after` are the JSON `readDocument` gives, or was given at some time. `languages` are the official ones,
 * lead language first; others that a version has come after them. Records are called by their name in `namesIn`, and those that
 * have none by what stands in their first column, `inWords`.
 */
export function compareVersions(
  type: DocumentType,
  languages: readonly string[],
  before: unknown,
  after: unknown,
  namesIn = languages[0] ?? '',
  references?: References,
  inWords?: InWords,
): Comparison {
  return new Comparing(type, languages, namesIn, references, inWords).documents(type, before, after)
}

/** What was chosen or counted, as whoever reads it would say it. */
export type InWords = (field: ChoiceField | NumberField, value: string | number) => string

/** Where a field is, before its key and language are known. */
type Spot = Pick<Where, 'section' | 'sectionLabel' | 'record'> & { readonly prefix: string }

class Comparing {
  readonly #languages: readonly string[]
  readonly #namesIn: string
  readonly #references: References | undefined
  readonly #inWords: InWords | undefined
  readonly #lists: readonly { readonly section: string; readonly key: string; readonly field: ListField }[]
  readonly #effort = new Effort()
  #names: ReadonlyMap<string, string> = new Map()
  #changed = 0
  #unchanged = 0

  constructor(
    type: DocumentType,
    languages: readonly string[],
    namesIn: string,
    references?: References,
    inWords?: InWords,
  ) {
    this.#languages = languages
    this.#namesIn = namesIn
    this.#references = references
    this.#inWords = inWords
    this.#lists = type.sections.flatMap((section) =>
      Object.entries(section.fields).flatMap(([key, field]) =>
        field.kind === 'list' ? [{ section: section.id, key, field }] : [],
      ),
    )
  }

  documents(type: DocumentType, before: unknown, after: unknown): Comparison {
    this.#names = this.#namesOf(before, after)
    const known = new Set(type.sections.map(({ id }) => id))
    const changes = [
      ...type.sections.flatMap((section) =>
        this.#section(section, at(before, section.id), at(after, section.id)),
      ),
      ...this.#unknown(before, after, known, (key) => ({
        section: key,
        sectionLabel: key,
        path: key,
        label: key,
        record: null,
      })),
    ]
    return { changes, fields: { changed: this.#changed, unchanged: this.#unchanged } }
  }

  /** What references say; as records are called now, else as they were. */
  #namesOf(before: unknown, after: unknown): ReadonlyMap<string, string> {
    const names = new Map<string, string>()
    for (const version of [before, after]) {
      for (const { section, key, field } of this.#lists) {
        for (const record of recordsOf(at(at(version, section), key)).records.values()) {
          const name = itemName(record, this.#namesIn, this.#references) || this.#inFirstColumn(field, record)
          if (name !== '') names.set(`${field.root}/${record.id}`, name)
        }
      }
    }
    return names
  }

  /** A criterion has no name of its own, nor has a total: they are what was chosen, or counted, there. */
  #inFirstColumn({ item, columns = [] }: ListField, record: Entry): string {
    const [key = ''] = columns
    const [field, value] = [item[key], record[key]]
    if (field?.kind === 'choice' && typeof value === 'string') return this.#inWords?.(field, value) ?? ''
    if (field?.kind === 'number' && typeof value === 'number') return this.#inWords?.(field, value) ?? ''
    return ''
  }

  readonly #nameOf: Means['nameOf'] = (root, id) => this.#names.get(`${root}/${id}`) ?? ''

  #section(section: Section, before: unknown, after: unknown): Change[] {
    const spot = { section: section.id, sectionLabel: section.label, record: null, prefix: `${section.id}.` }
    const place = placeOf(section.fields, before, after)
    const changes = shown(section.fields).flatMap(([key, field]) =>
      field.kind === 'list'
        ? this.#list(spot, key, field, at(place.before, key), at(place.after, key))
        : this.#field(spot, key, field, place),
    )
    return [
      ...changes,
      ...this.#unknown(before, after, new Set(Object.keys(section.fields)), (key) => ({
        ...whereOf(spot),
        path: key === '' ? section.id : `${spot.prefix}${key}`,
        label: key === '' ? section.label : key,
      })),
    ]
  }

  /** A field that counts. */
  #field(spot: Spot, key: string, field: LeafField, place: Place): Change[] {
    const changes = this.#leaf(spot, key, field, place)
    if (changes.length > 0) this.#changed++
    else this.#unchanged++
    return changes
  }

  #leaf(spot: Spot, key: string, field: LeafField, place: Place): Change[] {
    const where = { ...whereOf(spot), path: `${spot.prefix}${key}`, label: field.label, language: null }
    const [before, after] = [at(place.before, key), at(place.after, key)]
    const means = { effort: this.#effort, nameOf: this.#nameOf }
    if (!((field.kind === 'text' || field.kind === 'prose') && field.translated)) {
      const found = compareValues(field, before, after, place, means)
      return found ? [{ ...where, ...found }] : []
    }
    if (sameJson(before, after)) return []
    // A text that was not translated in another schema cannot be shown in a language.
    const odd = [before, after].some((value) => value !== undefined && !isObject(value))
    const changes = this.#languagesOf(before, after).flatMap((language): Change[] => {
      const found = compareValues(field, at(before, language), at(after, language), place, means)
      if (!found) return []
      const incomplete = found.incomplete || odd
      return [{ ...where, path: `${where.path}:${language}`, language, ...found, incomplete }]
    })
    return changes.length === 0 && odd ? [{ ...where, ...OTHER }] : changes
  }

  #languagesOf(before: unknown, after: unknown): string[] {
    const others = [before, after].flatMap((texts) => (isObject(texts) ? Object.keys(texts).sort() : []))
    return [...new Set([...this.#languages, ...others])]
  }

  #list(spot: Spot, key: string, field: ListField, before: unknown, after: unknown): Change[] {
    const was = recordsOf(before === undefined ? [] : before)
    const now = recordsOf(after === undefined ? [] : after)
    const [idsBefore, idsAfter] = [[...was.records.keys()], [...now.records.keys()]]
    const moved = movedBetween(idsBefore, idsAfter)
    const placesBefore = new Map(idsBefore.map((id, i) => [id, i + 1]))
    const placesAfter = new Map(idsAfter.map((id, i) => [id, i + 1]))
    const changes = idsOfBoth(idsBefore, idsAfter).flatMap((id): Change[] => {
      const record = { list: field.label, id, name: this.#nameOf(field.root, id) }
      const inside = { ...spot, record, prefix: `${field.root}/${id}/` }
      const whole = (difference: Difference, incomplete = false): Change => {
        this.#changed++
        const path = `${field.root}/${id}`
        return {
          ...whereOf(inside),
          path,
          label: field.label,
          language: null,
          ...difference,
          incomplete,
        }
      }
      const [old, recent] = [was.records.get(id), now.records.get(id)]
      if (!old || !recent) {
        const kind = recent ? 'added' : 'removed'
        const unknown = Object.keys(recent ?? old ?? {}).some(
          (k) => k !== 'id' && !Object.hasOwn(field.item, k),
        )
        return [whole({ kind, contents: this.#contents(inside, field.item, old, recent) }, unknown)]
      }
      return [
        ...(moved.has(id)
          ? [whole({ kind: 'moved', from: placesBefore.get(id)!, to: placesAfter.get(id)! })]
          : []),
        ...this.#record(inside, field.item, old, recent),
      ]
    })
    if (sameJson(was.rest, now.rest)) return changes
    this.#changed++
    const where = { ...whereOf(spot), path: `${spot.prefix}${key}`, label: field.label, language: null }
    return [...changes, { ...where, ...OTHER }]
  }

  #record(spot: Spot, fields: Fields, before: Entry, after: Entry): Change[] {
    const place = placeOf(fields, before, after)
    return [
      ...shown(fields).flatMap(([key, field]) =>
        field.kind === 'list' ? [] : this.#field(spot, key, field, place),
      ),
      ...this.#unknown(before, after, new Set(['id', ...Object.keys(fields)]), (key) => ({
        ...whereOf(spot),
        path: `${spot.prefix}${key}`,
        label: key,
      })),
    ]
  }

  /** What a record says that came or went: the changes from or to an empty one. */
  #contents(spot: Spot, fields: Fields, before: Entry | undefined, after: Entry | undefined): Change[] {
    const place = placeOf(fields, before, after)
    return shown(fields).flatMap(([key, field]) =>
      field.kind === 'list' ? [] : this.#leaf(spot, key, field, place),
    )
  }

  /** What the schema of this build does not know; `''` stands for a place that is no object at all. */
  #unknown(
    before: unknown,
    after: unknown,
    known: ReadonlySet<string>,
    where: (key: string) => Omit<Where, 'language'>,
  ): Change[] {
    const keys = new Set([before, after].flatMap((place) => (isObject(place) ? Object.keys(place) : [])))
    const differ = [...keys]
      .filter((key) => !known.has(key) && !sameJson(at(before, key), at(after, key)))
      .sort()
    const odd = [before, after].some((place) => place !== undefined && !isObject(place))
    if (odd && !sameJson(before, after)) differ.push('')
    this.#changed += differ.length
    return differ.map((key) => ({ ...where(key), language: null, ...OTHER }))
  }
}

/** Versions say nothing of what is for the team alone; older ones that do are read without it. */
const shown = <F extends Field>(fields: { readonly [key: string]: F }): [string, F][] =>
  Object.entries(fields).filter(([, { restricted }]) => !restricted)

const OTHER = { kind: 'other', incomplete: true } as const

const placeOf = (fields: Fields, before: unknown, after: unknown): Place => ({
  fields,
  before: isObject(before) ? before : {},
  after: isObject(after) ? after : {},
})

const whereOf = ({
  section,
  sectionLabel,
  record,
}: Spot): Pick<Where, 'section' | 'sectionLabel' | 'record'> => ({
  section,
  sectionLabel,
  record,
})
