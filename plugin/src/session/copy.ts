/**
 * The copy of a document on this device: what came from the server, what still waits to go there, and drafts of what
 * the server would not take. An entry and the marker that counts it are written in one transaction, so a crash in
 * between cannot skip an entry for ever (a missing deletion would not even show in a state vector).
 */
import type { ChannelName } from '@auzolan/shared/ids.ts'
import type { Draft } from './draft.ts'

export interface CopiedEntry {
  readonly key: number
  readonly update: Uint8Array
  /** Not yet acknowledged by the server. */
  readonly waiting: boolean
}

export interface Marker {
  /** 0: nothing has ever come from the server. */
  readonly epoch: number
  /** Everything up to here is in the copy. */
  readonly afterSeq: number
}

export interface OwnEdit {
  /** `null`: the device did not take it. */
  readonly key: number | null
  readonly update: Uint8Array
}

export interface LocalCopy {
  /** False when the browser keeps nothing: private windows, forbidden or full storage. */
  readonly durable: boolean
  load(channel: ChannelName): Promise<{ marker: Marker; entries: readonly CopiedEntry[] }>
  /** Keeps an edit of this person until the server has it. Returns its key. */
  addOwn(channel: ChannelName, update: Uint8Array): Promise<number>
  /**
   * At once, for a page that may be gone in a moment: found by the next `load`. None takes back what was kept so.
   * Never throws.
   */
  keepAtOnce(channel: ChannelName, updates: readonly Uint8Array[]): void
  /** Tells what a page that is gone had kept at once, when that comes to light after `load`: rows that wait. */
  onLeft(listener: (channel: ChannelName, entries: readonly CopiedEntry[]) => void): void
  addEntries(channel: ChannelName, marker: Marker, updates: readonly Uint8Array[]): Promise<void>
  /** Marks own edits as acknowledged; one that could not be kept before is kept now, since the marker counts it. */
  acknowledge(channel: ChannelName, marker: Marker, done: readonly OwnEdit[]): Promise<void>
  /** Writes the present state whole, after the store was lost or could not be written. Nothing of it may be waiting. */
  rewrite(channel: ChannelName, marker: Marker, state: Uint8Array): Promise<void>
  /**
   * Takes waiting rows out and keeps the draft made of them, both or neither. Another tab on the same copy may have
   * done so already: then its draft is the one that stays.
   */
  putAside(keys: readonly number[], draft: Draft): Promise<void>
  /**
   * Drops everything of a channel, because its epoch is over; keeps the draft made of it, if any. Another tab on the
   * same copy may have done so already, and have filled it from the new epoch: that stays.
   */
  beginAgain(channel: ChannelName, epoch: number, keys: readonly number[], draft: Draft | null): Promise<void>
  /** Newest first. */
  drafts(): Promise<readonly Draft[]>
  keepDraft(draft: Draft): Promise<void>
  throwAway(draft: string): Promise<void>
  /** Deletes all there is of this document, drafts included: access has ended. */
  erase(): Promise<void>
  close(): void
}

export const NOTHING: Marker = { epoch: 0, afterSeq: 0 }

/** Two tabs share a copy: the one that is behind must not set the marker back. */
export const isAhead = (marker: Marker, before: Marker | undefined): boolean =>
  !before ||
  before.epoch < marker.epoch ||
  (before.epoch === marker.epoch && before.afterSeq < marker.afterSeq)
