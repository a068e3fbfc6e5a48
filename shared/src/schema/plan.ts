/**
 * The social media plan: its sections in document order (DOMAIN A.17). A section is a file beside this one; a further
 * one is a further entry here, and nothing else needs to know it.
 */
import type { DocumentOf, DocumentType } from './fields.ts'
import { crisis } from './plan/crisis.ts'
import { identity } from './plan/identity.ts'
import { identityKit } from './plan/identity-kit.ts'
import { listening } from './plan/listening.ts'
import { participation } from './plan/participation.ts'
import { planning } from './plan/planning.ts'
import { principles } from './plan/principles.ts'
import { privacy } from './plan/privacy.ts'
import { profiles } from './plan/profiles.ts'
import { rights } from './plan/rights.ts'
import { staffGuidance } from './plan/staff-guidance.ts'
import { team } from './plan/team.ts'
import { training } from './plan/training.ts'

const sections = [
  identity,
  planning,
  principles,
  profiles,
  identityKit,
  team,
  training,
  privacy,
  staffGuidance,
  rights,
  participation,
  listening,
  crisis,
] as const
export const PLAN = { id: 'plan', version: 2, sections } as const satisfies DocumentType
export type Plan = DocumentOf<typeof sections>
/** An account of the organisation on a network. */
export type Profile = Plan['profiles']['profiles'][number]
