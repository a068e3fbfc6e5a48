/** Where the drawing of an indicator puts what it shows, and that it puts nothing where there is nothing. */
import { describe, expect, it } from 'vitest'
import { CHART, draw, scaleOf } from '../../plugin/src/screens/document/indicators/chart.ts'

const GROUND = CHART.height - CHART.foot
const lengths = ({ lines }: ReturnType<typeof draw>): number[] => lines.map((line) => line.split(' ').length)

describe('[RE7] a drawing', () => {
  it('a missing value breaks the line, and is at no height', () => {
    const drawn = draw([0.94, 0.88, null, 1.07, 1.18, 1.25], [{ kind: 'target', value: 1.5 }], 'line')
    expect(lengths(drawn)).toEqual([2, 3])
    expect(drawn.points[2]!.y).toBeNull()
    expect(drawn.gaps).toEqual([drawn.points[2]!.x])
    expect(lengths(draw([1, null, 2, null, null, 3], [], 'line'))).toEqual([1, 1, 1])
    // Two beside each other are one gap, in their middle.
    const { gaps, points } = draw([1, null, null, 3], [], 'line')
    expect(gaps).toEqual([(points[1]!.x + points[2]!.x) / 2])
    expect(draw([null, null], [], 'line')).toMatchObject({ lines: [], marks: [] })
  })
  it('bars stand on nought, and as high as they are worth', () => {
    const { points, marks } = draw([45, 90, 0], [{ kind: 'target', value: 90 }], 'bars')
    const heights = points.map(({ y }) => GROUND - y!)
    expect(heights[0]! * 2).toBeCloseTo(heights[1]!, 9)
    expect(heights[2]).toBe(0)
    expect(marks[0]!.y).toBe(points[1]!.y)
  })
  it('nothing lies outside: target and baseline are on the same axis as the values', () => {
    for (const as of ['line', 'bars'] as const)
      for (const values of [[3_610, 4_386], [1, 1, 1], [0, 0], [-5, 3], [7]]) {
        const drawn = draw(
          values,
          [
            { kind: 'target', value: 4_500 },
            { kind: 'baseline', value: 0 },
          ],
          as,
        )
        for (const y of [...drawn.points.map((point) => point.y!), ...drawn.marks.map((mark) => mark.y)])
          expect(y >= CHART.top && y <= GROUND).toBe(true)
      }
  })
  it('numbers of lines that lie together stand apart', () => {
    const { marks } = draw(
      [10, 20],
      [
        { kind: 'baseline', value: 19.9 },
        { kind: 'target', value: 20 },
        { kind: 'min', value: 19.8 },
      ],
      'line',
    )
    expect(marks.map(({ kind }) => kind)).toEqual(['target', 'baseline', 'min'])
    const at = marks.map(({ textY }) => textY)
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(14)
    expect(at[2]! - at[1]!).toBeGreaterThanOrEqual(14)
    const low = draw(
      [10, 20],
      [
        { kind: 'min', value: 0 },
        { kind: 'max', value: 0.1 },
      ],
      'bars',
    ).marks
    expect(Math.max(...low.map(({ textY }) => textY))).toBeLessThanOrEqual(GROUND)
  })
  it('of many measurements only so many have their name, and the last one does', () => {
    const named = (count: number): number[] =>
      draw(Array(count).fill(1), [], 'line').points.flatMap(({ at, named: is }) => (is ? [at] : []))
    expect(named(6)).toEqual([0, 1, 2, 3, 4, 5])
    expect(named(12).at(-1)).toBe(11)
    expect(named(53).length).toBeLessThan(12)
    expect(named(53).at(-1)).toBe(52)
  })
  it.each([
    [[1, 3], false, 0.76, 3.24],
    [[5], false, 4.4, 5.6],
    [[0], false, -0.12, 0.12],
    [[], false, 0, 1],
    [[1, 3], true, 0, 3],
    [[0], true, 0, 1],
    [[-2, 3], true, -2, 3],
  ])('%j, from nought %s, lies between %d and %d', (values, fromNought, low, high) => {
    const scale = scaleOf(values, fromNought)
    expect(scale.low).toBeCloseTo(low, 9)
    expect(scale.high).toBeCloseTo(high, 9)
  })
})
