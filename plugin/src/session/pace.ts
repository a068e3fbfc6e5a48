/**
 * How often a page asks through Nextcloud, where no request may wait for news. Every page keeps one process of the relay busy
 * for a small share of its time only: when that is slow, or people are many, everybody asks less often.
 */
import { RELAY_SHARE_MIN } from '@auzolan/shared/limits.ts'

const AFTER_TYPING_MS = 1_000
const IN_COMPANY_MS = 2_000
const ALONE_MIN_MS = 5_000
const ALONE_MAX_MS = 30_000

export interface Pause {
  /** When there is something to say, not before this (ms). */
  readonly soonestMs: number
  /** When there is nothing (ms). */
  readonly usualMs: number
}

export class Pace {
  /** How long an answer takes, of late. */
  #tookMs = 0
  #aloneMs = ALONE_MIN_MS

  /** Slowly up, down at once: when everybody comes at the same time, the first answers say nothing about later ones. */
  answered(ms: number): void {
    this.#tookMs = this.#tookMs === 0 ? ms : Math.min(ms, (this.#tookMs + ms) / 2)
  }

  /** @param typed whether the last request brought edits @param people how many others are here */
  pause(typed: boolean, people: number): Pause {
    const share = Math.min(ALONE_MAX_MS, this.#tookMs * Math.max(RELAY_SHARE_MIN, people))
    const soonestMs = Math.max(AFTER_TYPING_MS, share)
    const company = people > 0
    const usual = typed ? 0 : company ? IN_COMPANY_MS : this.#aloneMs
    this.#aloneMs = typed || company ? ALONE_MIN_MS : Math.min(ALONE_MAX_MS, this.#aloneMs * 2)
    return { soonestMs, usualMs: Math.max(soonestMs, usual) }
  }
}
