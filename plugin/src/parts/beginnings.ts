/** What a new plan can begin from, in words: the product's own. */
import type { BuiltIn } from '@auzolan/shared/protocol/templates.ts'
import { t } from '../l10n.ts'

export const builtInWords = (): Readonly<
  Record<BuiltIn, { readonly name: string; readonly sentence: string }>
> => ({
  organisation: {
    name: t('Plan of the organisation'),
    sentence: t(
      'All sections, for everybody: identity, norms and licence hold in the plans of the departments too.',
    ),
  },
  department: {
    name: t('Plan of a department'),
    sentence: t(
      'Below the plan of the organisation: the common parts come from it, the rest is the department’s own.',
    ),
  },
  campaign: {
    name: t('Campaign'),
    sentence: t(
      'Three months from today; training, guidance to staff and crises stay as in the plan of the organisation.',
    ),
  },
})
