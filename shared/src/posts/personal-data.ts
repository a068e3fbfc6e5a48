/**
 * What in a text looks like personal data (DOMAIN P-45). Finding none proves nothing: a name is personal data, too. What is
 * found has the form of the thing and, where there is one, the right check digit, so that a date, a price or a file number
 * is not taken for it. Not looked for: NIF of legal entities (they are nobody's own), account numbers without IBAN.
 */
import { addressesIn } from './addresses.ts'

export type PersonalKind = 'iban' | 'nif' | 'email' | 'phone'
export interface PersonalData {
  readonly kind: PersonalKind
  /** Nobody publishes the first two of anybody; a telephone or an address of mail may be that of an office. */
  readonly severity: 'block' | 'warn'
  readonly value: string
  readonly start: number
  readonly end: number
}

interface Pattern {
  readonly kind: PersonalKind
  readonly severity: PersonalData['severity']
  readonly form: RegExp
  /** How much of what has the form it is: 0 is nothing. */
  readonly length: (hit: string, ownDomains: readonly string[]) => number
}

/** `ownDomains`: of the organisation; mail to them, and to what is below them, is no person's own. */
export function personalDataIn(text: string, ownDomains: readonly string[]): PersonalData[] {
  const found: PersonalData[] = []
  const { plain, placeOf } = plainOf(text)
  // Numbers in an address of the web are of the page; letters with a check digit or an @ are somebody's there, too.
  const addresses = addressesIn(plain)
  for (const { kind, severity, form, length } of PATTERNS) {
    const search = new RegExp(form)
    const others = (kind === 'phone' ? [...found, ...addresses] : [...found]).sort(byStart)
    // All of them are in order, so each is walked once.
    let next = 0
    for (let hit = search.exec(plain); hit; hit = search.exec(plain)) {
      const value = hit[0].slice(0, length(hit[0], ownDomains))
      const [start, end] = [hit.index, hit.index + value.length]
      while (next < others.length && others[next]!.end <= start) next += 1
      const isNew = value !== '' && !(others[next] && others[next]!.start < end)
      if (isNew) found.push({ kind, severity, value, start, end })
      search.lastIndex = Math.max(end, start + 1)
    }
  }
  return found.sort(byStart).map((one) => {
    const [start, end] = [placeOf(one.start), placeOf(one.end - 1, 1)]
    return { ...one, value: text.slice(start, end), start, end }
  })
}
const byStart = (a: { readonly start: number }, b: { readonly start: number }): number => a.start - b.start

/** What most texts are made of: nothing in it stands for something else. */
const USUAL = /^[\0-\x7F\u00A1-\u00AC\u00AE-\u024F€’‘“”«»…]*$/u

/**
 * As whoever copies a number reads it: one kind of blank and of hyphen, no sign that is not seen, and digits and letters of full
 * width as any other. Word processors put hard blanks and long hyphens into numbers.
 */
function plainOf(text: string): { plain: string; placeOf: (at: number, after?: 0 | 1) => number } {
  if (USUAL.test(text)) return { plain: text, placeOf: (at, after = 0) => at + after }
  let plain = ''
  const places: number[] = []
  const ends: number[] = []
  let at = 0
  for (const sign of text) {
    const stands = plainSign(sign)
    for (let i = 0; i < stands.length; i++) {
      // The second half of a sign that is itself is where it was.
      const own = stands === sign ? i : 0
      places.push(at + own)
      ends.push(stands === sign ? at + own + 1 : at + sign.length)
    }
    plain += stands
    at += sign.length
  }
  return { plain, placeOf: (index, after = 0) => (after === 1 ? ends : places)[index]! }
}
function plainSign(sign: string): string {
  if (/\p{Cf}/u.test(sign)) return ''
  if (/\p{Zs}/u.test(sign)) return ' '
  if (/\p{Pd}/u.test(sign)) return '-'
  const composed = sign.normalize('NFKC')
  return /^[!-~]$/.test(composed) && !/\p{Lo}/u.test(sign) ? composed : sign
}

/** Where a number begins: at a word's beginning, or right behind what it is called. */
function begins(...called: readonly string[]): string {
  const all = called.flatMap((name) => [name, name.toLowerCase(), name[0] + name.slice(1).toLowerCase()])
  return `(?<=^|[^\\p{L}\\p{N}]|(?<![\\p{L}\\p{N}])(?:${all.join('|')}))`
}

