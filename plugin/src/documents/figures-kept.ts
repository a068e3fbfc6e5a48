/** Figures of a plan as this device last saw them, so that the sheet opens without network as the rest of the plan does. */
import type { Span } from '@auzolan/shared/indicators/periods.ts'
import type { FigureKept } from '@auzolan/shared/protocol/figures.ts'
import { home, me } from '../host.ts'
import { today } from '../l10n.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'

/** What is older is looked at where there is a network. */
const KEPT_MONTHS = 13

const keyOf = (document: string): string => `auzolan/figures/${home}/${me.id}/${document}`
const lies = (row: Span, { from, to }: Span): boolean => row.to >= from && row.from <= to

/** Those whose span lies in these days at least in part, as the server answers. */
export const recallFigures = (document: string, span: Span): readonly FigureKept[] =>
  everything(document).filter((row) => lies(row, span))

/** What the server has just said of these days; of the others it stays as it was. */
export function rememberFigures(document: string, span: Span, found: readonly FigureKept[]): void {
  const oldest = addMonths(today(), -KEPT_MONTHS)
  const others = everything(document).filter((row) => !lies(row, span) && row.to >= oldest)
  try {
    localStorage.setItem(
      keyOf(document),
      JSON.stringify([...others, ...found.filter(({ to }) => to >= oldest)]),
    )
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}

/** The person may not see them any more. */
export function forgetFigures(document: string): void {
  try {
    localStorage.removeItem(keyOf(document))
  } catch {
    // A browser that keeps nothing.
  }
}

function everything(document: string): readonly FigureKept[] {
  try {
    const value = JSON.parse(localStorage.getItem(keyOf(document)) ?? '[]') as unknown
    return Array.isArray(value) ? (value as FigureKept[]) : []
  } catch {
    return []
  }
}
