/**
 * One channel as the worker reads it: entry by entry, as a page does, and compared with what somebody would read who
 * comes later. Admission cannot see everything: of random updates that pass it, some make `Y.applyUpdate` throw in
 * every page, and some read otherwise after a reload than live.
 */
import * as Y from 'yjs'
import type { ChannelId } from '@auzolan/shared/ids.ts'
import { READ_MAX_CPU_MS } from '@auzolan/shared/limits.ts'
import { mergedUpdates } from '@auzolan/shared/protocol/merged.ts'
import { META_CLIENT, RECORDS_CLIENT } from '@auzolan/shared/schema/shapes.ts'
import { BUILDS_ON_REMOVED, type LogEntry, type Removed } from '../journal/journal.ts'
import { foreignInProse, overwritten, reading } from './reading.ts'
import { TouchListener, type Touch } from './touches.ts'

const SERVERS_OWN = [META_CLIENT, RECORDS_CLIENT]

/** Entries in a text, and the first that does harm. */
interface Applied {
  readonly touches: readonly Touch[]
  readonly fault: Removed | null
}
/** All of it took long, and nobody knows which. */
const TO_BE_MEASURED: Removed = { seq: 0, why: 'takes long' }

export class Followed {
  readonly channel: ChannelId
  readonly epoch: number
  seq: number
  #doc: Y.Doc
  /** The text at `seq`, for going back to. */
  #base: Uint8Array
  /** What is in it: what was there before cannot be the fault of what comes. */
  #known: ReadonlyMap<number, number>
  #touches: readonly Touch[] = []

  constructor(channel: ChannelId, epoch: number, seq: number, base: Uint8Array) {
    this.channel = channel
    this.epoch = epoch
    this.seq = seq
    this.#base = base
    this.#doc = docOf(base)
    this.#known = clocksOf(this.#doc)
  }

  /** Of the text as an update. */
  get bytes(): number {
    return this.#base.length
  }

  get doc(): Y.Doc {
    return this.#doc
  }

  /** Which fields the entries touched that were taken last. */
  get touches(): readonly Touch[] {
    return this.#touches
  }

  /** Reads on. Returns the first entry that does harm; then nothing of these entries has been taken. */
  take(entries: readonly LogEntry[]): Removed | null {
    return this.#take(entries, this.#apply(entries))
  }

  /** The same, where it is likely that some do harm. */
  takeMeasured(entries: readonly LogEntry[]): Removed | null {
    return this.#take(entries, this.#applyEach(entries, this.#meter()))
  }

  #take(entries: readonly LogEntry[], { fault, touches }: Applied): Removed | null {
    this.#touches = []
    const last = entries.at(-1)
    if (!last) return null
    if (fault === null && this.#faultOf(this.#doc, entries) === null) {
      this.#touches = touches
      this.seq = last.seq
      this.#base = Y.encodeStateAsUpdate(this.#doc)
      this.#known = clocksOf(this.#doc)
      return null
    }
    this.#goBack()
    return fault ?? this.#first(entries)
  }

  destroy(): void {
    this.#doc.destroy()
  }

  /** The shortest run of entries that does harm ends in the one that does it. */
  #first(entries: readonly LogEntry[]): Removed {
    const harm = (count: number): string | null => {
      const doc = docOf(this.#base)
      try {
        const some = entries.slice(0, count)
        for (const { update } of some) Y.applyUpdate(doc, update)
        return this.#faultOf(doc, some)
      } catch (error) {
        return notApplied(error)
      } finally {
        doc.destroy()
      }
    }
    let sound = 0
    let harmful = entries.length
    while (harmful - sound > 1) {
      const middle = (sound + harmful) >> 1
      if (harm(middle) === null) sound = middle
      else harmful = middle
    }
    return { seq: entries[harmful - 1]!.seq, why: harm(harmful) ?? 'does harm together with others' }
  }

  /** All of them, or up to the one at fault. What each costs is measured only where they may cost too much: measuring costs as much as reading. */
  #apply(entries: readonly LogEntry[]): Applied {
    const [began, cpu] = [performance.now(), process.threadCpuUsage()]
    let due = READ_MAX_CPU_MS
    const applied = this.#applyEach(entries, () => {
      const took = performance.now() - began
      if (took <= due) return null
      const { user, system } = process.threadCpuUsage(cpu)
      const spent = (user + system) / 1_000
      if (spent > READ_MAX_CPU_MS) return TO_BE_MEASURED
      // No thread has more processor time than time.
      due = took + READ_MAX_CPU_MS - spent
      return null
    })
    if (applied.fault !== TO_BE_MEASURED) return applied
    this.#goBack()
    return this.#applyEach(entries, this.#meter())
  }

  /** An entry is at fault that cannot be applied, that takes texts out of records, or that is too dear. */
  #applyEach(entries: readonly LogEntry[], tooDear: (seq: number) => Removed | null): Applied {
    const listener = new TouchListener(this.#doc, this.channel)
    const touches: Touch[] = []
    try {
      for (const { seq, update } of entries) {
        try {
          Y.applyUpdate(this.#doc, update)
        } catch (error) {
          return { touches, fault: { seq, why: notApplied(error) } }
        }
        touches.push({ seq, paths: listener.take() })
        const fault = listener.emptied ? { seq, why: `takes away ${listener.emptied}` } : tooDear(seq)
        if (fault) return { touches, fault }
      }
      return { touches, fault: null }
    } finally {
      listener.stop()
    }
  }

  /**
   * To be asked after each entry: goes beyond the budget when every page, which does the same work, would stand still meanwhile. Processor
   * time, because a busy machine is no fault of a text. Of several that cost it together, the dearest; never the server's own, which
   * only answers what others wrote.
   */
  #meter(): (seq: number) => Removed | null {
    const began = process.threadCpuUsage()
    let spent = 0
    let dearest: { readonly seq: number; readonly cost: number } | null = null
    let servers = this.#serversClocks()
    return (seq) => {
      const { user, system } = process.threadCpuUsage(began)
      const cost = user + system - spent
      spent = user + system
      const now = this.#serversClocks()
      if (now === servers && cost >= (dearest?.cost ?? 0)) dearest = { seq, cost }
      servers = now
      return spent > READ_MAX_CPU_MS * 1_000 && dearest
        ? { seq: dearest.seq, why: 'takes too long to read' }
        : null
    }
  }

  #goBack(): void {
    this.#doc.destroy()
    this.#doc = docOf(this.#base)
  }

  /** How much the server has written itself. */
  #serversClocks(): number {
    return SERVERS_OWN.reduce((sum, client) => sum + Y.getState(this.#doc.store, client), 0)
  }

  /** What is wrong with the text now that the entries are in it. */
  #faultOf(doc: Y.Doc, entries: readonly LogEntry[]): string | null {
    try {
      if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) return BUILDS_ON_REMOVED
      const live = reading(this.channel, doc)
      const gone = overwritten(this.channel, doc)
      if (gone !== null) return `overwrites ${gone}`
      const foreign = foreignInProse(doc, this.#known)
      if (foreign !== null) return `no editor can open ${foreign}`
      // As the snapshot, and as a merged log, will read to those who come later.
      for (const later of [
        [Y.encodeStateAsUpdate(doc)],
        [this.#base, mergedUpdates(entries.map((e) => e.update))],
      ]) {
        const reloaded = docOf(...later)
        const same = reading(this.channel, reloaded) === live
        reloaded.destroy()
        if (!same) return 'reads otherwise after a reload'
      }
      return null
    } catch (error) {
      return notApplied(error)
    }
  }
}

