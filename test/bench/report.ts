/** The results as tables that a person can read on a terminal and paste into a document. */
import { OURS, medianOf, oursToBest, type Results, type Samples } from './results.ts'

type Row = readonly string[]
interface Column<T> {
  readonly name: string
  /** Compared with the best peer, where it says `ratio`. */
  readonly value: (sample: T) => number
  readonly digits?: number
  readonly ratio?: true
}

export function report(results: Results): string {
  const { machine, mode, at } = results
  const head = [
    `Benchmark, ${mode}, ${at.slice(0, 16).replace('T', ' ')} UTC`,
    [
      `${machine.processors}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node},`,
      `${machine.fileSystem}, fsync of 4 KB ${machine.fsyncMs.toFixed(2)} ms,`,
      `load before ${machine.loadBefore.toFixed(2)}`,
    ].join(' '),
    ...results.contestants.map(({ name, about }) => `- ${name}: ${about}`),
    ...results.notes.map((note) => `- ${note}`),
  ]
  const parts = [
    head.join('\n'),
    byScenario('Fan-out: from the writer to the last of the others', results.fanOut, [
      { name: 'p50 ms', value: (r) => r.p50Ms, digits: 1 },
      { name: 'p99 ms', value: (r) => r.p99Ms, digits: 1, ratio: true },
      { name: 'CPU s / 1,000 deliveries', value: (r) => r.cpuUsPerDelivery / 1000, digits: 4, ratio: true },
      { name: 'frames / delivery', value: (r) => r.framesPerDelivery, digits: 2 },
      { name: 'undelivered', value: (r) => r.undelivered, digits: 0 },
      { name: 'harness CPU', value: (r) => r.harnessLoad, digits: 2 },
    ]),
    byScenario('Idle rooms: one silent client each', results.idle, [
      { name: 'RSS KiB / room', value: (r) => r.rssKbPerRoom, digits: 0, ratio: true },
      { name: 'heap KiB / room', value: (r) => r.heapKbPerRoom, digits: 1 },
      { name: 'external KiB / room', value: (r) => r.externalKbPerRoom, digits: 1 },
      { name: 'heap KiB left in all', value: (r) => r.leftHeapKb, digits: 0 },
      { name: 'external KiB left in all', value: (r) => r.leftExternalKb, digits: 0 },
    ]),
    byScenario('Opening after a restart, with nothing', results.opening, [
      { name: 'ms', value: (r) => r.ms, digits: 0, ratio: true },
      { name: 'KB', value: (r) => r.bytes / 1000, digits: 0, ratio: true },
      { name: 'ms with ticket', value: (r) => r.ticketMs + r.ms, digits: 0, ratio: true },
    ]),
    byScenario('Everybody comes back at once after a restart', results.herd, [
      { name: 'ms', value: (r) => r.ms, digits: 0, ratio: true },
      { name: 'CPU ms', value: (r) => r.cpuMs, digits: 0, ratio: true },
      { name: 'KB', value: (r) => r.bytes / 1000, digits: 0 },
      { name: 'ms with tickets', value: (r) => r.ticketsMs + r.ms, digits: 0, ratio: true },
      { name: 'CPU ms with tickets', value: (r) => r.ticketsCpuMs + r.cpuMs, digits: 0, ratio: true },
    ]),
    byScenario('How cost grows with the people in a room', results.people, [
      { name: 'p50 ms', value: (r) => r.p50Ms, digits: 1 },
      { name: 'p99 ms', value: (r) => r.p99Ms, digits: 1 },
      { name: 'CPU s / 1,000 deliveries', value: (r) => r.cpuUsPerDelivery / 1000, digits: 4, ratio: true },
    ]),
    byScenario('How cost grows with open rooms: 500 edits a second in all, on our own wire', results.rooms, [
      { name: 'p50 ms to ack', value: (r) => r.p50Ms, digits: 1 },
      { name: 'p99 ms to ack', value: (r) => r.p99Ms, digits: 1 },
      { name: 'CPU ms / edit', value: (r) => r.cpuUsPerEdit / 1000, digits: 2 },
      { name: 'RSS KiB / room', value: (r) => r.rssKbPerRoom, digits: 0 },
    ]),
    byScenario('How cost grows with history: opening after a restart', results.history, [
      { name: 'ms', value: (r) => r.ms, digits: 0 },
      { name: 'KB', value: (r) => r.bytes / 1000, digits: 0 },
    ]),
    killTable(results),
  ]
  return parts.filter((part) => part !== '').join('\n\n')
}

function byScenario<T>(
  title: string,
  scenarios: Record<string, Samples<T>>,
  columns: readonly Column<T>[],
): string {
  const head = [
    'scenario',
    'server',
    ...columns.flatMap(({ name, ratio }) => (ratio ? [name, 'ours ÷ best'] : [name])),
  ]
  const rows = Object.entries(scenarios).flatMap(([scenario, samples]) =>
    Object.entries(samples)
      .filter(([, runs]) => runs.length > 0)
      .map(([name, runs]): Row => [
        scenario,
        name,
        ...columns.flatMap(({ value, digits = 0, ratio }) => {
          const shown = medianOf(runs, value).toFixed(digits)
          if (!ratio) return [shown]
          const compared = name.startsWith(OURS) ? oursToBest(samples, value, name) : null
          return [shown, compared?.ratio.toFixed(2) ?? (name.startsWith(OURS) ? '–' : '')]
        }),
      ]),
  )
  return table(title, head, rows)
}

function killTable({ kill }: Results): string {
  const sum = <T>(runs: readonly T[], value: (run: T) => number): number =>
    runs.reduce((total, run) => total + value(run), 0)
  const rows = Object.entries(kill).map(([name, runs]): Row => {
    const [acknowledged, seen] = [sum(runs, (r) => r.acknowledged), sum(runs, (r) => r.seen)]
    const ackMs = runs.flatMap((r) => (r.ackMs === null ? [] : [r.ackMs]))
    return [
      name,
      String(runs.length),
      String(sum(runs, (r) => r.sent)),
      ackMs.length > 0 ? String(acknowledged) : 'none exist',
      ackMs.length > 0 ? String(sum(runs, (r) => r.acknowledgedLost)) : '–',
      String(seen),
      String(sum(runs, (r) => r.seenLost)),
      `${(Math.max(...runs.map((r) => r.worstLossMs)) / 1000).toFixed(1)} s`,
      ackMs.length > 0 ? medianOf(ackMs, (ms) => ms).toFixed(1) : '–',
    ]
  })
  return table(
    'kill -9 while people type, nobody comes back to resend',
    [
      'server',
      'kills',
      'edits sent',
      'acknowledged',
      'of them lost',
      'seen by another',
      'of them lost',
      'most lost by one person',
      'ms to ack',
    ],
    rows,
  )
}

function table(title: string, head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const widths = head.map((cell, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length), cell.length))
  const numeric = (i: number): boolean => rows.every((row) => /^(-?[\d–]|none|$)/.test(row[i]!)) && i > 1
  const line = (row: Row): string =>
    `| ${row.map((cell, i) => (numeric(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (numeric(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [`${title}\n`, line(head), rule, ...rows.map(line)].join('\n')
}
