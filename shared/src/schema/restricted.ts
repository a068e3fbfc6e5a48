/**
 * What of a document is for its team alone (`restricted` in the schema). It is written where all is written, and is in no text that
 * leaves the team: not in what is decided on, signed, exported or handed to whoever may read (ADR 0032).
 */
import { canonicalJson, type Json } from '../canonical.ts'
import type { DocumentType, Fields } from './fields.ts'

type Values = { readonly [key: string]: unknown }

/** The document without it. Total: what is no object of the schema stays as it is. */
export const withoutRestricted = (type: DocumentType, json: Values): Values => ({
  ...json,
  ...eachSection(type, json, (fields, values) => without(fields, values)),
})

function without(fields: Fields, values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => {
      const field = Object.hasOwn(fields, key) ? fields[key] : undefined
      if (field?.restricted) return []
      return field?.kind === 'list' && Array.isArray(value)
        ? [[key, value.map((record: unknown) => (isValues(record) ? without(field.item, record) : record))]]
        : [[key, value]]
    }),
  )
}

/** It alone: by section, records with their id. */
export const restrictedOf = (type: DocumentType, json: Values): Values =>
  eachSection(type, json, (fields, values) => only(fields, values))

function only(fields: Fields, values: Values): Values {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]) => {
      const value = values[key]
      if (field.restricted) return value === undefined ? [] : [[key, value]]
      if (field.kind !== 'list' || !Array.isArray(value)) return []
      if (!Object.values(field.item).some(({ restricted }) => restricted)) return []
      return [
        [key, value.filter(isValues).map((record) => ({ id: record['id'], ...only(field.item, record) }))],
      ]
    }),
  )
}

/** Both together again; records that the document does not have are left out. */
export const withRestricted = (type: DocumentType, json: Values, restricted: Values): Values => ({
  ...json,
  ...eachSection(type, json, (fields, values, id) => {
    const own = restricted[id]
    return isValues(own) ? joined(fields, values, own) : values
  }),
})

function joined(fields: Fields, values: Values, own: Values): Values {
  const more = Object.entries(own).map(([key, value]): [string, unknown] => {
    const [field, records] = [fields[key], values[key]]
    if (field?.kind !== 'list' || !Array.isArray(records) || !Array.isArray(value)) return [key, value]
    const byId = new Map(value.filter(isValues).map((record) => [record['id'], record]))
    return [
      key,
      records.map((record: unknown) =>
        isValues(record) ? { ...record, ...byId.get(record['id']) } : record,
      ),
    ]
  })
  return { ...values, ...Object.fromEntries(more) }
}

/** The text of a document as it is decided on. */
export const textOf = (type: DocumentType, json: object): string =>
  canonicalJson(withoutRestricted(type, json as Values) as Json)

function eachSection(
  { sections }: DocumentType,
  json: Values,
  make: (fields: Fields, values: Values, id: string) => Values,
): Values {
  return Object.fromEntries(
    sections.flatMap(({ id, fields }) => {
      const values = json[id]
      return isValues(values) ? [[id, make(fields, values, id)]] : []
    }),
  )
}

const isValues = (value: unknown): value is Values =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
