/** The focus in a calendar: on a post, wherever it is drawn next; where it is not on the screen, at the head. */
import { lookUntilGoneOn } from '../../../parts/until-gone-on.ts'

const LOOK_EVERY_MS = 50
const LOOKS = 20
/** The menu it was deleted from is gone by then, with the focus. */
const MENU_CLOSED_MS = 200

/** Not at once: a dialog that closes gives the focus back by itself first, and the post is drawn after the next reading. */
export function focusPost(id: string): void {
  const look = (): boolean => {
    const post = document.querySelector<HTMLElement>(`.board [data-post="${CSS.escape(id)}"] a`)
    post?.focus()
    return post !== null
  }
  lookUntilGoneOn(look, LOOK_EVERY_MS, LOOKS, focusHead)
}

/** Unless the focus is somewhere already. */
function focusHead(): void {
  const head = document.querySelector<HTMLElement>('.board .title')
  if (!head || (document.activeElement && document.activeElement !== document.body)) return
  head.tabIndex = -1
  head.focus()
}

let left: { readonly document: string; readonly post: string | null } | null = null
/** Somebody goes from a post back to its calendar; `null` when it is gone, though it may be drawn for a moment yet. */
export const leavePost = (document: string, post: string | null): void => void (left = { document, post })
export function focusLeftPost(document: string): void {
  if (left?.document === document) {
    if (left.post === null) setTimeout(focusHead, MENU_CLOSED_MS)
    else focusPost(left.post)
  }
  left = null
}
