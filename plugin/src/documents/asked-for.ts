/** Which sections somebody has before them: those that are asked for, and what somebody has written in one that no longer is. */
import { applies, type DocumentJson, type Section } from '@auzolan/shared/schema/fields.ts'

export const isAskedFor = (section: Section, json: DocumentJson): boolean =>
  applies(section, {}, json) || hasSomething(json[section.id])

const hasSomething = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(hasSomething)
    : typeof value === 'string'
      ? value.trim() !== ''
      : value !== null && value !== undefined && value !== false
