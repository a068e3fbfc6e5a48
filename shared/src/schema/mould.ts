/**
 * What of a document serves for others (DOMAIN 0.3, `kind: 'template'`): its texts and its structure. What is about people, what
 * somebody has accepted and when something was or has to be done belongs to that one document.
 */
import type { DocumentType, Field, Fields, ListField } from './fields.ts'

type Values = { readonly [key: string]: unknown }

/** A record about one person is no record without that person. */
const isAboutSomebody = (list: ListField): boolean => {
  const [first] = Object.values(list.item)
  return first?.kind === 'person'
}

export function mouldOf(
  type: DocumentType,
  content: { readonly [section: string]: Values },
  { pictures }: { readonly pictures: boolean },
): { [section: string]: Values } {
  const dropped = new Set(
    type.sections.flatMap(({ fields }) =>
      (Object.values(fields) as Field[]).flatMap((field) =>
        field.kind === 'list' && isAboutSomebody(field) ? [field.root] : [],
      ),
    ),
  )
  const serves = (field: Field | undefined): boolean => {
    if (field?.restricted) return false
    switch (field?.kind) {
      case 'person':
      case 'acceptance':
      case 'date':
      case 'time':
        return false
      case 'picture':
        return pictures
      case 'references':
        return !dropped.has(field.to)
      case 'list':
        return !dropped.has(field.root)
      default:
        return true
    }
  }
  const kept = (fields: Fields, values: Values): Values =>
    Object.fromEntries(
      Object.entries(values)
        .filter(([key]) => key === 'id' || serves(fields[key]))
        .map(([key, value]) => {
          const field = fields[key]
          return field?.kind === 'list' && Array.isArray(value)
            ? [key, value.map((record: Values) => kept(field.item, record))]
            : [key, value]
        }),
    )
  return Object.fromEntries(type.sections.map(({ id, fields }) => [id, kept(fields, content[id] ?? {})]))
}
