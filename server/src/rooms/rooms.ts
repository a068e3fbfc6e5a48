/** The open rooms of this process, and the one commit that serves all of them (group commit). */
import type { ChannelId } from '@auzolan/shared/ids.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { Logger } from 'pino'
import type { ChannelBatch, Journal } from '../journal/journal.ts'
import { Room } from './room.ts'

/** Which roots a channel's documents may have; `null` for a channel nobody knows. */
export type RootsOfChannel = (channel: ChannelId) => Promise<ReadonlySet<string> | null>

/** A room and how many sessions hold it, counted from their asking: one that is on its way in is not yet a member. */
interface Holding {
  readonly opening: Promise<Room | null>
  room: Room | null
  holders: number
}

export class Rooms {
  readonly #journal: Journal
  readonly #rootsOf: RootsOfChannel
  readonly #log: Logger
  readonly #onCommitted: (room: Room) => void
  readonly #rooms = new Map<ChannelId, Holding>()
  readonly #dirty = new Set<Room>()
  #committing: Promise<void> | null = null

  /** @param onCommitted told after every commit, for those who follow what is being written */
  constructor(journal: Journal, rootsOf: RootsOfChannel, log: Logger, onCommitted: (room: Room) => void) {
    this.#onCommitted = onCommitted
    this.#journal = journal
    this.#rootsOf = rootsOf
    this.#log = log
  }

  /** The room of a channel, opened if need be; `null` when there is no such channel. Each room is given back once. */
  open(channel: ChannelId): Promise<Room | null> {
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

  /** Sends everybody away and finishes the commit under way. */
  async close(code: RefusalCode): Promise<void> {
    await this.#committing
    for (const { opening } of [...this.#rooms.values()]) (await opening.catch(() => null))?.fail(code)
    this.#rooms.clear()
  }

  async #load(channel: ChannelId): Promise<Room | null> {
    const [stored, roots] = await Promise.all([this.#journal.open(channel), this.#rootsOf(channel)])
    if (!stored || !roots) return null
    return new Room(channel, stored, roots, this.#journal, (room) => this.#wantsCommit(room))
  }

  #forgetUnused(room: Room): void {
    const holding = this.#rooms.get(room.channel)
    if (holding?.room === room && holding.holders === 0 && room.isEmpty) this.#rooms.delete(room.channel)
  }

  #fail(room: Room): void {
    if (this.#rooms.get(room.channel)?.room === room) this.#rooms.delete(room.channel)
    room.fail('TRY_AGAIN')
  }

  #wantsCommit(room: Room): void {
    this.#dirty.add(room)
    // At once when idle: the first writer does not wait. While a commit runs, everything else gathers.
    this.#committing ??= this.#commitAll()
  }

  async #commitAll(): Promise<void> {
    // One turn of the event loop lets every frame of the same packet join the same commit.
    await Promise.resolve()
    while (this.#dirty.size > 0) {
      const rooms: Room[] = []
      const batches: ChannelBatch[] = []
      for (const room of this.#dirty) {
        const batch = room.takeBatch()
        if (batch) {
          rooms.push(room)
          batches.push(batch)
        }
      }
      this.#dirty.clear()
      try {
        await this.#journal.append(batches)
      } catch (error) {
        this.#log.error({ err: error, rooms: rooms.length }, 'nothing could be written; rooms are closed')
        for (const room of rooms) this.#fail(room)
        continue
      }
      for (const room of rooms) {
        try {
          room.committed()
          this.#onCommitted(room)
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
}
