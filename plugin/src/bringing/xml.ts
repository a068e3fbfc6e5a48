/**
 * The XML of a DOCX or ODT as a tree, under names that do not depend on the prefixes a program happens to use. It knows
 * no document types and so no entities: nothing in a file can make it grow, or read anything from elsewhere.
 */
import { IMPORT_ELEMENTS_MAX, IMPORT_XML_DEPTH_MAX } from '@auzolan/shared/limits.ts'
import { Refused } from './refused.ts'

export interface Xml {
  /** `w:p`, `text:h`; with no prefix when the namespace is none of ours. */
  readonly name: string
  readonly attributes: { readonly [name: string]: string }
  readonly children: readonly (Xml | string)[]
}
interface Growing extends Xml {
  readonly children: (Xml | string)[]
}

const PREFIXES: { readonly [namespace: string]: string } = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'urn:schemas-microsoft-com:vml': 'v',
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
  'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
  'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0': 'svg',
  'urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0': 'fo',
  'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0': 'manifest',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://www.w3.org/1999/xlink': 'xlink',
}

const NAME = /[^\s=/><"']+/y
const ATTRIBUTE = /\s+([^\s=/><"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y
const TAG_END = /\s*(\/?)>/y

export function readXml(text: string): Xml {
  const root: Growing = { name: '', attributes: {}, children: [] }
  const open: { readonly element: Growing; readonly tag: string; readonly leave: () => void }[] = [
    { element: root, tag: '', leave: NOTHING_TO_LEAVE },
  ]
  const scope: Scope = new Map()
  let elements = 0
  const match = (pattern: RegExp, at: number): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  const behind = (sign: string, from: number): number => {
    const found = text.indexOf(sign, from)
    if (found < 0) throw new Refused('damaged')
    return found + sign.length
  }
  for (let at = 0; at < text.length;) {
    const here = open.at(-1)!
    const next = text.indexOf('<', at)
    const end = next < 0 ? text.length : next
    if (end > at) here.element.children.push(decode(text.slice(at, end)))
    if (next < 0) break
    if (text.startsWith('<!--', next)) at = behind('-->', next + 4)
    else if (text.startsWith('<![CDATA[', next)) {
      at = behind(']]>', next + 9)
      here.element.children.push(text.slice(next + 9, at - 3))
    } else if (text.startsWith('<?', next)) at = behind('?>', next + 2)
    // A document type: entities that grow, or that name files.
    else if (text.startsWith('<!', next)) throw new Refused('hostile')
    else if (text.startsWith('</', next)) {
      const name = match(NAME, next + 2)?.[0]
      if (name !== here.tag || open.length === 1) throw new Refused('damaged')
      at = behind('>', next + 2)
      open.pop()!.leave()
    } else {
      const tag = match(NAME, next + 1)?.[0]
      if (tag === undefined) throw new Refused('damaged')
      at = next + 1 + tag.length
      const given: [string, string][] = []
      for (let found = match(ATTRIBUTE, at); found; found = match(ATTRIBUTE, at)) {
        given.push([found[1]!, decode(found[2] ?? found[3] ?? '')])
        at += found[0].length
      }
      const closing = match(TAG_END, at)
      if (!closing) throw new Refused('damaged')
      at += closing[0].length
      elements += 1
      if (elements > IMPORT_ELEMENTS_MAX) throw new Refused('unpacks_too_large')
      if (open.length > IMPORT_XML_DEPTH_MAX) throw new Refused('hostile')
      const leave = declare(scope, given)
      const attributes = Object.fromEntries(
        given
          .filter(([name]) => !name.startsWith('xmlns'))
          .map(([name, value]) => [known(name, scope, false), value]),
      )
      const element: Growing = { name: known(tag, scope, true), attributes, children: [] }
      here.element.children.push(element)
      if (closing[1] === '') open.push({ element, tag, leave })
      else leave()
    }
  }
  const [first] = elementsOf(root)
  if (open.length !== 1 || !first) throw new Refused('damaged')
  return first
}

/** Prefix → ours. */
type Scope = Map<string, string>
const NOTHING_TO_LEAVE = (): void => {}

/** Takes up what an element declares, until it is left: a copy for each element would cost as much as all of them together. */
function declare(scope: Scope, attributes: readonly [string, string][]): () => void {
  const before: [string, string | undefined][] = []
  for (const [name, namespace] of attributes) {
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue
    const prefix = name.slice(6)
    before.push([prefix, scope.get(prefix)])
    scope.set(prefix, PREFIXES[namespace] ?? '')
  }
  if (before.length === 0) return NOTHING_TO_LEAVE
  return () => {
    for (const [prefix, was] of before.reverse())
      if (was === undefined) scope.delete(prefix)
      else scope.set(prefix, was)
  }
}

function known(name: string, scope: Scope, element: boolean): string {
  const colon = name.indexOf(':')
  if (colon < 0) {
    const ours = element ? scope.get('') : undefined
    return ours ? `${ours}:${name}` : name
  }
  const ours = scope.get(name.slice(0, colon))
  return ours ? `${ours}:${name.slice(colon + 1)}` : name.slice(colon + 1)
}

const NAMED: { readonly [entity: string]: string } = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

const decode = (text: string): string =>
  text.includes('&')
    ? text.replace(/&([^;&\s]{0,12};?)/g, (_, entity: string) => {
        const name = entity.slice(0, -1)
        const code = /^#(\d+)$/.exec(name)?.[1] ?? /^#(x[\da-f]+)$/i.exec(name)?.[1]?.replace(/^x/i, '0x')
        const sign =
          code === undefined
            ? NAMED[name]
            : Number(code) <= 0x10ffff
              ? String.fromCodePoint(Number(code))
              : undefined
        if (
          !entity.endsWith(';') ||
          sign === undefined ||
          !(Object.hasOwn(NAMED, name) || code !== undefined)
        )
          throw new Refused(code === undefined && entity.endsWith(';') ? 'hostile' : 'damaged')
        return sign
      })
    : text

export const elementsOf = (parent: Xml | undefined): Xml[] =>
  (parent?.children ?? []).filter((child): child is Xml => typeof child !== 'string')
export const childOf = (parent: Xml | undefined, name: string): Xml | undefined =>
  elementsOf(parent).find((child) => child.name === name)
export const wordsOf = (element: Xml): string =>
  element.children.map((child) => (typeof child === 'string' ? child : wordsOf(child))).join('')

/** Every element of that name within, in order, also within each other. */
export const allOf = (parent: Xml, name: string): Xml[] =>
  elementsOf(parent).flatMap((child) => [...(child.name === name ? [child] : []), ...allOf(child, name)])
