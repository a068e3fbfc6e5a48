/**
 * What a version lacks to be made public (DOMAIN E.5, gate G3): what can be said from the text and the organisation alone.
 * Pure: same text, same context, same findings.
 */
import type { Visibility } from '../grants.ts'
import type { Organisation } from '../protocol/organisation.ts'
import type { TypeOfDocument } from '../types/type.ts'
import type { DocumentJson, Field, Fields } from '../schema/fields.ts'
import { message, type CheckContext, type Finding, type Message } from './finding.ts'
import { requiredFields } from './required.ts'

export interface PublicationContext extends CheckContext {
  readonly organisation: Pick<Organisation, 'version' | 'name' | 'languages'>
  readonly visibility: Visibility
}

export function publicationFindings(
  type: TypeOfDocument,
  json: DocumentJson,
  context: PublicationContext,
): Finding[] {
  // What is about the whole is said where its title stands.
  const { section } = type.title
  return [
    ...visibilityChosen(section, context),
    ...languagesComplete(type, json, context),
    ...personalData(type, json),
    ...attribution(section, context),
  ]
}

const base = { gate: 'publication', severity: 'block' } as const

const visibilityChosen = (section: string, { visibility }: PublicationContext): Finding[] =>
  visibility === 'public'
    ? []
    : [
        {
          ...base,
          section,
          check: 'visibility',
          path: '',
          message: message('It is not chosen yet that everybody may see it.'),
          fix: message('Choose “Public” under “Who may see it”.'),
        },
      ]

/** O-02: what only stops nobody in a review stops a publication: citizens read it in the language of their choice. */
const languagesComplete = (
  { content }: TypeOfDocument,
  json: DocumentJson,
  context: PublicationContext,
): Finding[] =>
  requiredFields(content, json, context)
    .flatMap((outcome) => outcome.findings)
    .filter(({ check }) => check === 'language')
    .map((finding) => ({ ...finding, check: 'O-02', gate: 'publication', severity: 'block' }))

/** O-04, as far as it can be seen in the text: identity numbers stop, addresses of e-mail want a look. */
function personalData({ content }: TypeOfDocument, json: DocumentJson): Finding[] {
  const findings: Finding[] = []
  for (const section of content.sections) {
    const values = json[section.id] ?? {}
    for (const { path, field, texts } of places(section.id, section.fields, values)) {
      const at = { ...base, section: section.id, path, check: 'O-04' } as const
      const holes: Message['holes'] = { field: field.label }
      if (texts.some(holdsIdentityNumber))
        findings.push({ ...at, message: message('“{field}” has an identity number in it.', holes) })
      if (texts.some((text) => E_MAIL.test(text)))
        findings.push({
          ...at,
          severity: 'warn',
          message: message('“{field}” has an e-mail address in it: is it that of a person?', holes),
        })
    }
  }
  return findings
}

/** O-06: a licence asks that somebody is named. */
function attribution(section: string, { organisation }: PublicationContext): Finding[] {
  const [lead = ''] = organisation.languages
  if (organisation.version > 0 && organisation.name[lead]?.trim()) return []
  return [
    {
      ...base,
      section,
      check: 'O-06',
      path: '',
      message: message('The organisation has no name and no licence yet.'),
      fix: message('An administrator describes it under “Organisation”.'),
    },
  ]
}

type Values = { readonly [key: string]: unknown }
interface PlaceOfText {
  readonly path: string
  readonly field: Field
  readonly texts: readonly string[]
}

function places(section: string, fields: Fields, values: Values): PlaceOfText[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    if (field.kind !== 'list') return [{ path: `${section}.${key}`, field, texts: textsIn(values[key]) }]
    return ((values[key] ?? []) as readonly (Values & { readonly id: string })[]).flatMap((item) =>
      Object.entries(field.item).map(([own, itemField]) => ({
        path: `${field.root}/${item.id}/${own}`,
        field: itemField,
        texts: textsIn(item[own]),
      })),
    )
  })
}

/** Every text in a value. What is written in one paragraph is one text, wherever bold begins in it. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (Array.isArray(value)) {
    const joined = value.map((node: unknown) =>
      typeof (node as { text?: unknown } | null)?.text === 'string' ? (node as { text: string }).text : null,
    )
    return joined.length > 0 && joined.every((text) => text !== null)
      ? [joined.join('')]
      : value.flatMap(textsIn)
  }
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** Begun only where a word begins: else a long word is read anew from each of its letters. */
const E_MAIL = /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]+@[\p{L}\d-]+(\.[\p{L}\d-]+)+/u
/** DNI and NIE; the letter at the end is computed, so that a number of a street or a file is none. */
const IDENTITY_NUMBER = /(?<![\p{L}\d])([XYZ]?\d{7,8})[-\s]?([A-Z])(?![\p{L}\d])/giu
const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
const holdsIdentityNumber = (text: string): boolean =>
  [...text.matchAll(IDENTITY_NUMBER)].some(([, number = '', letter = '']) => {
    const digits = number.toUpperCase().replace(/^[XYZ]/, (first) => String('XYZ'.indexOf(first)))
    return digits.length === 8 && LETTERS[Number(digits) % 23] === letter.toUpperCase()
  })
