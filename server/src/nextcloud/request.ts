/** One HTTP request of ours to Nextcloud, with what an administrator needs to know when it fails. */
import { request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { isIP } from 'node:net'
import { NEXTCLOUD_ANSWER_MAX_BYTES, NEXTCLOUD_ANSWER_MAX_MS } from '@auzolan/shared/limits.ts'

export interface Asked {
  readonly url: string
  /** The name it is called by, when the address has another one. */
  readonly host: string | null
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Longest time it may take. */
  readonly maxMs?: number | undefined
}

export interface Answered {
  /** The address the name stood for, as far as it was found out. */
  readonly address: string | null
  /** HTTP status; `null` when there was no answer. */
  readonly status: number | null
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** Why there is no answer: the system's own word (ECONNREFUSED, ENOTFOUND, a TLS text), and where it happened. */
  readonly error: string | null
}

/** POSTs; never throws. Not `fetch`: it neither tells the address behind the name nor lets us name the host. */
export function post(asked: Asked): Promise<Answered> {
  return new Promise((resolve) => {
    const url = new URL(asked.url)
    const name = url.hostname.replace(/^\[|\]$/g, '')
    let address: string | null = isIP(name) ? name : null
    let settled = false
    const settle = (answer: Partial<Answered>): void => {
      if (settled) return
      settled = true
      clearTimeout(tooLate)
      resolve({ address, status: null, headers: {}, body: '', error: null, ...answer })
    }
    const fail = (error: unknown): void => {
      settle({ error: wordsOf(error, (at) => (address ??= at)) })
      request.destroy()
    }
    const maxMs = asked.maxMs ?? NEXTCLOUD_ANSWER_MAX_MS
    const tooLate = setTimeout(() => fail(new Error(`ETIMEDOUT: no answer within ${maxMs / 1000} s`)), maxMs)
    const request = (url.protocol === 'https:' ? overHttps : overHttp)(url, {
      method: 'POST',
      // A connection kept for the next call may be closed by the other side just then.
      agent: false,
      headers: {
        ...asked.headers,
        ...(asked.host === null ? {} : { Host: asked.host }),
        'Content-Length': Buffer.byteLength(asked.body),
      },
    })
    request.on('socket', (socket) =>
      socket.on('lookup', (error, found) => {
        if (!error && typeof found === 'string') address ??= found
      }),
    )
    request.on('error', fail)
    request.on('response', (response) => {
      address = response.socket?.remoteAddress ?? address
      const pieces: Buffer[] = []
      let bytes = 0
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        bytes += piece.length
        if (bytes > NEXTCLOUD_ANSWER_MAX_BYTES) fail(new Error('the answer is too long'))
      })
      response.on('error', fail)
      response.on('end', () =>
        settle({
          status: response.statusCode ?? null,
          headers: response.headers as Record<string, string | undefined>,
          body: Buffer.concat(pieces).toString('utf8'),
        }),
      )
    })
    request.end(asked.body)
  })
}

interface SystemError extends Error {
  readonly code?: string
  readonly address?: string
  readonly errors?: readonly SystemError[]
}

/** A name with several addresses fails once an address: the first stands for all. */
function wordsOf(error: unknown, foundAt: (address: string) => void): string {
  const { errors } = error as SystemError
  const { code, message, address } = errors?.[0] ?? (error as SystemError)
  if (address) foundAt(address)
  const words = code && !message.includes(code) ? `${code}: ${message}` : message || code || 'unknown error'
  return words.slice(0, 300)
}
