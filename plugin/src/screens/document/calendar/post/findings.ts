/** What the checks say of the post on the screen: the one place where the editor asks for them. */
import { computed, type ComputedRef } from 'vue'
import { message, type Finding, type Message, type Outcome } from '@auzolan/shared/checks/finding.ts'
import { checkPost } from '@auzolan/shared/checks/post.ts'
import type { PostContext } from '@auzolan/shared/checks/post/check.ts'
import { markOf } from '@auzolan/shared/languages/in-step.ts'
import type { WholePost } from '@auzolan/shared/posts/post.ts'
import type { PostState } from '@auzolan/shared/protocol/posts.ts'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { usePlanContext } from '../../../../documents/context.ts'
import { references } from '../../../../references.ts'
import type { UsedConsents } from '../consents/useConsents.ts'

export interface PostFindings {
  readonly outcomes: ComputedRef<readonly Outcome[]>
  readonly findings: ComputedRef<readonly Finding[]>
  /** What was checked and is right. */
  readonly passed: ComputedRef<readonly Message[]>
}

export function usePostFindings(
  whole: ComputedRef<WholePost>,
  state: ComputedRef<PostState | null>,
  { byId }: UsedConsents,
): PostFindings {
  const { plan, beside, now, organisation, languages, language, calendar } = usePlanContext()
  const context = computed((): PostContext => ({
    languages,
    namesIn: language.value,
    plan: plan.value,
    inForce: now.value.inForce !== null,
    profiles: [...(beside.states.value?.values() ?? [])],
    references: references.value,
    organisation,
    consents: byId.value,
    now: new Date(),
  }))
  const outcomes = computed(() =>
    checkPost(whole.value, context.value, {
      status: state.value?.status ?? 'idea',
      reviews: state.value?.reviews ?? [],
    }),
  )
  /** Texts that another language has left behind: worth a look before anybody approves it, and stopping nobody. */
  const behind = computed((): Finding[] => {
    const { post, variants } = whole.value
    const { posts, variants: own } = SECTION.fields
    const places = [
      new ListPlace(calendar.doc, posts).record(post.id),
      ...variants.map(({ id }) => new ListPlace(calendar.doc, own).record(id)),
    ]
    return places.flatMap((place) =>
      languages.flatMap((one): Finding[] => {
        const mark = place && markOf(place, 'text', one)
        if (!mark) return []
        return [
          {
            check: 'in-step',
            severity: 'warn',
            gate: 'post_approve',
            section: SECTION.id,
            path: `${place.path}/text:${one}`,
            message: message(
              'The text in {other} has changed: look whether the one in {language} says the same.',
              { other: `lang:${mark.by}`, language: `lang:${one}` },
            ),
            fix: message('Bring it up to date, and say so beside the text.'),
          },
        ]
      }),
    )
  })
  return {
    outcomes,
    findings: computed(() => [...outcomes.value.flatMap((outcome) => outcome.findings), ...behind.value]),
    passed: computed(() =>
      outcomes.value.filter((outcome) => outcome.findings.length === 0).map(({ subject }) => subject),
    ),
  }
}
