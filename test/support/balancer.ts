/** What stands before several nodes: each connection goes to any of them, at random, and nobody is kept where they were. */
import { connect, createServer, type Socket } from 'node:net'
import { oneOf, type Random } from './random.ts'

export interface Balancer {
  readonly port: number
  readonly url: string
  close(): Promise<void>
}

/** @param ports of the nodes; one that does not answer is passed over */
export async function balancer(ports: () => readonly number[], random: Random): Promise<Balancer> {
  const sockets = new Set<Socket>()
  const listener = createServer({ pauseOnConnect: true }, (from) => {
    keep(from)
    const tryOne = (left: readonly number[]): void => {
      if (left.length === 0) return void from.destroy()
      const port = oneOf(random, left)
      const to = connect(port, '127.0.0.1')
      let reached = false
      to.on('error', () => {
        if (!reached) tryOne(left.filter((other) => other !== port))
      })
      to.once('connect', () => {
        reached = true
        keep(to)
        from.pipe(to)
        to.pipe(from)
        from.on('close', () => to.destroy())
        to.on('close', () => from.destroy())
      })
    }
    tryOne(ports())
  })
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const { port } = listener.address() as { port: number }
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
