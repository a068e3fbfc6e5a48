/** Which way this page takes to the sync server: straight to its address, or through Nextcloud (the relay). */
import { WAY_ANSWER_MAX_MS, WAY_RETRY_EVERY_MS, WAY_RETRY_PAUSE_MS } from '@auzolan/shared/limits.ts'
import type { Health } from '@auzolan/shared/protocol/rest.ts'

export type Way = 'direct' | 'relay'

export interface WaysOptions {
  /** The server as browsers reach it, `http(s)://host/path`; empty when only Nextcloud knows where it is. */
  readonly serverUrl: string
  /** Where Nextcloud passes requests on; `null` when it does not. */
  readonly relayUrl: string | null
  readonly retryMs?: number
}

export class Ways {
  readonly #options: WaysOptions
  readonly #listeners = new Set<(way: Way) => void>()
  /** The first finding; later ones replace `#way`. */
  #first: Promise<void> | null = null
  #way: Way = 'direct'
  #check: Promise<boolean> | null = null
  #retry: ReturnType<typeof setInterval> | undefined

  constructor(options: WaysOptions) {
    this.#options = options
  }

  /** The way to take now. The first time it is found out, which takes as long as the server may take to answer. */
  async current(): Promise<Way> {
    this.#first ??= this.#findFirst()
    await this.#first
    return this.#way
  }

  onChange(listener: (way: Way) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The way that was taken came to nothing, or the network is back: looks again whether the server answers. */
  async again(): Promise<Way> {
    await this.current()
    if (!this.#hasChoice || globalThis.navigator?.onLine === false) return this.#way
    // From the straight way nobody is sent off because a server starts again; from the relay any answer is welcome.
    const patiently = this.#way === 'direct'
    this.#check ??= this.#answers(patiently).finally(() => (this.#check = null))
    this.#take((await this.#check) ? 'direct' : 'relay')
    return this.#way
  }

  close(): void {
    clearInterval(this.#retry)
    globalThis.removeEventListener?.('online', this.#online)
    this.#listeners.clear()
  }

  get #hasChoice(): boolean {
    return this.#options.serverUrl !== '' && this.#options.relayUrl !== null
  }
  readonly #online = (): void => void (this.#way === 'relay' && this.again())

  async #findFirst(): Promise<void> {
    if (!this.#hasChoice) {
      this.#way = this.#options.relayUrl === null ? 'direct' : 'relay'
      return
    }
    globalThis.addEventListener?.('online', this.#online)
    // Without a network nothing can be known: then the straight way is the one to begin with.
    if (globalThis.navigator?.onLine === false) return
    this.#take((await this.#answers(false)) ? 'direct' : 'relay')
  }

  #take(way: Way): void {
    clearInterval(this.#retry)
    if (way === 'relay')
      this.#retry = setInterval(() => void this.again(), this.#options.retryMs ?? WAY_RETRY_EVERY_MS)
    if (way === this.#way) return
    this.#way = way
    for (const listener of this.#listeners) listener(way)
  }

  /** Whether the server answers in time. @param patiently asks again for as long, also when it was a "no" at once */
  async #answers(patiently: boolean): Promise<boolean> {
    const end = performance.now() + WAY_ANSWER_MAX_MS
    for (;;) {
      const left = end - performance.now()
      if (await healthy(this.#options.serverUrl, left)) return true
      if (!patiently || end - performance.now() <= WAY_RETRY_PAUSE_MS) return false
      await new Promise((resolve) => setTimeout(resolve, WAY_RETRY_PAUSE_MS))
    }
  }
}

/** Whether our server answers there within so many milliseconds: where a proxy is missing, a page of Nextcloud may. */
export async function healthy(serverUrl: string, withinMs: number): Promise<boolean> {
  try {
    const response = await fetch(`${serverUrl}/healthz`, {
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(Math.max(1, Math.ceil(withinMs))),
    })
    const health = (await response.json()) as Partial<Health>
    return response.ok && health.status === 'ok' && health.api === 1
  } catch {
    return false
  }
}
