/** What a session is to the gateway, and what a session may use, whichever wire it speaks. */
import type { Logger } from 'pino'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { Access } from '../access/access.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Rooms } from '../rooms/rooms.ts'

export interface SyncPorts {
  readonly tokens: Tokens
  readonly access: Access
  readonly rooms: Rooms
  readonly log: Logger
}

export interface Session {
  /** Whether somebody has said who they are. */
  readonly greeted: boolean
  receive(bytes: Uint8Array): Promise<void>
  beat(): void
  dismiss(code: RefusalCode): void
  closed(): void
}
