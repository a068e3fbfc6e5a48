/** Which section has a screen of its own; every other one is a form of its fields. */
import type { Component } from 'vue'
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { INDICATORS } from '../../documents/paths.ts'
import { lazy } from '../../parts/lazy.ts'

export const SCREENS: Readonly<Record<string, Component>> = {
  // Of a plan.
  planning: lazy(() => import('./sections/QuestionsSection.vue')),
  profiles: lazy(() => import('./sections/ProfilesSection.vue')),
  identityKit: lazy(() => import('./sections/IdentityKitSection.vue')),
  training: lazy(() => import('./sections/TrainingSection.vue')),
  participation: lazy(() => import('./sections/ParticipationSection.vue')),
  listening: lazy(() => import('./listening/ListeningSection.vue')),
  [INDICATORS.id]: lazy(() => import('./indicators/IndicatorsSection.vue')),
  [calendar.id]: lazy(() => import('./calendar/CalendarSection.vue')),
  // Of a report.
  figures: lazy(() => import('../report/FiguresSection.vue')),
  // Of an evaluation.
  tool: lazy(() => import('../evaluation/ToolSection.vue')),
  need: lazy(() => import('../evaluation/NeedSection.vue')),
  dataLocation: lazy(() => import('../evaluation/LocationSection.vue')),
  access: lazy(() => import('../evaluation/AccessSection.vue')),
  scoring: lazy(() => import('../evaluation/scoring/ScoringSection.vue')),
  decision: lazy(() => import('../evaluation/DecisionSection.vue')),
}
