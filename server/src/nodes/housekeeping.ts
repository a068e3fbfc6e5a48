/**
 * Which node does what has to be done once and not once a node: reminding, archiving, delivering. All of it is safe when two do it at
 * once (that is how it changes hands); normally one does, so that Nextcloud is not asked twice.
 */
import type { Logger } from 'pino'
import { HOUSEKEEPING_TRY_EVERY_MS } from '@auzolan/shared/limits.ts'

/** Holds it until it ends or is lost. */
export interface Hold {
  /** Whether it is still held, as far as can be said now. @throws when it cannot be said */
  check(): Promise<boolean>
  /** Never throws. */
  letGo(): Promise<void>
}
/** `null` when another node has it. @throws when nobody can be asked */
export type TryHold = () => Promise<Hold | null>

export interface Housekeeping {
  readonly isMine: boolean
  /** Resolves when it has been tried for the first time. */
  readonly tried: Promise<void>
  close(): Promise<void>
}

/** Of a server that is one process. */
export const ALWAYS_MINE: Housekeeping = {
  isMine: true,
  tried: Promise.resolve(),
  close: async () => {},
}

export class SharedHousekeeping implements Housekeeping {
  readonly #tryHold: TryHold
  readonly #log: Pick<Logger, 'info' | 'warn'>
  readonly #timer: NodeJS.Timeout
  readonly tried: Promise<void>
  #hold: Hold | null = null
  #trying: Promise<void> | null = null
  #closed = false

  constructor(tryHold: TryHold, log: Pick<Logger, 'info' | 'warn'>, everyMs = HOUSEKEEPING_TRY_EVERY_MS) {
    this.#tryHold = tryHold
    this.#log = log
    this.#timer = setInterval(() => void this.#look(), everyMs)
    this.#timer.unref()
    this.tried = this.#look()
  }

  get isMine(): boolean {
    return this.#hold !== null
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#timer)
    await this.#trying
    await this.#hold?.letGo()
    this.#hold = null
  }

  #look(): Promise<void> {
    return (this.#trying ??= this.#tryNow().finally(() => (this.#trying = null)))
  }

  async #tryNow(): Promise<void> {
    const before = this.#hold
    if (before && (await before.check().catch(() => false))) return
    this.#hold = null
    // What cannot be asked may hold it all the same, and nobody else would get it.
    await before?.letGo()
    try {
      const hold = this.#closed ? null : await this.#tryHold()
      if (this.#closed) return void (await hold?.letGo())
      this.#hold = hold
      if (hold) this.#log.info('this node does what is done once for all')
    } catch {
      // Another node does it, or this one tries again.
    }
  }
}
