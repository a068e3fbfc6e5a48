/** What is given to a socket, and whether it takes it: the log is the send buffer of a slow reader, not our memory. */
import type { WebSocket } from 'ws'
import { BACKLOG_FROM_LOG_BYTES } from '@auzolan/shared/limits.ts'

export class Outgoing {
  readonly #socket: WebSocket
  /** A room has found the socket too full: it is told when that has passed. */
  #lagging = false
  readonly #sent: () => void

  /** @param onTaken the socket has taken something */
  constructor(socket: WebSocket, onTaken: () => void) {
    this.#socket = socket
    this.#sent = onTaken
  }

  /** For a room that decides whether to send: too much, and `caughtUp` will say when there is room again. */
  get backlogBytes(): number {
    const bytes = this.#socket.bufferedAmount
    if (bytes > BACKLOG_FROM_LOG_BYTES) this.#lagging = true
    return bytes
  }

  /** Whether a socket that was too full takes more now; true once for each time it was. */
  caughtUp(): boolean {
    if (!this.#lagging || this.#socket.bufferedAmount > BACKLOG_FROM_LOG_BYTES / 4) return false
    this.#lagging = false
    return true
  }

  send(bytes: Uint8Array): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(bytes, this.#sent)
  }
}
