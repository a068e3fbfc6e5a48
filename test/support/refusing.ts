/** A server that refuses what a page writes, as one does whose rules have changed under the page. */
import type { BrowserContext } from 'playwright-core'
import { decodeClientFrame, encodeServerFrame } from '@auzolan/shared/protocol/frames.ts'

/** From `begin` on, to `end`, the edits of every page of this context are refused (`afterMs` later); all else goes through. */
export async function refusals(
  context: BrowserContext,
  afterMs = 0,
): Promise<{ begin(): void; end(): void }> {
  let refuse = false
  await context.routeWebSocket(/\/sync\//, (socket) => {
    const upstream = socket.connectToServer()
    socket.onMessage((message) => {
      const frame = typeof message === 'string' ? null : decodeClientFrame(new Uint8Array(message))
      if (refuse && frame?.kind === 'update') {
        const answer = encodeServerFrame({ kind: 'refused', channel: 'content', n: frame.n, code: 'GAP' })
        setTimeout(() => socket.send(Buffer.from(answer)), afterMs)
      } else upstream.send(message)
    })
  })
  return { begin: () => void (refuse = true), end: () => void (refuse = false) }
}
