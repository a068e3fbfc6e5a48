/** Required fields of any document type: one outcome a field, one finding a gap. */
import { isFilled, type DocumentType, type Field, type Section } from '../schema/fields.ts'
import { networkLabel } from '../reference/networks.ts'
import {
  message,
  namingLanguage,
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
  return type.sections.flatMap((section) =>
    Object.entries(section.fields)
      .filter(([, field]) => field.required === true || field.kind === 'list')
      .map(([key, field]) => outcome(section, key, field, json[section.id]?.[key], context)),
  )
}

function outcome(
  section: Section,
  key: string,
  field: Field,
  value: unknown,
  context: CheckContext,
): Outcome {
  const path = `${section.id}.${key}`
  const findings: Finding[] = []
  const gap = (at: string, says: Message): number =>
    findings.push({
      check: 'field',
      severity: 'block',
      gate: 'review',
      section: section.id,
      path: at,
      message: says,
    })

  const lead = context.languages[0] ?? ''
  if (field.required === true && !isFilled(field, value, lead))
    gap(path, message('Still missing: {field}.', { field: field.label }))
  if (field.kind === 'list') {
    for (const item of (value ?? []) as readonly (Values & { id: string })[]) {
      for (const [itemKey, itemField] of Object.entries(field.item)) {
        if (itemField.required === true && !isFilled(itemField, item[itemKey], lead)) {
          const at = `${field.root}/${item.id}/${itemKey}`
          const name = itemName(item, namingLanguage(context))
          // Without a name, the list it is in stands for it.
          if (name === '')
            gap(
              at,
              message('{list}: one without a name lacks: {field}.', {
                list: field.label,
                field: itemField.label,
              }),
            )
          else gap(at, message('“{item}” still lacks: {field}.', { item: name, field: itemField.label }))
        }
      }
    }
  }
  // The other official languages are worth a look, and stop nobody (DOMAIN 0.3).
  if (findings.length === 0 && (field.kind === 'text' || field.kind === 'prose') && field.translated) {
    for (const language of context.languages.slice(1)) {
      if (!isFilled(field, value, language)) {
        findings.push({
          check: 'language',
          severity: 'warn',
          gate: 'review',
          section: section.id,
          path: `${path}:${language}`,
          message: message('{field} has no text yet in {language}.', {
            field: field.label,
            language: `lang:${language}`,
          }),
        })
      }
    }
  }
  return { check: 'field', section: section.id, path, subject: message(field.label), findings }
}

/** What people call a list item: its name, else its first text; a profile also says on which network it is. */
export function itemName(item: Values, language: string): string {
  const network = typeof item['network'] === 'string' ? networkLabel(item['network']) : ''
  const name = firstText(item, language)
  return name && network ? `${name} · ${network}` : name || network
}

function firstText(item: Values, language: string): string {
  for (const key of ['name', 'text', 'displayName', 'handle', 'write']) {
    const value = item[key]
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
