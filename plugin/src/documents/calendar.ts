/** The calendar of an open plan: its posts as they stand, and what has become of each. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type * as Y from 'yjs'
import { CalendarReader } from '@auzolan/shared/posts/reader.ts'
import type { DocumentEnvelope } from '@auzolan/shared/protocol/rest.ts'
import type { PostState, PostStates } from '@auzolan/shared/protocol/posts.ts'
import { CALENDAR, type Calendar } from '@auzolan/shared/schema/calendar.ts'
import { readMeta } from '@auzolan/shared/schema/shapes.ts'
import { home, me } from '../host.ts'
import { getPostStates } from '../posts-api.ts'
import { makeRemoval, type Removal } from './removal.ts'
import type { Ledger, OpenChannel } from '../session/document.ts'

export interface UsedCalendar {
  readonly doc: Y.Doc
  /** False until the posts are here, from this device or from the server. */
  readonly there: Ref<boolean>
  /** Rises with every change of the posts. */
  readonly revision: Ref<number>
  readonly calendar: ShallowRef<Calendar>
  readonly editable: ComputedRef<boolean>
  readonly removal: Removal
  /** By post; one that is not in it is an idea. Without network, as the server said last. */
  readonly states: ComputedRef<ReadonlyMap<string, PostState>>
  readonly authors: ComputedRef<PostStates['authors']>
  /** Asks the server; when nobody answers, what was known stays. */
  refresh(): Promise<void>
}

export function useCalendar(
  { doc, port, ready }: OpenChannel,
  { id, capabilities }: DocumentEnvelope,
  ledger: Ref<Ledger | null>,
): UsedCalendar {
  const revision = ref(0)
  const there = ref(false)
  let scheduled = false
  const reader = new CalendarReader(doc, () => {
    if (scheduled) return
    scheduled = true
    // One reading a frame, however many keystrokes arrive in it.
    requestAnimationFrame(() => {
      scheduled = false
      calendar.value = reader.value
      revision.value += 1
    })
  })
  const calendar = shallowRef<Calendar>(reader.value)
  void ready.then(() => {
    calendar.value = reader.value
    there.value = true
    revision.value += 1
  })

  const key = `auzolan/posts/${home}/${me.id}/${id}`
  const states = shallowRef<PostStates>(recall(key) ?? { states: [], authors: {} })
  async function refresh(): Promise<void> {
    if (capabilities.calendar?.read !== true) return
    try {
      states.value = await getPostStates(id)
      remember(key, states.value)
    } catch {
      // As it was.
    }
  }
  void refresh()

  return {
    doc,
    there,
    revision,
    calendar,
    editable: computed(
      () =>
        there.value &&
        // An editor of an older shape would delete what it does not know.
        readMeta(doc).schema <= CALENDAR.version &&
        !['no', 'old'].includes((ledger.value && port.facts.write) ?? capabilities.calendar?.write ?? 'no') &&
        ledger.value?.ending !== true &&
        ledger.value?.connectivity.kind !== 'ended',
    ),
    removal: makeRemoval(doc, CALENDAR),
    states: computed(() => new Map(states.value.states.map((state) => [state.post, state]))),
    authors: computed(() => states.value.authors),
    refresh,
  }
}

function remember(key: string, states: PostStates): void {
  try {
    localStorage.setItem(key, JSON.stringify(states))
  } catch {
    // A browser that keeps nothing: it is asked again.
  }
}
function recall(key: string): PostStates | null {
  try {
    const value = JSON.parse(localStorage.getItem(key) ?? 'null') as PostStates | null
    // Of an older page some facts are not there.
    return Array.isArray(value?.states) && value.states.every((state) => Array.isArray(state.unreviewed))
      ? value
      : null
  } catch {
    return null
  }
}
