/** Required fields of any document type: one outcome a field, one finding a gap. */
import { isMailAddress, isWebAddress } from '../addresses.ts'
import {
  applies,
  isFilled,
  NOT_APPLICABLE,
  type DocumentType,
  type Field,
  type Person,
  type Picture,
  type Section,
} from '../schema/fields.ts'
import { networkLabel, type References } from '../reference/references.ts'
import {
  message,
  namingLanguage,
  referencesOf,
  type CheckContext,
  type Finding,
  type Message,
  type Outcome,
} from './finding.ts'

type Values = { readonly [field: string]: unknown }

export function requiredFields(
  type: DocumentType,
  json: { readonly [section: string]: Values },
  context: CheckContext,
): Outcome[] {
  return type.sections
    .filter((section) => !isNotApplicable(section, json, context.languages))
    .flatMap((section) =>
      Object.entries(section.fields)
        .filter(([, field]) => field.required === true || field.kind === 'list' || isForAddress(field))
        .filter(([, field]) => applies(field, json[section.id] ?? {}, json))
        .flatMap(([key, field]) => {
          const found = outcome(section, key, field, json, context)
          // An address that nobody has to give is no check that passes.
          const asked = field.required === true || field.kind === 'list'
          return asked || found.findings.length > 0 ? [found] : []
        }),
    )
}

/** Whether a section is not asked for, or says, with a reason, that it does not apply (DOMAIN A). */
export function isNotApplicable(
  section: Section,
  json: { readonly [section: string]: Values },
  languages: readonly string[],
): boolean {
  const values = json[section.id] ?? {}
  if (!applies(section, values, json)) return true
  const field = section.fields[NOT_APPLICABLE]
  return (
    field !== undefined && languages.some((language) => isFilled(field, values[NOT_APPLICABLE], language))
  )
}

function outcome(
  section: Section,
  key: string,
  field: Field,
  json: { readonly [section: string]: Values },
  context: CheckContext,
): Outcome {
  const value = json[section.id]?.[key]
  const path = `${section.id}.${key}`
  const findings = gaps(section.id, path, field, value, null, context)
  if (field.kind === 'list') {
    for (const item of (value ?? []) as readonly (Values & { id: string })[]) {
      for (const [itemKey, itemField] of Object.entries(field.item)) {
        if (!applies(itemField, item, json)) continue
        const at = `${field.root}/${item.id}/${itemKey}`
        const owner = { list: field.label, name: nameIn(item, context) }
        findings.push(...gaps(section.id, at, itemField, item[itemKey], owner, context))
      }
    }
  }
  return { check: 'field', section: section.id, path, subject: message(field.label), findings }
}

const isForAddress = (field: Field): boolean =>
  field.kind === 'link' || (field.kind === 'text' && field.mail === true)

/** Said at the field of what is written where an address belongs, and is none: it is as good as nothing. */
function noAddress(
  field: Field,
  value: unknown,
  owner: { readonly list: string; readonly name: string } | null,
): Message | null {
  if (typeof value !== 'string' || !isForAddress(field)) return null
  if (field.kind === 'link' ? isWebAddress(value) : isMailAddress(value)) return null
  const holes = { field: field.label }
  const item = owner?.name ?? ''
  if (field.kind === 'link')
    return item === ''
      ? message('{field}: this is no web address. Write it whole, beginning with https://', holes)
      : message('“{item}”, {field}: this is no web address. Write it whole, beginning with https://', {
          item,
          ...holes,
        })
  return item === ''
    ? message('{field}: this is no e-mail address. It is written like name@town.example', holes)
    : message('“{item}”, {field}: this is no e-mail address. It is written like name@town.example', {
        item,
        ...holes,
      })
}

/**
 * What one field lacks. Of a translated text the lead language stops the review; the other official languages are worth
 * a look and stop nobody (DOMAIN 0.3). The path then ends in the language, so that the screen can show the right one.
 */
function gaps(
  section: string,
  path: string,
  field: Field,
  value: unknown,
  owner: { readonly list: string; readonly name: string } | null,
  context: CheckContext,
): Finding[] {
  const [lead = '', ...others] = context.languages
  const translated = (field.kind === 'text' || field.kind === 'prose') && field.translated
  const base = { check: 'field', gate: 'review', section } as const
  if (!isFilled(field, value, lead)) {
    if (field.required !== true) return []
    const elsewhere = translated && others.some((language) => isFilled(field, value, language))
    return [
      {
        ...base,
        severity: 'block',
        path: translated ? `${path}:${lead}` : path,
        message: lacking(field, owner, elsewhere ? lead : null),
      },
    ]
  }
  const wrong = noAddress(field, value, owner)
  if (wrong) {
    const severity = field.required === true ? 'block' : 'warn'
    return [{ ...base, check: 'address', severity, path, message: wrong }]
  }
  if (!translated) return []
  return others
    .filter((language) => !isFilled(field, value, language))
    .filter(() => owner === null || field.required === true)
    .map((language) => ({
      ...base,
      check: 'language',
      severity: 'warn' as const,
      path: `${path}:${language}`,
      message: lacking(field, owner, language),
    }))
}

/** Says what is lacking; `language` when the text is there in another one. */
function lacking(
  field: Field,
  owner: { readonly list: string; readonly name: string } | null,
  language: string | null,
): Message {
  const holes = { field: field.label, ...(language ? { language: `lang:${language}` } : {}) }
  if (owner === null) {
    if (field.kind === 'flag') return message('Still to be accepted: “{field}”', holes)
    return language
      ? message('{field} has no text yet in {language}.', holes)
      : message('Still missing: {field}.', holes)
  }
  if (owner.name === '') {
    return language
      ? message('{list}: one without a name lacks: {field} ({language}).', { list: owner.list, ...holes })
      : message('{list}: one without a name lacks: {field}.', { list: owner.list, ...holes })
  }
  return language
    ? message('“{item}” still lacks: {field} ({language}).', { item: owner.name, ...holes })
    : message('“{item}” still lacks: {field}.', { item: owner.name, ...holes })
}

/** What a finding calls a list item. */
export const nameIn = (item: Values, context: CheckContext): string =>
  itemName(item, namingLanguage(context), referencesOf(context))

/** What people call a list item: its name, else its first text; a profile also says on which network it is. */
export function itemName(item: Values, language: string, references?: References): string {
  const network = typeof item['network'] === 'string' ? networkLabel(item['network'], references) : ''
  const name = firstText(item, language)
  return name && network ? `${name} · ${network}` : name || network
}

function firstText(item: Values, language: string): string {
  for (const key of [
    'name',
    'title',
    'text',
    'displayName',
    'handle',
    'write',
    'terms',
    'provider',
    'what',
    'task',
    'person',
    'file',
  ]) {
    const isNamed = key === 'person' || key === 'file'
    const value = isNamed ? (item[key] as Person | Picture | null | undefined)?.name : item[key]
    if (typeof value === 'string' && value.trim() !== '') return value.trim()
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const texts = value as { readonly [language: string]: unknown }
      const written = [texts[language], ...Object.values(texts)].find(
        (t) => typeof t === 'string' && t.trim() !== '',
      )
      if (typeof written === 'string') return written.trim()
    }
  }
  return ''
}
