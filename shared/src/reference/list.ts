/**
 * What a list of reference data is: columns, an edition that comes with the program, and what tells its entries apart. From
 * this alone follow what is taken from outside, files, forms and differences; another list is another description.
 */
import type { Translated } from '../schema/fields.ts'

interface ColumnBase {
  /** An entry without it is none. */
  readonly required?: true
}
export type Column =
  | (ColumnBase & {
      readonly kind: 'text'
      readonly max: number
      /** Signs that must be left once case and accents do not count. */
      readonly min?: number
    })
  /** A short name for programs, which texts and plans refer to. */
  | (ColumnBase & { readonly kind: 'id' })
  /** A language tag (BCP 47). */
  | (ColumnBase & { readonly kind: 'language' })
  | (ColumnBase & { readonly kind: 'link' })
  /** ISO date. */
  | (ColumnBase & { readonly kind: 'date' })
  | (ColumnBase & { readonly kind: 'number'; readonly min: number; readonly max: number })
  | (ColumnBase & { readonly kind: 'flag' })
  | (ColumnBase & { readonly kind: 'choice'; readonly options: readonly string[] })
  | (ColumnBase & { readonly kind: 'translated'; readonly max: number })
  /** Several lines, each of them a text. */
  | (ColumnBase & { readonly kind: 'texts'; readonly max: number; readonly count: number })
export type Columns = { readonly [column: string]: Column }

export type Cell = string | number | boolean | null | readonly string[] | Translated<string>
type CellOf<C> = C extends { kind: 'text' | 'id' | 'language' | 'link' | 'date' }
  ? string
  : C extends { kind: 'number' }
    ? number | null
    : C extends { kind: 'flag' }
      ? boolean
      : C extends { kind: 'choice'; options: readonly (infer O)[] }
        ? O
        : C extends { kind: 'texts' }
          ? readonly string[]
          : C extends { kind: 'translated' }
            ? Translated<string>
            : never
export type EntryOf<C extends Columns> = { readonly [K in keyof C]: CellOf<C[K]> }
/** An entry of whatever list; it has every column, what is not said is empty. */
export type Entry = { readonly [column: string]: Cell }

/** What an edition says, and on whose word. */
export interface Content<E = Entry> {
  /** ISO date on which somebody has last compared it with the world. */
  readonly verifiedOn: string
  readonly source: string
  readonly entries: readonly E[]
}

export interface ReferenceList<C extends Columns = Columns> {
  readonly id: string
  readonly columns: C
  /** Columns that tell an entry from every other. */
  readonly key: readonly (keyof C & string)[]
  readonly builtin: Content<EntryOf<C>>
}

/** Lets the entries of the program be written without their empty columns. */
export function referenceList<const C extends Columns>(
  description: Omit<ReferenceList<C>, 'builtin'>,
  { verifiedOn, source, entries }: Content<Partial<EntryOf<C>>>,
): ReferenceList<C> {
  const whole = entries.map((entry) => ({ ...emptyEntry(description.columns), ...entry }))
  return { ...description, builtin: { verifiedOn, source, entries: whole as unknown as EntryOf<C>[] } }
}

export const emptyEntry = (columns: Columns): Entry =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, emptyCell(column)]))

export function emptyCell(column: Column): Cell {
  switch (column.kind) {
    case 'text':
    case 'id':
    case 'language':
    case 'link':
    case 'date':
      return ''
    case 'number':
      return null
    case 'flag':
      return false
    case 'choice':
      return column.options[0] ?? ''
    case 'texts':
      return []
    case 'translated':
      return {}
  }
}

/** Lower case without accents, so that «perquè» and «perque» are the same. */
export const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[’ʼ]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim()

/** Two entries with the same key are the same entry, however it is written. */
export const keyOf = ({ key }: Pick<ReferenceList, 'key'>, entry: Entry): string =>
  JSON.stringify(key.map((column) => fold(String(entry[column] ?? ''))))
