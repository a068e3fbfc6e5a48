/** Texts that another language has left behind (PRODUCT G): worth a look before a review, and stopping nobody. */
import type { OutOfDate } from '../languages/in-step.ts'
import { message, type Finding } from './finding.ts'

export const outOfDateFindings = (texts: readonly OutOfDate[]): Finding[] =>
  texts.map(({ section, path, field, language, by }) => ({
    check: 'in-step',
    severity: 'warn',
    gate: 'review',
    section,
    path,
    message: message(
      '{field}: the text in {other} has changed: look whether the one in {language} says the same.',
      {
        field: field.label,
        other: `lang:${by}`,
        language: `lang:${language}`,
      },
    ),
    fix: message('Bring it up to date, and say so beside the text.'),
  }))
