/** Every address of a screen is one that Nextcloud answers with the app: else a link, or a reload, would lead to nothing. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

it('[DS8] the first part of each path of the pages is known to Nextcloud, and no other', () => {
  const screens = [...read('plugin/src/router.ts').matchAll(/path: '\/([a-z-]+)/g)].map(([, first]) => first!)
  const known = /'path' => '\(([^)]+)\)/
    .exec(read('plugin/lib/Controller/PageController.php'))![1]!
    .split('|')
  expect(screens).toContain('data')
  expect(known.toSorted()).toEqual([...new Set(screens)].sort())
})
