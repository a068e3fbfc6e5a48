/** What the process counts, in the form Prometheus reads. Nothing here names a person or a document. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { BusCounts } from './bus/bus.ts'
import type { KeeperMeter } from './compaction/keeper.ts'
import type { SyncMeter } from './gateway/session.ts'

/** How often the lag of the event loop is looked at. */
const LAG_EVERY_MS = 250

/** Read when somebody asks. */
export interface Readings {
  readonly sockets: () => number
  readonly backlogBytes: () => number
  readonly exchanges: () => number
  readonly rooms: () => number
  readonly longestTail: () => number
  readonly outbox: () => number
  readonly outboxAgeS: () => number
  readonly housekeeping: () => boolean
  readonly bus: () => { readonly up: boolean; readonly counts: BusCounts }
}

export class Metrics implements SyncMeter, KeeperMeter {
  readonly registry = new Registry()
  readonly #updates = this.#counter('auzolan_updates_total', 'Updates taken from clients')
  readonly #bytes = this.#counter('auzolan_update_bytes_total', 'Bytes of these updates')
  readonly #refused = this.#counter('auzolan_refused_total', 'Updates refused, by code', ['code'])
  readonly #ended = this.#counter('auzolan_sessions_ended_total', 'Sessions ended by the server, by code', [
    'code',
  ])
  readonly #entries = this.#counter('auzolan_entries_total', 'Entries written to the log')
  readonly #elsewhere = this.#counter(
    'auzolan_entries_read_on_total',
    'Entries of other nodes that were read for open rooms',
  )
  readonly #quarantined = this.#counter('auzolan_quarantined_total', 'Entries taken out of a log')
  readonly #aside = this.#counter('auzolan_outbox_aside_total', 'Parcels that Nextcloud did not take')
  readonly #commit = this.#histogram(
    'auzolan_commit_seconds',
    'Time until a commit is on disk',
    [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
  )
  readonly #compaction = this.#histogram(
    'auzolan_compaction_seconds',
    'Time to put one log together',
    [0.01, 0.05, 0.1, 0.5, 1, 5, 30],
  )

  constructor() {
    // Event-loop lag, heap, handles, garbage collection. At the usual precision the lag alone wakes the process a hundred times a second.
    collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LAG_EVERY_MS })
  }

  watch(readings: Readings): void {
    const gauge = (name: string, help: string, read: () => number): void => {
      new Gauge({
        name,
        help,
        registers: [this.registry],
        collect() {
          this.set(read())
        },
      })
    }
    gauge('auzolan_sockets', 'Open WebSockets', readings.sockets)
    gauge('auzolan_backlog_bytes', 'Bytes that sockets have not taken yet', readings.backlogBytes)
    gauge('auzolan_exchange_guests', 'Clients that come by HTTP', readings.exchanges)
    gauge('auzolan_rooms', 'Open channels', readings.rooms)
    gauge(
      'auzolan_longest_tail_entries',
      'Entries after the snapshot of the longest open log',
      readings.longestTail,
    )
    gauge('auzolan_outbox_parcels', 'Parcels that wait for Nextcloud', readings.outbox)
    gauge('auzolan_outbox_oldest_seconds', 'How long the oldest of them has waited', readings.outboxAgeS)
    gauge(
      'auzolan_housekeeping',
      'Whether this node does what is done once for all (1 also for a server alone)',
      () => (readings.housekeeping() ? 1 : 0),
    )
    gauge(
      'auzolan_bus_up',
      'Whether other nodes hear what is new here at once (1 also for a server alone)',
      () => (readings.bus().up ? 1 : 0),
    )
    const counts: readonly [keyof BusCounts, string][] = [
      ['sent', 'Parcels said to other nodes'],
      ['received', 'Parcels heard from other nodes'],
      ['unread', 'Parcels that could not be read'],
      ['dropped', 'States of presence that were not sent'],
      ['lost', 'How often the bus was lost'],
    ]
    for (const [name, help] of counts)
      gauge(`auzolan_bus_${name}`, `${help}, since the start`, () => readings.bus().counts[name])
  }

  taken(bytes: number): void {
    this.#updates.inc()
    this.#bytes.inc(bytes)
  }
  refused(code: RefusalCode): void {
    this.#refused.inc({ code })
  }
  ended(code: RefusalCode): void {
    this.#ended.inc({ code })
  }
  committed(entries: number, ms: number): void {
    this.#entries.inc(entries)
    this.#commit.observe(ms / 1000)
  }
  readOn(entries: number): void {
    this.#elsewhere.inc(entries)
  }
  compacted(ms: number): void {
    this.#compaction.observe(ms / 1000)
  }
  putAside(): void {
    this.#aside.inc()
  }
  quarantined(entries: number): void {
    this.#quarantined.inc(entries)
  }

  #counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] })
  }
  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.registry] })
  }
}
