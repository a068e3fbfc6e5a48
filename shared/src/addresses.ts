/** What is an address of the web or of e-mail, as people write them. Nobody is kept from typing something else: it is said. */

/** Whole, or as one says it: `www.haranberri.example/norms`. Never what a browser would run. */
export function isWebAddress(written: string): boolean {
  const text = written.trim()
  const named = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text)
  const whole = named ? text : `https://${text}`
  if (!/^https?:\/\/[^\s]+$/i.test(whole) || !URL.canParse(whole)) return false
  // Within a house there are names without a point; then it says what it is.
  return named || /^([\p{L}\p{N}-]+\.)+\p{L}{2,}$/u.test(whole.slice(8).split(/[/?#:]/)[0]!)
}

export const isMailAddress = (written: string): boolean =>
  /^[^\s@]+@([\p{L}\p{N}-]+\.)+\p{L}{2,}$/u.test(written.trim())
