/** A cable between a program and a server: it can be cut, and it can stay plugged in and carry nothing. */
import { connect, createServer, type Socket } from 'node:net'

export interface TcpProxy {
  readonly port: number
  /** Everything that is open breaks, and nothing can be opened. */
  cut(): void
  /** What is open stays open and carries nothing, in both directions; what is opened anew neither. */
  freeze(): void
  mend(): void
  /** What comes is handed on only after this time (ms), in order. */
  delay(ms: number): void
  close(): Promise<void>
}

export async function startTcpProxy(to: number): Promise<TcpProxy> {
  let state: 'sound' | 'cut' | 'frozen' = 'sound'
  let delayMs = 0
  const sockets = new Set<Socket>()
  const listener = createServer((from) => {
    if (state === 'cut') return void from.destroy()
    const other = connect(to, '127.0.0.1')
    for (const [one, its] of [
      [from, other],
      [other, from],
    ] as const) {
      sockets.add(one)
      one.setNoDelay(true)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        its.destroy()
      })
      // What has come is never overtaken, also where the delay gets shorter.
      let last = 0
      one.on('data', (bytes: Buffer) => {
        if (state === 'frozen') return
        last = Math.max(last, performance.now() + delayMs)
        const wait = last - performance.now()
        if (wait <= 0) its.write(bytes)
        else setTimeout(() => its.write(bytes), wait)
      })
    }
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const breakAll = (): void => sockets.forEach((socket) => socket.destroy())
  return {
    port: (listener.address() as { port: number }).port,
    cut() {
      state = 'cut'
      breakAll()
    },
    freeze: () => void (state = 'frozen'),
    mend() {
      // What was swallowed while it was frozen cannot be put together again.
      if (state === 'frozen') breakAll()
      state = 'sound'
    },
    delay: (ms) => void (delayMs = ms),
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve())
        breakAll()
      }),
  }
}
