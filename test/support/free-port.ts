/** Ports for tests. */
import { createServer } from 'node:net'

/**
 * A port that nobody has: from a range of this test file's process alone, below those that the system gives to whoever
 * asks for any. A port that was only found free would be somebody else's by the time it is used, and the test would then
 * speak with another server.
 */
export async function freePort(): Promise<number> {
  const own = PORTS_FROM + (Number(process.env['VITEST_POOL_ID'] ?? 0) % PORT_RANGES) * PORTS_EACH
  for (let tries = 0; tries < PORTS_EACH; tries += 1) {
    const port = own + (nextPort++ % PORTS_EACH)
    if (await isFree(port)) return port
  }
  throw new Error('no free port')
}
const [PORTS_FROM, PORTS_EACH, PORT_RANGES] = [12_000, 1_000, 20]
/** Not from the start of the range in each file: what an earlier one leaves behind may still answer. */
let nextPort = Math.floor(Math.random() * PORTS_EACH)

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
