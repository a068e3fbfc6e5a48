/** What can be said of an organisation before asking the server, which checks everything again. */
import { PERIODS_MAX } from '@auzolan/shared/limits.ts'
import { isNamingPattern } from '@auzolan/shared/account-names.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { t } from '../../l10n.ts'

export const patternWords = (): string =>
  t(
    'A naming pattern is made of letters, {org} and {dept}, with square brackets around what may be left out. {org} has to be in it.',
    { org: '{org}', dept: '{dept}' },
  )

/** The first thing to put right, as a sentence; empty when there is none. */
export function problemOf(organisation: Organisation): string {
  if (!Object.values(organisation.name).some((name) => name?.trim()))
    return t('Write the name of the organisation first.')
  if (organisation.departments.some(({ name }) => !Object.values(name).some((words) => words?.trim())))
    return t('Write a name for each department, or remove it.')
  const { holidays, closedPeriods, electoralPeriods, mourningPeriods } = organisation
  const lists = [holidays, closedPeriods, electoralPeriods, mourningPeriods]
  if (lists.some((list) => list.length > PERIODS_MAX))
    return t('There can be {count} periods at most.', { count: String(PERIODS_MAX) })
  if (organisation.dir3 && !/^(?:[A-Z]\d{8}|[A-Z]{2}\d{7})$/.test(organisation.dir3))
    return t('A DIR3 code has nine signs: one or two letters, then figures.')
  if (!isNamingPattern(organisation.namingPattern)) return patternWords()
  if (lists.flat().some(({ from, to }) => !from || !to || from > to))
    return t('A period ends before it begins, or has no dates.')
  if (organisation.policy.thresholds.conditional > organisation.policy.thresholds.recommend)
    return t('“With conditions” must not need more points than “recommended”.')
  return ''
}
