/** What is given to a socket, and whether it takes it: the log is the send buffer of a slow reader, not our memory. */
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { BACKLOG_FROM_LOG_BYTES } from '@auzolan/shared/limits.ts'

/** FIN and the opcode of a binary message (RFC 6455, 5.2). */
const BINARY = 0x82
const LENGTH_IN_16_BITS = 126
const LENGTH_IN_64_BITS = 127

/** A message as it travels, header and content in one piece: a server masks nothing, so it is the same for everybody. */
export function framed(content: Uint8Array): Buffer {
  const { length } = content
  const header = length < LENGTH_IN_16_BITS ? 2 : length < 2 ** 16 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = BINARY
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = LENGTH_IN_16_BITS
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = LENGTH_IN_64_BITS
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(content, header)
  return frame
}

/**
 * Writes to the stream that the upgrade gave, not through `ws`: that makes a header and two writes for every reader of the same
 * message, which was a third of what a reader costs. Nothing we send is compressed or in fragments, so nothing of ours can fall between
 * what `ws` writes itself (pongs, the farewell).
 */
export class Outgoing {
  readonly #socket: WebSocket
  readonly #stream: Duplex
  /** A room has found the socket too full: it is told when that has passed. */
  #lagging = false

  /** @param onTaken the socket has taken what it had */
  constructor(socket: WebSocket, stream: Duplex, onTaken: () => void) {
    this.#socket = socket
    this.#stream = stream
    stream.on('drain', onTaken)
  }

  /** For a room that decides whether to send: too much, and `caughtUp` will say when there is room again. */
  get backlogBytes(): number {
    const bytes = this.#stream.writableLength
    if (bytes > BACKLOG_FROM_LOG_BYTES) this.#lagging = true
    return bytes
  }

  /** Whether a socket that was too full takes more now; true once for each time it was. */
  caughtUp(): boolean {
    if (!this.#lagging || this.#stream.writableLength > BACKLOG_FROM_LOG_BYTES / 4) return false
    this.#lagging = false
    return true
  }

  /** @param frame as `framed` makes it */
  send(frame: Buffer): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#stream.write(frame)
  }
}
