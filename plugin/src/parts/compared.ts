/** Two versions compared for whoever reads it here: in the language of the screen, where the document has it. */
import type { Comparison } from '@auzolan/shared/compare/change.ts'
import { compareVersions } from '@auzolan/shared/compare/compare.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { TypeOfDocument } from '@auzolan/shared/types/type.ts'
import { screenLanguage } from '../l10n.ts'
import { references } from '../references.ts'
import { shownValue } from './shown-values.ts'

export const compared = (
  type: TypeOfDocument,
  languages: readonly string[],
  before: unknown,
  after: unknown,
  organisation: Organisation,
): Comparison =>
  compareVersions(
    type.frozen,
    languages,
    before,
    after,
    languages.includes(screenLanguage()) ? screenLanguage() : languages[0],
    references.value,
    (field, value) => shownValue(field, value, null, organisation),
  )
