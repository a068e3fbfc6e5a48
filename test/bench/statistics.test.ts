/** The benchmark's arithmetic is right; the benchmark itself is run by `npm run bench`. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cpuTicks, dice, median, memoryOf, percentile, runNanoseconds } from './statistics.ts'

const oneToHundred = Array.from({ length: 100 }, (_, i) => 100 - i)

describe('order statistics', () => {
  it.each([
    { samples: [7], value: 7 },
    { samples: [3, 1, 2], value: 2 },
    { samples: [4, 1, 3, 2], value: 2.5 },
    // As text, 10 sorts before 9.
    { samples: [10, 9, 100], value: 10 },
  ])('the median of $samples is $value', ({ samples, value }) => {
    expect(median(samples)).toBe(value)
  })

  it.each([
    { share: 0, value: 1 },
    { share: 0.5, value: 50 },
    { share: 0.99, value: 99 },
    { share: 1, value: 100 },
  ])('$share of one to hundred lie at or below $value', ({ share, value }) => {
    expect(percentile(oneToHundred, share)).toBe(value)
  })

  it('of few samples the 99th percentile is the largest', () => {
    expect(percentile([5, 1, 3], 0.99)).toBe(5)
  })

  it('of no samples there is none, and the samples stay in their order', () => {
    expect(median([])).toBeNaN()
    expect(percentile([], 0.5)).toBeNaN()
    const samples = [3, 1, 2]
    median(samples)
    percentile(samples, 0.5)
    expect(samples).toEqual([3, 1, 2])
  })
})

describe('what Linux says about a process', () => {
  const after = 'S 1 2 3 4 5 6 7 8 9 10 250 50 1 1 20 0 11 0 4242'

  it.each(['node', 'a name', 'MainThread) S 9 (', ')'])('ticks of a program called %s', (name) => {
    expect(cpuTicks(`1234 (${name}) ${after}\n`)).toBe(300)
    expect(cpuTicks(`1234 (${name}) ${after}\n`, true)).toBe(302)
  })

  it('nonsense is not taken for nought', () => {
    expect(() => cpuTicks('')).toThrow()
    expect(() => runNanoseconds('')).toThrow()
    expect(() => memoryOf('Rss: 12 kB\n')).toThrow()
  })

  it('time of a thread', () => {
    expect(runNanoseconds('7511082 2103475 3\n')).toBe(7_511_082)
  })

  it('memory, and not its parts', () => {
    const rollup =
      '55e2-7fff ---p 00000000 00:00 0    [rollup]\nRss:   1732 kB\nPss:   463 kB\nPss_Dirty:   112 kB\n'
    expect(memoryOf(rollup)).toEqual({ rssKb: 1732, pssKb: 463 })
  })

  it.runIf(process.platform === 'linux')('this very process', () => {
    expect(cpuTicks(readFileSync('/proc/self/stat', 'utf8'))).toBeGreaterThan(0)
    expect(memoryOf(readFileSync('/proc/self/smaps_rollup', 'utf8')).rssKb).toBeGreaterThan(10_000)
  })
})

it('the dice fall the same way every time, between nought and one', () => {
  const [one, two] = [dice(1), dice(1)]
  const falls = Array.from({ length: 1_000 }, one)
  expect(falls).toEqual(Array.from({ length: 1_000 }, two))
  expect(Math.min(...falls)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...falls)).toBeLessThan(1)
  expect(median(falls)).toBeCloseTo(0.5, 1)
})
