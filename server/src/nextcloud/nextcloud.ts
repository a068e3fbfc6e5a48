/**
 * The Nextcloud we belong to, as we call it: signed requests, what became of them, and when to leave it in peace. Three
 * refused signatures make it slow down everything from our address, ten lock it out: so we stop before.
 */
import { z } from 'zod'
import { PROTOCOL, VERSION } from '@auzolan/shared/build.ts'
import { CALL_PURPOSES, type CallPurpose, type CallsMade } from '@auzolan/shared/protocol/kept.ts'
import { REFUSALS_IN_A_ROW_MAX, REFUSED_PAUSE_MAX_MS, REFUSED_PAUSE_MIN_MS } from '@auzolan/shared/limits.ts'
import { keyToNextcloud } from '../access/keys.ts'
import type { NextcloudConfig } from '../config.ts'
import { post } from './request.ts'
import { newNonce, signatureOf } from './signature.ts'

export interface NextcloudOptions {
  /** Where we reach it. */
  readonly url: string
  /** The name it is called by, when that is not in the address. */
  readonly host: string | null
  readonly key: Uint8Array
  readonly now: () => Date
  /** Milliseconds, monotonic. */
  readonly elapsed?: () => number
}

/** What came of a call. */
export type Outcome =
  | { readonly kind: 'answered'; readonly data: unknown }
  /** It knows another secret, or its clock is more than five minutes off. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'maintenance' }
  | { readonly kind: 'failed'; readonly why: string }
  /** It has refused us before and is left in peace for now. */
  | { readonly kind: 'paused' }

/** What an administrator is told of a call; the names are those of the self-test. */
export interface CallReport {
  readonly url: string
  readonly reached: boolean
  readonly address: string | null
  readonly status: number | null
  readonly error: string | null
  readonly maintenance: boolean
  readonly signature: 'ok' | 'refused' | null
  /** Nextcloud's clock minus ours, seconds. */
  readonly clockSkewS: number | null
}

/** How the two get on, as far as known. */
export type Standing = 'unknown' | 'ok' | 'secrets differ' | 'maintenance' | 'unreachable'

const Envelope = z.object({ ocs: z.object({ data: z.unknown() }) })
const Pong = z.object({ nonce: z.string(), time: z.number() })

export class Nextcloud {
  readonly #options: NextcloudOptions
  readonly #elapsed: () => number
  #refusedInARow = 0
  /** Until when it is left in peace, by the monotonic clock. */
  #pausedUntil = 0
  #pauseMs = 0
  #standing: Standing = 'unknown'
  #standingSince: Date
  #address: string | null = null
  /** Since the start: what was asked of it, for whoever has to know what leaves the server. */
  readonly #calls = new Map<CallPurpose, CallsMade>()

  constructor(options: NextcloudOptions) {
    this.#options = options
    this.#elapsed = options.elapsed ?? (() => performance.now())
    this.#standingSince = options.now()
  }

