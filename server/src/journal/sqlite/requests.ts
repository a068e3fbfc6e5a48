/** What the main thread asks of the SQLite thread, and what comes back. */
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { EpochCause } from '@auzolan/shared/protocol/frames.ts'
import type { ChannelBatch, LogPart, NewEntry, ReadLimit } from '../journal.ts'

export type Request =
  | { readonly op: 'open'; readonly channel: ChannelId }
  | {
      readonly op: 'create'
      readonly at: string
      readonly channels: readonly { readonly channel: ChannelId; readonly birth: NewEntry | null }[]
    }
  | { readonly op: 'append'; readonly at: string; readonly batches: readonly ChannelBatch[] }
  | {
      readonly op: 'read'
      readonly channel: ChannelId
      readonly after: number
      readonly limit: ReadLimit
    }
  | {
      readonly op: 'bind'
      readonly channel: ChannelId
      readonly clientIds: readonly number[]
      readonly person: PersonId
    }
  | { readonly op: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly op: 'rewrite' }
  | { readonly op: 'close' }

export interface OpenResult {
  readonly epoch: number
  readonly epochCause: EpochCause
  readonly seq: number
  readonly snapshotSeq: number
  readonly snapshotBytes: number
  readonly tailBytes: number
  readonly authors: readonly { client: number; person: string; clock: number }[]
}
export interface QueryResult {
  readonly rows: readonly unknown[]
  readonly changes: number
}
export type Result = null | OpenResult | LogPart | readonly number[] | readonly ChannelId[] | QueryResult
/** Id 0 is the thread's own "ready". */
export type Answer = { readonly id: number } & ({ readonly result: Result } | { readonly error: string })
