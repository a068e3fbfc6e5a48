/** The posts of an open plan as its calendar shows them; what has not changed stays the same object, and is not drawn anew. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import type * as Y from 'yjs'
import type { Finding } from '@auzolan/shared/checks/finding.ts'
import { isChangedOut, statusOf } from '@auzolan/shared/posts/life.ts'
import { outAtOf, placed } from '@auzolan/shared/posts/placed.ts'
import {
  asWritten,
  isEmergency,
  languagesIn,
  wholePosts,
  type WholePost,
} from '@auzolan/shared/posts/post.ts'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import type { PlanContext } from '../../../documents/context.ts'
import { t } from '../../../l10n.ts'
import { recordName } from '../../../references.ts'
import type { Entry, Outlet } from './arrangement.ts'
import type { UsedConsents } from './consents/useConsents.ts'
import { useLacks } from './lacks.ts'
import { partsOf, same, sha256Of } from './fingerprint.ts'

export interface PostEntries {
  readonly entries: ComputedRef<readonly Entry[]>
  /** What a post lacks, of one that is not due soon only what cannot wait; worked out when somebody asks, and again when it says something else. */
  readonly lacks: (entry: Entry, soon: boolean) => readonly Finding[]
  /** It is out, and says something else by now. */
  readonly changed: (entry: Entry) => boolean
  /** Changed here, and on no server yet. */
  readonly waiting: ComputedRef<ReadonlySet<string>>
}

export function usePostEntries(plan: PlanContext, consents: UsedConsents): PostEntries {
  const { calendar, organisation, languages } = plan
  const outlets = computed(
    (): ReadonlyMap<string, Outlet> =>
      new Map(
        plan.plan.value.profiles.profiles.map((profile) => [
          profile.id,
          {
            key: `${profile.network ?? ''} ${profile.handle || profile.id}`,
            network: profile.network ?? '',
            name: recordName(profile, plan.language.value),
          },
        ]),
      ),
  )
  const wholes = computed(
    () => new Map(wholePosts(calendar.calendar.value).map((whole) => [whole.post.id, whole])),
  )

  interface Known {
    readonly by: readonly unknown[]
    readonly entry: Entry
  }
  const drawn = new Map<string, Known>()
  const entries = computed(() =>
    [...wholes.value.values()].map((whole): Entry => {
      const { id } = whole.post
      const state = calendar.states.value.get(id)
      const by = [
        ...partsOf(whole),
        state?.status,
        state?.approved,
        outAtOf(state?.published ?? []),
        outlets.value,
      ]
      const before = drawn.get(id)
      if (before && same(before.by, by)) return before.entry
      const entry = entryOf(whole)
      drawn.set(id, { by, entry })
      return entry
    }),
  )
  function entryOf(whole: WholePost): Entry {
    const { post } = whole
    const state = calendar.states.value.get(post.id)
    return {
      ...placed(post, outAtOf(state?.published ?? []), organisation.timeZone),
      id: post.id,
      document: plan.envelope.id,
      plan: '',
      title: post.title.trim() || t('Without a title'),
      outlets: post.profileIds.flatMap((profile) => outlets.value.get(profile) ?? []),
      department: post.departmentId,
      owner: post.owner?.id ?? null,
      languages: languagesIn(post, languages),
      status: asWritten(
        whole,
        statusOf(state, () => sha256Of(whole)),
      ),
      emergency: isEmergency(post),
    }
  }

  const lacksOf = useLacks(plan, consents)
  const none: readonly Finding[] = []
  const lacks = ({ id, status }: Entry, soon: boolean): readonly Finding[] => {
    const whole = wholes.value.get(id)
    return whole ? lacksOf(whole, status, soon) : none
  }

  const changed = ({ id }: Entry): boolean => {
    const [whole, state] = [wholes.value.get(id), calendar.states.value.get(id)]
    // Only what is out is hashed, and of that what is on the screen.
    const isOut = state?.status === 'published' || state?.status === 'measured'
    return whole !== undefined && isOut && isChangedOut(state, sha256Of(whole))
  }

  return { entries, lacks, changed, waiting: useWaiting(plan) }
}

/** Posts that somebody has changed in this tab since the server last had everything. */
function useWaiting({ calendar: { doc }, ledger }: PlanContext): ComputedRef<ReadonlySet<string>> {
  const waiting = shallowRef<ReadonlySet<string>>(new Set())
  const root = doc.getMap(SECTION.fields.posts.root)
  const note = (events: readonly Y.YEvent<never>[], { local }: Y.Transaction): void => {
    if (!local) return
    const changed = events.flatMap(({ path, changes }) =>
      path[0] === undefined ? [...changes.keys.keys()] : [String(path[0])],
    )
    waiting.value = new Set([...waiting.value, ...changed])
  }
  root.observeDeep(note as never)
  onScopeDispose(() => root.unobserveDeep(note as never))
  watch(
    () => ledger.value.waiting === 0 && ledger.value.connectivity.kind === 'online',
    (all) => {
      if (all && waiting.value.size > 0) waiting.value = new Set()
    },
  )
  // Online it is on the server in a moment: that moment is not worth a sign.
  const none: ReadonlySet<string> = new Set()
  return computed(() => (ledger.value.connectivity.kind === 'online' ? none : waiting.value))
}
