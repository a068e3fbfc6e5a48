/**
 * How official profiles are named: a pattern of letters and placeholders, e.g. `{org}[_{dept}]` (DOMAIN A.5, P-11).
 * A capital in the placeholder begins the word with one; what is in square brackets may be left out.
 */
const PLACEHOLDERS = ['{org}', '{Org}', '{dept}', '{Dept}']
const PART = String.raw`(?:[A-Za-z0-9_.-]|\{(?:org|Org|dept|Dept)\})`
const PATTERN = new RegExp(String.raw`^(?:${PART}|\[${PART}+\])+$`)

/** Only letters and placeholders of ours, with the organisation's name in it. An empty pattern is no rule. */
export const isNamingPattern = (pattern: string): boolean =>
  pattern === '' || (PATTERN.test(pattern) && /\{[oO]rg\}/.test(pattern))

/** What a profile would be called. Accents and spaces go, since no network takes them. */
export function namedAfter(pattern: string, organisation: string, department: string): string {
  const values = [
    plain(organisation),
    capital(plain(organisation)),
    plain(department),
    capital(plain(department)),
  ]
  const whole = pattern.replace(OPTIONAL, department === '' ? '' : '$1')
  return PLACEHOLDERS.reduce((text, placeholder, i) => text.replaceAll(placeholder, values[i] ?? ''), whole)
}

/** Every account name that follows the pattern, for the organisation alone and for each of its departments; as accounts compare. */
export const namesAfter = (
  pattern: string,
  organisation: string,
  departments: readonly string[],
): ReadonlySet<string> =>
  new Set(
    isNamingPattern(pattern)
      ? ['', ...departments].map((department) => namedAfter(pattern, organisation, department).toLowerCase())
      : [],
  )

/** An account name as names are compared: without its server, and whatever its case. */
export const accountOf = (handle: string): string =>
  handle.trim().replace(/^@/, '').split('@', 1)[0]!.toLowerCase()

/** A bracket that is never closed must not be looked for from each of the others. */
const OPTIONAL = /\[([^[\]]*)\]/g

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
