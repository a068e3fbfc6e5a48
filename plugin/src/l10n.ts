/** The words of the screen in the person's language. English is the source and the key (shared/l10n). */
import { getLanguage, loadTranslations, translate, translatePlural } from '@nextcloud/l10n'
import { shallowRef } from 'vue'
import type { Message } from '@auzolan/shared/checks/finding.ts'
import { isTimeZone, localTime } from '@auzolan/shared/working-days.ts'

const APP = 'auzolan'
const PLAIN = { escape: false, sanitize: false } as const

type Holes = { readonly [name: string]: string | number }

export const t = (text: string, holes: Holes = {}): string =>
  translate(APP, text, { ...holes }, undefined, PLAIN)
/** `%n` in the texts is the number. */
export const n = (one: string, many: string, count: number, holes: Holes = {}): string =>
  translatePlural(APP, one, many, count, { ...holes }, PLAIN)

/** Two letters: `eu`, `es`, `ca`, `en`… */
export const screenLanguage = (): string => getLanguage().slice(0, 2)

/** Puts a check's message into words. Field names in it are translated; people's own words are not. */
export function say(message: Message): string {
  const holes = Object.entries(message.holes ?? {}).map(([name, value]): [string, string] => {
    if (value.startsWith('lang:')) return [name, languageName(value.slice(5))]
    if (value.startsWith('day:')) return [name, formatDate(value.slice(4))]
    return [name, name === 'field' || name === 'list' ? t(value) : value]
  })
  return t(message.text, Object.fromEntries(holes))
}

/** Browsers without Basque or Catalan would name languages in another language, so we name the usual ones. */
const LANGUAGE_NAMES: { readonly [tag: string]: () => string } = {
  eu: () => t('Basque'),
  es: () => t('Spanish'),
  ca: () => t('Catalan'),
  gl: () => t('Galician'),
  oc: () => t('Occitan'),
  an: () => t('Aragonese'),
  ast: () => t('Asturian'),
  en: () => t('English'),
  fr: () => t('French'),
  pt: () => t('Portuguese'),
  ro: () => t('Romanian'),
  ar: () => t('Arabic'),
  uk: () => t('Ukrainian'),
  zh: () => t('Chinese'),
  ur: () => t('Urdu'),
  wo: () => t('Wolof'),
}

/** The name of a language in the language of the screen; one we do not know shows its tag. */
export const languageName = (tag: string): string =>
  Object.hasOwn(LANGUAGE_NAMES, tag) ? LANGUAGE_NAMES[tag]!() : tag

const locale = (language = screenLanguage()): string => (language === 'en' ? 'en-GB' : language)

/** Where the organisation is. Its days and hours are shown, wherever a device is: all speak of the same Thursday. */
const zone = shallowRef<string>()
/** Told with every answer about the organisation; before the first one, and for a zone this browser lacks, the device's counts. */
export const setTimeZone = (name: string): void => void (zone.value = isTimeZone(name) ? name : undefined)
const inZone = (): { readonly timeZone?: string } =>
  zone.value === undefined ? {} : { timeZone: zone.value }

/** The day of an instant, as an ISO date. */
export const dayOf = (at: Date | string): string =>
  localTime(new Date(at), zone.value ?? Intl.DateTimeFormat().resolvedOptions().timeZone).day
export const today = (): string => dayOf(new Date())
export const isToday = (at: Date | string): boolean => dayOf(at) === today()

export const formatTime = (at: Date | string): string =>
  new Intl.DateTimeFormat(locale(), {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...inZone(),
  }).format(new Date(at))

/** A browser without Basque would name the month in English; the year, month and day are read in every language. */
const knowsLocale = (language = screenLanguage()): boolean =>
  Intl.DateTimeFormat.supportedLocalesOf(locale(language)).length > 0

/** An instant, or an ISO date, which is the same day everywhere. `language`: of what is read outside of this screen. */
export function formatDate(at: Date | string, language = screenLanguage()): string {
  const day = typeof at === 'string' && /^\d{4}-\d\d-\d\d$/.test(at) ? at : dayOf(at)
  if (!knowsLocale(language)) return day.replaceAll('-', '/')
  const named = new Intl.DateTimeFormat(locale(language), { dateStyle: 'medium', timeZone: 'UTC' })
  return named.format(new Date(`${day}T12:00Z`))
}
/** Day and time, for what has to be told apart within a day. */
export const formatMoment = (at: Date | string): string => `${formatDate(at)}, ${formatTime(at)}`
/** As short as it can be: of today, the time says it. */
export const formatRecent = (at: Date | string): string => (isToday(at) ? formatTime(at) : formatDate(at))

/** A browser without Basque would write numbers as in English: comma and point the other way round than here. */
function writeNumber(
  value: number,
  options: Intl.NumberFormatOptions,
  language: string = screenLanguage(),
): string {
  if (knowsLocale(language)) return new Intl.NumberFormat(locale(language), options).format(value)
  const english = new Intl.NumberFormat('en-GB', options).format(value)
  return english.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'))
}

/** `language`: of what is read outside of this screen. */
export const formatNumber = (value: number, language = screenLanguage()): string =>
  writeNumber(
    value,
    { useGrouping: 'always', maximumFractionDigits: 2 } as Intl.NumberFormatOptions,
    language,
  )

/** With just so many decimals, so that figures of one kind stand under each other. */
export const formatFixed = (value: number, digits: number): string =>
  writeNumber(value, {
    useGrouping: 'always',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  } as Intl.NumberFormatOptions)

/** A number as it stands in an input: no grouping, which could be taken for a fraction. */
export const formatInput = (value: number): string =>
  writeNumber(value, { useGrouping: false, maximumFractionDigits: 6 })

/** What somebody has written as a number: thousands as this screen groups them; else comma and point both begin the fraction. */
export function readNumber(text: string): number {
  const grouped = screenLanguage() === 'en' ? /^-?\d{1,3}(,\d{3})+(\.\d+)?$/ : /^-?\d{1,3}(\.\d{3})+(,\d+)?$/
  const plain = grouped.test(text) ? text.replaceAll(screenLanguage() === 'en' ? ',' : '.', '') : text
  return Number(plain.replace(',', '.'))
}

/** Nextcloud brings the translations with the page; elsewhere they are fetched. Failing means English. */
export async function loadWords(): Promise<void> {
  if (screenLanguage() === 'en') return
  const registry = (globalThis as { _oc_l10n_registry_translations?: { [app: string]: object } })
    ._oc_l10n_registry_translations?.[APP]
  if (registry && Object.keys(registry).length > 0) return
  await new Promise<void>((resolve) => {
    loadTranslations(APP, resolve).catch(() => resolve())
  })
}
