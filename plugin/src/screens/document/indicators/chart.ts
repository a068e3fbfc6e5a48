/**
 * Where on the drawing of one indicator everything stands: one axis, for one unit and one base. Lines of what goes on, bars from nought
 * of what is a part or is counted anew; what is missing breaks the line.
 */
export const CHART = { width: 340, height: 136, top: 14, foot: 22, start: 10 } as const
/** Names of measurements that stand so close would run into each other. */
const NAME_WIDTH = 30
/** Two numbers at the end of the drawing, one below the other. */
const LINE = 14

export interface Drawn {
  /** From the first to the last measurement. */
  readonly points: readonly Point[]
  /** What is unbroken, each as the points of a line. */
  readonly lines: readonly string[]
  /** Gaps, those beside each other as one. */
  readonly gaps: readonly number[]
  /** The ground, where values begin. */
  readonly ground: number
  readonly barWidth: number
  /** Each has a number at its end; where they would cover each other, the second one moves. */
  readonly marks: readonly Mark[]
}
export interface Point {
  readonly at: number
  readonly x: number
  /** `null` for a gap. */
  readonly y: number | null
  /** Of its number: above it; below where a line would run through it, and in a bar that has room for it. */
  readonly textY: number
  /** Its name stands below it. */
  readonly named: boolean
}
export interface Mark {
  readonly kind: 'target' | 'min' | 'max' | 'baseline'
  readonly value: number
  readonly y: number
  /** Of its number. */
  readonly textY: number
}

/** @param end room at the right, for the numbers of the marks */
export function draw(
  values: readonly (number | null)[],
  marks: readonly Pick<Mark, 'kind' | 'value'>[],
  as: 'bars' | 'line',
  end = 58,
): Drawn {
  const ground = CHART.height - CHART.foot
  const { low, high } = scaleOf(
    [...values.filter((value) => value !== null), ...marks.map(({ value }) => value)],
    as === 'bars',
  )
  const yOf = (value: number): number => ground - ((value - low) / (high - low)) * (ground - CHART.top)
  const step = (CHART.width - CHART.start - end) / values.length
  const every = Math.ceil(NAME_WIDTH / step)
  const points = values.map((value, at) => {
    const y = value === null ? null : yOf(value)
    const crossed = marks.some((mark) => y !== null && yOf(mark.value) < y && yOf(mark.value) > y - 2 * LINE)
    const room = y !== null && ground - y > LINE + 6
    const below = room && (as === 'bars' || crossed)
    return {
      at,
      x: CHART.start + step * (at + 0.5),
      y,
      textY: (y ?? ground) + (below ? LINE + 4 : -8),
      // The last one has its name, whichever others do.
      named: (values.length - 1 - at) % every === 0,
    }
  })
  return {
    points,
    lines: runsOf(points, ({ y }) => y !== null).map((run) =>
      run.map(({ x, y }) => `${round(x)},${round(y ?? 0)}`).join(' '),
    ),
    gaps: runsOf(points, ({ y }) => y === null).map((run) => (run[0]!.x + run.at(-1)!.x) / 2),
    ground,
    barWidth: Math.min(28, Math.max(2, step * 0.6)),
    marks: apart(marks.map(({ kind, value }) => ({ kind, value, y: yOf(value), textY: yOf(value) + 4 }))),
  }
}

/** A line needs no nought, and some room above and below; of what does not change, it is in the middle. */
export function scaleOf(values: readonly number[], fromNought: boolean): { low: number; high: number } {
  const [least, most] = [Math.min(...values, ...(fromNought ? [0] : [])), Math.max(...values)]
  if (values.length === 0 || (fromNought && most <= 0)) return { low: 0, high: 1 }
  if (fromNought) return { low: least, high: most }
  const room = (most - least || Math.abs(most) || 1) * 0.12
  return { low: least - room, high: most + room }
}

function runsOf(points: readonly Point[], belongs: (point: Point) => boolean): Point[][] {
  const runs: Point[][] = []
  for (const point of points) {
    if (!belongs(point)) continue
    const run = runs.at(-1)
    if (run?.at(-1)?.at === point.at - 1) run.push(point)
    else runs.push([point])
  }
  return runs
}

/** From top to bottom, each number at least a line below the one above; what would fall off the drawing moves all up. */
function apart(marks: readonly Mark[]): Mark[] {
  const sorted = marks.toSorted((a, b) => a.y - b.y)
  const placed: Mark[] = []
  for (const mark of sorted) {
    const above = placed.at(-1)
    placed.push({ ...mark, textY: Math.max(mark.textY, above ? above.textY + LINE : 0) })
  }
  const over = Math.max(0, (placed.at(-1)?.textY ?? 0) - (CHART.height - CHART.foot))
  return placed.map((mark) => ({ ...mark, textY: mark.textY - over }))
}

const round = (value: number): number => Math.round(value * 10) / 10
