/** Which fields an update has touched, found while it is applied: also by deleting, which leaves nothing that names its author. */
import type * as Y from 'yjs'
import { PATH_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ORDER_KEY, SCALARS_SUFFIX, isScalar, readMeta, rootsOf } from '@auzolan/shared/schema/shapes.ts'

/** Paths as in comparisons: `identity.title:eu`, `audiences/<id>` (came or went), `audiences/<id>/name:eu`, `audiences/<id>/order`. */
export interface Touch {
  readonly seq: number
  readonly paths: readonly string[]
}

const LISTS: ReadonlyMap<string, ListField> = new Map(
  PLAN.sections.flatMap((section) =>
    Object.values(section.fields).flatMap((field) =>
      field.kind === 'list' ? [[field.root as string, field as ListField] as const] : [],
    ),
  ),
)

/** Listens to `doc` until it is told to stop. */
export class TouchListener {
  readonly #doc: Y.Doc
  #paths = new Set<string>()

  constructor(doc: Y.Doc) {
    this.#doc = doc
    doc.on('afterTransaction', this.#note)
  }

  /** What has been touched since it was asked last. */
  take(): readonly string[] {
    if (this.#paths.size === 0) return []
    const known = rootsIn(readMeta(this.#doc).languages)
    const paths = [...this.#paths].filter((path) => isPath(path, known))
    this.#paths = new Set()
    return paths
  }

  stop(): void {
    this.#doc.off('afterTransaction', this.#note)
  }

  readonly #note = ({ changed }: Y.Transaction): void => {
    for (const [type, keys] of changed)
      for (const path of pathsOf(type as Y.AbstractType<unknown>, keys))
        if (path.length <= PATH_MAX_CHARACTERS) this.#paths.add(path)
  }
}

function pathsOf(type: Y.AbstractType<unknown>, keys: ReadonlySet<string | null>): string[] {
  const inside: string[] = []
  let at = type
  while (at._item !== null) {
    if (at._item.parentSub !== null) inside.unshift(at._item.parentSub)
    at = at._item.parent as Y.AbstractType<unknown>
  }
  const root = [...(type.doc?.share ?? [])].find(([, shared]) => shared === at)?.[0] ?? ''
  const names = [...keys].filter((key): key is string => key !== null)
  if (root.endsWith(SCALARS_SUFFIX)) return names.map((key) => `${root.slice(0, -1)}${key}`)
  if (!LISTS.has(root)) return [root]
  const [id, key] = inside
  if (id === undefined) return names.map((record) => `${root}/${record}`)
  return key === undefined ? names.map((field) => `${root}/${id}/${field}`) : [`${root}/${id}/${key}`]
}

/** Only what the schema has: what somebody else writes beside it has no place in a history either. */
function isPath(path: string, known: ReadonlySet<string>): boolean {
  const [root = '', id, key] = path.split('/')
  const list = LISTS.get(root)
  if (!list) return known.has(path)
  if (id === undefined || id === '') return false
  return key === undefined || key === ORDER_KEY || Object.hasOwn(list.item, key.split(':')[0]!)
}

/** Paths of what exists once, for the languages of a document: the same for most, so the last answer is kept. */
function rootsIn(languages: readonly string[]): ReadonlySet<string> {
  const named = languages.join()
  if (last.named !== named) {
    const scalars = PLAN.sections.flatMap((section) =>
      Object.entries(section.fields).flatMap(([key, field]) =>
        isScalar(field) ? [`${section.id}.${key}`] : [],
      ),
    )
    last = { named, paths: new Set([...rootsOf(PLAN, languages).keys(), ...scalars]) }
  }
  return last.paths
}
let last: { readonly named: string; readonly paths: ReadonlySet<string> } = { named: '-', paths: new Set() }
