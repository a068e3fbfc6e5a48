/** What the product itself offers to begin from: the plan of the organisation, of a department, of a campaign. */
import type { BuiltIn } from '@auzolan/shared/protocol/templates.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { NOT_APPLICABLE } from '@auzolan/shared/schema/fields.ts'
import type { Template } from '../compaction/tasks.ts'
import { planTemplate } from './plan-template.ts'

/** A campaign is a season, not a policy. */
const CAMPAIGN_MONTHS = 3
/** What a campaign has from the plan it belongs to, and says so instead of saying it again. */
const ELSEWHERE = ['training', 'staffGuidance', 'listening', 'crisis'] as const
const AS_IN_THE_PLAN: Translated<string> = {
  en: 'For this campaign what the plan of the institution says about it holds.',
  es: 'En esta campaña vale lo que dice sobre ello el plan de la institución.',
  eu: 'Kanpaina honetan erakundearen planak horri buruz dioenak balio du.',
  ca: 'En aquesta campanya val el que diu sobre això el pla de la institució.',
}

export function builtIn(
  kind: BuiltIn,
  {
    languages,
    title,
    departments,
    today,
  }: {
    readonly languages: readonly string[]
    readonly title: Translated<string>
    /** Of the team that writes it. */
    readonly departments: readonly string[]
    /** ISO date. */
    readonly today: string
  },
): Template {
  const plain = planTemplate(languages, title)
  switch (kind) {
    case 'organisation':
      return plain
    case 'department': {
      // With several nobody knows whose plan it is: people say it.
      const scope = departments.length === 1 ? departments : []
      return { ...plain, identity: { ...plain['identity'], scope } }
    }
    case 'campaign': {
      const reason = Object.fromEntries(languages.map((l) => [l, AS_IN_THE_PLAN[l] ?? AS_IN_THE_PLAN['es']]))
      const elsewhere = Object.fromEntries(
        ELSEWHERE.map((section) => [section, { [NOT_APPLICABLE]: reason }]),
      )
      const identity = { ...plain['identity'], from: today, to: monthsAfter(today, CAMPAIGN_MONTHS) }
      return { ...plain, ...elsewhere, identity }
    }
  }
}

/** The same day so many months later, or the last one of that month. */
export function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
