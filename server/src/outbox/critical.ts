/** Which deeds also go to Nextcloud's own audit, and how much of them: decisions and rights, never a text. */
import type { Json } from '@auzolan/shared/canonical.ts'
import { AUDIT_WORD_MAX_CHARACTERS } from '@auzolan/shared/limits.ts'

/** By what it is done to, and by what is done: `team.member`, `review.decide`. */
const AREAS = new Set(['team', 'organisation', 'key', 'export', 'delegation'])
const DEEDS = new Set([
  'decide',
  'visibility',
  'commenting',
  'trash',
  'publish',
  'export',
  'move',
  'archive',
  'reopen',
  'purge',
])

export function isCritical(action: string): boolean {
  const [area = '', deed = ''] = action.split('.')
  return AREAS.has(area) || DEEDS.has(deed)
}

/** Ids, hashes, roles and numbers. What is longer may be a text, and that is nobody's business in a log. */
export function plainWords(detail: { readonly [key: string]: Json }): { readonly [key: string]: Json } {
  return Object.fromEntries(Object.entries(detail).filter(([, value]) => isPlain(value)))
}

function isPlain(value: Json): boolean {
  if (typeof value === 'string') return value.length <= AUDIT_WORD_MAX_CHARACTERS
  return Array.isArray(value) ? value.every(isPlain) : value === null || typeof value !== 'object'
}
