/** The two texts that are compared, and who changed what between them. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Change, Comparison } from '@auzolan/shared/compare/change.ts'
import type { Touched, Touches } from '@auzolan/shared/protocol/history.ts'
import type { Version } from '@auzolan/shared/protocol/review.ts'
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import { causeOf } from '../../api.ts'
import type { DocumentContext } from '../../documents/context.ts'
import { getTouches, getVersion } from '../../history-api.ts'
import { compared } from '../../parts/compared.ts'
import { explain } from '../../parts/refusals.ts'

/** A version, the beginning (0), or the text as it is now. */
export type Side = number | 'draft'

/** How soon what others write shows in a comparison with the draft. */
const FOLLOW_DRAFT_MS = 1_000

export function useSides(
  {
    type,
    envelope,
    organisation,
    json,
    languages,
  }: Pick<DocumentContext, 'type' | 'envelope' | 'organisation' | 'json' | 'languages'>,
  before: Ref<Side>,
  after: Ref<Side>,
): {
  readonly comparison: ComputedRef<Comparison | null>
  readonly textOf: (side: Side) => unknown
  readonly whoOf: (change: Change) => readonly Touched[]
  readonly contributors: ComputedRef<Touches['contributors']>
  readonly problem: Ref<string>
  readonly load: () => Promise<void>
} {
  const versions = shallowRef<ReadonlyMap<number, Version>>(new Map())
  const draft: ShallowRef<DocumentJson> = shallowRef(json.value)
  const touches = shallowRef<Touches | null>(null)
  const problem = shallowRef('')

  const textOf = (side: Side): unknown => {
    if (side === 'draft') return draft.value
    if (side === 0) return {}
    const version = versions.value.get(side)
    return version && JSON.parse(version.json)
  }

  async function load(): Promise<void> {
    problem.value = ''
    try {
      for (const side of [before.value, after.value])
        if (typeof side === 'number' && side > 0 && !versions.value.has(side)) {
          // Asked first: meanwhile another one may have come.
          const version = await getVersion(envelope.id, side)
          versions.value = new Map([...versions.value, [side, version]])
        }
    } catch (error) {
      problem.value = explain(causeOf(error))
    }
    await who()
  }
  async function who(): Promise<void> {
    const [from, to] = [before.value, after.value].map((side) => (side === 'draft' ? Infinity : side))
    const [first, last] = [Math.min(from!, to!), Math.max(from!, to!)]
    if (first === last) return void (touches.value = null)
    // Without it one still sees what has changed.
    const found = await getTouches(envelope.id, first, last === Infinity ? null : last).catch(() => null)
    // An answer about sides that are not shown any more comes too late.
    const still = [before.value, after.value].map((side) => (side === 'draft' ? Infinity : side))
    if (Math.min(...still) === first && Math.max(...still) === last) touches.value = found
  }
  watch([before, after], () => void load(), { immediate: true })

  let timer: ReturnType<typeof setTimeout> | undefined
  watch(json, () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      draft.value = json.value
      if (before.value === 'draft' || after.value === 'draft') void who()
    }, FOLLOW_DRAFT_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  const comparison = computed(() => {
    const [was, now] = [textOf(before.value), textOf(after.value)]
    if (was === undefined || now === undefined) return null
    return compared(type, languages, was, now, organisation)
  })
  const whoOf = ({ path, kind }: Change): readonly Touched[] => {
    const fields = touches.value?.fields ?? {}
    const own = fields[kind === 'moved' ? `${path}/order` : path] ?? []
    if (kind !== 'added' || own.length === 0) return own
    // A record that came says what others have written in it since.
    const inside = Object.entries(fields).flatMap(([at, found]) => (at.startsWith(`${path}/`) ? found : []))
    const all = [...own, ...inside].sort((a, b) => (a.at < b.at ? 1 : -1))
    return all.filter((one, i) => all.findIndex(({ by }) => by.id === one.by.id) === i)
  }
  return {
    comparison,
    textOf,
    whoOf,
    contributors: computed(() => touches.value?.contributors ?? []),
    problem,
    load,
  }
}
