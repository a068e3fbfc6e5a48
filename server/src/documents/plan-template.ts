/** What a new plan contains before anybody writes: its title, and what every plan is proposed. */
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { proposals } from '@auzolan/shared/schema/plan/proposals.ts'
import type { Template } from '../compaction/tasks.ts'

export const planTemplate = (languages: readonly string[], title: Translated<string>): Template => ({
  ...proposals(languages),
  identity: { title: Object.fromEntries(languages.map((l) => [l, title[l] ?? ''])) },
})
