/** Who may decline a suggestion, and say that two are the same tool. */
import type { Claims } from '../access/claims.ts'

export const maySettle = (claims: Claims): boolean => claims.admin
