/**
 * What another administration has published of a tool, or its makers in a `publiccode.yml`: taken over as a suggestion, with where it comes
 * from, and never as approved (DOMAIN C.1). Read on the device; nothing is fetched.
 */
import {
  IMPORT_MAX_BYTES,
  IMPORTED_SOURCE_MAX_CHARACTERS,
  SUGGESTION_TEXT_MAX_CHARACTERS,
  TOOL_NAME_MAX_CHARACTERS,
} from '../limits.ts'
import { isDay } from '../working-days.ts'
import { toolAddress } from './address.ts'
import { seenLength } from './signs.ts'
import { isPlainName } from './suggestion.ts'

export const IMPORT_KINDS = ['catalogue', 'publiccode'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/** Where it comes from, and what it says there: kept beside the suggestion, and shown as somebody else's words. */
export interface Imported {
  readonly kind: ImportKind
  /** Who has published it: a body, or the makers. */
  readonly publisher: string
  /** Address it was published at; empty where it does not say. */
  readonly source: string
  /** ISO date of what was published; empty where it does not say. */
  readonly date: string
  readonly licence: string
  /** What was decided elsewhere, word for word; empty of a `publiccode.yml`. */
  readonly verdict: string
  readonly description: string
}
export interface ImportedTool {
  readonly name: string
  readonly address: string
  readonly imported: Imported
}

/** Why it cannot be taken over. */
export type ImportFault = 'large' | 'yaml' | 'json' | 'aliases' | 'shape' | 'version' | 'name' | 'many'
export type ImportRead =
  { readonly tools: readonly ImportedTool[]; readonly skipped: number } | { readonly fault: ImportFault }

export const isTooLarge = (text: string): boolean =>
  text.length > IMPORT_MAX_BYTES || new TextEncoder().encode(text).length > IMPORT_MAX_BYTES

export const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
/** Nothing, where nothing of it is seen. */
const cut = (text: string, most: number): string => {
  const short = [...text.trim()].slice(0, most).join('').toWellFormed().trim()
  return seenLength(short) > 0 ? short : ''
}
/** One line of a text from outside, cut to what there is room for: on the device that reads it, and by the server, to which anybody may send something else. */
export const line = (value: unknown, most: number = IMPORTED_SOURCE_MAX_CHARACTERS): string =>
  typeof value === 'string' || typeof value === 'number'
    ? cut(String(value).replace(/[\p{C}\p{Z}]+/gu, ' '), most)
    : ''
/** As `line`, with its lines. */
export const prose = (value: unknown): string =>
  typeof value === 'string' ? cut(value.replace(/[^\P{C}\n]/gu, ' '), SUGGESTION_TEXT_MAX_CHARACTERS) : ''

/** In one of these languages, else in the first that there is. */
export function inOneOf(value: unknown, languages: readonly string[]): unknown {
  if (!isRecord(value)) return value
  // publiccode.yml names them `es`, `es-ES`, or as of old `spa`.
  const keys = Object.keys(value)
  for (const language of [...languages, 'en']) {
    const found = keys.find((key) => key === language || key.split(/[-_]/)[0]!.toLowerCase() === language)
    if (found !== undefined) return value[found]
  }
  return keys.length > 0 ? value[keys[0]!] : undefined
}

/** A name that can be shown, or null; an address that is none is left out. */
export function toolFrom(name: unknown, address: unknown, imported: Imported): ImportedTool | null {
  const called = line(name, TOOL_NAME_MAX_CHARACTERS)
  if (!isPlainName(called)) return null
  const checked = toolAddress(typeof address === 'string' ? address : '')
  return { name: called, address: 'address' in checked ? checked.address : '', imported }
}
/** An address from outside that is shown as where it comes from, or nothing. */
export function sourceFrom(value: unknown): string {
  const checked = toolAddress(typeof value === 'string' ? value : '')
  return 'address' in checked ? checked.address : ''
}
/** It is tomorrow somewhere already. */
const AHEAD_MS = 24 * 60 * 60 * 1000
/** ISO date that there is and on which something may have been published, else nothing: a day to come would be newer than all others for ever. */
export function dateFrom(value: unknown, now: Date = new Date()): string {
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value.trim())?.[0] : undefined
  const last = new Date(now.getTime() + AHEAD_MS).toISOString().slice(0, 10)
  return day !== undefined && isDay(day) && day <= last ? day : ''
}
