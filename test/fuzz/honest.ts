/** Edits as the plugin's forms and editors make them, chosen at random. */
import * as Y from 'yjs'
import type { Field, ListField } from '@auzolan/shared/schema/fields.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import { ListPlace, SectionPlace, type Place } from '@auzolan/shared/schema/shapes.ts'
import { oneOf, under, type Random } from '../support/random.ts'

const LANGUAGES = ['eu', 'es']
const WORDS = ['kaixo', 'a', 'plana ', '👩‍🚒', 'ñ', 'herritarrak ', '\n', 'á', '2027', 'é̀']

/** One step of somebody who writes, in one transaction as a page would make it. */
export function edit(doc: Y.Doc, random: Random): void {
  doc.transact(() => {
    const section = oneOf(random, PLAN.sections)
    const [key, field] = oneOf(random, Object.entries(section.fields) as [string, Field][])
    if (field.kind === 'list') editList(new ListPlace(doc, field), random)
    else editField(new SectionPlace(doc, section), key, field, random)
  })
}

function editList(list: ListPlace, random: Random): void {
  const ids = list.ids()
  const roll = random()
  if (ids.length === 0 || roll < 0.15) {
    list.add()
  } else if (roll < 0.22) {
    list.remove(oneOf(random, ids))
  } else if (roll < 0.35) {
    list.move(oneOf(random, ids), random() < 0.5 ? -1 : 1)
  } else {
    const record = list.record(oneOf(random, ids))!
    const [key, field] = oneOf(random, Object.entries((list.field as ListField).item) as [string, Field][])
    editField(record, key, field, random)
  }
}

function editField(place: Place, key: string, field: Field, random: Random): void {
  const language = oneOf(random, LANGUAGES)
  switch (field.kind) {
    case 'text':
    case 'link': {
      const text = place.text(key, language)
      if (text) editText(text, random)
      return
    }
    case 'prose': {
      const prose = place.prose(key, language)
      if (prose) editProse(prose, random)
      return
    }
    case 'choices':
    case 'references':
      place.toggle(key, oneOf(random, ['instagram', 'mastodon', 'bluesky']), random() < 0.6)
      return
    default:
      place.set(key, oneOf(random, [null, true, '2027-01-31', 7, 'kultura', { by: 'ane', at: '2027' }]))
  }
}

/**
 * A place for a caret. Never between the halves of a surrogate pair, where Yjs puts "�" for either: no editor and no
 * field of ours goes there (plugin/src/parts/typing.ts).
 */
function caret(plain: string, random: Random, from = 0, most = plain.length): number {
  const at = from + under(random, Math.min(plain.length - from, most) + 1)
  const low = plain.charCodeAt(at)
  return low >= 0xdc00 && low <= 0xdfff ? at - 1 : at
}
const plainOf = (text: Y.Text): string =>
  text
    .toDelta()
    .map((part: { insert: string }) => part.insert)
    .join('')

function editText(text: Y.Text, random: Random): void {
  const plain = plainOf(text)
  const at = caret(plain, random)
  if (plain.length > 0 && random() < 0.3) text.delete(at, caret(plain, random, at, 6) - at)
  else text.insert(at, oneOf(random, WORDS))
}

/** Paragraphs as the editor writes them: elements with text and marks inside. */
function editProse(prose: Y.XmlFragment, random: Random): void {
  const roll = random()
  const at = under(random, prose.length + 1)
  if (prose.length === 0 || roll < 0.25) {
    const paragraph = new Y.XmlElement('paragraph')
    const text = new Y.XmlText()
    text.insert(0, oneOf(random, WORDS), random() < 0.3 ? { bold: {} } : {})
    paragraph.insert(0, [text])
    prose.insert(at, [paragraph])
    return
  }
  if (roll < 0.33) return prose.delete(Math.min(at, prose.length - 1), 1)
  const paragraph = prose.get(Math.min(at, prose.length - 1))
  if (!(paragraph instanceof Y.XmlElement)) return
  const text = paragraph.get(0)
  if (!(text instanceof Y.XmlText)) return paragraph.insert(0, [new Y.XmlText('berriz')])
  if (roll < 0.5 && text.length > 1) {
    const plain = plainOf(text)
    const from = caret(plain, random)
    const mark = oneOf(random, [
      { bold: {} },
      { italic: {} },
      { bold: null },
      { link: { href: 'https://e.eus' } },
    ])
    return text.format(from, caret(plain, random, from) - from, mark)
  }
  if (roll < 0.6) return paragraph.setAttribute('textAlign', oneOf(random, ['left', 'center']))
  if (roll < 0.66 && text.length > 2) {
    // Enter in the middle of a paragraph: its end moves into a new one.
    const plain = plainOf(text)
    const half = caret(plain, random)
    text.delete(half, text.length - half)
    const next = new Y.XmlElement('paragraph')
    next.insert(0, [new Y.XmlText(plain.slice(half))])
    return prose.insert(Math.min(at, prose.length), [next])
  }
  editText(text, random)
}
