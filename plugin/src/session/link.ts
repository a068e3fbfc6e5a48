/** One way to the server while it lasts; there are several, and the port above knows no difference. */
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type { ChannelGreeting, ClientFrame, ServerFrame } from '@auzolan/shared/protocol/frames.ts'

/**
 * Why there is no connection. `NETWORK`: nobody answered; `SIGN_IN`: Nextcloud gave no ticket; `NOT_CONNECTED`: it
 * knows no sync server.
 */
export type Cause = RefusalCode | 'NETWORK' | 'SIGN_IN' | 'NOT_CONNECTED'

export interface LinkEnd {
  readonly cause: Cause
  /** The server itself said so: it can be reached. */
  readonly said: boolean
  readonly retryAfterMs: number
}

export interface LinkEvents {
  readonly greeting: () => readonly ChannelGreeting[]
  readonly onFrame: (frame: ServerFrame) => void
  /** Once, and never after `close`. */
  readonly onEnd: (end: LinkEnd) => void
}

export interface Link {
  /** `relay`: over HTTP through Nextcloud. */
  readonly kind: 'websocket' | 'http' | 'relay'
  send(frame: ClientFrame): void
  /** Ends without a word. */
  close(): void
}
