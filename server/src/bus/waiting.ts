/** What a node still has to say: of each log only the latest, and no more presence than the bus can carry. */
import type { ChannelId } from '@auzolan/shared/ids.ts'
import type { Hint } from './bus.ts'
import { encodeMessage } from './parcel.ts'

export class Waiting {
  readonly #presenceMaxBytes: number
  readonly #hints = new Map<ChannelId, Hint>()
  readonly #asked = new Set<ChannelId>()
  readonly #held = new Set<ChannelId>()
  #presence: Uint8Array[] = []
  #presenceBytes = 0
  #news = false

  constructor(presenceMaxBytes: number) {
    this.#presenceMaxBytes = presenceMaxBytes
  }

  get isEmpty(): boolean {
    return (
      this.#hints.size === 0 &&
      this.#asked.size === 0 &&
      this.#held.size === 0 &&
      this.#presence.length === 0 &&
      !this.#news
    )
  }

  hint(hint: Hint): void {
    const last = this.#hints.get(hint.channel)
    if (last && (last.epoch > hint.epoch || (last.epoch === hint.epoch && last.seq >= hint.seq))) return
    this.#hints.set(hint.channel, hint)
  }
  ask(channel: ChannelId): void {
    this.#asked.add(channel)
  }
  hold(channel: ChannelId): void {
    this.#held.add(channel)
  }
  news(): void {
    this.#news = true
  }
  /** False when too much waits: nothing of it will be said. */
  show(channel: ChannelId, states: Uint8Array): boolean {
    const message = encodeMessage({ kind: 'shown', channel, states })
    if (this.#presenceBytes + message.length > this.#presenceMaxBytes) return false
    this.#presence.push(message)
    this.#presenceBytes += message.length
    return true
  }

  /** Everything that waits, what matters most first; nothing waits then. */
  take(): Uint8Array[] {
    const messages = [
      ...(this.#news ? [encodeMessage({ kind: 'news' })] : []),
      ...[...this.#held].map((channel) => encodeMessage({ kind: 'held', channel })),
      ...[...this.#hints.values()].map((hint) => encodeMessage({ kind: 'hint', ...hint })),
      ...[...this.#asked].map((channel) => encodeMessage({ kind: 'asked', channel })),
      ...this.#presence,
    ]
    this.#news = false
    this.#hints.clear()
    this.#asked.clear()
    this.#held.clear()
    this.#presence = []
    this.#presenceBytes = 0
    return messages
  }
}