/** In the order in which they are looked for: a telephone would be found in an IBAN. */
const PATTERNS: readonly Pattern[] = [
  {
    kind: 'iban',
    severity: 'block',
    form: new RegExp(`${begins('IBAN')}[A-Z]{2}\\d{2}(?:[ .-]{0,2}[A-Z0-9]){11,30}`, 'giu'),
    length: ibanLength,
  },
  {
    kind: 'nif',
    severity: 'block',
    form: new RegExp(
      `${begins('DNI', 'NIF', 'NIE', 'NAN', 'IFZ', 'IFK')}(?:[XYZxyz][- ]?\\d{7}|\\d{2}[. ]?\\d{3}[. ]?\\d{3})(?:-?[A-Za-z]| [A-Z])(?![\\p{L}\\p{N}])`,
      'gu',
    ),
    length: (hit) => (isNif(hit) ? hit.length : 0),
  },
  {
    kind: 'email',
    severity: 'warn',
    form: /(?<![\p{L}\p{N}._%+@-])[\p{L}\p{N}._%+-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}{2,}(?![\p{L}\p{N}])/gu,
    length: (hit, ownDomains) => (isOwn(hit, ownDomains) ? 0 : hit.length),
  },
  {
    kind: 'phone',
    severity: 'warn',
    form: phoneForm(),
    length: (hit) => (isSomebodys(hit) ? hit.length : 0),
  },
]

/** The letters of DNI and NIE (Real Decreto 1553/2005, Orden INT/2058/2008): the number modulo 23. */
const NIF_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE'
function isNif(hit: string): boolean {
  const plain = hit.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const number = Number(plain.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))))
  return plain.at(-1) === NIF_LETTERS[number % NIF_LETTERS.length]
}

/** ISO 13616: how long an IBAN is in the countries of SEPA; elsewhere it goes as far as it is written. */
const IBAN_LENGTHS: { readonly [country: string]: number } = Object.fromEntries(
  (
    'AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 ' +
    'LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)
function ibanLength(hit: string): number {
  const length = IBAN_LENGTHS[hit.slice(0, 2).toUpperCase()] ?? hit.replace(/[ .-]/g, '').length
  let end = 0
  for (let signs = 0; signs < length && end < hit.length; end++) if (/[A-Z0-9]/i.test(hit[end]!)) signs += 1
  const plain = hit.slice(0, end).replace(/[ .-]/g, '').toUpperCase()
  const isWhole = plain.length === length && !/^[A-Z0-9]/i.test(hit.slice(end))
  return isWhole && mod97(plain.slice(4) + plain.slice(0, 4)) === 1 ? end : 0
}
/** Letters stand for 10 to 35. Sign by sign, since the number has more digits than a number can. */
const mod97 = (signs: string): number =>
  [...signs].reduce((rest, sign) => Number(`${rest}${Number.parseInt(sign, 36)}`) % 97, 0)

const isOwn = (mail: string, ownDomains: readonly string[]): boolean => {
  const host = mail.slice(mail.indexOf('@') + 1).toLowerCase()
  return ownDomains.some((own) => host === own.toLowerCase() || host.endsWith(`.${own.toLowerCase()}`))
}

/**
 * Nine digits in one of the ways they are written in Spain (943 12 34 56, 943 123 456, 94 412 34 56), or the number of another
 * country after `+`, or after `00` with its groups apart (many file numbers begin so). Not in a longer number, not an amount of money.
 */
function phoneForm(): RegExp {
  const s = '[ .-]?'
  const spanish = `(?:\\(?(?:\\+|00)34\\)?${s})?[6-9]\\d(?:\\d${s}(?:\\d{3}${s}\\d{3}|\\d{2}${s}\\d{2}${s}\\d{2})|${s}\\d{3}${s}\\d{2}${s}\\d{2}|${s}\\d{7})`
  const foreign = `(?:\\+[1-9]\\d{0,2}|00[1-9]\\d{0,2}[ .-])(?:[ .()-]{0,2}\\d){6,12}`
  const money = '\\s?(?:€|\\$|%|eur\\b|euro)'
  return new RegExp(
    `(?<![\\p{L}\\p{N}_/+-]|\\d[.,])(?:${spanish}|${foreign})(?![\\p{L}\\p{N}_/]|[.,-]\\d|${money})`,
    'giu',
  )
}
/** Numbers of services (900, 800, 902 …) are public; `+10.000.000` is a crowd. */
const isSomebodys = (hit: string): boolean =>
  !/^(?:\(?(?:\+|00)34\)?\D?)?[89]0/.test(hit) &&
  !/^\+\d{1,3}(?:[.,]\d{3})+$/.test(hit) &&
  hit.replace(/\D/g, '').length >= 8
