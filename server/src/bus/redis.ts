/**
 * The bus over Redis or Valkey, by publish and subscribe. Such a server often belongs to others as well and knows no passwords, so
 * parcels are sealed with a key of ours: nobody there reads who is where, or speaks for a node.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@redis/client'
import type { OpenWire } from './shared-bus.ts'

const PATIENCE_MS = 5_000
const NONCE_BYTES = 12
const TAG_BYTES = 16

/**
 * @param url redis:// or rediss://; never told to anybody
 * @param secret what all nodes of one house share, and no other
 */
export function redisWire(url: string, secret: string): OpenWire {
  const { topic, seal, open } = sealing(secret)
  return async ({ heard, lost }) => {
    const client = () => {
      const made = createClient({
        url,
        // Whoever owns the wire looks for another one, and asks whether this one still carries.
        socket: { reconnectStrategy: false, connectTimeout: PATIENCE_MS, keepAlive: true },
        disableOfflineQueue: true,
      })
      made.on('error', (error: unknown) => lost(wordsOf(error)))
      made.on('end', () => lost('the connection has ended'))
      return made
    }
    const [speaker, ear] = [client(), client()]
    const end = (): void => {
      for (const one of [speaker, ear]) if (one.isOpen) one.destroy()
    }
    try {
      const ready = Promise.all([speaker.connect(), ear.connect()]).then(() =>
        ear.subscribe(topic, (bytes) => heard(open(bytes)), true),
      )
      // What takes the connection and then says nothing is waited for without end by the client itself.
      await Promise.race([ready, tooLate()])
    } catch (error) {
      end()
      throw plain(error)
    }
    return {
      async send(parcels) {
        await Promise.all(parcels.map((parcel) => speaker.publish(topic, seal(parcel)))).catch(
          (error: unknown) => {
            throw plain(error)
          },
        )
      },
      end,
    }
  }
}

/** A topic and a key that only those have who have the secret. What cannot be opened reads as nothing. */
function sealing(secret: string) {
  const derived = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32))
  const key = derived('auzolan bus')
  const topic = `auzolan:${createHash('sha256').update(derived('auzolan bus topic')).digest('hex').slice(0, 24)}`
  return {
    topic,
    seal(parcel: Uint8Array): Buffer {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      return Buffer.concat([nonce, cipher.update(parcel), cipher.final(), cipher.getAuthTag()])
    },
    open(sealed: Buffer): Uint8Array {
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
        decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
        return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()])
      } catch {
        return new Uint8Array()
      }
    },
  }
}

async function tooLate(): Promise<never> {
  await sleep(PATIENCE_MS, undefined, { ref: false })
  throw new Error('too late')
}

/** Without its cause, which may name the address and what stands in it. */
const plain = (error: unknown): Error => new Error(wordsOf(error))

function wordsOf(error: unknown): string {
  const { code, message = '' } = error as { code?: unknown; message?: string }
  if (typeof code === 'string') return `Redis: ${code}`
  // What it says itself begins with a word of its own, and may go on with names.
  const [word] = /^[A-Z]{4,}(?= )/.exec(message) ?? []
  return word ? `Redis refuses it: ${word}` : 'Redis does not answer'
}
