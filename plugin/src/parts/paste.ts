/** What happens when something is pasted into a rich text: cleaned, and in pieces that can be sent. */
import { Fragment, Slice } from '@tiptap/pm/model'
import { Selection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import {
  PASTE_HTML_MAX_CHARACTERS,
  PASTE_MAX_CHARACTERS,
  PASTE_TOTAL_MAX_CHARACTERS,
} from '@auzolan/shared/limits.ts'
import type { RichText } from '@auzolan/shared/schema/fields.ts'
import { LIST_LEVELS_MAX, charactersOf, inSendable, richOf } from '../bringing/blocks.ts'
import { readPasted, type Pasted } from '../bringing/pasted.ts'
import { levelsAt } from './list-depth.ts'
import { inPieces } from './typing.ts'

export type LeftOut = Omit<Pasted, 'blocks'>
export type PasteOutcome =
  /** Short plain text, which the editor takes by itself. */
  { readonly kind: 'plain' } | { readonly kind: 'too_long' } | ({ readonly kind: 'pasted' } & LeftOut)

const NOTHING: LeftOut = { pictures: 0, tables: 0, comments: 0, deletions: 0 }

export function pasteInto(view: EditorView, clipboard: DataTransfer | null): PasteOutcome {
  const plain = clipboard?.getData('text/plain') ?? ''
  const html = clipboard?.getData('text/html') ?? ''
  if (plain.length > PASTE_TOTAL_MAX_CHARACTERS || html.length > PASTE_HTML_MAX_CHARACTERS)
    return { kind: 'too_long' }
  if (html.trim() === '') {
    const pictures = [...(clipboard?.files ?? [])].filter(({ type }) => type.startsWith('image/')).length
    if (plain === '' && pictures > 0) return { kind: 'pasted', ...NOTHING, pictures }
    if (plain.length <= PASTE_MAX_CHARACTERS) return { kind: 'plain' }
    // One transaction is one indivisible piece: a long paste goes in several, so that each can be sent.
    for (const piece of inPieces(plain)) view.pasteText(piece)
    return { kind: 'pasted', ...NOTHING }
  }
  const { blocks, ...left } = readPasted(html)
  if (charactersOf(blocks) > PASTE_TOTAL_MAX_CHARACTERS) return { kind: 'too_long' }
  const pieces = inSendable(blocks)
  // In a list, what is pasted is within it; several pieces stand beside it.
  const around = pieces.length > 1 ? 0 : levelsAt(view.state.selection.$from)
  insert(
    view,
    pieces.map((piece) => richOf(piece, Math.max(0, LIST_LEVELS_MAX - around))),
  )
  return { kind: 'pasted', ...left }
}

function insert(view: EditorView, pieces: readonly RichText[]): void {
  const nodes = pieces.map((piece) => Fragment.fromJSON(view.state.schema, piece))
  const [first, ...more] = nodes
  if (!first) return
  if (more.length === 0) {
    // Words of one paragraph go into the paragraph they are pasted in.
    const tr = view.state.tr.replaceSelection(Slice.maxOpen(first, true))
    return view.dispatch(tr.scrollIntoView().setMeta('paste', true))
  }
  let tr = view.state.tr.deleteSelection()
  const { $from } = tr.selection
  let at: number
  if ($from.depth === 1 && $from.parent.content.size === 0) {
    at = $from.before(1)
    // The empty paragraph gives way, with the first piece, never alone: a text has at least one.
    tr = tr.replaceWith(at, $from.after(1), first)
  } else {
    if ($from.depth === 1 && $from.parentOffset === $from.parent.content.size) at = $from.after(1)
    else if ($from.depth === 1 && $from.parentOffset === 0) at = $from.before(1)
    else {
      at = $from.pos + $from.depth
      tr = tr.split($from.pos, $from.depth)
    }
    tr = tr.insert(at, first)
  }
  at += first.size
  view.dispatch(tr.setMeta('paste', true))
  for (const piece of more) {
    view.dispatch(view.state.tr.insert(at, piece).setMeta('paste', true))
    at += piece.size
  }
  const end = view.state.tr
  view.dispatch(end.setSelection(Selection.near(end.doc.resolve(at), -1)).scrollIntoView())
}
