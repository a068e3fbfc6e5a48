/** Which addresses a link in a text may have. */

const ALLOWED = /^(https?:|mailto:)/i

/** An address as people type it, made whole; `null` when it is none we let in (`javascript:` and the like). */
export function linkAddress(typed: string): string | null {
  const text = typed.trim()
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`
  return text !== '' && ALLOWED.test(whole) && URL.canParse(whole) ? whole : null
}
