/**
 * Looks after channels that are being edited: follows them soon after every edit, takes out what does harm, puts long
 * logs together, and renews what others see of a document (its title).
 */
import type { Logger } from 'pino'
import { documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import {
  COMPACT_AFTER_LEAVE_MS,
  COMPACT_LEFT_MIN_ENTRIES,
  FOLLOW_OTHERS_WITHIN_MS,
  FOLLOW_WITHIN_MS,
  RENEW_TRIES_MAX,
  TAIL_MAX_BYTES,
  TAIL_MAX_ENTRIES,
} from '@auzolan/shared/limits.ts'
import type { Documents } from '../documents/documents.ts'
import {
  BUILDS_ON_REMOVED,
  type Journal,
  type LogEntry,
  type Removed,
  type Snapshot,
  type StoredHead,
} from '../journal/journal.ts'
import { readOn } from '../journal/read-on.ts'
import type { Room } from '../rooms/room.ts'
import type { Rooms } from '../rooms/rooms.ts'
import { Paced } from '../paced.ts'
import { SYSTEM, WorkerStuck, type Compaction } from './compaction.ts'
import { Completing } from './completing.ts'
import { Readers, type EntriesRead } from './readers.ts'
import type { FollowOutcome, LogText, Named } from './tasks.ts'

/** What of the keeper's work is counted. */
export interface KeeperMeter {
  compacted(ms: number): void
  quarantined(entries: number): void
}

/** How far in a log everything has been read, and its readers told. */
export interface Told {
  readonly epoch: number
  readonly seq: number
}

/** On a busy machine a look is followed by a pause of so many times what it took. */
const PAUSES = 19
/** New entries of one channel that wait in memory for the next look; more are read from the log. */
const NEWS_MAX_BYTES = 256 * 1024

/** What has been written since the last look, without a gap. */
interface News {
  readonly epoch: number
  readonly entries: LogEntry[]
  bytes: number
}

type Repaired = Awaited<ReturnType<Compaction['repair']>>

/** A look that failed is repeated after this time, as long as the room is open. */
const LOOK_AGAIN_MS = 10_000

export class Keeper {
  readonly #compaction: Compaction
  readonly #documents: Documents
  readonly #journal: Journal
  readonly #rooms: () => Rooms
  readonly #meter: KeeperMeter
  readonly #log: Logger
  readonly #timers = new Map<ChannelId, NodeJS.Timeout>()
  /** Of these, what only another node has written so far, which looks at it itself. */
  readonly #othersOnly = new Set<ChannelId>()
  readonly #leaving = new Map<ChannelId, NodeJS.Timeout>()
  /** How far the worker has read, by channel. */
  readonly #followed = new Map<ChannelId, Told>()
  readonly #busy = new Map<ChannelId, Promise<Told | null>>()
  readonly #news = new Map<ChannelId, News>()
  readonly #looks = new Paced<ChannelId>(PAUSES)
  /** What a document is called by what was read last of its text, as JSON. */
  readonly #named = new Map<ChannelId, string>()
  readonly #readers: Readers
  readonly #completing: Completing
  #closed = false

  constructor(
    compaction: Compaction,
    documents: Documents,
    journal: Journal,
    rooms: () => Rooms,
    meter: KeeperMeter,
    log: Logger,
  ) {
    this.#compaction = compaction
    this.#documents = documents
    this.#journal = journal
    this.#readers = new Readers(journal)
    this.#completing = new Completing(journal, rooms)
    this.#rooms = rooms
    this.#meter = meter
    this.#log = log
  }

  /** Told what was written, soon after; after a start also what is not yet put together, whether it was told before or not. */
  onRead(reader: EntriesRead): void {
    this.#readers.add(reader)
  }

  /** What was written before a stop may never have been looked at. */
  opened(room: Room): void {
    if (room.tail.entries > 0) this.edited(room)
    else
      void this.#completing.isComplete(room.channel).then(
        (complete) => complete || this.edited(room),
        () => {},
      )
  }

  /** Something was written: it is looked at within two seconds, on a busy machine later. */
  edited(room: Room, entries: readonly LogEntry[] = []): void {
    clearTimeout(this.#leaving.get(room.channel))
    this.#leaving.delete(room.channel)
    this.#note(room, entries)
    if (this.#othersOnly.delete(room.channel)) {
      clearTimeout(this.#timers.get(room.channel))
      this.#timers.delete(room.channel)
    }
    if (this.#timers.has(room.channel) || this.#looks.has(room.channel)) return
    this.#lookIn(FOLLOW_WITHIN_MS, room)
  }

  /** Another node has written something, and looks at it; unless it is gone by then. */
  readOn(room: Room): void {
    if (this.#timers.has(room.channel)) return
    this.#othersOnly.add(room.channel)
    this.#lookIn(FOLLOW_OTHERS_WITHIN_MS, room)
  }

  #lookIn(ms: number, room: Room): void {
    const timer = setTimeout(() => {
      this.#timers.delete(room.channel)
      this.#othersOnly.delete(room.channel)
      this.#looks.add(room.channel, () => this.#lookAt(room))
    }, ms)
    timer.unref()
    this.#timers.set(room.channel, timer)
  }

  async #lookAt(room: Room): Promise<void> {
    const { tail, isFull } = room
    const long = tail.entries > TAIL_MAX_ENTRIES || tail.bytes > TAIL_MAX_BYTES
    // A full one takes text again as soon as what was deleted is gone from its log.
    const told = await this.#look(room.channel, long || isFull)
    // Nobody else may come by for hours.
    if (!told && !this.#closed && !room.isEmpty && !this.#timers.has(room.channel))
      this.#lookIn(LOOK_AGAIN_MS, room)
  }

  /** Keeps what is new, so that it need not be fetched from the log again. What does not go on from what is kept takes its place. */
  #note({ channel, epoch }: Room, entries: readonly LogEntry[]): void {
    const [first] = entries
    const kept = this.#news.get(channel)
    const goesOn = first && kept?.epoch === epoch && kept.entries.at(-1)!.seq + 1 === first.seq
    const news = goesOn ? kept : { epoch, entries: [], bytes: 0 }
    news.entries.push(...entries)
    news.bytes += entries.reduce((sum, { update }) => sum + update.length, 0)
    if (!first || news.bytes > NEWS_MAX_BYTES) this.#news.delete(channel)
    else this.#news.set(channel, news)
  }

  /** The last person has gone: after a while the log is put together, and the worker forgets it. */
  left(room: Room): void {
    if (this.#leaving.has(room.channel)) return
    const timer = setTimeout(() => {
      this.#leaving.delete(room.channel)
      void this.#look(room.channel, room.tail.entries >= COMPACT_LEFT_MIN_ENTRIES).then(async () => {
        this.#followed.delete(room.channel)
        this.#news.delete(room.channel)
        this.#named.delete(room.channel)
        this.#completing.forget(room.channel)
        await this.#compaction.forget(room.channel).catch(() => {})
      })
    }, COMPACT_AFTER_LEAVE_MS)
    timer.unref()
    this.#leaving.set(room.channel, timer)
  }

  /**
   * Reads everything of a channel that has not been read yet, also of one that nobody has open. Says up to where it has told who wrote
   * what; `null` when that is not known, because it had to be repaired or could not be read.
   */
  catchUp(channel: ChannelId): Promise<Told | null> {
    return this.#look(channel, false, 'log')
  }

  /** Begins a new epoch without what was ever deleted, and without these comment events. */
  async erase(channel: ChannelId, events: readonly string[]): Promise<void> {
    await this.#rooms().renew(channel, () =>
      this.#untilDone(channel, async () => {
        const { head, snapshot, entries } = await this.#whole(channel)
        const packed = await this.#compaction.erase({ channel, snapshot, entries }, events)
        const { epoch, seq } = head
        const done = await this.#journal.renew({
          ...packed,
          channel,
          epoch,
          seq,
          cause: 'erasure',
          removed: [],
          barred: [],
        })
        if (done) this.#followed.delete(channel)
        return done
      }),
    )
  }

  /** Nobody writes here while a new epoch is made, but on another node somebody may, until it has heard of it. */
  async #untilDone(channel: ChannelId, renew: () => Promise<boolean>): Promise<void> {
    for (let tries = 0; tries < RENEW_TRIES_MAX; tries++) {
      if (await renew()) return
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** tries))
    }
    throw new Error(`${channel} moved while a new epoch was made`)
  }

  close(): void {
    this.#closed = true
    this.#looks.close()
    for (const timer of [...this.#timers.values(), ...this.#leaving.values()]) clearTimeout(timer)
    this.#timers.clear()
    this.#leaving.clear()
  }

  /** One look at a time for each channel. */
  #look(channel: ChannelId, compact: boolean, from: 'news' | 'log' = 'news'): Promise<Told | null> {
    const work = (this.#busy.get(channel) ?? Promise.resolve(null))
      .then(async () => {
        // Behind what was written here another node may have written more.
        if (from === 'log') this.#news.delete(channel)
        const told = await this.#follow(channel)
        if (told && compact) await this.#compact(channel)
        return told
      })
      .catch((error: unknown) => {
        if (!this.#closed) this.#log.error({ err: error, channel }, 'an edited channel could not be followed')
        return null
      })
      .finally(() => {
        if (this.#busy.get(channel) === work) this.#busy.delete(channel)
      })
    this.#busy.set(channel, work)
    return work
  }

  /** Reads on to the end of the log. `null` when it had to be repaired instead. */
  async #follow(channel: ChannelId): Promise<Told | null> {
    const { epoch, seq: after } = this.#followed.get(channel) ?? { epoch: 0, seq: 0 }
    const news = this.#news.get(channel)
    this.#news.delete(channel)
    if (after > 0 && news?.epoch === epoch && news.entries[0]!.seq === after + 1)
      return this.#take({ channel, epoch, snapshot: null, entries: news.entries }, after)
    let from = after
    let log = await readOn(this.#journal, channel, from)
    if (log.epoch === 0) return null
    if (from > 0 && log.epoch !== epoch) log = await readOn(this.#journal, channel, (from = 0))
    // A snapshot where none was expected: the log was put together behind what the worker has read.
    const fresh = from === 0 || log.snapshot !== null
    if (!fresh && log.entries.length === 0) return { epoch, seq: after }
    return this.#take({ channel, ...log }, fresh ? 0 : from)
  }

  /** @param after what the worker has read of it; 0 for a text it begins with */
  async #take(text: LogText & { readonly epoch: number }, after: number): Promise<Told | null> {
    const { channel, epoch } = text
    let outcome
    try {
      outcome = await this.#compaction.follow({ ...text, after })
    } catch (error) {
      this.#followed.delete(channel)
      if (!(error instanceof WorkerStuck)) throw error
      const whole = { channel, ...(await this.#read(channel, 0)) }
      const stuck = await this.#findHarmful(whole, epoch, [])
      await this.#repair(channel, epoch, stuck ? [stuck] : [])
      return null
    }
    switch (outcome.kind) {
      case 'unknown':
        this.#followed.delete(channel)
        return after === 0 ? null : this.#follow(channel)
      case 'harmful':
        this.#followed.delete(channel)
        this.#log.error({ channel, seq: outcome.seq, why: outcome.why }, 'an entry does harm')
        await this.#repair(channel, epoch, [])
        return null
      case 'sound': {
        // First: what is not recorded is read again.
        await this.#readers.tell(channel, outcome.touches)
        const told = { epoch, seq: outcome.seq }
        this.#followed.set(channel, told)
        if (outcome.named) await this.#rename(channel, outcome.named)
        await this.#completing.complete(channel, epoch, outcome.lacking)
        return told
      }
    }
  }

  async #rename(channel: ChannelId, named: Named): Promise<void> {
    const json = JSON.stringify(named)
    if (this.#named.get(channel) === json) return
    await this.#documents.rename(documentOf(channel), named)
    this.#named.set(channel, json)
  }

  async #compact(channel: ChannelId): Promise<void> {
    const began = performance.now()
    let packed = await this.#packed(channel)
    if (packed === null) {
      // The worker has forgotten it, as it does with what is quiet: it reads it once more.
      this.#followed.delete(channel)
      if (await this.#follow(channel)) packed = await this.#packed(channel)
    }
    if (packed === null) return
    const { epoch } = packed
    if (!(await this.#journal.compact({ channel, ...packed }))) return
    await this.#rooms().compacted(channel, epoch, packed.seq, packed.bytes)
    this.#meter.compacted(performance.now() - began)
  }

  async #packed(channel: ChannelId) {
    const { epoch } = this.#followed.get(channel) ?? { epoch: 0 }
    const packed = await this.#compaction.compact(channel, epoch)
    return packed && { epoch, ...packed }
  }

  /**
   * A new epoch without what does harm. Whoever wrote it loses the session, everybody else begins again.
   * @param found the epoch it was found in
   */
  async #repair(channel: ChannelId, found: number, known: readonly Removed[]): Promise<void> {
    const { head, ...before } = await this.#whole(channel)
    // Another node has found the same, and was faster.
    if (head.epoch !== found) return
    const first = await this.#sifted({ channel, ...before }, found, known)
    const culprits = new Set<string>()
    for (const { seq, why } of first.removed) {
      if (why === BUILDS_ON_REMOVED) continue
      const row = await this.#journal.rows
        .selectFrom('entry')
        .select('person')
        .where('channel', '=', channel)
        .where('seq', '=', seq)
        .executeTakeFirst()
      if (row) culprits.add(row.person)
    }
    if (culprits.has(SYSTEM)) this.#completing.giveUp(channel)
    await this.#rooms().renew(
      channel,
      () =>
        this.#untilDone(channel, async () => {
          // Read again now that nobody writes: what came in between goes along, or goes too.
          const { head, ...whole } = await this.#whole(channel)
          const { epoch, seq } = head
          if (epoch !== found) return true
          const { packed, removed, barred, touches } = await this.#sifted(
            { channel, ...whole },
            epoch,
            first.removed,
          )
          // Before they are put together with everything else, and nobody can tell any more whose they were.
          await this.#readers.tell(channel, touches)
          const renewal = { ...packed, channel, epoch, seq, cause: 'repair', removed, barred } as const
          if (!(await this.#journal.renew(renewal))) return false
          this.#meter.quarantined(removed.length)
          this.#log.error({ channel, removed: removed.length, epoch: epoch + 1 }, 'a channel was repaired')
          return true
        }),
      (person) => (culprits.has(person) ? 'QUARANTINED' : 'EPOCH_OLD'),
    )
  }

  /** Everything that does harm, a step at a time. */
  async #sifted(text: LogText, epoch: number, before: readonly Removed[]): Promise<Repaired> {
    let known = before
    for (;;) {
      const step = await this.#compaction.repair(text, known).catch((error: unknown) => {
        if (error instanceof WorkerStuck) return error
        throw error
      })
      if (!(step instanceof WorkerStuck)) {
        if (!step.more) return step
        known = step.removed
        continue
      }
      const harmful = await this.#findHarmful(text, epoch, known)
      if (!harmful) throw step
      known = [...known, harmful]
    }
  }

  /** An entry that does harm, or keeps the worker busy without end, found by reading one after the other; the first that is not known. */
  async #findHarmful(text: LogText, epoch: number, known: readonly Removed[]): Promise<Removed | null> {
    const { channel, snapshot } = text
    const follow = (after: number, entries: readonly LogEntry[]): Promise<FollowOutcome> =>
      this.#compaction.follow({ channel, epoch, after, snapshot: after === 0 ? snapshot : null, entries })
    // If what was there before takes too long, it is the fault of no entry.
    await follow(0, [])
    const sound: LogEntry[] = []
    for (const entry of text.entries) {
      if (known.some(({ seq }) => seq === entry.seq)) continue
      try {
        let outcome = await follow(sound.at(-1)?.seq ?? 0, [entry])
        // The worker had to make room for another text.
        if (outcome.kind === 'unknown') outcome = await follow(0, [...sound, entry])
        if (outcome.kind === 'unknown') return null
        if (outcome.kind === 'sound') sound.push(entry)
        // What builds on another goes with it, and nobody is to blame for it.
        else if (outcome.why !== BUILDS_ON_REMOVED) return { seq: outcome.seq, why: outcome.why }
      } catch (error) {
        if (error instanceof WorkerStuck) return { seq: entry.seq, why: 'keeps the worker busy without end' }
        throw error
      }
    }
    return null
  }

  async #whole(
    channel: ChannelId,
  ): Promise<{ head: StoredHead; snapshot: Snapshot | null; entries: LogEntry[] }> {
    const head = await this.#journal.open(channel)
    if (!head) throw new Error(`no channel ${channel}`)
    return { head, ...(await this.#read(channel, 0)) }
  }

  #read(channel: ChannelId, from: number): Promise<{ snapshot: Snapshot | null; entries: LogEntry[] }> {
    return readOn(this.#journal, channel, from)
  }
}
