/** The evaluation of a tool: its sections in the order in which they are read (DOMAIN B). */
import type { DocumentOf, DocumentType } from './fields.ts'
import { access } from './evaluation/access.ts'
import { accessibility } from './evaluation/accessibility.ts'
import { balance } from './evaluation/balance.ts'
import { cost } from './evaluation/cost.ts'
import { dataLocation } from './evaluation/data-location.ts'
import { decision } from './evaluation/decision.ts'
import { ease } from './evaluation/ease.ts'
import { features } from './evaluation/features.ts'
import { independence } from './evaluation/independence.ts'
import { need } from './evaluation/need.ts'
import { privacy } from './evaluation/privacy.ts'
import { scoring } from './evaluation/scoring.ts'
import { security } from './evaluation/security.ts'
import { tool } from './evaluation/tool.ts'
import { useLevel } from './evaluation/use-level.ts'

const sections = [
  tool,
  need,
  useLevel,
  features,
  cost,
  dataLocation,
  privacy,
  security,
  access,
  accessibility,
  ease,
  independence,
  balance,
  decision,
] as const
export const EVALUATION = { id: 'evaluation', version: 1, sections } as const satisfies DocumentType
export type Evaluation = DocumentOf<typeof sections>

/** As a version is read: what the scores came to stands before what is decided. */
export const FROZEN_EVALUATION = {
  ...EVALUATION,
  sections: [...sections.slice(0, -1), scoring, decision],
} as const satisfies DocumentType
