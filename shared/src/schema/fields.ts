/**
 * The vocabulary of a document type: which kinds of field there are, and what value each has as JSON.
 * One definition made of these feeds forms, completeness, checks, canonical JSON and (later) exports.
 */
import type { Json } from '../canonical.ts'

/** Reading texts are English here and double as the key of their translations (shared/l10n). */
export interface Wording {
  readonly label: string
  readonly help?: string
  /** A sentence somebody could have written; shown greyed in an empty field and marked as an example. */
  readonly example?: string
}

export interface Option {
  readonly id: string
  readonly label: string
}
/** Lists that belong to the organisation or to dated reference data rather than to the schema. */
export type OptionSource =
  | 'departments'
  | 'languages'
  | 'networks'
  /** Those under which something of ours can stand; of others' works, any. */
  | 'licences'
  | 'allLicences'
  /** Time zones by their IANA names. */
  | 'zones'
  /** By their codes (ISO 3166-1 alpha-2), and `unknown`. */
  | 'countries'
  | 'toolCategories'
  | 'dpiaCriteria'
  /** Ids of records elsewhere, which the screen that asks for them knows. */
  | 'records'
export type Options = readonly Option[] | OptionSource

/** When a field is asked for: another field has one of these values, of the same place or of a section. */
export interface Condition {
  readonly section?: string
  readonly field: string
  readonly is: readonly (string | boolean)[]
}

interface FieldBase extends Wording {
  /** Counts for the completeness of its section; for a translated text the lead language counts. */
  readonly required?: boolean
  /** Asked for, and shown while empty, only then; what somebody has written stays. */
  readonly when?: Condition
  /** For the team alone: never on paper or in anything else that is made to leave it. */
  readonly restricted?: true
}

export interface TextField extends FieldBase {
  readonly kind: 'text'
  readonly translated: boolean
  readonly maxCharacters: number
  /** An address of e-mail. */
  readonly mail?: true
}
export interface ProseField extends FieldBase {
  readonly kind: 'prose'
  readonly translated: boolean
}
export interface LinkField extends FieldBase {
  readonly kind: 'link'
  /** Often a file of Nextcloud Files: it can be chosen there, and who of the team can open it is said. */
  readonly file?: true
}
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice'
  readonly options: Options
}
export interface ChoicesField extends FieldBase {
  readonly kind: 'choices'
  readonly options: Options
}
export interface FlagField extends FieldBase {
  readonly kind: 'flag'
}
export interface DateField extends FieldBase {
  readonly kind: 'date'
}
/** A time of day, `HH:MM` by the clock on the wall. */
export interface TimeField extends FieldBase {
  readonly kind: 'time'
}
export interface NumberField extends FieldBase {
  readonly kind: 'number'
  readonly min: number
  readonly max: number
  /** Shown after the number, e.g. `h`. */
  readonly unit?: string
}
export interface PersonField extends FieldBase {
  readonly kind: 'person'
}
/** The fingerprint of a picture, and a small copy to look at; the picture itself is kept elsewhere. */
export interface PictureField extends FieldBase {
  readonly kind: 'picture'
}
/** A person's own "yes" to being named in another field of the same place. */
export interface AcceptanceField extends FieldBase {
  readonly kind: 'acceptance'
  readonly of: string
}
export interface ReferencesField extends FieldBase {
  readonly kind: 'references'
  /** Name of the list root whose records are referred to by id. */
  readonly to: string
}
export interface ListField extends FieldBase {
  readonly kind: 'list'
  /** Name of the root map in the document; independent of the section, so that a list can move between them. */
  readonly root: string
  readonly item: Fields
  /** On paper people would rather look at these fields as a table; the others follow below it. */
  readonly columns?: readonly string[]
  /** "Add …" */
  readonly add: string
}

export type LeafField =
  | TextField
  | ProseField
  | LinkField
  | ChoiceField
  | ChoicesField
  | FlagField
  | DateField
  | TimeField
  | NumberField
  | PersonField
  | PictureField
  | AcceptanceField
  | ReferencesField
export type Field = LeafField | ListField
export type Fields = { readonly [key: string]: Field }

export interface Section extends Wording {
  readonly id: string
  /** Of its type of document (document-types.ts). */
  readonly group: string
  /** What the section is for, in one sentence. */
  readonly purpose: string
  /** Asked for only then; otherwise it does not apply, and what somebody has written in it stays. */
  readonly when?: Condition
  /** What the source document says about it, in other words, and in which of its ten sections; without one, in its introduction. */
  readonly seed?: { readonly text: string; readonly section?: number }
  readonly fields: Fields
}

