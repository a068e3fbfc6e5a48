/** From the parts of a file and the places chosen for them to the plan: what goes where, and then writing it there. */
import * as Y from 'yjs'
import { toXml } from '@auzolan/shared/schema/json.ts'
import { ListPlace, SectionPlace } from '@auzolan/shared/schema/shapes.ts'
import { PLAN } from '@auzolan/shared/schema/plan.ts'
import type { ListField } from '@auzolan/shared/schema/fields.ts'
import { BUILTIN, type References } from '@auzolan/shared/reference/references.ts'
import { inSendable, isBlank, richOf, textOf, flat, type Block, type Item, type Table } from './blocks.ts'
import { LISTED, OUT, isListed, type Listed, type Place } from './places.ts'
import type { Part } from './parts.ts'

/** Texts and choices of a new record; a text is in the language of the file. */
export type NewRecord = { readonly [field: string]: string }

export interface Settled {
  /** By path, in the order of the file. */
  readonly texts: ReadonlyMap<Place, readonly Block[]>
  readonly records: { readonly [list in Listed]: readonly NewRecord[] }
  /** Left out because somebody said so, and headings whose items are records now: `what` is null for those. */
  readonly out: readonly { readonly part: Part; readonly whole: boolean }[]
}

export function settle(
  parts: readonly Part[],
  places: readonly Place[],
  headingOf: (part: Part) => string,
  references: References = BUILTIN,
): Settled {
  const texts = new Map<Place, Block[]>()
  const records: { [list in Listed]: NewRecord[] } = { purposes: [], audiences: [], profiles: [] }
  const out: { part: Part; whole: boolean }[] = []
  parts.forEach((part, i) => {
    const place = places[i]!
    if (place === OUT) return void out.push({ part, whole: true })
    const taken = isListed(place)
      ? takeRecords(place, part.blocks, references)
      : { records: [], rest: part.blocks }
    if (isListed(place)) records[place].push(...taken.records)
    if (taken.records.length > 0 && isBlank(taken.rest))
      return void (part.heading && out.push({ part, whole: false }))
    const path = isListed(place) ? LISTED[place].rest : place
    const text = texts.get(path) ?? []
    texts.set(path, text)
    const title = headingOf(part)
    if (part.heading) text.push(part.heading)
    else if (title !== '')
      text.push({ kind: 'heading', level: 1, runs: [{ text: title, bold: true, italic: false, href: null }] })
    text.push(...taken.rest)
  })
  return { texts, records, out }
}

/** What is simple enough becomes a record; everything else stays as it is, in a text. */
export function takeRecords(
  list: Listed,
  blocks: readonly Block[],
  references: References = BUILTIN,
): { records: NewRecord[]; rest: Block[] } {
  const records: NewRecord[] = []
  const rest = blocks.filter((block, i) => {
    if (list === 'profiles') {
      const rows = block.kind === 'table' ? profilesIn(block, references) : null
      if (rows) records.push(...rows)
      return rows === null
    }
    const next = blocks[i + 1]
    const alone =
      block.kind === 'item' && !(next?.kind === 'item' && (next.level > block.level || next.continues))
    const record = alone && block.level === 0 && !block.continues ? recordOf(list, block) : null
    if (record) records.push(record)
    return record === null
  })
  return { records, rest }
}

const limitOf = (list: Listed, name: string): number => {
  const field = listOf(list).item[name]
  return field?.kind === 'text' ? field.maxCharacters : 0
}
const fits = (list: Listed, name: string, text: string): boolean => text.length <= limitOf(list, name)

/** Null when it would not fit, or would lose an address or a note. */
function recordOf(list: 'purposes' | 'audiences', { runs }: Item): NewRecord | null {
  const words = textOf(runs)
  if (words.includes('\n') || runs.some(({ href, note }) => href !== null || note !== undefined)) return null
  if (list === 'purposes') return fits(list, 'text', words) ? { text: words } : null
  const [, name = words, description = ''] = /^(.{2,120}?)(?::\s+|\s+[–—-]\s+)(.+)$/.exec(words) ?? []
  return fits(list, 'name', name) && fits(list, 'description', description) ? { name, description } : null
}

