/** Signs of a text that nobody sees: a name that has them is not what it looks like, and a text of nothing else says nothing. */

/**
 * Blanks of other alphabets (Braille, hieroglyphs, Khitan), a note without its head, and what stands for an object that is not there: no property
 * tells them from signs that are seen.
 */
const BLANK = String.raw`\u{16FE4}\u2800\u{13441}\u{13442}\u{1D159}\uFFFC`
const UNSEEN = String.raw`\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}${BLANK}`
const HIDDEN = new RegExp(`[${UNSEEN}]`, 'u')
const ALL_HIDDEN = new RegExp(`[${UNSEEN}\\p{Z}]+`, 'gu')

/**
 * Where a sign without a shape of its own changes what is seen: joiners behind a virama and between Arabic letters (RFC 5892, A.1 and A.2), and what
 * makes one picture out of several (UTS #51).
 */
const JOINING = [
  String.raw`(?<=[\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA])[\u200C\u200D](?=\p{L})`,
  String.raw`(?<=\p{Script=Arabic})\u200C(?=\p{Script=Arabic})`,
  String.raw`(?<=\p{Extended_Pictographic}\uFE0F?|\p{Emoji_Modifier})\u200D(?=\p{Extended_Pictographic})`,
  String.raw`(?<=\p{Extended_Pictographic})\uFE0F`,
  String.raw`(?<=[0-9#*])\uFE0F(?=\u20E3)`,
].join('|')
const SEEN_TOGETHER = new RegExp(JOINING, 'gu')

export const hasHidden = (text: string): boolean => HIDDEN.test(text.replace(SEEN_TOGETHER, ''))

/** How many signs of it are seen, with one blank between words; marks alone are on nothing, and count as none. */
export const seenLength = (text: string): number => {
  const seen = text.replace(SEEN_TOGETHER, '').replace(ALL_HIDDEN, ' ').trim()
  return /[^\p{M}\s]/u.test(seen) ? [...seen].length : 0
}
