/** A WebSocket for whoever wants to know whether the way lets WebSockets pass: it says one word and closes. */
import type { WebSocket } from 'ws'
import { PROBE_WORD } from '@auzolan/shared/protocol/frames.ts'

export function answerProbe(socket: WebSocket): void {
  // Nobody waits for its end; an unheard error would end the process.
  socket.on('error', () => socket.terminate())
  socket.send(PROBE_WORD)
  socket.close(1000)
}
