/**
 * The reading copy of an approved version: its canonical JSON as Markdown that a person can read in ten years without this
 * program. Made from the schema, so that it needs to know no document type; in the language the document leads with.
 */
import { at, isObject } from '../compare/damage.ts'
import { recordsOf } from '../compare/records.ts'
import type { Organisation } from '../protocol/organisation.ts'
import type { Receipt } from '../receipt.ts'
import { licenceLabel, networkLabel, type References } from '../reference/references.ts'
import type { DocumentType, Field, Fields, ListField, Options } from '../schema/fields.ts'
import { address, plain, prose } from './markdown.ts'
import { spokenOf, wordsIn, type Say } from './words.ts'

export interface Approved {
  readonly type: DocumentType
  /** The canonical JSON, parsed. */
  readonly json: unknown
  readonly receipt: Receipt
  /** Of the document, lead language first. */
  readonly languages: readonly string[]
  readonly organisation: Pick<Organisation, 'name' | 'departments'>
  /** Lists of reference data, as things are called by now. */
  readonly references?: References
  /** Name of the file beside it that is signed. */
  readonly signedFile: string
}

interface Context extends Approved {
  readonly language: string
  readonly say: Say
  readonly lists: ReadonlyMap<string, { readonly field: ListField; readonly value: unknown }>
}

export function readingCopy(approved: Approved): string {
  const language = approved.languages[0] ?? 'en'
  const context: Context = {
    ...approved,
    language,
    say: wordsIn(spokenOf(approved.languages)),
    lists: listsOf(approved),
  }
  const sections = approved.type.sections.map((section) => {
    const fields = shownFields(section.fields, at(approved.json, section.id), context, 3)
    return `## ${context.say(section.label)}\n\n${fields.join('\n\n') || '–'}`
  })
  return `${[...heading(context), ...sections].join('\n\n')}\n`
}

function heading({ receipt, say, language, signedFile, organisation }: Context): string[] {
  const role = receipt.by.role === 'director' ? say('Director') : receipt.by.role
  const waivers = receipt.waivers.map(
    ({ check, reason }) =>
      `${say('Accepted although check {check} fails', { check: plain(check) })}: ${plain(reason)}`,
  )
  const facts: [string, string][] = [
    [say('Organisation'), plain(inLanguage(organisation.name, language))],
    [say('Version'), String(receipt.version)],
    [say('Approved'), receipt.at],
    [say('By'), `${plain(receipt.by.name)} (${plain(role)})`],
    [say('On behalf of'), plain(receipt.by.onBehalfOf ?? '')],
    [say('Conditions'), plain(receipt.conditions)],
    ...waivers.map((words): [string, string] => [say('Waived'), words]),
    ['SHA-256', `\`${receipt.sha256}\``],
  ]
  return [
    `# ${plain(inLanguage(receipt.title, language)) || say('Plan without a title')}`,
    facts
      .filter(([, value]) => value !== '')
      .map(([name, value]) => `- **${name}**: ${value.replace(/[\r\n]+/g, ' ')}`)
      .join('\n'),
    `*${say('To read. What was signed, in all its languages, is the file {file}.', { file: plain(signedFile) })}*`,
  ]
}

/** What is filled in, field by field. */
function shownFields(fields: Fields, values: unknown, context: Context, level: number): string[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const value = at(values, key)
    const label = context.say(field.label)
    if (field.kind === 'list') {
      const records = shownList(field, value, context, level)
      return records.length > 0 ? [`${'#'.repeat(level)} ${label}`, ...records] : []
    }
    if (field.kind === 'prose') {
      const text = prose(field.translated ? translation(value, context.language) : value)
      return text ? [`**${label}**`, text] : []
    }
    const shown = shownValue(field, value, context)
    return shown === '' ? [] : [`**${label}**: ${shown}`]
  })
}

