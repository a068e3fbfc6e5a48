/** How the state of a section looks and sounds; never by colour alone. */
import { mdiCheckCircle, mdiCircleHalfFull, mdiCircleOutline, mdiMinusCircleOutline } from '@mdi/js'
import type { Completeness } from '@auzolan/shared/checks/run.ts'
import { n, t } from '../../l10n.ts'

export function completenessIcon(completeness: Completeness): string {
  switch (completeness) {
    case 'complete':
      return mdiCheckCircle
    case 'partial':
      return mdiCircleHalfFull
    case 'empty':
      return mdiCircleOutline
    case 'not_applicable':
      return mdiMinusCircleOutline
  }
}

export function completenessWord(completeness: Completeness, missing: number): string {
  switch (completeness) {
    case 'complete':
      return t('complete')
    case 'partial':
      return n('in part, %n thing is missing', 'in part, %n things are missing', missing)
    case 'empty':
      return t('empty')
    case 'not_applicable':
      return t('does not apply')
  }
}
