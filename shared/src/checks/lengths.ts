/**
 * Texts longer than their field takes. No form lets one in, but two people at once, another program or an older shape of the field
 * may; it stops a review, and no other check reads it: some of them would take minutes over what somebody wrote for that.
 */
import { LINK_MAX_CHARACTERS } from '../limits.ts'
import type { DocumentType, Field, Fields, Section } from '../schema/fields.ts'
import { message, type CheckContext, type Finding, type Outcome } from './finding.ts'
import { nameIn } from './required.ts'

type Values = { readonly [field: string]: unknown }
type Json = { readonly [section: string]: Values }

export interface Measured<T> {
  /** The document with nothing where a text is too long. */
  readonly within: T
  /** One outcome for each field that has one. */
  readonly outcomes: readonly Outcome[]
  /** Findings of other checks, without those about such a text: what it says is not known. */
  readonly others: (outcome: Outcome) => Outcome
}

export const limitOf = (field: Field): number | null =>
  field.kind === 'text' ? field.maxCharacters : field.kind === 'link' ? LINK_MAX_CHARACTERS : null

export function measured<T extends object>(type: DocumentType, given: T, context: CheckContext): Measured<T> {
  const outcomes: Outcome[] = []
  const long = new Set<string>()
  const json = given as Json
  const within: { [section: string]: Values } = { ...json }
  for (const section of type.sections) {
    for (const [key, field] of Object.entries<Field>(section.fields)) {
      const value = json[section.id]?.[key]
      const path = `${section.id}.${key}`
      const findings: Finding[] = []
      const cut =
        field.kind === 'list'
          ? ((value ?? []) as readonly (Values & { readonly id: string })[]).map((item) =>
              shortened(
                item,
                field.item,
                `${field.root}/${item.id}`,
                section,
                field.label,
                findings,
                context,
              ),
            )
          : textWithin(value, field, path, (at, length) => {
              findings.push(tooLong(section, at, field, length, null))
            })
      if (findings.length === 0) continue
      within[section.id] = { ...within[section.id], [key]: cut }
      outcomes.push({ check: 'length', section: section.id, path, subject: message(field.label), findings })
      for (const finding of findings) long.add(finding.path).add(finding.path.replace(LANGUAGE, ''))
    }
  }
  const others = (outcome: Outcome): Outcome =>
    long.size === 0
      ? outcome
      : { ...outcome, findings: outcome.findings.filter(({ path }) => !long.has(path)) }
  return { within: within as T, outcomes, others }
}

const LANGUAGE = /:[^:]*$/

function shortened(
  item: Values & { readonly id: string },
  fields: Fields,
  path: string,
  section: Section,
  list: string,
  findings: Finding[],
  context: CheckContext,
): Values {
  const found: { readonly path: string; readonly field: Field; readonly length: number }[] = []
  const cut = { ...item } as { [field: string]: unknown }
  for (const [key, field] of Object.entries(fields))
    cut[key] = textWithin(item[key], field, `${path}/${key}`, (at, length) =>
      found.push({ path: at, field, length }),
    )
  if (found.length === 0) return item
  // By a name that is none of the texts in question.
  const owner = { list, name: nameIn(cut, context) }
  for (const one of found) findings.push(tooLong(section, one.path, one.field, one.length, owner))
  return cut
}

function textWithin(
  value: unknown,
  field: Field,
  path: string,
  found: (path: string, length: number) => void,
): unknown {
  const limit = limitOf(field)
  if (limit === null) return value
  if (typeof value === 'string') {
    if (value.length <= limit) return value
    found(path, value.length)
    return ''
  }
  const texts = Object.entries((value ?? {}) as Values)
  if (!texts.some(([, text]) => String(text).length > limit)) return value
  return Object.fromEntries(
    texts.map(([language, text]) => [language, textWithin(text, field, `${path}:${language}`, found)]),
  )
}

function tooLong(
  section: Section,
  path: string,
  field: Field,
  length: number,
  owner: { readonly list: string; readonly name: string } | null,
): Finding {
  const holes = { field: field.label, length: String(length), most: String(limitOf(field)) }
  return {
    check: 'length',
    severity: 'block',
    gate: 'review',
    section: section.id,
    path,
    message:
      owner === null
        ? message('{field}: the text is too long ({length} characters; at most {most} fit).', holes)
        : owner.name === ''
          ? message(
              '{list}: in one without a name the text of {field} is too long ({length} characters; at most {most} fit).',
              { list: owner.list, ...holes },
            )
          : message('“{item}”: the text of {field} is too long ({length} characters; at most {most} fit).', {
              item: owner.name,
              ...holes,
            }),
    fix: message('Shorten it: until then nothing else of it is checked.'),
  }
}
