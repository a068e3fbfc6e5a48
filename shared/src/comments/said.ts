/**
 * The events of the comments channel, each with the client id it was written under: whoever owns that id has said it. An event
 * carries the client id in its own id, so nobody can take the place of what somebody else has said.
 */
import * as Y from 'yjs'
import { newUuid } from '../ids.ts'
import { COMMENTS_ROOT, parseCommentEvent, type CommentEvent } from '../schema/comments.ts'

export interface Said {
  /** The Yjs client id it was written under. */
  readonly client: number
  readonly event: CommentEvent
}

export const newEventId = (client: number): string => `${client}.${newUuid()}`
const isOwn = (id: string, client: number): boolean => id.startsWith(`${client}.`)

/** Everything that was said, in the order of the list, which is the same for everybody. What is no event is left out. */
export function readSaid(doc: Y.Doc): Said[] {
  const said: Said[] = []
  for (let item = doc.getArray(COMMENTS_ROOT)._start; item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentAny)) continue
    for (const value of item.content.arr as unknown[]) {
      const event = parseCommentEvent(value)
      if (event && isOwn(event.id, item.id.client)) said.push({ client: item.id.client, event })
    }
  }
  return said
}
