/** Which tools an address puts beside each other, as the page reads it and whoever tells of a link to it. Pure. */
import { COMPARED_MAX } from '../limits.ts'

/** Of the address, each once; what is beyond four is left out, and said. */
export function comparedIn(query: unknown): { readonly ids: readonly string[]; readonly left: number } {
  const all = [...new Set((typeof query === 'string' ? query : '').split(',').filter(Boolean))]
  return { ids: all.slice(0, COMPARED_MAX), left: Math.max(0, all.length - COMPARED_MAX) }
}
