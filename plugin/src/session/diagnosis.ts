/** Where the way to the server is interrupted: each station is asked in turn, and nobody but our own origins. */
import { PROTOCOL } from '@auzolan/shared/build.ts'
import { PROBE_SUBPROTOCOL, PROBE_WORD } from '@auzolan/shared/protocol/frames.ts'
import type { Health } from '@auzolan/shared/protocol/rest.ts'

/** `none`: there is no such station here. */
export type Finding = 'checking' | 'yes' | 'no' | 'none'

export const STATIONS = ['network', 'nextcloud', 'server', 'websocket', 'relay'] as const
export type Station = (typeof STATIONS)[number]

export type Diagnosis = Readonly<Record<Station, Finding>> & {
  /**
   * What a station answered, in a word for whoever mends it: a status, a code of ours, the name of an error. Never a
   * message: those may quote what somebody wrote.
   */
  readonly details: Readonly<Partial<Record<Station, string>>>
}

export const UNKNOWN: Diagnosis = {
  network: 'checking',
  nextcloud: 'checking',
  server: 'checking',
  websocket: 'checking',
  relay: 'checking',
  details: {},
}

/** Words of ours among the details. */
export const MAINTENANCE = 'maintenance'
export const VERSIONS = 'versions differ'
export const POLICY = 'blocked by the policy of the page'
export const MIXED = 'http from a page that came by https'

export interface Asked {
  readonly onLine: () => boolean
  readonly apiToken: () => Promise<string>
  /** `http(s)://host/path`; empty when only Nextcloud knows it. */
  readonly serverUrl: string
  /** A question that goes through Nextcloud to the server; `null` where nothing is passed on. */
  readonly relay: (() => Promise<unknown>) | null
}

/** Longest time one station has to answer. */
const ANSWER_MAX_MS = 8_000

export async function diagnose(asked: Asked, tell: (diagnosis: Diagnosis) => void): Promise<void> {
  const { serverUrl, relay } = asked
  const online = asked.onLine()
  let now: Diagnosis = {
    ...UNKNOWN,
    network: online ? 'yes' : 'no',
    ...(serverUrl === '' ? { server: 'none', websocket: 'none' } : {}),
    ...(relay === null ? { relay: 'none' } : {}),
  }
  tell(now)
  const ask = async (station: Station, question: Promise<unknown>): Promise<void> => {
    const detail = await inTime(question)
    const details = detail === null ? now.details : { ...now.details, [station]: detail }
    now = { ...now, [station]: detail === null ? 'yes' : 'no', details }
    tell(now)
  }
  await Promise.all([
    ask('nextcloud', asked.apiToken()),
    ...(serverUrl === '' ? [] : [ask('server', healthy(serverUrl)), ask('websocket', passes(serverUrl))]),
    ...(relay === null ? [] : [ask('relay', relay())]),
  ])
}

/** A failure whose word we chose ourselves. */
class Found extends Error {}

/** `null` when it answers well, else why not. */
async function inTime(question: Promise<unknown>): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Found('no answer in time')), ANSWER_MAX_MS)
  })
  try {
    await Promise.race([question, tooLate])
    return null
  } catch (error) {
    return wordFor(error)
  } finally {
    clearTimeout(timer)
  }
}

interface HttpFailure {
  readonly response?: {
    readonly status?: unknown
    readonly headers?: { readonly [name: string]: unknown }
    readonly data?: { readonly code?: unknown }
  }
}

/** Of an error of the network, of `axios`, or our own; nothing that somebody else has put into words. */
export function wordFor(error: unknown): string {
  if (error instanceof Found) return error.message
  const { response } = (error ?? {}) as HttpFailure
  if (response && typeof response.status === 'number') {
    if (response.headers?.['x-nextcloud-maintenance-mode'] === '1') return MAINTENANCE
    const { code } = response.data ?? {}
    const known = typeof code === 'string' && /^[A-Z_]{3,30}$/.test(code) ? ` ${code}` : ''
    return `status ${response.status}${known}`
  }
  return error instanceof DOMException && error.name === 'TimeoutError' ? 'no answer in time' : 'no answer'
}

async function healthy(serverUrl: string): Promise<void> {
  if (serverUrl.startsWith('http:') && globalThis.location?.protocol === 'https:') throw new Found(MIXED)
  const blocked = watchPolicy(serverUrl)
  try {
    const response = await fetch(`${serverUrl}/healthz`, {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_MAX_MS),
    })
    if (!response.ok) throw new Found(`status ${response.status}`)
    const health = (await response.json().catch(() => ({}))) as Partial<Health>
    if (health.status !== 'ok') throw new Found('something else answers there')
    const { min = 1, max = 1 } = health.protocol ?? {}
    if (min > PROTOCOL.max || max < PROTOCOL.min) throw new Found(VERSIONS)
  } catch (error) {
    throw blocked() ? new Found(POLICY) : error
  } finally {
    blocked.end()
  }
}

/** Whether the page's own Content-Security-Policy kept us from asking: to `fetch` that looks like no network. */
function watchPolicy(serverUrl: string): { (): boolean; end(): void } {
  let seen = false
  const listen = (event: Event): void => {
    const { blockedURI } = event as SecurityPolicyViolationEvent
    if (blockedURI && serverUrl.startsWith(new URL(blockedURI, serverUrl).origin)) seen = true
  }
  globalThis.document?.addEventListener('securitypolicyviolation', listen)
  return Object.assign(() => seen, {
    end: () => globalThis.document?.removeEventListener('securitypolicyviolation', listen),
  })
}

/** The word must arrive: some proxies accept a WebSocket that they do not pass on. */
function passes(serverUrl: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${serverUrl.replace(/^http/, 'ws')}/sync/probe`, PROBE_SUBPROTOCOL)
    let heard = false
    socket.onmessage = ({ data }) => (heard = data === PROBE_WORD)
    socket.onclose = ({ code }) => (heard ? resolve() : reject(new Found(`closed with ${code}`)))
    setTimeout(() => socket.close(), ANSWER_MAX_MS)
  })
}
