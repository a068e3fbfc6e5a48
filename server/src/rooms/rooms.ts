/** The open rooms of this process, and the one commit that serves all of them (group commit). */
import type { Logger } from 'pino'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import { encodePresence } from '@auzolan/shared/protocol/presence.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import {
  DEFAULT_CAPACITY,
  EPOCH_HELD_MAX_MS,
  ROUNDS_BURST,
  ROUNDS_PER_SECOND,
  type Capacity,
} from '@auzolan/shared/limits.ts'
import type { Bus, Hint } from '../bus/bus.ts'
import { LOCAL_BUS } from '../bus/local.ts'
import {
  BUILDS_ON_REMOVED,
  type ChannelBatch,
  type Journal,
  type LogEntry,
  type NewEntry,
} from '../journal/journal.ts'
import { TokenBucket } from '../token-bucket.ts'
import type { ChannelRules } from './admission.ts'
import { Awaited } from '../awaited.ts'
import { nap } from './nap.ts'
import { Room } from './room.ts'

/** What may stand in a channel; `null` for a channel nobody knows. */
export type RulesOfChannel = (channel: ChannelId) => Promise<ChannelRules | null>

/** Who wants to know what happens in rooms. */
export interface RoomsWatcher {
  /** A room has been opened. */
  opened(room: Room): void
  /** What a room had queued is on disk, and everybody has been told; `entries` are what is new in its log. */
  edited(room: Room, entries: readonly LogEntry[]): void
  /** What other nodes have written is known here, and everybody has been told. */
  readOn?(room: Room, entries: number): void
  /** Nobody holds the room any more. */
  left(room: Room): void
  /** One commit of so many entries took so long. */
  committed(entries: number, ms: number): void
}

/** How far somebody who comes knows a channel. */
export interface Known {
  readonly epoch: number
  readonly seq: number
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
  readonly #bus: Bus
  readonly #awaited: Awaited
  readonly #rooms = new Map<ChannelId, Holding>()
  /** Channels that are getting a new epoch: nobody comes in before it has begun. */
  readonly #renewing = new Map<ChannelId, Promise<void>>()
  /** Channels that another node is giving a new epoch: nobody comes in until then. */
  readonly #held = new Map<ChannelId, { goesOn(): void; hinted(epoch: number): void }>()
  readonly #dirty = new Set<Room>()
  /** Rooms that read what other nodes have written. */
  readonly #readingOn = new Map<Room, Promise<void>>()
  #looking: Promise<void> | null = null
  #committing: Promise<void> | null = null
  /** The commit under way. */
  #round: Promise<unknown> | null = null
  readonly #pace = new TokenBucket(ROUNDS_PER_SECOND, ROUNDS_BURST, () => performance.now())