const COLUMNS: { readonly [field: string]: RegExp } = {
  network:
    /^(red|red social|plataforma|sarea|sare soziala|plataforma|xarxa|xarxa social|network|social network|platform)$/,
  handle:
    /^(cuenta|usuario|nombre de usuario|nombre de la cuenta|kontua|erabiltzailea|erabiltzaile-izena|kontuaren izena|compte|usuari|nom d[’']usuari|account|account name|handle|user name|username)$/,
  displayName:
    /^(nombre|nombre visible|nombre mostrado|perfil|izena|profila|nom|nom visible|name|name shown|profile)$/,
  url: /^(direcci[oó]n|enlace|url|web|helbidea|esteka|lotura|adreça|enllaç|address|link)$/,
}

/** The rows of a table with nothing but what a profile has, each on a network we know. Null when it is not so simple. */
function profilesIn(table: Table, references: References): NewRecord[] | null {
  const rows = table.rows.map((row) =>
    row.map((cell) =>
      flat(cell)
        .map(({ runs }) => textOf(runs))
        .join('\n'),
    ),
  )
  const [head = [], ...body] = rows.filter((row) => row.some((cell) => cell.trim() !== ''))
  const columns = head.map((cell) =>
    Object.keys(COLUMNS).find((field) => COLUMNS[field]!.test(cell.trim().toLowerCase())),
  )
  const wanted = new Set(columns)
  const known = columns.every((field) => field !== undefined) && wanted.size === columns.length
  if (!known || !wanted.has('network') || !wanted.has('handle') || body.length === 0) return null
  // A note, or an address behind other words, would be lost.
  const isMore = table.rows.some((row) =>
    row.some((cell, i) =>
      flat(cell).some(({ runs }) =>
        runs.some(
          ({ note, href, text }) =>
            note !== undefined || (href !== null && !(columns[i] === 'url' && isAddress(text))),
        ),
      ),
    ),
  )
  if (isMore) return null
  const made = body.map((row): NewRecord | null => {
    const record: { [field: string]: string } = {}
    if (row.length > columns.length) return null
    for (const [i, cell] of row.entries()) {
      const field = columns[i]!
      const words = cell.trim()
      if (words.includes('\n')) return null
      if (field === 'network') record[field] = networkNamed(words, references) ?? ''
      else if (field === 'url' ? words.length > 2_000 : !fits('profiles', field, words)) return null
      else record[field] = words
    }
    return record['network'] && record['handle'] ? record : null
  })
  return made.every((record): record is NewRecord => record !== null) ? made : null
}

const isAddress = (words: string): boolean => /^(https?:\/\/|www\.)\S+$/i.test(words.trim())

const networkNamed = (words: string, { networks }: References): string | null => {
  const wanted = words.toLowerCase()
  if (wanted === 'twitter' || wanted === 'x (twitter)') return 'x'
  return networks.find(({ label }) => label.toLowerCase() === wanted)?.id ?? null
}

const listOf = (root: Listed): ListField =>
  Object.values(PLAN.sections.find(({ id }) => id === LISTED[root].section)!.fields).find(
    (field) => field.kind === 'list' && field.root === root,
  ) as ListField

/** Where something stayed that was written on since it was brought. */
export type Stayed = readonly Place[]

/**
 * Writes it behind what stands there already, as ordinary edits of whoever does it: each transaction can be sent by
 * itself. What is returned takes back exactly this, piece by piece: one in which anybody has written since is theirs, and stays.
 */
export function bring(doc: Y.Doc, settled: Settled, language: string): () => Stayed {
  const pieces: { readonly place: Place; readonly says: () => string | null; remove: () => void }[] = []
  for (const root of Object.keys(settled.records) as Listed[])
    for (const values of settled.records[root]) {
      const list = new ListPlace(doc, listOf(root))
      const id = doc.transact(() => addRecord(list, values, language))
      const says = (): string | null => {
        const record = doc.getMap(root).get(id)
        return record instanceof Y.Map ? JSON.stringify(record.toJSON()) : null
      }
      pieces.push({ place: root, says, remove: () => list.remove(id) })
    }
  for (const [place, blocks] of settled.texts) {
    const fragment = textAt(doc, place, language)
    if (!fragment || isBlank(blocks)) continue
    for (const piece of inSendable(blocks)) {
      const nodes = richOf(piece).map(toXml)
      doc.transact(() => fragment.insert(endOf(fragment), nodes))
      for (const node of nodes) {
        const at = (): number => fragment.toArray().indexOf(node)
        const says = (): string | null => (at() < 0 ? null : node.toString())
        pieces.push({ place, says, remove: () => fragment.delete(at(), 1) })
      }
    }
  }
  const brought = pieces.map((piece) => ({ ...piece, said: piece.says() }))
  return () => {
    const changed = brought.filter(({ says, said }) => says() !== null && says() !== said)
    doc.transact(() => {
      for (const { says, said, remove } of brought) if (says() !== null && says() === said) remove()
    })
    return [...new Set(changed.map(({ place }) => place))]
  }
}

export function textAt(doc: Y.Doc, path: Place, language: string): Y.XmlFragment | undefined {
  const [id, name = ''] = path.split('.')
  const section = PLAN.sections.find((one) => one.id === id)
  return section && new SectionPlace(doc, section).prose(name, language)
}

function addRecord(list: ListPlace, values: NewRecord, language: string): string {
  const id = list.add()
  const record = list.record(id)!
  for (const [name, value] of Object.entries(values)) {
    if (list.field.item[name]?.kind === 'choice') record.set(name, value)
    else record.text(name, language)?.insert(0, value)
  }
  return id
}

/** Before the empty paragraph an editor leaves at the end. */
function endOf(fragment: Y.XmlFragment): number {
  let end = fragment.length
  const isEmpty = (node: unknown): boolean =>
    node instanceof Y.XmlElement &&
    node.nodeName === 'paragraph' &&
    node.toArray().every((child) => child instanceof Y.XmlText && child.length === 0)
  while (end > 0 && isEmpty(fragment.get(end - 1))) end -= 1
  return end
}
