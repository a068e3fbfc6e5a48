/** What is said of us in a period: what the server has of it, and what waits on this device. */
import { computed, shallowRef, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Cause } from '../../../session/connection.ts'
import { topicsOf } from '@auzolan/shared/listening/silent.ts'
import { isPseudonym, type MentionTerms } from '@auzolan/shared/listening/mention.ts'
import type { MentionKept, MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import { addMonths } from '@auzolan/shared/weeks.ts'
import { causeOf } from '../../../api.ts'
import { enter, waitingOf, type Outcome } from '../../../entering/here.ts'
import { getHeard, heardAt } from '../../../heard-api.ts'
import { today } from '../../../l10n.ts'

export const PERIODS = ['month', 'quarter', 'year', 'all'] as const
export type Period = (typeof PERIODS)[number]
const MONTHS: { readonly [period in Exclude<Period, 'all'>]: number } = { month: 1, quarter: 3, year: 12 }

export interface UsedHeard {
  readonly period: Ref<Period>
  /** The first day that is shown; of everything, that of the oldest. */
  readonly from: ComputedRef<string>
  /** `null` until somebody has answered; never kept on this device. */
  readonly mentions: ComputedRef<readonly MentionKept[] | null>
  readonly more: ComputedRef<boolean>
  readonly keptMonths: ComputedRef<number | null>
  readonly failed: Ref<Cause | null>
  readonly waiting: ReturnType<typeof waitingOf<MentionTerms>>
  readonly topics: ComputedRef<readonly string[]>
  readonly pseudonyms: ComputedRef<readonly { readonly name: string; readonly topic: string }[]>
  look(): Promise<void>
  note(id: string, terms: MentionTerms): Promise<Outcome>
}

export function useHeard(document: string): UsedHeard {
  const period = ref<Period>('year')
  const heard = shallowRef<MentionsHeard | null>(null)
  const failed = ref<Cause | null>(null)
  const waiting = waitingOf<MentionTerms>(document, 'mention')
  const asked = computed(() =>
    period.value === 'all' ? null : addMonths(`${today().slice(0, 7)}-01`, 1 - MONTHS[period.value]),
  )
  let latest = 0
  async function look(): Promise<void> {
    const mine = ++latest
    try {
      const found = await getHeard(document, asked.value)
      if (mine !== latest) return
      heard.value = found
      failed.value = null
    } catch (error) {
      if (mine === latest) failed.value = causeOf(error)
    }
  }
  watch(asked, () => void look(), { immediate: true })
  // What has left this device is on the server.
  watch(
    () => waiting.value.length,
    (now, before) => void (now < before && look()),
  )
  const known = computed(() => heard.value?.mentions ?? [])
  const spoken = computed(() => [...known.value, ...waiting.value.flatMap(({ body }) => body ?? [])])
  return {
    period,
    from: computed(() => asked.value ?? known.value.at(-1)?.saidOn ?? today()),
    mentions: computed(() => heard.value?.mentions ?? null),
    more: computed(() => heard.value?.more ?? false),
    keptMonths: computed(() => heard.value?.keptMonths ?? null),
    failed,
    waiting,
    topics: computed(() => topicsOf(spoken.value).map(({ topic }) => topic)),
    pseudonyms: computed(() => {
      const all = spoken.value.filter(({ author }) => isPseudonym(author))
      return [...new Map(all.map(({ author, topic }) => [author, topic]))].map(([name, topic]) => ({
        name,
        topic,
      }))
    }),
    look,
    async note(id, terms) {
      const outcome = await enter({ id, document, kind: 'mention', path: heardAt(document), body: terms })
      if (outcome.kind === 'sent') await look()
      return outcome
    },
  }
}