  constructor(
    journal: Journal,
    rulesOf: RulesOfChannel,
    log: Logger,
    watcher: RoomsWatcher,
    capacity: Capacity = DEFAULT_CAPACITY,
    bus: Bus = LOCAL_BUS,
    awaited = new Awaited(),
  ) {
    this.#awaited = awaited
    this.#bus = bus
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

  /**
   * The room of a channel, opened if need be; `null` when there is no such channel. Each room is given back once.
   * @param known what whoever comes has of it: with several nodes they may come from one that is ahead of this one
   */
  async open(channel: ChannelId, known?: Known): Promise<Room | null> {
    const room = await this.#open(channel)
    if (!room || !known || !isAhead(known, room)) return room
    await this.#catchUp(room, known)
    if (known.epoch <= room.epoch) return room
    // It is of an epoch that is over, or whoever comes knows of one that never was; the store has said which.
    this.release(room)
    return this.#open(channel)
  }

  /** Brings a room that is open to where somebody says that its log is. */
  async upTo(room: Room, known: Known): Promise<void> {
    if (isAhead(known, room)) await this.#catchUp(room, known)
  }

  /** Whether a refusal may only be because other nodes have written what is not known here yet. */
  mayBeBehind(code: RefusalCode): boolean {
    return this.#bus.state !== 'alone' && WHEN_BEHIND.includes(code)
  }

  /** Whether other nodes had written what this room did not know of; it does now. */
  async wasBehind(room: Room): Promise<boolean> {
    const before = room.seq
    const [stand] = await this.#standOf([room.channel])
    if (stand) await this.upTo(room, stand)
    return room.seq > before
  }

  #open(channel: ChannelId): Promise<Room | null> {
    const renewing = this.#renewing.get(channel)
    if (renewing) return renewing.then(() => this.#open(channel))
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
    holding.opening.then((room) => {
      if (!room) return forget()
      holding.room = room
      // Only now does what they answer find it.
      this.#bus.ask(channel)
    }, forget)
    return holding.opening
  }

  /** Gives a room back. One that nobody holds is forgotten; the next person opens it again from the log. */
  release(room: Room): void {
    const holding = this.#rooms.get(room.channel)
    if (holding?.room !== room) return
    holding.holders -= 1
    this.#forgetUnused(room)
  }

  /** Another node says that a log is so far, or the store. */
  hinted({ channel, epoch, seq }: Hint): void {
    this.#held.get(channel)?.hinted(epoch)
    const holding = this.#rooms.get(channel)
    if (!holding) return
    const look = (room: Room | null): void => {
      if (room && isAhead({ epoch, seq }, room)) void this.#catchUp(room, { epoch, seq })
    }
    if (holding.room) look(holding.room)
    // It was opened before this was said, and may have been read before.
    else void holding.opening.then(look, () => {})
  }

  /** Somebody shows something on another node. */
  shown(node: string, channel: ChannelId, states: Uint8Array): void {
    this.#rooms.get(channel)?.room?.showElsewhere(node, states)
  }

  /** Another node wants to know who is here. */
  asked(channel: ChannelId): void {
    const here = this.#rooms.get(channel)?.room?.presenceHere ?? []
    if (here.length > 0) this.#bus.show(channel, here)
  }

  /** Another node gives a channel a new epoch, and says so until it has: nobody writes here before it has begun, or should have. */
  held(channel: ChannelId): void {
    const held = this.#held.get(channel)
    if (held) return held.goesOn()
    if (this.#renewing.has(channel)) return
    const room = this.#rooms.get(channel)?.room
    const gate = new Promise<void>((resolve) => {
      const open = (): void => {
        clearTimeout(timer)
        this.#held.delete(channel)
        if (this.#renewing.get(channel) === gate) this.#renewing.delete(channel)
        resolve()
      }
      const timer = setTimeout(open, EPOCH_HELD_MAX_MS)
      this.#held.set(channel, {
        goesOn: () => void timer.refresh(),
        hinted: (epoch) => {
          if (!room || epoch > room.epoch) open()
        },
      })
    })
    this.#renewing.set(channel, gate)
    if (room) void this.#failOnceWritten(room)
  }

  /** Says again who is here, for nodes that did not hear it. */
  announce(): void {
    for (const [channel, { room }] of this.#rooms) {
      const here = room?.presenceHere ?? []
      if (here.length > 0) this.#bus.show(channel, here)
    }
  }

  /** Looks in the store how far the logs of all open rooms are, whatever the bus has said. One look at a time. */
  look(): Promise<void> {
    return (this.#looking ??= this.#lookAtAll().finally(() => (this.#looking = null)))
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
    this.#bus.hold(channel)
    // A long text is read for longer than the others wait.
    const holding = setInterval(() => this.#bus.hold(channel), EPOCH_HELD_MAX_MS / 3)
    const done = (async () => {
      const open = this.#rooms.get(channel)
      const room = await open?.opening.catch(() => null)
      // What is on its way to the disk gets there, and its authors are told; what only queues up comes again.
      while (room?.isWriting) await this.#round
      if (this.#rooms.get(channel) === open) this.#rooms.delete(channel)
      room?.fail('EPOCH_OLD', codeFor)
      await work()
      clearInterval(holding)
      // A node that does not hear it finds it by looking.
      const begun = await this.#standOf([channel]).catch(() => [])
      for (const { epoch, seq } of begun) this.#bus.hint({ channel, epoch, seq })
    })()
    const gate = done.catch(() => {})
    this.#renewing.set(channel, gate)
    try {
      await done
    } finally {
      clearInterval(holding)
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
    const room = new Room(
      channel,
      stored,
      rules,
      this.#journal,
      this.#capacity,
      (of) => this.#wantsCommit(of),
      (of, seq) => this.#catchUp(of, { epoch: of.epoch, seq }),
      (states) =>
        this.#bus.show(
          channel,
          states.map((state) => encodePresence([state])),
        ),
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

  /** Reads on, once what is being written is on disk; resolves when the room is as far as somebody says, or over. */
  #catchUp(room: Room, known: Known): Promise<void> {
    room.said(known.epoch > room.epoch ? Infinity : known.seq)
    const under = this.#readingOn.get(room)
    if (under) return under.then(() => (room.isBehind ? this.#catchUp(room, known) : undefined))
    const work = this.#readOn(room).finally(() => this.#readingOn.delete(room))
    this.#readingOn.set(room, work)
    return work
  }

  async #readOn(room: Room): Promise<void> {
    while (room.isWriting) await this.#round
    // What was seen in the log was its own, on its way to being told.
    if (!room.isBehind) return
    const before = room.seq
    try {
      if ((await room.readOn()) === 'renewed') return await this.#epochOver(room)
      if (room.seq > before) this.#watcher.readOn?.(room, room.seq - before)
    } catch (error) {
      this.#log.error(
        { err: error, channel: room.channel },
        'what other nodes have written could not be read',
      )
      this.#fail(room)
    }
  }

  /** The store says that the log is not where this room is: it is further, or else the store itself has gone back to an older state. */
  async #moveOn(room: Room): Promise<void> {
    const { seq } = room
    await this.#catchUp(room, { epoch: room.epoch, seq: seq + 1 })
    if (room.seq === seq) this.#wentBack(room)
  }

  /** Everybody begins again from what there is. Going on would mean to try the same for ever. */
  #wentBack(room: Room): void {
    if (this.#rooms.get(room.channel)?.room !== room) return
    this.#log.error(
      { channel: room.channel, epoch: room.epoch, seq: room.seq },
      'the store has less of a log than was written there: it went back to an older state',
    )
    this.#fail(room)
  }

  /** Another node has begun a new epoch. Everybody here begins again as well, and is told what they would be told there. */
  async #epochOver(room: Room): Promise<void> {
    const removed = await this.#journal.rows
      .selectFrom('quarantined')
      .select('person')
      .where('channel', '=', room.channel)
      .where('epoch', '=', room.epoch)
      .where('why', '!=', BUILDS_ON_REMOVED)
      .execute()
    const culprits = new Set<string>(removed.map(({ person }) => person))
    if (this.#rooms.get(room.channel)?.room === room) this.#rooms.delete(room.channel)
    room.fail('EPOCH_OLD', (person) => (culprits.has(person) ? 'QUARANTINED' : 'EPOCH_OLD'))
  }

  async #lookAtAll(): Promise<void> {
    const rooms = [...this.#rooms.values()].flatMap(({ room }) => room ?? [])
    const before = new Map(rooms.map((room) => [room, room.seq]))
    const stands = await this.#standOf(rooms.map(({ channel }) => channel))
    for (const { channel, epoch, seq, snapshotSeq, snapshotBytes } of stands) {
      const room = this.#rooms.get(channel)?.room
      if (!room) continue
      const known = before.get(room)
      if (known !== undefined && (epoch < room.epoch || (epoch === room.epoch && seq < known))) {
        this.#wentBack(room)
        continue
      }
      this.hinted({ channel, epoch, seq })
      if (snapshotSeq !== null && snapshotSeq > room.snapshotSeq && snapshotBytes !== null)
        await this.compacted(channel, epoch, snapshotSeq, snapshotBytes)
    }
  }

  async #standOf(channels: readonly ChannelId[]) {
    if (channels.length === 0) return []
    const rows = await this.#journal.rows
      .selectFrom('channel')
      .leftJoin('snapshot', 'snapshot.channel', 'channel.id')
      .select([
        'channel.id',
        'channel.epoch',
        'channel.seq',
        'snapshot.seq as snapshotSeq',
        'snapshot.bytes as snapshotBytes',
      ])
      .where('channel.id', 'in', [...channels])
      .execute()
    return rows.map(({ id, ...stand }) => ({ channel: id as ChannelId, ...stand }))
  }

  #fail(room: Room): void {
    if (this.#rooms.get(room.channel)?.room === room) this.#rooms.delete(room.channel)
    room.fail('TRY_AGAIN')
  }

  /** What is on its way to the disk gets there, and its authors are told. */
  async #failOnceWritten(room: Room): Promise<void> {
    while (room.isWriting) await this.#round
    this.#fail(room)
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
      // At once as long as few ask. Under load it gathers: a round costs the same for one edit as for twenty, and so does
      // telling somebody; a fixed tick made everybody wait as soon as two people typed.
      const wait = this.#pace.take()
      if (wait >= 1) await nap(wait, () => this.#awaited.isNothing)
      // One that reads on wants its commit when it has.
      const rooms = [...this.#dirty]
        .filter((room) => !room.isReadingOn)
        .map((room) => ({ room, batch: room.takeBatch() }))
      this.#dirty.clear()
      const round = this.#write(rooms)
      this.#round = round
      const { written, movedOn } = await round
      for (const { room, batch } of rooms) {
        if (movedOn.has(room)) {
          room.putBack()
          void this.#moveOn(room)
          continue
        }
        if (!written.has(room)) {
          this.#fail(room)
          continue
        }
        try {
          const entries = room.committed()
          if (batch) this.#bus.hint({ channel: room.channel, epoch: room.epoch, seq: room.seq })
          this.#watcher.edited(room, entries)
        } catch (error) {
          // It is on disk, but somebody could not be told: that must not reach the other rooms, or the process.
          this.#log.error({ err: error, channel: room.channel }, 'a room could not tell its members')
          this.#fail(room)
        }
        this.#forgetUnused(room)
      }
    }
    // In the same turn as the last look at the queue: a write in between would otherwise wait for ever.
    this.#committing = null
  }

  /**
   * The rooms whose batch is on disk: all in one commit, or, when one of them spoils that, each by itself. And those of which
   * nothing was written, because another node has.
   */
  async #write(
    rooms: readonly { readonly room: Room; readonly batch: ChannelBatch | null }[],
  ): Promise<Round> {
    const written = new Set(rooms.filter((r) => !r.batch).map((r) => r.room))
    const movedOn = new Set<Room>()
    const full = rooms.filter((r): r is { room: Room; batch: ChannelBatch } => r.batch !== null)
    const append = async (some: readonly { room: Room; batch: ChannelBatch }[]): Promise<boolean> => {
      const began = performance.now()
      let behind: ReadonlySet<ChannelId>
      try {
        behind = await this.#journal.append(some.map((r) => r.batch))
      } catch (error) {
        this.#log.error({ err: error, rooms: some.length }, 'nothing could be written')
        return false
      }
      let entries = 0
      for (const { room, batch } of some) {
        if (behind.has(room.channel)) movedOn.add(room)
        else {
          written.add(room)
          entries += batch.entries.length
        }
      }
      if (entries > 0) this.#watcher.committed(entries, performance.now() - began)
      return true
    }
    if (full.length === 0) return { written, movedOn }
    if ((await append(full)) || full.length === 1) return { written, movedOn }
    for (const one of full) {
      const began = performance.now()
      // A store that says nothing is not asked for each of them: everybody would wait for all.
      if (!(await append([one])) && performance.now() - began > STORE_SILENT_MS) break
    }
    return { written, movedOn }
  }
}

/** What is wrong with a batch is said sooner. */
const STORE_SILENT_MS = 1_000

const WHEN_BEHIND: readonly RefusalCode[] = ['GAP', 'UNKNOWN_DEPENDENCY', 'FORGED_AUTHOR']

/** What has become of the batches of a commit. */
interface Round {
  readonly written: ReadonlySet<Room>
  readonly movedOn: ReadonlySet<Room>
}

const isAhead = ({ epoch, seq }: Known, room: Room): boolean =>
  epoch > room.epoch || (epoch === room.epoch && seq > room.seq)
