/** What a new plan contains before anybody writes: its title, and what every plan is proposed. */
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { proposals } from '@auzolan/shared/schema/plan/proposals.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { Template } from '../compaction/tasks.ts'

export const planTemplate = (languages: readonly string[], title: Translated<string>): Template => ({
  ...proposals(languages),
  identity: { title: Object.fromEntries(languages.map((l) => [l, title[l] ?? ''])) },
})

/** What the organisation has said of itself stands in a new plan, unless what it begins from says something else. */
export function saidByOrganisation(
  template: Template,
  { version, namingPattern, licence, editorialPolicyUrl }: Organisation,
): Template {
  // Before anybody has described it, it has said nothing.
  if (version === 0) return template
  const said = {
    identityKit: { namingPattern },
    rights: { licence },
    principles: { editorialSource: editorialPolicyUrl },
  }
  const filled = Object.entries(said).map(([section, values]) => {
    const own = template[section] ?? {}
    const missing = Object.entries(values).filter(([key, value]) => value !== '' && !own[key])
    return [section, { ...own, ...Object.fromEntries(missing) }]
  })
  return { ...template, ...Object.fromEntries(filled) }
}
