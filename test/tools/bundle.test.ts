/** What must hold for the built app: it stays light, Nextcloud cannot run it twice, and it names its licences. */
import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const bundle = (await import(new URL('../../.tools/bundle.mjs', import.meta.url).href)) as {
  FIRST_LOAD_MAX_BYTES: number
  firstLoad(root: string): { bytes: number; sizes: { file: string }[] }
}

it('the first load stays within 300 KB of compressed JavaScript', () => {
  const { bytes, sizes } = bundle.firstLoad(root)
  expect(sizes.length).toBeGreaterThan(5)
  expect(bytes).toBeLessThan(bundle.FIRST_LOAD_MAX_BYTES)
})

it('no chunk imports the entry', () => {
  const chunks = readdirSync(`${root}/plugin/js`).filter((name) => name.endsWith('.chunk.mjs'))
  expect(chunks.length).toBeGreaterThan(5)
  for (const name of chunks)
    expect(readFileSync(`${root}/plugin/js/${name}`, 'utf8')).not.toContain('./auzolan-main.mjs')
})

it.each(['yjs', 'y-protocols', '@tiptap/core', 'vue'])('there is one copy of %s', (name) => {
  const { packages } = JSON.parse(readFileSync(`${root}/package-lock.json`, 'utf8')) as { packages: object }
  expect(Object.keys(packages).filter((place) => place.endsWith(`node_modules/${name}`))).toHaveLength(1)
})

it('the build lists the licences of what it contains', () => {
  expect(readFileSync(`${root}/plugin/js/LICENSES.md`, 'utf8')).toContain('yjs')
})
