/** What comparing two versions says: pure data, put into words by the screen. */
import type {
  Acceptance,
  AcceptanceField,
  ChoiceField,
  ChoicesField,
  DateField,
  TimeField,
  FlagField,
  NumberField,
  Person,
  PersonField,
  Picture,
  PictureField,
  ReferencesField,
  RichNode,
} from '../schema/fields.ts'

export interface Part {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}

export type Marks = NonNullable<RichNode['marks']>
/** A part of a paragraph; `restyled` is the same text with other marks (bold, the address of a link). */
export type ProsePart =
  | (Part & { readonly marks: Marks })
  | { readonly kind: 'restyled'; readonly text: string; readonly marks: Marks; readonly was: Marks }

/** What a paragraph is: an ordinary one, a heading, the beginning of a list item or what follows in it. */
export interface Shape {
  /** Name of the node, e.g. `paragraph`. */
  readonly type: string
  readonly headingLevel: number | null
  readonly list: 'bullet' | 'ordered' | null
  /** Lists in lists: 0 outside of any. */
  readonly depth: number
  /** It begins an item, rather than going on in one. */
  readonly opensItem: boolean
}
export interface Block {
  readonly kind: 'same' | 'added' | 'removed' | 'changed'
  readonly shape: Shape
  /** The shape it had, when that is another one. */
  readonly was: Shape | null
  readonly parts: readonly ProsePart[]
}

export type ValueField =
  ChoiceField | FlagField | DateField | TimeField | NumberField | PersonField | PictureField | AcceptanceField
/** `name` is that of the person who accepted, if the same version says who `by` is. */
export type NamedAcceptance = Acceptance & { readonly name: string }
export type Value = string | number | boolean | Person | Picture | NamedAcceptance | null
/** A chosen option, or a record referred to, with what that is called; '' for options and nameless records. */
export interface Member {
  readonly id: string
  readonly name: string
}

export type Difference =
  | { readonly kind: 'value'; readonly field: ValueField; readonly before: Value; readonly after: Value }
  | {
      readonly kind: 'members'
      readonly field: ChoicesField | ReferencesField
      readonly before: readonly Member[]
      readonly after: readonly Member[]
      readonly added: readonly Member[]
      readonly removed: readonly Member[]
    }
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'prose'; readonly blocks: readonly Block[] }
  /** A record; `contents` is what it says, as changes from or to nothing. */
  | { readonly kind: 'added' | 'removed'; readonly contents: readonly Change[] }
  /** Places count from 1. */
  | { readonly kind: 'moved'; readonly from: number; readonly to: number }
  /** The two differ in something this build has no words for: another schema's field, damaged JSON. */
  | { readonly kind: 'other' }

export interface Where {
  /** Id and label of the section; a section this build does not know is called by its id. */
  readonly section: string
  readonly sectionLabel: string
  /** As in findings: `identity.title:eu`, `audiences/<id>/name:eu`, `audiences/<id>`. */
  readonly path: string
  /** Label of the field; of the list when the change is a whole record. English, the key of its translations. */
  readonly label: string
  /** The record it is in: label of its list, and its name in the language asked for ('' if it has none). */
  readonly record: { readonly list: string; readonly id: string; readonly name: string } | null
  /** Of a translated text. */
  readonly language: string | null
}

export type Change = Where &
  Difference & {
    /** One of the two versions holds more here than can be shown. */
    readonly incomplete: boolean
  }

export interface Comparison {
  readonly changes: readonly Change[]
  /** Fields, not languages: a title changed in two languages counts once, and so does a record come or gone. */
  readonly fields: { readonly changed: number; readonly unchanged: number }
}

export type Values = { readonly [key: string]: unknown }
