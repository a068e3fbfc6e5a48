/** What a `Y.Doc` reads as, in one comparable text, and which containers of it somebody may be writing in. */
import * as Y from 'yjs'
import { channelNameOf, type ChannelId } from '@auzolan/shared/ids.ts'
import { COMMENTS_ROOT } from '@auzolan/shared/schema/comments.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { META_ROOT, readMeta, rootsOf } from '@auzolan/shared/schema/shapes.ts'

/** Two documents with the same reading show the same to everybody. @throws when it cannot be read at all. */
export function reading(channel: ChannelId, doc: Y.Doc): string {
  if (channelNameOf(channel) === 'comments') return stable(doc.getArray(COMMENTS_ROOT).toJSON())
  const parts = [stable(doc.getMap(META_ROOT).toJSON())]
  for (const [root, kind] of rootsOf(PLAN, readMeta(doc).languages)) {
    switch (kind) {
      case 'text':
        parts.push(stable(doc.getText(root).toDelta()))
        break
      case 'prose':
        parts.push(doc.getXmlFragment(root).toString())
        break
      case 'map':
        parts.push(stable(doc.getMap(root).toJSON()))
        break
    }
  }
  return parts.join('\n')
}

type Container = Y.Map<unknown> | Y.Text | Y.XmlFragment
/** Path → the live container of a record, or of a text inside a record. */
export type Containers = ReadonlyMap<string, Container>

export function containersOf(channel: ChannelId, doc: Y.Doc): Containers {
  const found = new Map<string, Container>()
  if (channelNameOf(channel) !== 'content') return found
  for (const [root, kind] of rootsOf(PLAN, readMeta(doc).languages)) {
    if (kind !== 'map') continue
    for (const [id, record] of doc.getMap(root)) {
      if (!(record instanceof Y.Map)) continue
      found.set(`${root}/${id}`, record)
      for (const [key, value] of record)
        if (value instanceof Y.Text || value instanceof Y.XmlFragment || value instanceof Y.Map)
          found.set(`${root}/${id}/${key}`, value)
    }
  }
  return found
}

/**
 * A container of `before` in whose place something else stands now, with everything people wrote in it gone. Deleting
 * a record is honest; overwriting it, or a text in it, no page does.
 */
export function overwritten(before: Containers, channel: ChannelId, doc: Y.Doc): string | null {
  const now = containersOf(channel, doc)
  for (const [path, container] of before) {
    const same = now.get(path)
    if (same && same.constructor === container.constructor && idOf(same) === idOf(container)) continue
    const [root, id, key] = path.split('/') as [string, string, string | undefined]
    const record = doc.getMap(root).get(id)
    if (key === undefined ? record !== undefined : record instanceof Y.Map && record.has(key)) return path
  }
  return null
}

const idOf = (type: Container): string => `${type._item?.id.client}:${type._item?.id.clock}`

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
