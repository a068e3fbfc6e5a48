/** The port of everything durable: the log of each channel, and the rows beside it. */
import type { Kysely, Transaction } from 'kysely'
import type { ChannelId, PersonId } from '@auzolan/shared/ids.ts'

export interface LogEntry {
  readonly seq: number
  readonly update: Uint8Array
}

/** What a room needs to admit updates, rebuilt from the store when it opens. */
export interface StoredHead {
  readonly epoch: number
  readonly seq: number
  readonly clocks: Map<number, number>
  readonly owners: Map<number, PersonId>
}

export interface NewEntry {
  readonly person: PersonId
  readonly update: Uint8Array
  /** Yjs client id → next clock after this entry. */
  readonly clocks: ReadonlyMap<number, number>
}

export interface ChannelBatch {
  readonly channel: ChannelId
  /** Where this writer believes the log ends; a mismatch means another writer, and nothing is written. */
  readonly afterSeq: number
  readonly entries: readonly NewEntry[]
}

/** Durable truth for every document. A promise resolves only when a power cut cannot undo what it did. */
export interface Journal {
  /** The head of a channel; `null` when the channel was never created. */
  open(channel: ChannelId): Promise<StoredHead | null>
  /** Creates a channel with its first entry (its birth from a template). @throws if it exists. */
  create(channel: ChannelId, birth: NewEntry): Promise<void>
  /** All or none, in order, many channels in one commit. @throws when nothing could be written. */
  append(batches: readonly ChannelBatch[]): Promise<void>
  /** Entries after `after`, in order, at most `limit.entries` of them or `limit.bytes`, but always one if there is one. */
  read(
    channel: ChannelId,
    after: number,
    limit: { entries: number; bytes: number },
  ): Promise<readonly LogEntry[]>
  /** Binds Yjs client ids to a person, first come; returns the ids that belong to somebody else. */
  bind(channel: ChannelId, clientIds: readonly number[], person: PersonId): Promise<readonly number[]>
  /** Read access to rows. */
  readonly rows: Kysely<Tables>
  /** Rows changed together, or not at all. */
  transact<T>(work: (rows: Transaction<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The rows beside the log. Times are ISO 8601 in UTC, values that are structures are JSON. */
export interface Tables {
  channel: { id: string; epoch: number; seq: number }
  team: { id: string; name: string; created_at: string }
  membership: {
    team_id: string
    principal_kind: 'person' | 'group'
    principal_id: string
    role: string
  }
  document: {
    id: string
    type: string
    title: string
    languages: string
    team_id: string
    work: string
    in_force: number | null
    visibility: string
    archived: number
    created_by: string
    created_at: string
    updated_at: string
  }
  spent_ticket: { jti: string; expires_at: number }
  setting: { key: string; value: string }
}
