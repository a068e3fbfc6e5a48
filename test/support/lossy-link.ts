/** A bad line between pages and the server: it delays, tears connections down, and leaves some half open. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { under, type Random } from './random.ts'

export interface LossyLink {
  readonly port: number
  /** Tears down, or silently stops to carry, some of the connections there are. Returns how many. */
  trouble(): number
  /** From now on it is a good line; what was half open is torn down. */
  heal(): void
  close(): Promise<void>
}

interface Pair {
  readonly near: Socket
  readonly far: Socket
  /** Takes bytes and carries none: neither side is told. */
  mute: boolean
}

/** @param to port of the server */
export async function lossyLink(to: number, random: Random): Promise<LossyLink> {
  const pairs = new Set<Pair>()
  let healed = false
  const server: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    const pair: Pair = { near, far, mute: false }
    pairs.add(pair)
    const end = (): void => {
      pairs.delete(pair)
      near.destroy()
      far.destroy()
    }
    for (const socket of [near, far])
      socket.on('error', end).on('close', () => (pair.mute ? undefined : end()))
    carry(near, far, pair)
    carry(far, near, pair)
  })
  const carry = (from: Socket, into: Socket, pair: Pair): void => {
    let last = Promise.resolve()
    from.on('data', (data: Buffer) => {
      // Pieces of any size: a frame is not a packet.
      const cut = healed ? data.length : 1 + under(random, data.length)
      for (const piece of [data.subarray(0, cut), data.subarray(cut)]) {
        if (piece.length === 0) continue
        const delay = healed ? 0 : under(random, 12)
        last = last.then(async () => {
          if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay))
          if (!pair.mute && into.writable) into.write(piece)
        })
      }
    })
  }
  const tearDown = (pair: Pair): void => {
    pairs.delete(pair)
    pair.near.resetAndDestroy()
    pair.far.destroy()
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    trouble() {
      let hit = 0
      for (const pair of [...pairs]) {
        const roll = random()
        if (roll > 0.6) continue
        hit += 1
        if (roll < 0.4) tearDown(pair)
        else pair.mute = true
      }
      return hit
    },
    heal() {
      healed = true
      for (const pair of [...pairs]) if (pair.mute) tearDown(pair)
    },
    async close() {
      for (const pair of [...pairs]) tearDown(pair)
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
