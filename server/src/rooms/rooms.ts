/** The open rooms of this process, and the one commit that serves all of them (group commit). */
import type { Logger } from 'pino'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import { DEFAULT_CAPACITY, TICK_MAX_MS, type Capacity } from '@auzolan/shared/limits.ts'
import type { ChannelBatch, Journal, NewEntry } from '../journal/journal.ts'
import type { ChannelRules } from './admission.ts'
import { Room } from './room.ts'

/** What may stand in a channel; `null` for a channel nobody knows. */
export type RulesOfChannel = (channel: ChannelId) => Promise<ChannelRules | null>

/** Who wants to know what happens in rooms. */
export interface RoomsWatcher {
  /** A room has been opened. */
  opened(room: Room): void
  /** What a room had queued is on disk, and everybody has been told. */
  edited(room: Room): void
  /** Nobody holds the room any more. */
  left(room: Room): void
  /** One commit of so many entries took so long. */
  committed(entries: number, ms: number): void
}

/** A room and how many sessions hold it, counted from their asking: one that is on its way in is not yet a member. */
interface Holding {
  readonly opening: Promise<Room | null>
  room: Room | null
  holders: number
}

export class Rooms {
  readonly #journal: Journal
  readonly #rulesOf: RulesOfChannel
  readonly #log: Logger
  readonly #watcher: RoomsWatcher
  readonly #capacity: Capacity
  readonly #rooms = new Map<ChannelId, Holding>()
  /** Channels that are getting a new epoch: nobody comes in before it has begun. */
  readonly #renewing = new Map<ChannelId, Promise<void>>()
  readonly #dirty = new Set<Room>()
  #committing: Promise<void> | null = null
  /** The commit under way. */
  #round: Promise<unknown> | null = null
  /** When the last commit had been told to everybody, and how long that took with the commit itself (ms). */
  #toldAt = 0
  #workMs = 0

  constructor(
    journal: Journal,
    rulesOf: RulesOfChannel,
    log: Logger,
    watcher: RoomsWatcher,
    capacity: Capacity = DEFAULT_CAPACITY,
  ) {
    this.#capacity = capacity
    this.#watcher = watcher
    this.#journal = journal
    this.#rulesOf = rulesOf
    this.#log = log
  }

