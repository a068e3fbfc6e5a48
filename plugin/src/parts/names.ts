/** Names that people gave in several languages, in the one of the screen. */
import type { DocumentTypeId } from '@auzolan/shared/ids.ts'
import { factsOf } from '@auzolan/shared/types/facts.ts'
import type { Organisation } from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { screenLanguage, t } from '../l10n.ts'

/** In the language of the screen, else in the first that has something. */
export const shownName = (name: Translated<string>): string =>
  [name[screenLanguage()], ...Object.values(name)].find((words) => words?.trim()) ?? ''

/** A team; the one that is a person alone has no name of its own. */
export const teamName = (team: { readonly name: Translated<string>; readonly personal: boolean }): string =>
  team.personal ? t('Only me') : shownName(team.name)

/** A department the organisation has given up since has no name any more. */
export const departmentName = (organisation: Organisation, id: string): string =>
  shownName(organisation.departments.find((d) => d.id === id)?.name ?? {}) ||
  t('A department that is no longer there')

/** A plan, unless it says what it is. */
export const titleOf = (document: {
  readonly type?: DocumentTypeId
  readonly title: Translated<string>
}): string => shownName(document.title) || t(factsOf(document.type ?? 'plan').untitled)

/** The plan above another one: whoever may not read it is not told what it is called. */
export const aboveName = (plan: { readonly title: Translated<string> | null }): string =>
  plan.title ? titleOf({ title: plan.title }) : t('A plan that you cannot read')
