// The words of the program: finds every English source text, compares with the translations in shared/l10n,
// and writes the files Nextcloud (and the standalone host) read: plugin/l10n/<language>.{js,json}.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
export const LANGUAGES = ['es', 'eu', 'ca']
/** How each language counts: the number of forms, and the rule Nextcloud hands to its own l10n code. */
const PLURALS = {
  es: { forms: 3, rule: 'nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;' },
  eu: { forms: 2, rule: 'nplurals=2; plural=(n != 1);' },
  ca: { forms: 3, rule: 'nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;' },
}

function* sources(folder, pattern) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && pattern.test(entry.name) && !/\.test\.ts$/.test(entry.name))
      yield readFileSync(path, 'utf8')
  }
}

const TEXT = String.raw`(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")`
const plain = (single, double) =>
  JSON.parse(`"${(single ?? double ?? '').replaceAll("\\'", "'").replaceAll('"', '\\"')}"`)

const collect = (found, source, pattern) => {
  for (const match of source.matchAll(pattern)) found.add(plain(match[1], match[2]))
}

/** What the screens of a folder say. */
export function screenTexts(folder) {
  const found = new Set()
  for (const source of sources(folder, /\.(vue|ts)$/)) {
    collect(found, source, new RegExp(String.raw`(?<![\w.$])t\(\s*${TEXT}`, 'g'))
    for (const m of source.matchAll(new RegExp(String.raw`(?<![\w.$])n\(\s*${TEXT},\s*${TEXT}`, 'g'))) {
      found.add(`_${plain(m[1], m[2])}_::_${plain(m[3], m[4])}_`)
    }
  }
  return found
}

/** Every key that must have a translation; plural pairs as Nextcloud writes them: `_one_::_many_`. */
export async function sourceTexts() {
  const found = screenTexts('plugin/src')
  for (const source of sources('plugin/lib', /\.php$/))
    collect(found, source, new RegExp(String.raw`->t\(\s*${TEXT}`, 'g'))
  for (const source of sources('shared/src/checks', /\.ts$/)) {
    collect(found, source, new RegExp(String.raw`message\(\s*${TEXT}`, 'g'))
    collect(found, source, new RegExp(String.raw`subject:\s*${TEXT}`, 'g'))
  }
  for (const source of sources('shared/src/export', /\.ts$/))
    collect(found, source, new RegExp(String.raw`say\(\s*${TEXT}`, 'g'))
  const { DOCUMENT_TYPES } = await import('../shared/src/document-types.ts')
  const { CALENDAR } = await import('../shared/src/schema/calendar.ts')
  const { LICENCES_BESIDE } = await import('../shared/src/reference/licences.ts')
  const { QUESTIONS } = await import('../shared/src/schema/plan/planning.ts')
  const { COUNTED_MENTIONS, METRICS, METRIC_GROUPS } = await import('../shared/src/indicators/metrics.ts')
  const { COMPUTED } = await import('../shared/src/indicators/formulas.ts')
  const wording = (thing) => {
    for (const key of ['label', 'help', 'example', 'purpose', 'add', 'unit'])
      if (thing[key]) found.add(thing[key])
    if (thing.seed) found.add(thing.seed.text)
    if (Array.isArray(thing.options)) thing.options.forEach(wording)
    for (const field of Object.values(thing.fields ?? thing.item ?? {})) wording(field)
  }
  for (const { frozen, groups, label, untitled } of Object.values(DOCUMENT_TYPES)) {
    frozen.sections.forEach(wording)
    groups.forEach(wording)
    found.add(label).add(untitled)
  }
  ;[...CALENDAR.sections, ...LICENCES_BESIDE, ...METRICS, ...METRIC_GROUPS, ...COUNTED_MENTIONS].forEach(
    wording,
  )
  for (const { words } of Object.values(COMPUTED)) found.add(words)
  const { BLOCKS, CRITERIA } = await import('../shared/src/scoring/criteria.ts')
  ;[...BLOCKS, ...CRITERIA].forEach(wording)
  for (const { anchors } of CRITERIA) Object.values(anchors).forEach((anchor) => found.add(anchor))
  for (const question of QUESTIONS) found.add(question.short).add(question.question)
  found.delete('')
  return [...found].sort()
}

export const translations = (language) =>
  JSON.parse(readFileSync(join(root, 'shared/l10n', `${language}.json`), 'utf8'))

/** What is wrong with a language: texts without translation, translations nobody uses, wrong holes or forms, another order. */
export function problems(language, keys, words) {
  const holes = (text) =>
    [...text.matchAll(/\{\w+\}|%n|%(\d\$)?s/g)]
      .map((m) => m[0])
      .sort()
      .join()
  const list = []
  for (const key of keys) {
    const value = words[key]
    if (value === undefined) list.push(`${language}: no translation of “${key}”`)
    else if (Array.isArray(value)) {
      if (value.length !== PLURALS[language].forms)
        list.push(`${language}: ${value.length} forms for “${key}”`)
      // Nextcloud's script counts two forms in every language, and takes the middle one of three for many.
      if (value.length === 3 && value[1] !== value[2])
        list.push(`${language}: the second and the third form of “${key}” differ`)
      const many = key.slice(1, -1).split('_::_')[1]
      for (const form of value)
        if (holes(form) !== holes(many)) list.push(`${language}: other holes in “${form}”`)
    } else if (typeof value !== 'string' || value.trim() === '')
      list.push(`${language}: empty translation of “${key}”`)
    else if (holes(key) !== holes(value)) list.push(`${language}: other holes in “${value}”`)
  }
  const said = Object.keys(words)
  for (const key of said) if (!keys.includes(key)) list.push(`${language}: nobody says “${key}”`)
  // Two who add words at once meet where the words stand, and not both at the end of the file.
  const late = said.find((key, i) => i > 0 && said[i - 1] > key)
  if (late !== undefined) list.push(`${language}: not in the order of the keys: “${late}”`)
  return list
}

export function writeWords() {
  mkdirSync(join(root, 'plugin/l10n'), { recursive: true })
  for (const language of LANGUAGES) {
    const words = translations(language)
    const { rule } = PLURALS[language]
    const path = join(root, 'plugin/l10n', language)
    writeFileSync(`${path}.json`, JSON.stringify({ translations: words, pluralForm: rule }))
    writeFileSync(
      `${path}.js`,
      `OC.L10N.register("auzolan", ${JSON.stringify(words)}, ${JSON.stringify(rule)});\n`,
    )
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const keys = await sourceTexts()
  if (process.argv[2] === 'list') console.log(JSON.stringify(keys, null, 1))
  else {
    const wrong = LANGUAGES.flatMap((language) => problems(language, keys, translations(language)))
    wrong.forEach((line) => console.error(line))
    writeWords()
    process.exitCode = wrong.length > 0 ? 1 : 0
  }
}