  get count(): number {
    return this.#rooms.size
  }
  /** Entries that newcomers of the longest log read one by one. */
  get longestTail(): number {
    let longest = 0
    for (const { room } of this.#rooms.values()) longest = Math.max(longest, room?.tail.entries ?? 0)
    return longest
  }

  /** The room of a channel, opened if need be; `null` when there is no such channel. Each room is given back once. */
  open(channel: ChannelId): Promise<Room | null> {
    const renewing = this.#renewing.get(channel)
    if (renewing) return renewing.then(() => this.open(channel))
    const existing = this.#rooms.get(channel)
    if (existing) {
      existing.holders += 1
      return existing.opening
    }
    const holding: Holding = { opening: this.#load(channel), room: null, holders: 1 }
    this.#rooms.set(channel, holding)
    const forget = (): void => {
      if (this.#rooms.get(channel) === holding) this.#rooms.delete(channel)
    }
    holding.opening.then((room) => (room ? (holding.room = room) : forget()), forget)
    return holding.opening
  }

  /** Gives a room back. One that nobody holds is forgotten; the next person opens it again from the log. */
  release(room: Room): void {
    const holding = this.#rooms.get(room.channel)
    if (holding?.room !== room) return
    holding.holders -= 1
    this.#forgetUnused(room)
  }

  /**
   * Sends everybody out of a channel and lets nobody in until `work` has begun a new epoch.
   * @param codeFor what each person is told
   */
  async renew(
    channel: ChannelId,
    work: () => Promise<void>,
    codeFor: (person: PersonId) => RefusalCode = () => 'EPOCH_OLD',
  ): Promise<void> {
    for (let gate = this.#renewing.get(channel); gate; gate = this.#renewing.get(channel)) await gate
    const done = (async () => {
      const holding = this.#rooms.get(channel)
      const room = await holding?.opening.catch(() => null)
      // What is on its way to the disk gets there, and its authors are told; what only queues up comes again.
      while (room?.isWriting) await this.#round
      if (this.#rooms.get(channel) === holding) this.#rooms.delete(channel)
      room?.fail('EPOCH_OLD', codeFor)
      await work()
    })()
    const gate = done.catch(() => {})
    this.#renewing.set(channel, gate)
    try {
      await done
    } finally {
      if (this.#renewing.get(channel) === gate) this.#renewing.delete(channel)
    }
  }

  /** A log was put together: an open room must know what is still its tail. */
  async compacted(channel: ChannelId, epoch: number, seq: number, bytes: number): Promise<void> {
    const room = this.#rooms.get(channel)?.room
    if (room?.epoch !== epoch) return
    const head = await this.#journal.open(channel)
    if (head?.snapshotSeq === seq) room.compacted(seq, bytes, head.tailBytes)
  }

  /**
   * Adds what the server itself has to say to an open channel; false when it is not open, has a new epoch or takes nothing.
   * @param from the clocks at which the entry begins
   */
  add(channel: ChannelId, epoch: number, entry: NewEntry, from: ReadonlyMap<number, number>): boolean {
    const room = this.#rooms.get(channel)?.room
    return room?.epoch === epoch && room.add(entry, from)
  }

  sweep(): void {
    for (const { room } of this.#rooms.values()) room?.sweep()
  }

  /** Sends everybody away and finishes the commit under way. */
  async close(code: RefusalCode): Promise<void> {
    await this.#committing
    for (const { opening } of [...this.#rooms.values()]) (await opening.catch(() => null))?.fail(code)
    this.#rooms.clear()
  }

  async #load(channel: ChannelId): Promise<Room | null> {
    const [stored, rules] = await Promise.all([this.#journal.open(channel), this.#rulesOf(channel)])
    if (!stored || !rules) return null
    const room = new Room(channel, stored, rules, this.#journal, this.#capacity, (of) =>
      this.#wantsCommit(of),
    )
    this.#watcher.opened(room)
    return room
  }

  #forgetUnused(room: Room): void {
    const holding = this.#rooms.get(room.channel)
    if (holding?.room !== room || holding.holders > 0 || !room.isEmpty) return
    this.#rooms.delete(room.channel)
    this.#watcher.left(room)
  }

  #fail(room: Room): void {
    if (this.#rooms.get(room.channel)?.room === room) this.#rooms.delete(room.channel)
    room.fail('TRY_AGAIN')
  }

  #wantsCommit(room: Room): void {
    this.#dirty.add(room)
    this.#committing ??= this.#commitAll()
  }

  async #commitAll(): Promise<void> {
    while (this.#dirty.size > 0) {
      // One turn of the event loop lets every frame of the same packet join the same commit, and whoever waited for the
      // round before go first.
      await Promise.resolve()
      // At once when idle. Under load everything gathers for as long as the last round took, so that half of the time
      // stays for reading sockets; a fixed tick made everybody wait for it as soon as a few people typed.
      const wait = this.#toldAt + Math.min(TICK_MAX_MS, this.#workMs) - performance.now()
      if (wait >= 1) await new Promise((resolve) => setTimeout(resolve, wait))
      const began = performance.now()
      const rooms = [...this.#dirty].map((room) => ({ room, batch: room.takeBatch() }))
      this.#dirty.clear()
      const round = this.#write(rooms)
      this.#round = round
      const written = await round
      for (const { room } of rooms) {
        if (!written.has(room)) {
          this.#fail(room)
          continue
        }
        try {
          room.committed()
          this.#watcher.edited(room)
        } catch (error) {
          // It is on disk, but somebody could not be told: that must not reach the other rooms, or the process.
          this.#log.error({ err: error, channel: room.channel }, 'a room could not tell its members')
          this.#fail(room)
        }
        this.#forgetUnused(room)
      }
      this.#toldAt = performance.now()
      this.#workMs = this.#toldAt - began
    }
    // In the same turn as the last look at the queue: a write in between would otherwise wait for ever.
    this.#committing = null
  }

  /** The rooms whose batch is on disk: all in one commit, or, when one of them spoils that, each by itself. */
  async #write(
    rooms: readonly { readonly room: Room; readonly batch: ChannelBatch | null }[],
  ): Promise<ReadonlySet<Room>> {
    const written = new Set(rooms.filter((r) => !r.batch).map((r) => r.room))
    const full = rooms.filter((r): r is { room: Room; batch: ChannelBatch } => r.batch !== null)
    const append = async (some: readonly { room: Room; batch: ChannelBatch }[]): Promise<boolean> => {
      const began = performance.now()
      let movedOn: ReadonlySet<ChannelId>
      try {
        movedOn = await this.#journal.append(some.map((r) => r.batch))
      } catch (error) {
        this.#log.error({ err: error, rooms: some.length }, 'nothing could be written')
        return false
      }
      const done = some.filter(({ room }) => !movedOn.has(room.channel))
      if (movedOn.size > 0) this.#log.warn({ channels: [...movedOn] }, 'somebody else has written there')
      const entries = done.reduce((sum, r) => sum + r.batch.entries.length, 0)
      if (done.length > 0) this.#watcher.committed(entries, performance.now() - began)
      for (const { room } of done) written.add(room)
      return true
    }
    if (full.length === 0) return written
    if (!(await append(full)) && full.length > 1) for (const one of full) await append([one])
    return written
  }
}
