/** A text as the pieces people see as one: words, punctuation, spaces, emoji, whole addresses. Joined they are the text. */
import { COMPARE_SEGMENT_CHARACTERS } from '../limits.ts'

/** The rules are the same for all languages that put spaces between words, so every device finds the same ones. */
const segmenter = new Intl.Segmenter('und', { granularity: 'word' })

const OPENING = '"\'([{<«“‘¿¡'
const CLOSING = '"\')]}>»”’.,;:!?…'
/** The segmenter is slow, and nearly all words of our languages need none. */
const PLAIN = /^[\p{Script=Latin}\p{Nd}]+$/u

export function words(text: string): string[] {
  const found: string[] = []
  for (const chunk of text.match(/\s+|\S+/gu) ?? []) {
    if (/^\s/u.test(chunk)) found.push(chunk)
    else addWords(chunk, found)
  }
  return found
}

function addWords(chunk: string, found: string[]): void {
  let from = 0
  let to = chunk.length
  while (from < to && OPENING.includes(chunk[from]!)) found.push(chunk[from++]!)
  while (to > from && CLOSING.includes(chunk[to - 1]!)) to--
  const core = chunk.slice(from, to)
  if (isAddress(core) || PLAIN.test(core)) found.push(core)
  else addSegments(core, found)
  for (const mark of chunk.slice(to)) found.push(mark)
}

/** An address in which one letter changed is another address. */
const isAddress = (core: string): boolean =>
  core.includes('://') || /^www\./i.test(core) || core.includes('@') || /^#./u.test(core)

/** In pieces, because the time `segment` takes grows with the square of the length. */
function addSegments(core: string, found: string[]): void {
  for (let from = 0; from < core.length;) {
    let to = from + COMPARE_SEGMENT_CHARACTERS
    // Never through a character that takes two units: half of one is no text.
    if (to < core.length && (core.codePointAt(to - 1) ?? 0) > 0xffff) to++
    for (const { segment } of segmenter.segment(core.slice(from, to))) found.push(segment)
    from = to
  }
}
