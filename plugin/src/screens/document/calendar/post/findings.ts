/** What the checks say of the post on the screen: the one place where the editor asks for them. */
import { computed, type ComputedRef } from 'vue'
import { message, type Finding, type Message } from '@auzolan/shared/checks/finding.ts'
import type { PostState } from '@auzolan/shared/protocol/posts.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import { calendar } from '@auzolan/shared/schema/calendar.ts'
import { isFilled, type Field } from '@auzolan/shared/schema/fields.ts'
import { usePlanContext } from '../../../../documents/context.ts'
import type { UsedConsents } from './useConsents.ts'

export interface PostFindings {
  readonly findings: ComputedRef<readonly Finding[]>
  readonly passed: ComputedRef<readonly Message[]>
}

export function usePostFindings(
  whole: ComputedRef<WholePost>,
  _state: ComputedRef<PostState | null>,
  _consents: UsedConsents,
): PostFindings {
  const { languages } = usePlanContext()
  return { findings: computed(() => lacking(whole.value, languages)), passed: computed(() => []) }
}

function lacking({ post }: WholePost, languages: readonly string[]): Finding[] {
  const finding = (path: string, said: Message): Finding => ({
    check: 'field',
    severity: 'block',
    gate: 'approval',
    section: calendar.id,
    path: `posts/${post.id}/${path}`,
    message: said,
  })
  return Object.entries<Field>(calendar.fields.posts.item).flatMap(([name, field]): Finding[] => {
    if (field.kind === 'list' || field.required !== true) return []
    const value = (post as unknown as { readonly [name: string]: unknown })[name]
    if (field.kind !== 'text' || !field.translated)
      return isFilled(field, value, '')
        ? []
        : [finding(name, message('Still missing: {field}.', { field: field.label }))]
    const empty = languages.filter((language) => !isFilled(field, value, language))
    if (empty.length < languages.length && post.languageException !== '') return []
    return empty.map((language) =>
      finding(
        `${name}:${language}`,
        message('{field} has no text yet in {language}.', {
          field: field.label,
          language: `lang:${language}`,
        }),
      ),
    )
  })
}
