/** Without network a part that was never fetched cannot come: whatever an open plan may show is fetched ahead. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const SOURCE = fileURLToPath(new URL('../../plugin/src', import.meta.url))
const OPEN_DOCUMENT = resolve(SOURCE, 'screens/document/OpenDocument.vue')
const AHEAD = resolve(SOURCE, 'screens/document/useFetchedAhead.ts')
/** Asks the server before it shows anything: without network it is of no use. */
const NEEDS_SERVER = ['decisions/here.ts', 'l10n.ts']

const LATER = /import\(\s*'(\.[^']+)'\s*\)/g
const NOW = /^(?:import|export)\s(?!type\b)[^'"]*?from '(\.[^']+)'|^\} from '(\.[^']+)'|^import '(\.[^']+)'/gm
const named = (file: string, pattern: RegExp): string[] =>
  [...readFileSync(file, 'utf8').matchAll(pattern)].map((match) =>
    resolve(dirname(file), match.slice(1).find(Boolean)!),
  )

/** Every file the open plan is made of, and those that come later. */
function parts(): { readonly later: ReadonlySet<string>; readonly files: number } {
  const seen = new Set<string>()
  const later = new Set<string>()
  const ahead = [OPEN_DOCUMENT]
  for (let file = ahead.pop(); file; file = ahead.pop()) {
    if (seen.has(file) || !existsSync(file)) continue
    seen.add(file)
    if (file === AHEAD) continue
    const lazily = named(file, LATER)
    lazily.forEach((one) => later.add(one))
    ahead.push(...lazily, ...named(file, NOW).filter((one) => /\.(vue|ts)$/.test(one)))
  }
  return { later, files: seen.size }
}

it('everything an open plan fetches later is fetched ahead, and nothing is named that it does not fetch', () => {
  const { later, files } = parts()
  // It looks at the whole plan: the calendar, its post, and their inputs are among it.
  expect(files).toBeGreaterThan(150)
  const short = (all: Iterable<string>): string[] => [...all].map((one) => relative(SOURCE, one)).sort()
  const wanted = short(later).filter((one) => !NEEDS_SERVER.includes(one))
  expect(wanted).toContain('screens/document/calendar/post/PostPage.vue')
  // The papers are pages of their own, one step from the plan.
  const papers = ['screens/paper/LeafletPage.vue', 'screens/paper/PrintPage.vue']
  expect(short(named(AHEAD, LATER))).toEqual(short([...wanted, ...papers].map((one) => resolve(SOURCE, one))))
})