function shownList(field: ListField, value: unknown, context: Context, level: number): string[] {
  return [...recordsOf(value).records.values()].flatMap((record, i) => [
    `${'#'.repeat(level + 1)} ${i + 1}\\. ${plain(nameOf(field, record, context.language))}`.trimEnd(),
    ...shownFields(field.item, record, context, level + 2),
  ])
}

function shownValue(field: Exclude<Field, ListField>, value: unknown, context: Context): string {
  const { say, language } = context
  switch (field.kind) {
    case 'text':
      return plain(String((field.translated ? translation(value, language) : value) ?? ''))
    case 'link':
      return address(String(value ?? ''))
    case 'choice':
      return value === null || value === undefined ? '' : option(field.options, String(value), context)
    case 'choices':
      return stringsIn(value)
        .map((id) => option(field.options, id, context))
        .join(', ')
    case 'references': {
      const list = context.lists.get(field.to)
      const { records } = recordsOf(list?.value)
      return stringsIn(value)
        .flatMap((id) => (list && records.has(id) ? nameOf(list.field, records.get(id)!, language) : []))
        .map((name) => plain(name) || say('Without a name'))
        .join(', ')
    }
    case 'flag':
      return value === true ? say('Yes') : say('No')
    case 'date':
      return plain(String(value ?? ''))
    case 'number':
      return typeof value === 'number' ? [value, field.unit && say(field.unit)].filter(Boolean).join(' ') : ''
    case 'person':
      return isObject(value) ? plain(`${String(value['name'])} (${String(value['id'])})`) : ''
    case 'picture':
      return isObject(value)
        ? `${plain(String(value['name']))} (SHA-256 \`${plain(String(value['sha256']))}\`)`
        : ''
    case 'acceptance':
      return isObject(value)
        ? say('{name}, on {date}', { name: plain(String(value['by'])), date: plain(String(value['on'])) })
        : ''
    case 'prose':
      return ''
  }
}

function option(options: Options, id: string, context: Context): string {
  const { say, language, organisation, references } = context
  switch (options) {
    case 'departments': {
      const name = organisation.departments.find((department) => department.id === id)?.name
      return plain((name && inLanguage(name, language)) || id)
    }
    case 'languages':
      return plain(languageName(id, context))
    case 'networks':
      return plain(networkLabel(id, references))
    case 'licences':
      return plain(licenceLabel(id, references))
    default: {
      const found = options.find((one) => one.id === id)
      return plain(found ? say(found.label) : id)
    }
  }
}

/** As the screens call it; a language they have no word for, as that language's own reader does. */
function languageName(tag: string, { say, language }: Context): string {
  const english = nameIn('en', tag)
  const said = say(english)
  return said === english ? nameIn(language, tag) : said
}
function nameIn(language: string, tag: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag
  }
}

/** A record is called by its first text. */
function nameOf(field: ListField, record: unknown, language: string): string {
  const found = Object.entries(field.item).find(([, one]) => one.kind === 'text')
  if (!found) return ''
  const [key, first] = found
  const value = at(record, key)
  return String((first.kind === 'text' && first.translated ? translation(value, language) : value) ?? '')
}

const stringsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Where the lead language says nothing, another one does. */
function translation(value: unknown, language: string): unknown {
  const own = at(value, language)
  const isSaid = (words: unknown): boolean =>
    Array.isArray(words) ? Boolean(prose(words)) : typeof words === 'string' && words.trim() !== ''
  return isSaid(own) || !isObject(value) ? own : (Object.values(value).find(isSaid) ?? own)
}
const inLanguage = (value: { readonly [language: string]: string }, language: string): string =>
  String(translation(value, language) ?? '')

function listsOf({ type, json }: Approved): Context['lists'] {
  return new Map(
    type.sections.flatMap((section) =>
      Object.entries(section.fields).flatMap(
        ([key, field]): [string, { field: ListField; value: unknown }][] =>
          field.kind === 'list' ? [[field.root, { field, value: at(at(json, section.id), key) }]] : [],
      ),
    ),
  )
}
