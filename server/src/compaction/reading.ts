/** What a `Y.Doc` reads as, in one comparable text, and what of it somebody has overwritten. */
import * as Y from 'yjs'
import type { ChannelId } from '@auzolan/shared/ids.ts'
import { RICH_DEPTH_MAX } from '@auzolan/shared/limits.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { typeIn } from '@auzolan/shared/schema/channels.ts'
import type { Field } from '@auzolan/shared/schema/fields.ts'
import { META_ROOT, isScalar, readMeta, rootsOf } from '@auzolan/shared/schema/shapes.ts'

/** Two documents with the same reading show the same to everybody. @throws when it cannot be read at all. */
export function reading(channel: ChannelId, doc: Y.Doc): string {
  const type = typeIn(channel, doc)
  if (!type) return stable(doc.getArray(COMMENTS_ROOT).toJSON())
  const parts = [stable(doc.getMap(META_ROOT).toJSON())]
  for (const [root, kind] of rootsOf(type, readMeta(doc).languages)) {
    switch (kind) {
      case 'text':
        parts.push(stable(whole(doc.getText(root).toDelta() as Piece[])))
        break
      case 'prose':
        parts.push(prose(doc.getXmlFragment(root)))
        break
      case 'map':
        parts.push(stable(doc.getMap(root).toJSON()))
        break
    }
  }
  return parts.join('\n')
}

interface Piece {
  readonly insert?: unknown
  readonly attributes?: unknown
}

/**
 * Without the seams between pieces of the same look: where marks begin and end that change nothing is another matter on
 * each replica, since Yjs tidies them away at a time of its own.
 */
function whole(pieces: readonly Piece[]): Piece[] {
  const merged: Piece[] = []
  for (const piece of pieces) {
    const last = merged.at(-1)
    if (
      typeof last?.insert === 'string' &&
      typeof piece.insert === 'string' &&
      stable(last.attributes) === stable(piece.attributes)
    )
      merged[merged.length - 1] = { ...last, insert: last.insert + piece.insert }
    else merged.push(piece)
  }
  return merged
}

function prose(node: Y.XmlFragment | Y.AbstractType<unknown>): string {
  if (node instanceof Y.XmlText) return stable(whole(node.toDelta() as Piece[]))
  if (!(node instanceof Y.XmlFragment)) return String(node)
  const children = `[${(node.toArray() as Y.AbstractType<unknown>[]).map(prose).join()}]`
  return node instanceof Y.XmlElement
    ? `${node.nodeName}${stable(node.getAttributes())}${children}`
    : children
}

/**
 * A place where a record, or a text in one, has been, and where somebody has put a plain value: with it went everything
 * people wrote there. Deleting a record is honest, and so is bringing it back; this no page does.
 */
export function overwritten(channel: ChannelId, doc: Y.Doc): string | null {
  for (const section of typeIn(channel, doc)?.sections ?? []) {
    for (const field of Object.values(section.fields) as Field[]) {
      if (field.kind !== 'list') continue
      for (const [id, item] of doc.getMap(field.root)._map) {
        const path = `${field.root}/${id}`
        if (item.deleted) continue
        const record = valueOf(item)
        if (!(record instanceof Y.Map)) {
          if (item.left !== null) return path
          continue
        }
        for (const [key, inner] of record._map) {
          const kind = field.item[key.split(':')[0]!]
          const container = kind !== undefined && !isScalar(kind)
          if (
            container &&
            !inner.deleted &&
            inner.left !== null &&
            !(valueOf(inner) instanceof Y.AbstractType)
          )
            return `${path}/${key}`
        }
      }
    }
  }
  return null
}

/**
 * A piece in rich text that is neither an element nor a text in one: editors take every child for one of these and fall over
 * others, and nobody could open that text any more. Or one deeper than readers go: the editor would show words that no version has.
 * @param known what was there before
 */
export function foreignInProse(doc: Y.Doc, known: ReadonlyMap<number, number>): string | null {
  for (const [client, structs] of doc.store.clients)
    for (let i = structs.length - 1; i >= 0 && structs[i]!.id.clock >= (known.get(client) ?? 0); i--) {
      const struct = structs[i]!
      if (!(struct instanceof Y.Item) || struct.deleted || struct.parentSub !== null) continue
      const { parent, content } = struct
      const where = `${struct.id.client}:${struct.id.clock}`
      if (parent instanceof Y.XmlText) {
        if (!(content instanceof Y.ContentString || content instanceof Y.ContentFormat)) return where
        continue
      }
      if (!(parent instanceof Y.XmlFragment)) continue
      const child = valueOf(struct)
      const fits =
        child instanceof Y.XmlElement || (child instanceof Y.XmlText && parent instanceof Y.XmlElement)
      if (!fits || isTooDeep(parent)) return where
    }
  return null
}

function isTooDeep(node: Y.XmlFragment): boolean {
  let at: unknown = node
  for (let depth = 0; at instanceof Y.XmlElement; depth++, at = at.parent)
    if (depth === RICH_DEPTH_MAX) return true
  return false
}

const valueOf = ({ content }: Y.Item): unknown => content.getContent()[0]

/** JSON with sorted keys, also of what JSON has no form for (somebody may have written it). */
function stable(value: unknown): string {
  if (value instanceof Uint8Array) return `bytes(${value.join()})`
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`
  if (typeof value === 'object' && value !== null) {
    const object = value as { readonly [key: string]: unknown }
    return `{${Object.keys(object)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${stable(object[key])}`)
      .join()}}`
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}
