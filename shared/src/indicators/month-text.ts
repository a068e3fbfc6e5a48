/** A month as people and spreadsheets write it: «2026-11», «11/2026», «nov-26», «noviembre de 2026», «2026ko azaroa». */
import { fold } from '../reference/list.ts'

/** How the months begin in Spanish, Basque, Catalan and English. */
const BEGINNINGS = [
  ['ene', 'urt', 'gen', 'jan'],
  ['feb', 'ots'],
  ['mar'],
  ['abr', 'api', 'apr'],
  ['may', 'mai'],
  ['jun', 'eka'],
  ['jul', 'uzt'],
  ['ag', 'abu', 'aug'],
  ['sep', 'set', 'ira'],
  ['oct', 'urr'],
  ['nov', 'aza'],
  ['dic', 'abe', 'des', 'dec'],
] as const

/** As `2026-11`; `null` for what is no month. */
export function readMonth(text: string): string | null {
  const written = fold(text)
  const numbers =
    /^(?<y>\d{4})[-/.](?<m>\d{1,2})(?:[-/.]\d{1,2})?$/.exec(written) ??
    /^(?:\d{1,2}[-/.])?(?<m>\d{1,2})[-/.](?<y>\d{4})$/.exec(written)
  if (numbers) return month(numbers.groups!['y']!, Number(numbers.groups!['m']))
  const year = /(?<!\d)(\d{4}|\d{2})(?!\d)/.exec(written)?.[1]
  const name = written.match(/[a-z]{2,}/g)?.find((word) => numberOf(word) !== null)
  return year === undefined || name === undefined ? null : month(year, numberOf(name)!)
}

const month = (year: string, number: number): string | null =>
  number < 1 || number > 12
    ? null
    : `${year.length === 2 ? `20${year}` : year}-${String(number).padStart(2, '0')}`

function numberOf(word: string): number | null {
  const at = BEGINNINGS.findIndex((beginnings) => beginnings.some((one) => word.startsWith(one)))
  return at < 0 ? null : at + 1
}
