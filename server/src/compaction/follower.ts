/** Follows rooms that are being edited: soon after the last keystroke, what others see of a document is renewed. */
import { documentOf, type ChannelId } from '@auzolan/shared/ids.ts'
import type { Logger } from 'pino'
import type { Documents } from '../documents/documents.ts'
import type { Room } from '../rooms/room.ts'
import type { Compaction } from './compaction.ts'

/** Quiet time after an edit before the title is read again. */
const FOLLOW_AFTER_MS = 1_000

export class Follower {
  readonly #compaction: Compaction
  readonly #documents: Documents
  readonly #log: Logger
  readonly #pending = new Map<ChannelId, NodeJS.Timeout>()

  constructor(compaction: Compaction, documents: Documents, log: Logger) {
    this.#compaction = compaction
    this.#documents = documents
    this.#log = log
  }

  edited(room: Room): void {
    if (this.#pending.has(room.channel)) return
    const timer = setTimeout(() => {
      this.#pending.delete(room.channel)
      this.#follow(room).catch((error: unknown) =>
        this.#log.error({ err: error }, 'an edited room could not be followed'),
      )
    }, FOLLOW_AFTER_MS)
    timer.unref()
    this.#pending.set(room.channel, timer)
  }

  close(): void {
    for (const timer of this.#pending.values()) clearTimeout(timer)
    this.#pending.clear()
  }

  async #follow(room: Room): Promise<void> {
    const { updates } = await room.readAll()
    await this.#documents.retitle(documentOf(room.channel), await this.#compaction.title(updates))
  }
}
