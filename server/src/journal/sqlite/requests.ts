/** What the main thread asks of the SQLite thread, and what comes back. */
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'
import type { ChannelBatch, LogEntry, NewEntry } from '../journal.ts'

export type Request =
  | { readonly op: 'open'; readonly channel: ChannelId }
  | { readonly op: 'create'; readonly at: string; readonly channel: ChannelId; readonly birth: NewEntry }
  | { readonly op: 'append'; readonly at: string; readonly batches: readonly ChannelBatch[] }
  | {
      readonly op: 'read'
      readonly channel: ChannelId
      readonly after: number
      readonly limit: { entries: number; bytes: number }
    }
  | {
      readonly op: 'bind'
      readonly channel: ChannelId
      readonly clientIds: readonly number[]
      readonly person: PersonId
    }
  | { readonly op: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly op: 'close' }

export interface OpenResult {
  readonly epoch: number
  readonly seq: number
  readonly authors: readonly { client: number; person: string; clock: number }[]
}
export interface QueryResult {
  readonly rows: readonly unknown[]
  readonly changes: number
}
export type Result = null | OpenResult | readonly LogEntry[] | readonly number[] | QueryResult
/** Id 0 is the thread's own "ready". */
export type Answer = { readonly id: number } & ({ readonly result: Result } | { readonly error: string })