  get standing(): Standing {
    return this.#standing
  }
  /** ISO instant. */
  get standingSince(): string {
    return this.#standingSince.toISOString()
  }
  /** Where it was reached the last time; `null` before that, or when no name could be looked up. */
  get address(): string | null {
    return this.#address
  }
  /** Where we reach it. */
  get url(): string {
    return this.#options.url
  }
  get calls(): readonly CallsMade[] {
    return [...this.#calls.values()]
  }
  /** How long it is still left in peace, milliseconds. */
  get pauseLeftMs(): number {
    return Math.max(0, this.#pausedUntil - this.#elapsed())
  }

  async call(what: string, body: object, maxMs?: number): Promise<Outcome> {
    if (this.pauseLeftMs > 0) return { kind: 'paused' }
    return (await this.#call(what, body, maxMs)).outcome
  }

  /** Whether it answers, and whether both mean the same secret. Asks in a pause too: an administrator wants to know. */
  async ping(): Promise<CallReport> {
    const nonce = newNonce()
    const { outcome, report } = await this.#call('ping', { nonce })
    if (outcome.kind !== 'answered') return report
    const pong = Pong.safeParse(outcome.data)
    if (!pong.success || pong.data.nonce !== nonce) {
      this.#stands('unreachable')
      return { ...report, signature: null, error: 'what answered is no Nextcloud with this app' }
    }
    return { ...report, clockSkewS: pong.data.time - this.#seconds() }
  }

  async #call(
    what: string,
    content: object,
    maxMs?: number,
  ): Promise<{ outcome: Outcome; report: CallReport }> {
    const body = JSON.stringify(content)
    const [time, nonce] = [this.#seconds(), newNonce()]
    const { key, host } = this.#options
    const url = `${this.#options.url}/ocs/v2.php/apps/auzolan/api/v1/server/${what}`
    const answer = await post({
      url: `${url}?format=json`,
      host,
      headers: {
        'OCS-APIRequest': 'true',
        'Content-Type': 'application/json',
        Accept: 'application/json',
        'User-Agent': `auzolan-server/${VERSION} (protocol ${PROTOCOL.max})`,
        'X-Auzolan-Time': String(time),
        'X-Auzolan-Nonce': nonce,
        'X-Auzolan-Signature': signatureOf({ key, method: 'POST', what, body, time, nonce }),
      },
      body,
      maxMs,
    })
    const { status, headers } = answer
    const outcome = this.#outcomeOf(status, headers, answer.body, answer.error)
    this.#note(outcome)
    this.#address = answer.address ?? this.#address
    this.#count(what, outcome.kind === 'answered')
    const date = Date.parse(headers['date'] ?? '')
    const report: CallReport = {
      url,
      reached: status !== null,
      address: answer.address,
      status,
      error: outcome.kind === 'failed' ? outcome.why : null,
      maintenance: outcome.kind === 'maintenance',
      signature: outcome.kind === 'answered' ? 'ok' : outcome.kind === 'refused' ? 'refused' : null,
      clockSkewS: Number.isNaN(date) ? null : Math.round(date / 1000) - this.#seconds(),
    }
    return { outcome, report }
  }

  #outcomeOf(
    status: number | null,
    headers: Readonly<Record<string, string | undefined>>,
    body: string,
    error: string | null,
  ): Outcome {
    if (status === null) return { kind: 'failed', why: error ?? 'no answer' }
    if (headers['x-nextcloud-maintenance-mode'] === '1' || status === 503) return { kind: 'maintenance' }
    if (status === 401) return { kind: 'refused' }
    if (status >= 300 && status < 400)
      return { kind: 'failed', why: `it sends us on to ${(headers['location'] ?? 'nowhere').slice(0, 200)}` }
    const parsed = status === 200 ? Envelope.safeParse(jsonOf(body)) : null
    if (parsed?.success) return { kind: 'answered', data: parsed.data.ocs.data }
    return { kind: 'failed', why: WHY[status] ?? `it answers ${status}` }
  }

  #note(outcome: Outcome): void {
    switch (outcome.kind) {
      case 'refused':
        this.#refusedInARow += 1
        this.#stands('secrets differ')
        if (this.#refusedInARow < REFUSALS_IN_A_ROW_MAX) return
        this.#pauseMs = Math.min(REFUSED_PAUSE_MAX_MS, this.#pauseMs * 2 || REFUSED_PAUSE_MIN_MS)
        this.#pausedUntil = this.#elapsed() + this.#pauseMs
        return
      case 'answered':
        this.#refusedInARow = this.#pauseMs = this.#pausedUntil = 0
        this.#stands('ok')
        return
      case 'maintenance':
        this.#stands('maintenance')
        return
      case 'failed':
        this.#stands('unreachable')
        return
      case 'paused':
    }
  }

  #stands(standing: Standing): void {
    if (standing !== this.#standing) this.#standingSince = this.#options.now()
    this.#standing = standing
  }

  #count(call: string, answered: boolean): void {
    const what = CALL_PURPOSES.find((purpose) => purpose === call) ?? 'other'
    const lastAt = this.#options.now().toISOString()
    const before = this.#calls.get(what)
    this.#calls.set(what, {
      what,
      times: (before?.times ?? 0) + 1,
      lastAt,
      answeredAt: answered ? lastAt : (before?.answeredAt ?? null),
    })
  }

  #seconds(): number {
    return Math.floor(this.#options.now().getTime() / 1000)
  }
}

/** As the settings say: an address of its own inside the house is called by the public name. */
export function nextcloudOf(host: NextcloudConfig, now: () => Date): Nextcloud {
  return new Nextcloud({
    url: host.internalUrl ?? host.url,
    host: host.internalHost ?? (host.internalUrl === null ? null : new URL(host.url).host),
    key: keyToNextcloud(host.secret),
    now,
  })
}

const WHY: { readonly [status: number]: string } = {
  200: 'it answers with something else than the app Auzolan does; is it a page of another server',
  400: 'it answers 400: perhaps it does not know the name we call it by (trusted_domains); see AUZOLAN_NEXTCLOUD_INTERNAL_HOST',
  404: 'it answers 404: the app Auzolan is not enabled there, or its version is older, or the path is wrong',
  507: 'it answers 507: the folder for approved versions cannot be written there; the administration page says why',
  429: 'it answers 429: it has locked out this server’s address for a while (brute force protection)',
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
