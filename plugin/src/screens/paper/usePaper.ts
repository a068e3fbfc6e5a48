/** What a paper is made of: the draft on this device or a version, its standing, and the words of its languages. */
import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { parseDocument } from '@auzolan/shared/checks/run.ts'
import { wordsOf, type Say } from '@auzolan/shared/export/say.ts'
import { DRAFT, standingOf, type Standing } from '@auzolan/shared/export/standing.ts'
import type * as EvaluationTold from '@auzolan/shared/export/evaluation-told.ts'
import type { Version } from '@auzolan/shared/protocol/review.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { causeOf } from '../../api.ts'
import type { DocumentContext } from '../../documents/context.ts'
import { getVersion } from '../../history-api.ts'
import { formatDate } from '../../l10n.ts'
import { explain } from '../../parts/refusals.ts'

export interface Paper {
  readonly json: DocumentJson
  readonly standing: Standing
  readonly languages: readonly string[]
  /** Of an evaluation: what it comes to is made here, and stands first. */
  readonly comesTo: ComesTo | null
}
type ComesTo = typeof EvaluationTold

export interface UsedPaper {
  /** `null` while it is fetched, or when it cannot be. */
  readonly paper: ComputedRef<Paper | null>
  readonly problem: Ref<string>
  /** The number of the version; `null` is the draft. It stands in the address, so that it can be shared. */
  readonly version: ComputedRef<number | null>
  readonly choose: (query: { version?: number | null; language?: string }) => void
  readonly wanted: ComputedRef<string>
  readonly sayIn: (language: string) => Say | null
}

export function usePaper({
  type,
  envelope,
  json,
  languages,
  language,
}: Pick<DocumentContext, 'type' | 'envelope' | 'json' | 'languages' | 'language'>): UsedPaper {
  const route = useRoute()
  const router = useRouter()
  const version = computed(() => {
    const n = Number(route.query['version'])
    return Number.isSafeInteger(n) && n > 0 ? n : null
  })
  const fetched = shallowRef<Version | null>(null)
  const problem = shallowRef('')
  watch(
    version,
    async (n) => {
      problem.value = ''
      if (n === null || fetched.value?.n === n) return
      try {
        const found = await getVersion(envelope.id, n)
        if (version.value === n) fetched.value = found
      } catch (error) {
        if (version.value === n) problem.value = explain(causeOf(error))
      }
    },
    { immediate: true },
  )
  const comesTo = shallowRef<ComesTo | null>(null)
  if (type.id === 'evaluation')
    void import('@auzolan/shared/export/evaluation-told.ts').then(
      (told) => (comesTo.value = told),
      () => (problem.value = explain('NETWORK')),
    )
  const paper = computed((): Paper | null => {
    if (type.id === 'evaluation' && comesTo.value === null) return null
    const made = { comesTo: comesTo.value }
    if (version.value === null) return { ...made, json: json.value, standing: DRAFT, languages }
    const found = fetched.value
    if (found?.n !== version.value) return null
    return {
      ...made,
      json: parseDocument(type, found.json, found.languages),
      standing: standingOf(found, envelope.inForce),
      languages: found.languages,
    }
  })

  const wanted = computed(() => String(route.query['language'] ?? language.value))
  const words = shallowRef<ReadonlyMap<string, Say>>(new Map())
  watch(
    () => paper.value?.languages ?? languages,
    async (all) => {
      // Without them the headings would be English: then the paper waits, and says why.
      const found = await Promise.all(all.map(async (tag) => [tag, await wordsOf(tag)] as const)).catch(
        () => null,
      )
      if (found) words.value = new Map(found)
      else problem.value = explain('NETWORK')
    },
    { immediate: true },
  )
  return {
    paper,
    problem,
    version,
    wanted,
    choose: ({ version: n = version.value, language: tag = wanted.value }) =>
      void router.replace({ query: { ...(n === null ? {} : { version: String(n) }), language: tag } }),
    sayIn: (tag) => words.value.get(tag) ?? null,
  }
}

export const dayIn =
  (language: string) =>
  (day: string): string => {
    const date = new Date(day.length === 10 ? `${day}T12:00` : day)
    // A damaged version may hold a day that is none; it is shown as it stands.
    return Number.isNaN(date.getTime()) ? day : formatDate(date, language)
  }
