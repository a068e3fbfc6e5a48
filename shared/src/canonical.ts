/**
 * Canonical JSON: one text for one value, whatever the order in which a replica met the keys
 * (replicas disagree on the key order of a Y.Map). What is signed, hashed or compared goes through here.
 */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** @throws {TypeError} for numbers JSON cannot carry (NaN, Infinity). */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((v: Json) => canonicalJson(v)).join(',')}]`
  const object = value as { readonly [key: string]: Json }
  const keys = Object.keys(object).sort()
  return `{${keys.map((k) => `${JSON.stringify(k)}:${canonicalJson(object[k]!)}`).join(',')}}`
}
