/** What a session is to the gateway, and what a session may use, whichever wire it speaks. */
import type { Logger } from 'pino'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import type { Capacity } from '@auzolan/shared/limits.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Awaited } from '../awaited.ts'
import type { Commenters } from '../comments/commenters.ts'
import type { Rooms } from '../rooms/rooms.ts'

/** What of the gateway's work is counted. Nothing of it names a person or a document. */
export interface SyncMeter {
  taken(bytes: number): void
  refused(code: RefusalCode): void
  ended(code: RefusalCode): void
}

export interface SyncPorts {
  readonly tokens: Tokens
  readonly access: Access
  readonly rooms: Rooms
  readonly commenters: Commenters
  readonly capacity: Capacity
  readonly meter: SyncMeter
  readonly awaited: Awaited
  readonly log: Logger
}

export interface Session {
  readonly document: DocumentId
  /** Who it is; `null` until somebody has said so. */
  readonly claims: Claims | null
  /** Whether a frame asks for work that is rationed. */
  isUpdate(bytes: Uint8Array): boolean
  /** Most frames are done when it returns: only what has to ask somebody gives a promise, and what follows waits for that. */
  receive(bytes: Uint8Array): Promise<void> | undefined
  beat(): void
  /** Looks at what is due: leases end, slow readers go. */
  sweep(): void
  /** The socket has taken what was given to it. */
  drained(): void
  /** What people may do with the document has changed: asks again. */
  reconsider(): Promise<void>
  /** What is known about the person has changed: only a fresh ticket counts from now on. */
  suspend(): void
  dismiss(code: RefusalCode): void
  closed(): void
}
