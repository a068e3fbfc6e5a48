/** Somebody in a room, whatever wire they speak. */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { PersonId } from '@auzolan/shared/ids.ts'
import type { Snapshot } from '../journal/journal.ts'

export interface Member {
  readonly person: PersonId
  readonly name: string
  /** Yjs client ids whose presence this session may show. */
  readonly clientIds: ReadonlySet<number>
  /** Gets its own entries again when there are others with them: what is the same for all is put together once. */
  readonly takesOwn?: boolean
  /** Bytes given to it that have not left yet. Grown too much, the member is caught up from the log instead. */
  readonly backlogBytes: number
  /**
   * Entries in order; live, the member's own are left out (unless `takesOwn`) and `toSeq` counts them. Members that get the same get the
   * same array, so that it is encoded once.
   */
  entries(fromSeq: number, toSeq: number, updates: readonly Uint8Array[]): void
  snapshot(snapshot: Snapshot): void
  /** `count` more of this member's updates are durable; it has been given everything up to `seq`. */
  acknowledged(count: number, seq: number): void
  presence(states: Uint8Array): void
  /** The channel has grown to its limit, or shrunk below it again. */
  full(full: boolean): void
  leave(code: RefusalCode): void
}
