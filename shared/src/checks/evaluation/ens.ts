/** The category a system needs under the ENS (RD 311/2022, annex I): that of its highest dimension. */
import type { Evaluation } from '../../schema/evaluation.ts'

export type EnsCategory = 'basic' | 'medium' | 'high'

const DIMENSIONS = ['confidentiality', 'integrity', 'traceability', 'authenticity', 'availability'] as const

/** Null while no dimension says more than that it does not apply. */
export function neededCategory(security: Evaluation['security']): EnsCategory | null {
  const levels = DIMENSIONS.map((dimension) => security[dimension])
  if (levels.includes('high')) return 'high'
  if (levels.includes('medium')) return 'medium'
  return levels.includes('low') ? 'basic' : null
}
