/** Two values of one field compared, in the way of its kind. Nobody's damage throws: what is no value reads as none. */
import type { Acceptance, Fields, LeafField, Person, Picture } from '../schema/fields.ts'
import type { Difference, Member, Value, ValueField, Values } from './change.ts'
import { at, isObject, sameJson } from './damage.ts'
import type { Effort } from './effort.ts'
import { paragraphsOf } from './paragraphs.ts'
import { compareProse, hasChanged } from './prose.ts'
import { compareTexts } from './text.ts'

/** The fields beside this one, and what they say in the two versions. */
export interface Place {
  readonly fields: Fields
  readonly before: Values
  readonly after: Values
}

/** What comparing one value needs beside the value. */
export interface Means {
  readonly effort: Effort
  /** Name of a record that is referred to; '' when neither version has it. */
  readonly nameOf: (root: string, id: string) => string
}

/** A difference for which `incomplete` says whether all of it is in there. */
export type Found = Difference & { readonly incomplete: boolean }

/** `null` when the two are equal; a value that is missing is as one that nobody has filled in. */
export function compareValues(
  field: LeafField,
  before: unknown,
  after: unknown,
  place: Place,
  means: Means,
): Found | null {
  const was = before === undefined ? emptyOf(field) : before
  const now = after === undefined ? emptyOf(field) : after
  if (sameJson(was, now)) return null
  const difference = differenceOf(field, was, now, place, means)
  const incomplete = !isReadable(field, was) || !isReadable(field, now)
  return difference ? { ...difference, incomplete } : { kind: 'other', incomplete: true }
}

function differenceOf(
  field: LeafField,
  before: unknown,
  after: unknown,
  place: Place,
  means: Means,
): Difference | null {
  switch (field.kind) {
    case 'text':
    case 'link': {
      const parts = compareTexts(textOf(before), textOf(after), means.effort)
      return parts.some(({ kind }) => kind !== 'same') ? { kind: 'text', parts } : null
    }
    case 'prose': {
      const blocks = compareProse(paragraphsOf(before) ?? [], paragraphsOf(after) ?? [], means.effort)
      return hasChanged(blocks) ? { kind: 'prose', blocks } : null
    }
    case 'choices':
    case 'references': {
      const members = (value: unknown): Member[] =>
        membersOf(value).map((id) => ({
          id,
          name: field.kind === 'references' ? means.nameOf(field.to, id) : '',
        }))
      const [was, now] = [members(before), members(after)]
      if (sameJson(was, now)) return null
      const without = (all: Member[], others: Member[]): Member[] => {
        const ids = new Set(others.map(({ id }) => id))
        return all.filter(({ id }) => !ids.has(id))
      }
      return {
        kind: 'members',
        field,
        before: was,
        after: now,
        added: without(now, was),
        removed: without(was, now),
      }
    }
    default: {
      const was = valueOf(field, before, place.fields, place.before)
      const now = valueOf(field, after, place.fields, place.after)
      return sameJson(was, now) ? null : { kind: 'value', field, before: was, after: now }
    }
  }
}

function emptyOf(field: LeafField): unknown {
  switch (field.kind) {
    case 'text':
    case 'link':
      return ''
    case 'prose':
    case 'choices':
    case 'references':
      return []
    case 'flag':
      return false
    default:
      return null
  }
}

function isReadable(field: LeafField, value: unknown): boolean {
  switch (field.kind) {
    case 'text':
    case 'link':
      return typeof value === 'string'
    case 'prose':
      return paragraphsOf(value) !== null
    case 'choices':
    case 'references':
      return Array.isArray(value) && value.every((member) => typeof member === 'string')
    case 'flag':
      return typeof value === 'boolean'
    case 'number':
      return value === null || typeof value === 'number'
    case 'choice':
    case 'date':
    case 'time':
      return value === null || typeof value === 'string'
    case 'person':
      return value === null || hasExactly(value, 'id', 'name')
    case 'picture':
      return value === null || hasExactly(value, 'name', 'sha256', 'preview')
    case 'acceptance':
      return value === null || hasExactly(value, 'by', 'on')
  }
}

const hasTexts = (value: unknown, ...keys: string[]): boolean =>
  keys.every((key) => typeof at(value, key) === 'string')
const hasExactly = (value: unknown, ...keys: string[]): boolean =>
  isObject(value) && Object.keys(value).length === keys.length && hasTexts(value, ...keys)

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const membersOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((member) => typeof member === 'string') : []

function valueOf(field: ValueField, value: unknown, fields: Fields, beside: Values): Value {
  switch (field.kind) {
    case 'flag':
      return value === true
    case 'number':
      return typeof value === 'number' ? value : null
    case 'choice':
    case 'date':
    case 'time':
      return typeof value === 'string' ? value : null
    case 'person':
      return hasTexts(value, 'id', 'name') ? (value as Person) : null
    case 'picture':
      return hasTexts(value, 'name', 'sha256', 'preview') ? (value as Picture) : null
    case 'acceptance': {
      if (!hasTexts(value, 'by', 'on')) return null
      const { by, on } = value as Acceptance
      const named = fields[field.of]?.kind === 'person' ? at(beside, field.of) : null
      const name = at(named, 'id') === by ? at(named, 'name') : ''
      return { by, on, name: typeof name === 'string' ? name : '' }
    }
  }
}
