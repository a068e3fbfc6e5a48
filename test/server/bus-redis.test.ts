/** The bus over a real Redis or Valkey. */
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '@redis/client'
import { pino } from 'pino'
import { redisWire } from '@auzolan/server/src/bus/redis.ts'
import { SharedBus, type Wire } from '@auzolan/server/src/bus/shared-bus.ts'
import { NO_REDIS, startOwnRedis, type OwnRedis } from '../support/redis.ts'
import { until } from '../support/server.ts'
import { busContract } from './bus.ts'

const SECRET = 'a'.repeat(64)
const PASSWORD = 'pasahitza-luzea'

if (NO_REDIS) it.skip(NO_REDIS)
describe.skipIf(NO_REDIS)('over Redis', () => {
  let server: OwnRedis
  beforeAll(async () => {
    server = await startOwnRedis(PASSWORD)
  })
  afterAll(() => server.stop())
  const at = (port: number): string => `redis://:${PASSWORD}@127.0.0.1:${port}`

  /** Everything that is said on it, as its owner reads it. */
  async function overheard(): Promise<{ said: { topic: string; bytes: Buffer }[]; end(): void }> {
    const ear = createClient({ url: server.url })
    ear.on('error', () => {})
    await ear.connect()
    const said: { topic: string; bytes: Buffer }[] = []
    await ear.pSubscribe('*', (bytes, topic) => void said.push({ topic: topic.toString(), bytes }), true)
    return { said, end: () => ear.destroy() }
  }
  let topic = ''
  beforeAll(async () => {
    const ear = await overheard()
    const bus = new SharedBus(redisWire(server.url, SECRET), pino({ level: 'silent' }))
    await until(() => bus.state === 'up', 'it carries')
    bus.news()
    await until(() => ear.said.length > 0, 'something was said')
    topic = ear.said[0]!.topic
    await bus.close()
    ear.end()
  })

  busContract('Redis', () => ({
    port: server.port,
    join: (port, times) => new SharedBus(redisWire(at(port), SECRET), pino({ level: 'silent' }), times),
    speak: async (bytes) => {
      const client = createClient({ url: server.url })
      client.on('error', () => {})
      await client.connect()
      await client.publish(topic, Buffer.from(bytes))
      client.destroy()
    },
    forge: async (parcel) => {
      const wire: Wire = await redisWire(server.url, SECRET)({ heard: () => {}, lost: () => {} })
      await wire.send([parcel])
      wire.end()
    },
    stop: () => server.stop(),
    start: () => server.start(),
  }))

  it('[BU9] says nothing that its owner could read, and hears nobody who has another secret', async () => {
    const ear = await overheard()
    const log = pino({ level: 'silent' })
    const [one, stranger] = [SECRET, 'b'.repeat(64)].map((s) => new SharedBus(redisWire(server.url, s), log))
    let heard = 0
    one!.listen({
      hinted: () => void heard++,
      shown: () => void heard++,
      asked: () => void heard++,
      held: () => void heard++,
      news: () => void heard++,
      missed: () => {},
    })
    await until(() => one!.state === 'up' && stranger!.state === 'up', 'both carry')
    const secretly = Buffer.from('nor da hemen')
    one!.show('a2b8c0de-0000-4000-8000-000000000001/content' as never, [secretly])
    stranger!.news()
    await until(() => new Set(ear.said.map((s) => s.topic)).size === 2, 'each on a topic of its own')
    expect(ear.said.some(({ bytes }) => bytes.includes(secretly) || bytes.includes('a2b8c0de'))).toBe(false)
    expect(heard).toBe(0)
    for (const bus of [one!, stranger!]) await bus.close()
    ear.end()
  })

  it('[BU10] says in no error where it is, or by which password', async () => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const wrong = new SharedBus(redisWire(at(server.port).replace(PASSWORD, 'besteren-bat'), SECRET), log)
    await until(() => lines.length > 0, 'it is told')
    expect(wrong.state).toBe('away')
    expect(lines.join()).not.toMatch(/besteren|127\.0\.0\.1|redis:/)
    expect(lines.join()).toContain('Redis refuses it: WRONGPASS')
    await wrong.close()
  })
})

describe('a Redis that takes the connection and says nothing', () => {
  it('[BU7] is given up, so that it is tried again', { timeout: 20_000 }, async () => {
    const open = new Set<Socket>()
    const mute = createServer((socket) => {
      open.add(socket)
      socket.on('error', () => {}).on('close', () => open.delete(socket))
      socket.resume()
    })
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    const { port } = mute.address() as AddressInfo
    const wire = redisWire(`redis://127.0.0.1:${port}`, SECRET)({ heard() {}, lost() {} })
    await expect(wire).rejects.toThrow('Redis does not answer')
    await until(() => open.size === 0, 'its connections are closed')
    mute.close()
  })
})
