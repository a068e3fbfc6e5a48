/** Which fields an update has touched, found while it is applied: also by deleting, which leaves nothing that names its author. */
import * as Y from 'yjs'
import { isRecordId, type ChannelId } from '@auzolan/shared/ids.ts'
import { typeIn } from '@auzolan/shared/schema/channels.ts'
import type { DocumentType, Field, ListField } from '@auzolan/shared/schema/fields.ts'
import { ORDER_KEY, SCALARS_SUFFIX, isScalar, readMeta, rootsOf } from '@auzolan/shared/schema/shapes.ts'

/** Paths as in comparisons: `identity.title:eu`, `audiences/<id>` (came or went), `audiences/<id>/name:eu`, `audiences/<id>/order`. */
export interface Touch {
  readonly seq: number
  readonly paths: readonly string[]
}

type Lists = ReadonlyMap<string, ListField>

const listsOf = (type: DocumentType): Lists =>
  new Map(
    type.sections
      .flatMap((section): Field[] => Object.values(section.fields))
      .flatMap((field) => (field.kind === 'list' ? [[field.root, field]] : [])),
  )

/** Listens to `doc` until it is told to stop. */
export class TouchListener {
  readonly #doc: Y.Doc
  readonly #channel: ChannelId
  #type: DocumentType | null = null
  #lists: Lists = new Map()
  /** Also the fields that a record brings with it when it comes: whoever has written a post in one go has written it. */
  #wholeRecords = false
  #paths = new Set<string>()
  #emptied: string | null = null

  constructor(doc: Y.Doc, channel: ChannelId) {
    this.#doc = doc
    this.#channel = channel
    doc.on('afterTransaction', this.#note)
  }

  /**
   * A record that lost one of the texts it was born with, and is still there. No page does that; whoever would do it again and again, in a
   * few bytes, would have the server write all of them anew each time.
   */
  get emptied(): string | null {
    return this.#emptied
  }

  /** What has been touched since it was asked last. */
  take(): readonly string[] {
    if (this.#paths.size === 0 || this.#type === null) return []
    const { languages } = readMeta(this.#doc)
    const known = rootsIn(this.#type, languages)
    const paths = [...this.#paths].filter((path) => isPath(path, known, this.#lists, languages))
    this.#paths = new Set()
    return paths
  }

  stop(): void {
    this.#doc.off('afterTransaction', this.#note)
  }

  /** A text says what it is with the first thing that is written in it: before that, nobody knows. */
  #know(): DocumentType | null {
    const type = typeIn(this.#channel, this.#doc)
    if (type !== null && type !== this.#type) {
      this.#lists = listsOf(type)
      this.#wholeRecords = type.id === 'calendar'
    }
    return (this.#type = type)
  }

  readonly #note = ({ changed }: Y.Transaction): void => {
    if (this.#know() === null) return
    for (const [type, keys] of changed) {
      for (const path of pathsOf(type as Y.AbstractType<unknown>, keys, this.#lists)) {
        this.#paths.add(path)
        for (const inner of this.#wholeRecords ? filledIn(type as Y.AbstractType<unknown>, path) : [])
          this.#paths.add(inner)
      }
      this.#emptied ??= this.#emptiedIn(type as Y.AbstractType<unknown>, keys)
    }
  }

  #emptiedIn(type: Y.AbstractType<unknown>, keys: ReadonlySet<string | null>): string | null {
    const { _item: item } = type
    // A root may be of no kind yet: nobody has asked for it here.
    const list = item?.parent as Y.AbstractType<unknown> | undefined
    if (!item || item.deleted || item.parentSub === null || list?._item !== null) return null
    const fields = this.#lists.get(rootOf(list))?.item
    if (!fields) return null
    const gone = [...keys].find((key) => {
      const field = key === null ? undefined : fields[key.split(':')[0]!]
      return field !== undefined && !isScalar(field) && type._map.get(key!)?.deleted === true
    })
    return gone == null ? null : `${item.parentSub}/${gone}`
  }
}

const rootOf = (type: { readonly doc: Y.Doc | null }): string =>
  [...(type.doc?.share ?? [])].find(([, shared]: [string, unknown]) => shared === type)?.[0] ?? ''

function pathsOf(type: Y.AbstractType<unknown>, keys: ReadonlySet<string | null>, lists: Lists): string[] {
  const inside: string[] = []
  let at = type
  while (at._item !== null) {
    if (at._item.parentSub !== null) inside.unshift(at._item.parentSub)
    at = at._item.parent as Y.AbstractType<unknown>
  }
  const root = rootOf(at)
  const names = [...keys].filter((key): key is string => key !== null)
  if (root.endsWith(SCALARS_SUFFIX)) return names.map((key) => `${root.slice(0, -1)}${key}`)
  if (!lists.has(root)) return [root]
  const [id, key] = inside
  if (id === undefined)
    return names
      .filter((name) => isRecordId(name) && isRecord(type, name))
      .map((record) => `${root}/${record}`)
  // Nobody reads it as a record.
  if (!isRecordId(id)) return []
  return key === undefined ? names.map((field) => `${root}/${id}/${field}`) : [`${root}/${id}/${key}`]
}

/** What stands already in a record that has just come. */
function filledIn(list: Y.AbstractType<unknown>, path: string): string[] {
  const [, id, key] = path.split('/')
  const record = id !== undefined && key === undefined ? list._map.get(id) : undefined
  if (!record || record.deleted || !(record.content instanceof Y.ContentType)) return []
  return [...record.content.type._map]
    .filter(([, item]) => {
      const [value] = item.content.getContent() as unknown[]
      return value instanceof Y.Map
        ? value.size > 0
        : value instanceof Y.AbstractType
          ? value._length > 0
          : true
    })
    .map(([field]) => `${path}/${field}`)
}

/** Whether a record came, went or was replaced: names that never stood for one must not fill the history. */
function isRecord(list: Y.AbstractType<unknown>, name: string): boolean {
  const item = list._map.get(name)
  return [item, item?.left].some(
    (one) => one?.content instanceof Y.ContentType && one.content.type instanceof Y.Map,
  )
}

/** Only what the schema has: what somebody else writes beside it has no place in a history either. */
function isPath(
  path: string,
  known: ReadonlySet<string>,
  lists: Lists,
  languages: readonly string[],
): boolean {
  const [root = '', id, key] = path.split('/')
  const list = lists.get(root)
  if (!list) return known.has(path)
  if (id === undefined || id === '') return false
  if (key === undefined || key === ORDER_KEY) return true
  const [field = '', language] = key.split(':')
  return Object.hasOwn(list.item, field) && (language === undefined || languages.includes(language))
}

/** Paths of what exists once, for the languages of a document: the same for most, so the last answer is kept. */
function rootsIn(type: DocumentType, languages: readonly string[]): ReadonlySet<string> {
  const named = `${type.id} ${languages.join()}`
  if (last.named !== named) {
    const scalars = type.sections.flatMap((section) =>
      Object.entries<Field>(section.fields).flatMap(([key, field]) =>
        isScalar(field) ? [`${section.id}.${key}`] : [],
      ),
    )
    last = { named, paths: new Set([...rootsOf(type, languages).keys(), ...scalars]) }
  }
  return last.paths
}
let last: { readonly named: string; readonly paths: ReadonlySet<string> } = { named: '-', paths: new Set() }
