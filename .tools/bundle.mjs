// What must be true of every build: nothing imports the entry, one copy of Yjs, and the first page stays light.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Compressed JavaScript that must arrive before a plan can be read and filled in: of these, and what they import. */
const FIRST_LOAD = JSON.parse(readFileSync(new URL('../plugin/first-load.json', import.meta.url), 'utf8'))
export const FIRST_LOAD_MAX_BYTES = 300 * 1024
/** The editor, which follows when the page has been drawn (plugin/src/parts/prose-editor.ts). */
const EDITOR = 'src/parts/ProseInput.vue'

export function firstLoad(root, entries = FIRST_LOAD) {
  const manifest = JSON.parse(readFileSync(join(root, 'plugin/js/manifest.json'), 'utf8'))
  const files = new Set()
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk) throw new Error(`the build has no ${key}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  entries.forEach(visit)
  const sizes = [...files].map((file) => ({
    file,
    bytes: gzipSync(readFileSync(join(root, 'plugin', file))).length,
  }))
  return { sizes, bytes: sizes.reduce((sum, { bytes }) => sum + bytes, 0) }
}

export function checkBundle(root) {
  const folder = join(root, 'plugin/js')
  const problems = []
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.chunk.mjs'))) {
    const text = readFileSync(join(folder, name), 'utf8')
    if (/["']\.\/auzolan-(main|admin)\.mjs["']/.test(text))
      problems.push(`${name} imports an entry: Nextcloud would run the app twice`)
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  for (const single of ['yjs', '@tiptap/core', 'vue']) {
    const copies = Object.keys(lock).filter((place) => place.endsWith(`node_modules/${single}`))
    if (copies.length !== 1) problems.push(`${copies.length} copies of ${single}: ${copies.join(', ')}`)
  }
  const { bytes } = firstLoad(root)
  if (bytes > FIRST_LOAD_MAX_BYTES) {
    problems.push(
      `the first load is ${Math.round(bytes / 1024)} KB of compressed JavaScript, more than ${FIRST_LOAD_MAX_BYTES / 1024}`,
    )
  }
  if (problems.length > 0) {
    console.error(problems.map((p) => `build: ${p}`).join('\n'))
    process.exit(1)
  }
  const withEditor = firstLoad(root, [...FIRST_LOAD, EDITOR]).bytes
  const kb = (n) => Math.round(n / 1024)
  console.log(
    `First load: ${kb(bytes)} KB of compressed JavaScript (limit ${kb(FIRST_LOAD_MAX_BYTES)}), ${kb(withEditor)} with the editor.`,
  )
}
