/** Deadlines in words: late, today, tomorrow, within the week, later. */
import { expect, it } from 'vitest'
import { deadline } from '../../plugin/src/parts/deadline.ts'

const today = new Date('2026-11-25T23:30')
it.each([
  ['2026-11-23', '2 days late', true],
  ['2026-11-24', '1 day late', true],
  ['2026-11-25', 'Today is the last day', true],
  ['2026-11-26', 'Until tomorrow', false],
  ['2026-12-01', /^Deadline: Tuesday, /, false],
  ['2026-12-02', /^Deadline: 2 Dec/, false],
])('%s', (due, words, pressing) => {
  const found = deadline(due, today)
  expect(found.words).toMatch(words)
  expect(found.pressing).toBe(pressing)
})