const notApplied = (error: unknown): string =>
  `cannot be applied: ${error instanceof Error ? error.message : String(error)}`.slice(0, 200)

export const clocksOf = (doc: Y.Doc): Map<number, number> => Y.decodeStateVector(Y.encodeStateVector(doc))

export function docOf(...updates: readonly Uint8Array[]): Y.Doc {
  // Nobody asks for its name, and making one up is dear.
  const doc = new Y.Doc({ guid: '' })
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** What is said of a log that was sifted. */
export interface Sifted {
  readonly removed: Removed[]
  /** It took too long: not all has been looked at. */
  readonly more: boolean
  readonly barred: number[]
  readonly touches: Touch[]
}

/** Entries without those that are not to stay, in pieces of what follows each other. */
function between(entries: readonly LogEntry[], isRemoved: (seq: number) => boolean): LogEntry[][] {
  const pieces: LogEntry[][] = [[]]
  for (const entry of entries) {
    if (isRemoved(entry.seq)) pieces.push([])
    else pieces.at(-1)!.push(entry)
  }
  return pieces.filter((piece) => piece.length > 0)
}

/**
 * The log without what does harm, and without what builds on that; taken out in the order of the log.
 * @param known entries that do harm, from a sifting before
 * @param maxMs beyond it, what has been found is handed on; at least one entry that does harm is
 */
export function sift(
  start: Followed,
  entries: readonly LogEntry[],
  known: readonly Removed[],
  maxMs: number,
): Sifted {
  const began = performance.now()
  const removed = known.filter(({ seq }) => entries.some((e) => e.seq === seq))
  const isRemoved = (seq: number): boolean => removed.some((one) => one.seq === seq)
  // Of all that stays: who wrote it has to be told before it is put together, whoever did harm beside it.
  const touches: Touch[] = []
  // What lies between two that do harm is judged by itself, however often it is sifted. The next one to be looked at is the last.
  const stretches = between(entries, isRemoved).reverse()
  let more = false
  for (let some = stretches.pop(); some && !more; some = stretches.pop()) {
    const harmful = start.takeMeasured(some)
    if (harmful === null) {
      touches.push(...start.touches)
      continue
    }
    removed.push(harmful)
    more = performance.now() - began > maxMs
    // What comes before it first: it may do harm as well, in a way that shows later.
    stretches.push(...between(some, isRemoved).reverse())
  }
  const culprits = removed.filter((r) => r.why !== BUILDS_ON_REMOVED).map((r) => r.seq)
  const barred = new Set<number>()
  for (const { seq, update } of entries)
    if (culprits.includes(seq)) for (const s of Y.decodeUpdate(update).structs) barred.add(s.id.client)
  // Nobody else can write under these, and without them the server could not complete a record of this document ever again.
  for (const client of SERVERS_OWN) barred.delete(client)
  removed.sort((a, b) => a.seq - b.seq)
  return { removed, more, barred: [...barred], touches }
}
