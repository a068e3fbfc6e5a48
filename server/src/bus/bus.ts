/**
 * What nodes tell each other: that a log is further, that rows everybody goes by have changed, and who is here. It carries hints and
 * no truth: whatever is lost on the way costs time until the next look into the store, and nothing else.
 */
import type { ChannelId } from '@auzolan/shared/ids.ts'

/** A log is so far. */
export interface Hint {
  readonly channel: ChannelId
  readonly epoch: number
  readonly seq: number
}

/** Whoever wants to hear it. A listener that throws does no harm to the bus; what it was told is taken for told. */
export interface BusListener {
  hinted(hint: Hint): void
  /** Somebody else's presence, as y-protocols encodes it: from outside, and not yet read. */
  shown(node: string, channel: ChannelId, states: Uint8Array): void
  /** Another node has just opened a channel, and wants to know who is there. */
  asked(channel: ChannelId): void
  /** Another node is giving a channel a new epoch: whoever writes there now only holds it up. */
  held(channel: ChannelId): void
  /** Rows that everybody goes by have changed: who may do what, whose tokens are void. */
  news(): void
  /** Something may have been said that was not heard here. */
  missed(): void
}

export interface BusCounts {
  /** Parcels that have left, and that have come from other nodes. */
  readonly sent: number
  readonly received: number
  /** Parcels that could not be read: of another version, or of nobody we know. */
  readonly unread: number
  /** States of presence that were not sent, because too many waited or one was too large. */
  readonly dropped: number
  /** How often the connection was lost. */
  readonly lost: number
}

/** Delivers at most once, in no order. Saying something never waits and never throws; while the bus is away it is said to nobody. */
export interface Bus {
  /** `alone`: this process is the only one, and there is nobody to tell. */
  readonly state: 'alone' | 'up' | 'away'
  readonly counts: BusCounts
  /** @param listener hears everything from now on, but never what this node says itself */
  listen(listener: BusListener): void
  hint(hint: Hint): void
  /** @param states of sessions of this node, one encoded update for each */
  show(channel: ChannelId, states: readonly Uint8Array[]): void
  ask(channel: ChannelId): void
  hold(channel: ChannelId): void
  news(): void
  /** What was said just before may be lost. */
  close(): Promise<void>
}
