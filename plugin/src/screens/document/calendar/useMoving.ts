/** Moving a post to another day: by dragging, carried with the keys, or asked for; a closed day asks why first. */
import { nextTick, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import { dayWords } from '../../../day-words.ts'
import { t } from '../../../l10n.ts'
import { closureOn, dayToWrite, isMovable, type Entry } from './arrangement.ts'
import { useDrag } from './drag.ts'
import type { When } from './moving.ts'

export type Reason = { readonly closed: string; readonly why: string } | null

interface Ports {
  readonly board: Readonly<ShallowRef<HTMLElement | null>>
  readonly grid: Readonly<ShallowRef<{ focusDay(day: string): void; focusPost(post: string): void } | null>>
  readonly today: string
  readonly entries: () => readonly Entry[]
  readonly organisation: () => Organisation
  readonly movable: () => boolean
  readonly isList: () => boolean
  readonly shownDays: ComputedRef<readonly string[]>
  /** The day the arrow keys are on, and the one that is shown for it. */
  readonly active: Ref<string>
  readonly activeShown: ComputedRef<string>
  readonly goTo: (day: string) => void
  readonly onMove: (entry: Entry, to: When, reason: Reason) => void
}

export interface Moving {
  /** What is said aloud. */
  readonly said: Ref<string>
  readonly say: (text: string) => void
  readonly asked: ShallowRef<{ readonly entry: Entry; readonly to: When | null } | null>
  readonly carried: ShallowRef<Entry | null>
  /** The day something is dragged over; '' above those without one. */
  readonly over: Ref<string | null>
  readonly move: (entry: Entry, to: When, reason: Reason) => void
  readonly carry: (post: string) => void
  readonly onActive: (day: string) => void
  readonly put: () => void
  readonly letGo: () => void
}

export function useMoving({
  board,
  grid,
  today,
  entries,
  organisation,
  movable,
  isList,
  shownDays,
  active,
  activeShown,
  goTo,
  onMove,
}: Ports): Moving {
  const said = ref('')
  /** The same words again are said again. */
  const say = (text: string): void => {
    said.value = ''
    void nextTick(() => (said.value = text))
  }
  const asked: Moving['asked'] = shallowRef(null)
  const carried: Moving['carried'] = shallowRef(null)
  const entryOf = (id: string): Entry | undefined => entries().find((entry) => entry.id === id)

  function moveTo(entry: Entry, target: string | null): void {
    if (entry.day === target) return
    const to: When = {
      day: target === null ? null : dayToWrite(entry, target),
      time: (entry.own ?? entry).time,
    }
    if (target !== null && closureOn(target, organisation())) asked.value = { entry, to }
    else move(entry, to, null)
  }
  function move(entry: Entry, to: When, reason: Reason): void {
    onMove(entry, to, reason)
    asked.value = null
    say(
      to.day === null
        ? t('“{post}” has no date any more.', { post: entry.title })
        : t('“{post}” moved to {day}.', { post: entry.title, day: dayWords(to.day, today) }),
    )
  }
  const { over } = useDrag(
    board,
    (post) => {
      const entry = entryOf(post)
      return movable() && !isList() && entry !== undefined && isMovable(entry)
    },
    (post, target) => {
      const entry = entryOf(post)
      if (entry) moveTo(entry, target)
    },
  )

  function carry(post: string): void {
    const entry = entryOf(post)
    if (!entry) return
    if (!isMovable(entry)) return say(t('“{post}” went out: it stays on that day.', { post: entry.title }))
    if (isList()) return void (asked.value = { entry, to: null })
    carried.value = entry
    const from = entry.day !== null && shownDays.value.includes(entry.day) ? entry.day : activeShown.value
    active.value = from
    say(
      t('Moving “{post}”: arrow keys to the day, Enter to put it there, Escape to leave it.', {
        post: entry.title,
      }),
    )
    void nextTick(() => grid.value?.focusDay(from))
  }
  function onActive(to: string): void {
    goTo(to)
    if (!carried.value) return
    const closed = closureOn(to, organisation())
    say(
      closed
        ? t('{day}, closed: {reason}', { day: dayWords(to, today), reason: closed.name })
        : dayWords(to, today),
    )
  }
  function put(): void {
    const entry = carried.value
    carried.value = null
    if (!entry) return
    if (entry.day === active.value) say(t('“{post}” stays where it was.', { post: entry.title }))
    else moveTo(entry, active.value)
    // Drawn on its new day after the next reading of the posts.
    setTimeout(() => void grid.value?.focusPost(entry.id), 60)
  }
  function letGo(): void {
    const entry = carried.value
    carried.value = null
    if (!entry) return
    say(t('“{post}” stays where it was.', { post: entry.title }))
    if (entry.day !== null) {
      goTo(entry.day)
      void nextTick(() => grid.value?.focusPost(entry.id))
    }
  }
  return { said, say, asked, carried, over, move, carry, onActive, put, letGo }
}
