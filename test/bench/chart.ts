/** The ratios of a run as a picture: one bar a figure, on a scale of factors, so that half and double are as far from even. */
import { OURS, oursToBest, type Results, type Samples } from './results.ts'

interface Bar {
  readonly label: string
  readonly ratio: number
}

const WIDTH = 900
const LABELS = 470
const RIGHT = 60
const ROW = 26
const TOP = 64
/** Ends of the scale. */
const [LEAST, MOST] = [1 / 32, 8]
const TICKS = [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8]

/** @returns an SVG that reads on white and on black */
export function chart(results: Results): string {
  const bars = barsOf(results)
  const height = TOP + bars.length * ROW + 24
  const inner = WIDTH - LABELS - RIGHT
  const x = (ratio: number): number => {
    const share =
      (Math.log2(Math.min(MOST, Math.max(LEAST, ratio))) - Math.log2(LEAST)) / Math.log2(MOST / LEAST)
    return Math.round((LABELS + share * inner) * 10) / 10
  }
  const even = x(1)
  const lines = TICKS.map(
    (tick) =>
      `<line x1="${x(tick)}" x2="${x(tick)}" y1="${TOP - 8}" y2="${height - 24}" stroke="#808080" stroke-opacity="${tick === 1 ? 1 : 0.25}"/>` +
      `<text x="${x(tick)}" y="${TOP - 14}" text-anchor="middle">${tick < 1 ? `1/${1 / tick}` : `${tick}`}</text>`,
  )
  const rows = bars.map(({ label, ratio }, i) => {
    const y = TOP + i * ROW
    const to = x(ratio)
    const less = ratio <= 1
    return (
      `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end">${escaped(label)}</text>` +
      `<rect x="${Math.min(even, to)}" y="${y + 3}" width="${Math.max(1, Math.abs(to - even)).toFixed(1)}" height="${ROW - 9}" rx="2" fill="${less ? '#2a9d6f' : '#c9772b'}"/>` +
      `<text x="${less ? even + 6 : to + 6}" y="${y + 15}">${ratio.toFixed(2)}</text>`
    )
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Ours divided by the best of the others, for each figure" font-family="sans-serif" font-size="13" fill="#808080">`,
    `<text x="${LABELS}" y="22" font-size="15">ours ÷ best of the others: left of 1 we need less</text>`,
    ...lines,
    ...rows,
    '</svg>',
    '',
  ].join('\n')
}

function barsOf(results: Results): Bar[] {
  return [
    ...bars(results.fanOut, 'CPU', (sample) => sample.cpuUsPerDelivery),
    ...bars(results.fanOut, 'p99', (sample) => sample.p99Ms),
    ...bars(results.idle, 'memory of a room', (sample) => sample.rssKbPerRoom),
    ...bars(results.opening, 'time', (sample) => sample.ms),
    ...bars(results.opening, 'bytes', (sample) => sample.bytes),
    ...bars(results.herd, 'time', (sample) => sample.ms),
    ...bars(results.herd, 'CPU', (sample) => sample.cpuMs),
  ]
}

function bars<T>(scenarios: Record<string, Samples<T>>, what: string, value: (sample: T) => number): Bar[] {
  return Object.entries(scenarios).flatMap(([scenario, samples]) =>
    Object.keys(samples)
      .filter((name) => name.startsWith(OURS))
      .flatMap((name) => {
        const compared = oursToBest(samples, value, name)
        const who = name === OURS ? '' : `${name.slice(OURS.length)}`
        return compared ? [{ label: `${scenario}${who}: ${what}`, ratio: compared.ratio }] : []
      }),
  )
}

const escaped = (text: string): string =>
  text.replace(/[<>&]/g, (sign) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[sign]!)
