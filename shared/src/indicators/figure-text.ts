/** A figure as people and spreadsheets write it: «4.386», «1 830,0», «6 h 10 min», or the words for none. */
import { FIGURE_MAX } from '../limits.ts'
import { fold } from '../reference/list.ts'
import type { NullReason } from './figures.ts'

export type FigureText =
  | { readonly kind: 'empty' }
  | { readonly kind: 'figure'; readonly value: number }
  /** Words that say there is none. */
  | { readonly kind: 'none'; readonly reason: NullReason }
  | { readonly kind: 'wrong'; readonly code: 'negative' | 'not_a_number' | 'not_whole' | 'too_large' }

export type DecimalSign = ',' | '.'

/** Also in files that somebody wrote in another language than the screen's. */
const NONE: { readonly [reason in NullReason]: readonly string[] } = {
  not_collected: [
    ...['-', '–', '—', 'n/d', 's/d', 'n/a', '#n/a', '#n/d'],
    ...['no data', 'sin dato', 'sin datos', 'daturik ez', 'sense dada', 'sense dades'],
  ],
  not_provided_by_network: [
    'the network does not give it',
    'la red no lo da',
    'sareak ez du ematen',
    'la xarxa no ho dona',
  ],
}

const wrong = (code: Extract<FigureText, { kind: 'wrong' }>['code']): FigureText => ({ kind: 'wrong', code })

/**
 * @param whole what is counted: «4.386» and «4,386» are the same there
 * @param decimal how the reader writes decimals, for what could be either
 */
export function readFigure(text: string, whole: boolean, decimal: DecimalSign): FigureText {
  const written = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim()
  if (written === '') return { kind: 'empty' }
  for (const reason of Object.keys(NONE) as NullReason[])
    if (NONE[reason].includes(fold(written))) return { kind: 'none', reason }
  const value = whole ? countIn(written, decimal) : (minutesIn(written) ?? numberIn(written, decimal))
  if (value === null) return wrong('not_a_number')
  if (value < 0) return wrong('negative')
  if (value > FIGURE_MAX) return wrong('too_large')
  // What is -0 is 0.
  return whole && !Number.isInteger(value) ? wrong('not_whole') : { kind: 'figure', value: value + 0 }
}

/** «6 h 10 min», «6 h», «10 min», «6:10» as minutes. */
function minutesIn(text: string): number | null {
  const clock = /^(\d{1,5}):([0-5]\d)$/.exec(text)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const named = /^(?:(\d{1,5}) ?(?:h|ordu)\.?)? ?(?:(\d{1,7}) ?(?:min|m|minutu)?\.?)?$/i.exec(text)
  if (!named || !/[a-z]/i.test(text)) return null
  return Number(named[1] ?? 0) * 60 + Number(named[2] ?? 0)
}

/** Thousands in groups of three, whichever sign parts them. */
function countIn(text: string, decimal: DecimalSign): number | null {
  return /^[-−]?\d{1,3}([.,' ’])\d{3}(\1\d{3})*$/.test(text)
    ? signed(text, (digits) => digits.replace(/[.,' ’]/g, ''))
    : numberIn(text, decimal)
}

function numberIn(written: string, decimal: DecimalSign): number | null {
  const text = written.replace(/ ?%$/, '')
  const [comma, point] = [text.lastIndexOf(','), text.lastIndexOf('.')]
  // With both signs the last one is for the decimals; with one of them, once and not before three digits, it is as well.
  const last = Math.max(comma, point)
  const sign = last < 0 ? '' : text[last]!
  const alone = comma < 0 || point < 0
  const once = text.indexOf(sign) === last
  const group = /^[-−]?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(text)
  const isDecimal = sign !== '' && once && (!alone || !group || sign === decimal)
  const parts = isDecimal ? [text.slice(0, last), text.slice(last + 1)] : [text]
  if (!/^[-−]?(\d+|\d{1,3}([., '’])\d{3}(\2\d{3})*)$/.test(parts[0]!)) return null
  if (parts[1] !== undefined && !/^\d+$/.test(parts[1])) return null
  return signed(parts[0]!, (digits) => `${digits.replace(/[., '’]/g, '')}.${parts[1] ?? '0'}`)
}

const signed = (text: string, plain: (digits: string) => string): number =>
  (/^[-−]/.test(text) ? -1 : 1) * Number(plain(text.replace(/^[-−]/, '')))
