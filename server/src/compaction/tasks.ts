/** What the main thread asks of the worker that makes `Y.Doc`s, and what comes back. */
import type { ChannelId, DocumentTypeId } from '@auzolan/shared/ids.ts'
import type { Said } from '@auzolan/shared/comments/said.ts'
import type { Passage } from '@auzolan/shared/find/find.ts'
import type { ToolSaid } from '@auzolan/shared/find/tool-said.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { LogEntry, Removed, Snapshot } from '../journal/journal.ts'
import type { Touch } from './touches.ts'

/** Values by section and field, in the form `readDocument` gives them. */
export type Template = { readonly [section: string]: { readonly [field: string]: unknown } }

/** A log, or the part of it that follows what the worker has. */
export interface LogText {
  readonly channel: ChannelId
  /** `null` when the log begins with its first entry, or continues what the worker has. */
  readonly snapshot: Snapshot | null
  readonly entries: readonly LogEntry[]
}

export type Task =
  | {
      readonly op: 'birth'
      readonly type: DocumentTypeId | 'calendar'
      readonly languages: readonly string[]
      readonly template: Template
    }
  /** Goes on reading a channel that is being edited. `after` 0: from the beginning. */
  | ({ readonly op: 'follow'; readonly epoch: number; readonly after: number } & LogText)
  /** Puts together what has been followed so far. */
  | { readonly op: 'compact'; readonly channel: ChannelId; readonly epoch: number }
  | { readonly op: 'forget'; readonly channel: ChannelId }
  /** The log without what does harm. `known`: entries that are known to. Not all is looked through when that takes longer than `maxMs`. */
  | ({ readonly op: 'repair'; readonly known: readonly Removed[]; readonly maxMs: number } & LogText)
  /** The text without its deleted parts, and without these comment events. */
  | ({ readonly op: 'erase'; readonly events: readonly string[] } & LogText)
  | ({ readonly op: 'canonical' } & LogText)
  /** A whole text or calendar as JSON, what its team alone reads with the rest. */
  | ({ readonly op: 'whole' } & LogText)
  /** A comments channel made anew of what was said, each event under the client id it had. */
  | { readonly op: 'retell'; readonly said: readonly Said[] }
  /** What was said in a comments channel. */
  | ({ readonly op: 'said' } & LogText)
  /** Where which words stand, of a text or a calendar. */
  | ({ readonly op: 'passages' } & LogText)

/** What others see of a text without opening it. */
export interface Named {
  readonly title: Translated<string>
  /** Of an evaluation. */
  readonly tool: ToolSaid | null
}

/** A whole text as it is stored. */
export interface Packed {
  readonly gzip: Uint8Array
  /** Length before compression. */
  readonly bytes: number
  /** Client id → next clock. */
  readonly clocks: ReadonlyMap<number, number>
}

export type TaskResult =
  | {
      readonly op: 'birth'
      readonly update: Uint8Array
      readonly clocks: ReadonlyMap<number, number>
      readonly named: Named
    }
  | { readonly op: 'follow'; readonly outcome: FollowOutcome }
  | { readonly op: 'compact'; readonly packed: (Packed & { readonly seq: number }) | null }
  | { readonly op: 'forget' }
  | {
      readonly op: 'repair'
      readonly packed: Packed
      /** What was known among them. */
      readonly removed: readonly Removed[]
      /** Not all has been looked at yet: to be asked again, with these as known. */
      readonly more: boolean
      readonly barred: readonly number[]
      /** Of the entries that stay. */
      readonly touches: readonly Touch[]
    }
  | { readonly op: 'erase'; readonly packed: Packed }
  | {
      readonly op: 'canonical'
      readonly json: string
      readonly sha256: string
      /** What the team alone reads: canonical JSON too, beside the text. */
      readonly restricted: string
    }
  | { readonly op: 'whole'; readonly json: string }
  | { readonly op: 'retell'; readonly packed: Packed }
  | { readonly op: 'said'; readonly said: readonly Said[] }
  | {
      readonly op: 'passages'
      readonly open: readonly Passage[]
      /** What the team alone reads. */
      readonly restricted: readonly Passage[]
    }

/** Containers for records that lack them, as an update of `RECORDS_CLIENT`: where it begins, and that client's next clock. */
export interface Lacking {
  readonly update: Uint8Array
  readonly from: number
  readonly clock: number
}

export type FollowOutcome =
  | {
      readonly kind: 'sound'
      readonly seq: number
      /** Of a content. */
      readonly named: Named | null
      readonly touches: readonly Touch[]
      /** What records lack that are older than a field of theirs. */
      readonly lacking: Lacking | null
    }
  /** The worker does not have the text up to `after`: begin again from 0. */
  | { readonly kind: 'unknown' }
  /** This entry, the first of its kind, does harm. */
  | { readonly kind: 'harmful'; readonly seq: number; readonly why: string }

export type TaskAnswer = { readonly id: number } & (
  { readonly result: TaskResult } | { readonly error: string }
)
