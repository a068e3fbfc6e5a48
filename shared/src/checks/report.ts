/** All checks of a report (DOMAIN §10), in the order in which they are shown. Pure: same report, same result. */
import { kindOf, monthsIn } from '../indicators/periods.ts'
import { IMPACT_NOTE_MIN_CHARACTERS } from '../limits.ts'
import { plainText } from '../schema/fields.ts'
import type { IndicatorReport } from '../schema/report.ts'
import type { figures } from '../schema/report/figures.ts'
import type { ValuesOf } from '../schema/fields.ts'
import type { DocumentChecks } from './document.ts'
import { message, type CheckContext, type Finding } from './finding.ts'

/** With what is attached to it, where that is known. */
type Read = IndicatorReport & { readonly figures?: ValuesOf<typeof figures.fields> }

interface ReportCheck {
  readonly id: string
  readonly section: string
  readonly path: string
  /** What is being checked, said positively: shown when it passes. */
  readonly subject: string
  readonly run: (report: Read, context: CheckContext) => readonly Omit<Finding, 'check'>[]
}

const REPORT_CHECKS_IN_ORDER: readonly ReportCheck[] = [
  {
    id: 'R-01',
    section: 'identification',
    path: 'identification.to',
    subject: 'The figures are of a time that figures are entered for',
    run: ({ identification: { from, to } }) => {
      if (from === null || to === null) return []
      const at = { gate: 'review', section: 'identification', path: 'identification.to' } as const
      if (to < from)
        return [
          { ...at, severity: 'block', message: message('The time of the report ends before it begins.') },
        ]
      return kindOf({ from, to }) !== null || monthsIn({ from, to }).length > 0
        ? []
        : [
            {
              ...at,
              severity: 'warn',
              message: message(
                'The time of the report is no week and no whole months: there are no figures of it.',
              ),
              fix: message('Begin on the first day of a month and end on the last day of one.'),
            },
          ]
    },
  },
  {
    id: 'R-02',
    section: 'identification',
    path: 'identification.to',
    subject: 'There is a figure to speak of',
    run: ({ identification: { from, to }, figures }) =>
      figures === undefined ||
      from === null ||
      to === null ||
      figures.figures.some(({ value }) => value !== null)
        ? []
        : [
            {
              gate: 'review',
              severity: 'warn',
              section: 'identification',
              path: 'identification.to',
              message: message('Of this time there is no figure at all.'),
              fix: message('Enter them in the plan; what it measures is known once it is in force.'),
            },
          ],
  },
  {
    id: 'P-50',
    section: 'limits',
    path: 'limits.impactNote',
    subject: 'The report says what cannot be concluded from its figures',
    run: ({ limits: { impactNote } }, { languages }) =>
      languages.flatMap((language, i) => {
        const { length } = plainText(impactNote[language])
        // Where nothing stands, that is what is said.
        if (length === 0 || length >= IMPACT_NOTE_MIN_CHARACTERS) return []
        return [
          {
            gate: 'review',
            severity: i === 0 ? 'block' : 'warn',
            section: 'limits',
            path: `limits.impactNote:${language}`,
            message: message(
              'What cannot be concluded is said in {count} characters; it takes at least {least}.',
              {
                count: String(length),
                least: String(IMPACT_NOTE_MIN_CHARACTERS),
              },
            ),
            fix: message('Say which result of the policy the figures do not show, and why.'),
          } as const,
        ]
      }),
  },
]

export const REPORT_CHECKS: DocumentChecks = {
  outcomes: (json, context) =>
    REPORT_CHECKS_IN_ORDER.map(({ id, section, path, subject, run }) => ({
      check: id,
      section,
      path,
      subject: message(subject),
      findings: run(json as unknown as Read, context).map((finding) => ({ check: id, ...finding })),
    })),
}