export interface DocumentType {
  readonly id: string
  /**
   * Raised when what a field can hold changes, e.g. by a new mark in running texts: an editor bound to what it does not know
   * deletes it, so it binds only to documents of its own version or older. A field more lies beside the others (ADR 0003)
   * and raises nothing.
   */
  readonly version: number
  readonly sections: readonly Section[]
}

// ── values ──────────────────────────────────────────────────────────────────────────────────────────

/** Language tag (BCP 47) → text. Which languages a document has is the organisation's decision. */
export type Translated<T> = { readonly [language: string]: T }
/** A node of rich text, in the shape ProseMirror gives it. */
export type RichNode = {
  readonly type: string
  readonly text?: string
  readonly attrs?: { readonly [key: string]: Json }
  readonly marks?: readonly { readonly type: string; readonly attrs?: { readonly [key: string]: Json } }[]
  readonly content?: readonly RichNode[]
}
export type RichText = readonly RichNode[]
export interface Person {
  readonly id: string
  readonly name: string
}
export interface Picture {
  /** Of the file. */
  readonly name: string
  /** SHA-256 of the file, in hexadecimal digits. */
  readonly sha256: string
  /** A small copy: `data:image/webp;base64,…`, or `png`. */
  readonly preview: string
}
export interface Acceptance {
  readonly by: string
  /** ISO date. */
  readonly on: string
}

export type ValueOf<F> = F extends { kind: 'text'; translated: true }
  ? Translated<string>
  : F extends { kind: 'prose'; translated: true }
    ? Translated<RichText>
    : F extends { kind: 'prose' }
      ? RichText
      : F extends { kind: 'text' | 'link' }
        ? string
        : F extends { kind: 'choice' | 'date' | 'time' }
          ? string | null
          : F extends { kind: 'choices' | 'references' }
            ? readonly string[]
            : F extends { kind: 'flag' }
              ? boolean
              : F extends { kind: 'number' }
                ? number | null
                : F extends { kind: 'person' }
                  ? Person | null
                  : F extends { kind: 'picture' }
                    ? Picture | null
                    : F extends { kind: 'acceptance' }
                      ? Acceptance | null
                      : F extends { kind: 'list'; item: infer I }
                        ? readonly ({ readonly id: string } & ValuesOf<I>)[]
                        : never
export type ValuesOf<T> = { readonly [K in keyof T]: ValueOf<T[K]> }
/** The JSON of a document of any type. */
export type DocumentJson = { readonly [section: string]: { readonly [field: string]: unknown } }
/** The JSON of a document whose sections are the tuple `S`. */
export type DocumentOf<S extends readonly Section[]> = {
  readonly [I in S[number] as I['id']]: ValuesOf<I['fields']>
}

export const plainText = (rich: RichText | undefined): string =>
  (rich ?? [])
    .map((node) => node.text ?? plainText(node.content))
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Whether a field, or a section, is asked for, given the other values of its place and, where those decide, of the document's sections. */
export function applies(
  field: { readonly when?: Condition },
  values: { readonly [key: string]: unknown },
  json: DocumentJson = {},
): boolean {
  if (!field.when) return true
  const { section, field: key, is } = field.when
  const value = (section === undefined ? values : (json[section] ?? {}))[key]
  return Array.isArray(value)
    ? value.some((one) => is.includes(one as string))
    : is.includes(value as string | boolean)
}

/**
 * A section that has a field of this name need not apply to everybody: with a reason there, nothing else of it is asked
 * for (DOMAIN A: `not_applicable(reason)`).
 */
export const NOT_APPLICABLE = 'notApplicable'

/** Whether somebody has put anything into the field; for translated texts in `language`. */
export function isFilled(field: Field, value: unknown, language: string): boolean {
  switch (field.kind) {
    case 'text':
      return (
        String((field.translated ? (value as Translated<string>)?.[language] : value) ?? '').trim() !== ''
      )
    case 'prose':
      return (
        plainText(field.translated ? (value as Translated<RichText>)?.[language] : (value as RichText)) !== ''
      )
    case 'link':
      return String(value ?? '').trim() !== ''
    case 'flag':
      return value === true
    case 'choices':
    case 'references':
    case 'list':
      return Array.isArray(value) && value.length > 0
    case 'choice':
    case 'date':
    case 'time':
    case 'number':
    case 'person':
    case 'picture':
    case 'acceptance':
      return value !== null && value !== undefined && value !== ''
  }
}
