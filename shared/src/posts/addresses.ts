/**
 * Addresses of the web in a text: what X and Mastodon take for one, and count as 23 however long it is.
 *
 * Where an address begins and ends follows twitter-text, which both use: it hangs on no letter, `@`, `#` or `$`; its host ends in
 * a top-level domain that exists; quotes, dots and commas behind it are none of it. linkifyjs knows those domains (MIT, kept up to date
 * with IANA's list); its own idea of an address is not used, since it takes mail, `localhost` and the quote behind an
 * address. Behind the host, letters of every script belong to it, as for Mastodon; for X those of Latin and Cyrillic alone,
 * and in a query none with an accent. What still differs: X takes `ñandu.es/a` without https:// from its `a` on.
 */
import { test } from 'linkifyjs'

export interface Address {
  readonly value: string
  readonly start: number
  /** The first place after it. */
  readonly end: number
  /** Written with http:// or https://. */
  readonly scheme: boolean
}

/** Accents on their own count as letters; what makes an emoji of the sign before does not. */
const ALPHANUMERIC = String.raw`\p{L}\p{N}\u0300-\u036F`
/** Each part ends where the next begins, so the time to find it grows with the text and no faster. */
const HOST = new RegExp(
  String.raw`(?:(?<![A-Za-z0-9@＠$#＃])(https?:\/\/)|(?<![${ALPHANUMERIC}@＠$#＃_.\/-]))` +
    String.raw`((?:[${ALPHANUMERIC}_-]+\.)+[${ALPHANUMERIC}_-]+)(?![${ALPHANUMERIC}_@+-])`,
  'giu',
)
/** Port, path and query, by the letters that may be in the path and in the query. */
function restWith(pathLetters: string, queryLetters: string): RegExp {
  const inPath = String.raw`[${pathLetters}!*';:=+,.$\/%#\[\]–_~@|&-]`
  return new RegExp(
    String.raw`(?::\d+)?(\/(?:${inPath}|\((?:${inPath}|\(${inPath}*\))*\))*)?(\?[${queryLetters}!?*'@();:&=+$\/%#\[\]_.,~|-]*)?`,
    'uy',
  )
}
const RESTS = {
  everyScript: restWith(ALPHANUMERIC, ALPHANUMERIC),
  /** twitter-text, `validGeneralUrlPathChars` and `validUrlQueryChars`. */
  x: restWith(String.raw`A-Za-z0-9À-ÖØ-öø-ɏ\u0300-\u036FḀ-ỿ\u0400-\u04FF`, 'A-Za-z0-9'),
} as const

export function addressesIn(text: string, as: keyof typeof RESTS = 'everyScript'): Address[] {
  const addresses: Address[] = []
  HOST.lastIndex = 0
  for (let hit = HOST.exec(text); hit; hit = HOST.exec(text)) {
    const [, scheme = '', name = ''] = hit
    const host = longestHost(name)
    if (host === null) continue
    const afterHost = hit.index + scheme.length + host.length
    const end = host === name ? endOfRest(text, afterHost, RESTS[as]) : afterHost
    addresses.push({ value: text.slice(hit.index, end), start: hit.index, end, scheme: scheme !== '' })
    HOST.lastIndex = end
  }
  return addresses
}

/** Without what follows the dot of "haranberri.eus.Eta", where a blank was forgotten. */
function longestHost(name: string): string | null {
  if (name.length > HOST_MAX_CHARACTERS) return null
  for (let labels = name.split('.'); labels.length > 1; labels = labels.slice(0, -1))
    if (isHost(labels)) return labels.join('.')
  return null
}

/** RFC 1035. */
const HOST_MAX_CHARACTERS = 253
const LABEL_MAX_CHARACTERS = 63
const LABEL = new RegExp(`^[${ALPHANUMERIC}](?:[${ALPHANUMERIC}_-]*[${ALPHANUMERIC}])?$`, 'u')

const isHost = (labels: readonly string[]): boolean =>
  labels.every((label) => LABEL.test(label) && label.length <= LABEL_MAX_CHARACTERS) &&
  !labels.at(-2)!.includes('_') &&
  test(`x.${labels.at(-1)!}`, 'url')

const PATH_MAY_END = new RegExp(`[${ALPHANUMERIC}+=_#/)-]`, 'u')
const QUERY_MAY_END = new RegExp(`[${ALPHANUMERIC}_&=#/-]`, 'u')

/** Port, path and query; what a sentence puts behind an address is left to the sentence. */
function endOfRest(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from
  const [rest = '', path = '', query = ''] = pattern.exec(text) ?? []
  const port = from + rest.length - query.length - path.length
  const ends = trimmed(query, QUERY_MAY_END)
  // A question mark with nothing behind it asks, and is none of the address.
  if (ends > 0) return port + path.length + ends
  return port + trimmed(path, PATH_MAY_END)
}
function trimmed(part: string, mayEnd: RegExp): number {
  let end = part.length
  while (end > 0 && !mayEnd.test(part[end - 1]!)) end -= 1
  return end
}
