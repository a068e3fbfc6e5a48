/** Asks the server that runs on this machine with the same settings. */
import { request } from 'node:http'
import type { Config } from '../config.ts'

const ANSWER_MAX_MS = 3_000
const ANSWER_MAX_BYTES = 64 * 1024

export interface Question {
  readonly method?: 'GET' | 'POST' | 'PUT'
  /** Sent as it is. */
  readonly body?: string
  readonly headers?: { readonly [name: string]: string }
  readonly maxMs?: number
  readonly maxBytes?: number
}
export interface NearAnswer {
  /** 0 where somebody listens, but the answer did not come, was cut off, or was longer than it may be: what was asked for may have been done. */
  readonly status: number
  /** `{}` where it was no JSON object. */
  readonly body: object
}
/** Nobody was there to be asked. */
const NOBODY = ['ECONNREFUSED', 'ENOENT', 'EACCES', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTSOCK']
const UNKNOWN: NearAnswer = { status: 0, body: {} }

/** What answers there; `null` when nothing does. */
export function askNear(config: Config, path: string, question: Question = {}): Promise<NearAnswer | null> {
  const { method = 'GET', body, headers = {}, maxMs = ANSWER_MAX_MS, maxBytes = ANSWER_MAX_BYTES } = question
  // An address of all kinds is asked at the nearest one.
  const host = ['::', '0.0.0.0'].includes(config.listen) ? '127.0.0.1' : config.listen
  const target = config.socket ? { socketPath: config.socket } : { host, port: config.port }
  return new Promise((resolve) => {
    const asked = request({ ...target, path, method, headers, timeout: maxMs, agent: false }, (response) => {
      const pieces: Buffer[] = []
      let bytes = 0
      response.on('data', (piece: Buffer) => {
        pieces.push(piece)
        bytes += piece.length
        if (bytes > maxBytes) asked.destroy()
      })
      response.on('close', () =>
        resolve(
          response.complete
            ? {
                status: response.statusCode ?? 0,
                body: objectOf(Buffer.concat(pieces).toString('utf8')),
              }
            : UNKNOWN,
        ),
      )
    })
    asked.on('timeout', () => asked.destroy(new Error('no answer in time')))
    asked.on('error', ({ code = '' }: NodeJS.ErrnoException) =>
      resolve(NOBODY.includes(code) ? null : UNKNOWN),
    )
    asked.end(body)
  })
}

function objectOf(text: string): object {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}
