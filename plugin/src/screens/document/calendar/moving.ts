/** Moving a post to another day or time, and taking that back. What the post is does not change by it. */
import { shallowRef, type ShallowRef } from 'vue'
import * as Y from 'yjs'
import { calendar as SECTION } from '@auzolan/shared/schema/calendar.ts'
import { ListPlace } from '@auzolan/shared/schema/shapes.ts'
import { shortDay } from '../../../day-words.ts'
import { t } from '../../../l10n.ts'
import type { Entry } from './arrangement.ts'

/** As it is written into the post, by the post's own clock. */
export interface When {
  readonly day: string | null
  readonly time: string | null
}
export interface Moving {
  /** What was done last, while it can be taken back. */
  readonly moved: ShallowRef<string | null>
  /** @param reason why it goes out on a day on which nothing else does; a note among the team */
  move(entry: Entry, to: When, reason?: { readonly closed: string; readonly why: string }): void
  takeBack(): void
  forget(): void
}

const ORIGIN = 'move'

export function makeMoving(doc: Y.Doc): Moving {
  const { posts } = SECTION.fields
  const list = new ListPlace(doc, posts)
  const undo = new Y.UndoManager([doc.getMap(posts.root)], {
    trackedOrigins: new Set([ORIGIN]),
    captureTimeout: 0,
  })
  const moved = shallowRef<string | null>(null)
  return {
    moved,
    move(entry, { day, time }, reason) {
      const place = list.record(entry.id)
      if (!place) return
      doc.transact(() => {
        if (place.get('day') !== day) place.set('day', day)
        if (place.get('time') !== time) place.set('time', time)
        const notes = reason && place.text('internalNotes', '')
        if (notes) {
          const words = `${day ?? ''} (${reason.closed}): ${reason.why}`
          notes.insert(notes.length, notes.length > 0 ? `\n${words}` : words)
        }
      }, ORIGIN)
      const [post, on] = [entry.title, day === null ? '' : shortDay(day)]
      moved.value =
        day === null
          ? t('“{post}” has no date any more.', { post })
          : time === null
            ? t('“{post}” moved to {day}.', { post, day: on })
            : t('“{post}” moved to {day}, {time}.', { post, day: on, time })
    },
    takeBack() {
      undo.undo()
      moved.value = null
    },
    forget: () => void (moved.value = null),
  }
}
