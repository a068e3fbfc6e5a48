/** Lines of files that hold what people have pasted. */
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { linesOf } from '@auzolan/server/src/journal/file-reading.ts'
import { temporaryFolder } from '../support/server.ts'

let folder: string
beforeAll(async () => void (folder = await temporaryFolder()))
afterAll(() => rm(folder, { recursive: true, force: true }))

it.each([
  ['none', '', []],
  ['one that does not end', 'a', ['a']],
  ['empty ones', '\n\na\n', ['', '', 'a']],
  // Signs at which JSON goes on, and Node's own reader of lines does not.
  [
    'with U+2028, U+2029 and a carriage return in them',
    '"a\u2028b\u2029c\rd"\ne\n',
    ['"a\u2028b\u2029c\rd"', 'e'],
  ],
  [
    'longer than what is read at once, with signs of several bytes',
    `${'ñ€'.repeat(100_000)}\n${'b'.repeat(70_000)}`,
    ['ñ€'.repeat(100_000), 'b'.repeat(70_000)],
  ],
])('lines: %s', async (_what, text, lines) => {
  const path = join(folder, 'lines')
  await writeFile(path, text)
  const found: string[] = []
  for await (const line of linesOf(path)) found.push(line)
  expect(found).toEqual(lines)
})
