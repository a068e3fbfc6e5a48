/** The open rooms of this process, and the one commit that serves all of them (group commit). */
import type { ChannelId } from '@auzolan/shared/ids.ts'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { Logger } from 'pino'
import type { ChannelBatch, Journal } from '../journal/journal.ts'
import { Room } from './room.ts'

/** Which roots a channel's documents may have; `null` for a channel nobody knows. */
export type RootsOfChannel = (channel: ChannelId) => Promise<ReadonlySet<string> | null>

export class Rooms {
  readonly #journal: Journal
  readonly #rootsOf: RootsOfChannel
  readonly #log: Logger
  readonly #onCommitted: (room: Room) => void
  readonly #rooms = new Map<ChannelId, Promise<Room | null>>()
  readonly #dirty = new Set<Room>()
  #committing: Promise<void> | null = null

  /** @param onCommitted told after every commit, for those who follow what is being written */
  constructor(journal: Journal, rootsOf: RootsOfChannel, log: Logger, onCommitted: (room: Room) => void) {
    this.#onCommitted = onCommitted
    this.#journal = journal
    this.#rootsOf = rootsOf
    this.#log = log
  }

  /** The room of a channel, opened if need be; `null` when there is no such channel. */
  open(channel: ChannelId): Promise<Room | null> {
    const existing = this.#rooms.get(channel)
    if (existing) return existing
    const opening = this.#load(channel)
    this.#rooms.set(channel, opening)
    void opening.then(
      (room) => room ?? this.#forget(channel, opening),
      () => this.#forget(channel, opening),
    )
    return opening
  }

  /** Forgets a room nobody is in; the next person opens it again from the log. */
  async release(channel: ChannelId): Promise<void> {
    const opening = this.#rooms.get(channel)
    const room = await opening
    if (room?.isEmpty && opening) this.#forget(channel, opening)
  }

  /** Sends everybody away and finishes the commit under way. */
  async close(code: RefusalCode): Promise<void> {
    await this.#committing
    for (const opening of [...this.#rooms.values()]) (await opening.catch(() => null))?.fail(code)
    this.#rooms.clear()
  }

  async #load(channel: ChannelId): Promise<Room | null> {
    const [stored, roots] = await Promise.all([this.#journal.open(channel), this.#rootsOf(channel)])
    if (!stored || !roots) return null
    return new Room(channel, stored, roots, this.#journal, (room) => this.#wantsCommit(room))
  }

  #forget(channel: ChannelId, opening: Promise<Room | null>): void {
    if (this.#rooms.get(channel) === opening) this.#rooms.delete(channel)
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
        for (const room of rooms) {
          this.#rooms.delete(room.channel)
          room.fail('TRY_AGAIN')
        }
        continue
      }
      for (const room of rooms) {
        room.committed()
        this.#onCommitted(room)
      }
    }
    // In the same turn as the last look at the queue: a write in between would otherwise wait for ever.
    this.#committing = null
  }
}
