/** The results as tables that a person can read on a terminal and paste into a document. */
import { OURS, medianOf, ratioToOurs, type Results, type Samples } from './results.ts'

type Row = readonly string[]

export function report(results: Results): string {
  const { machine, mode, at } = results
  const parts = [
    `Benchmark, ${mode}, ${at.slice(0, 16).replace('T', ' ')} UTC`,
    [
      `${machine.processors}, ${machine.memoryGb} GB, ${machine.system}, Node ${machine.node},`,
      `${machine.fileSystem}, fsync of 4 KB ${machine.fsyncMs.toFixed(2)} ms,`,
      `load before ${machine.loadBefore.toFixed(2)}`,
    ].join(' '),
    ...results.contestants.map(({ name, about }) => `- ${name}: ${about}`),
    ...results.notes.map((note) => `- ${note}`),
  ]
  return [parts.join('\n'), fanOutTable(results), memoryTable(results), killTable(results)]
    .filter((part) => part !== '')
    .join('\n\n')
}

function fanOutTable({ fanOut }: Results): string {
  const rows = Object.entries(fanOut).flatMap(([scenario, samples]) =>
    Object.entries(samples).map(([name, runs]): Row => [
      scenario,
      name,
      medianOf(runs, (r) => r.p50Ms).toFixed(1),
      medianOf(runs, (r) => r.p99Ms).toFixed(1),
      times(samples, name, (r) => r.p50Ms),
      medianOf(runs, (r) => r.cpuUsPerDelivery).toFixed(1),
      Math.round(medianOf(runs, (r) => r.deliveriesPerCpuSecond)).toLocaleString('en'),
      times(samples, name, (r) => r.cpuUsPerDelivery),
      String(runs.reduce((sum, r) => sum + r.undelivered, 0)),
      `${Math.round(medianOf(runs, (r) => r.harnessLoad) * 100)} %`,
    ]),
  )
  return table(
    'Fan-out: from the writer to the last of the others',
    [
      'scenario',
      'server',
      'p50 ms',
      'p99 ms',
      '× ours (p50)',
      'µs CPU / delivery',
      'deliveries / CPU s',
      '× ours (CPU)',
      'undelivered',
      'harness CPU',
    ],
    rows,
  )
}

function memoryTable({ memory: { history, samples } }: Results): string {
  if (!history) return ''
  const rows = Object.entries(samples).map(([name, runs]): Row => [
    name,
    String(runs[0]?.rooms ?? 0),
    medianOf(runs, (r) => r.rssKbPerRoom).toFixed(0),
    times(samples, name, (r) => r.rssKbPerRoom),
    medianOf(runs, (r) => r.heapKbPerRoom).toFixed(0),
    times(samples, name, (r) => r.heapKbPerRoom),
    (medianOf(runs, (r) => r.after.rssKb) / 1024).toFixed(0),
  ])
  const text = `${Math.round(history.bytes / 1000)} KB, ${history.clientIds} client ids, ${history.pieces} pieces`
  return table(
    `Memory: an open room with one idle client (${text})`,
    ['server', 'rooms', 'RSS KB / room', '× ours (RSS)', 'heap KB / room', '× ours (heap)', 'RSS MB in all'],
    rows,
  )
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

const times = <T>(samples: Samples<T>, name: string, value: (sample: T) => number): string =>
  name === OURS ? '1' : ratioToOurs(samples, name, value).toFixed(2)

function table(title: string, head: Row, rows: readonly Row[]): string {
  if (rows.length === 0) return ''
  const widths = head.map((cell, i) => Math.max(...[head, ...rows].map((row) => row[i]!.length), cell.length))
  const numeric = (i: number): boolean => rows.every((row) => /^[\d–]|^none/.test(row[i]!)) && i > 0
  const line = (row: Row): string =>
    `| ${row.map((cell, i) => (numeric(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (numeric(i) ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`
  return [`${title}\n`, line(head), rule, ...rows.map(line)].join('\n')
}
