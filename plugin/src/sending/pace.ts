/** The pace of what waits on this device and is sent: at once, and again later, longer each time, until nothing is left. */
import { SEND_RETRY_MAX_MS, SEND_RETRY_MIN_MS, SEND_ANSWER_MAX_MS } from '@auzolan/shared/limits.ts'
import type { Cause } from '../session/connection.ts'

/** What says nothing about what was sent: it waits. Everything else is an answer to it. */
const NO_ANSWER: readonly Cause[] = [
  'NETWORK',
  'SIGN_IN',
  'NOT_CONNECTED',
  'OTHER_PERSON',
  'TICKET_MISSING',
  'TICKET_INVALID',
  'TICKET_EXPIRED',
  'TICKET_SPENT',
  'LEASE_OVER',
  'RESTART',
  'TRY_AGAIN',
  'TOO_SLOW',
  'CROWDED',
]
export const isNoAnswer = (cause: Cause): boolean => NO_ANSWER.includes(cause)

/** What becomes of something that waits on this device. */
export type SendState =
  /** It has surely not arrived; `cause` says what it waits for, as far as known. */
  | { readonly kind: 'waiting'; readonly cause: Cause | null }
  /** It was sent and the answer was lost: it may have arrived. */
  | { readonly kind: 'asked' }
  /** The server has said no; kept until the person has seen it. */
  | { readonly kind: 'refused'; readonly cause: Cause }

export const isDue = ({ state }: { readonly state: SendState }): boolean => state.kind !== 'refused'

export interface PacePorts {
  /** Whether anything is due. */
  readonly due: () => Promise<boolean>
  /** Tries everything that is due, once. */
  readonly deliver: () => Promise<void>
  /** Runs the work while no other tab of this person sends. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly retryMinMs?: number | undefined
}

export class Pace {
  readonly #ports: PacePorts
  #work: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending = false
  #pauseMs: number
  #stopped = false

  constructor(ports: PacePorts) {
    this.#ports = ports
    this.#pauseMs = this.#shortest
  }

  /** Tries everything that waits, at once. Never fails: what cannot be sent stays where it is and is tried again. */
  send(): Promise<void> {
    this.#pauseMs = this.#shortest
    return this.#next()
  }

  /** Another tab has something that waits: it is tried here too, after a while. */
  notice(): void {
    if (!this.#sending && this.#timer === undefined && !this.#stopped) this.#later()
  }

  stop(): void {
    this.#stopped = true
    clearTimeout(this.#timer)
  }

  get #shortest(): number {
    return this.#ports.retryMinMs ?? SEND_RETRY_MIN_MS
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#next(), this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, SEND_RETRY_MAX_MS)
  }

  #next(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    return (this.#work = this.#work.then(() => this.#round()))
  }

  async #round(): Promise<void> {
    if (this.#stopped) return
    const { due, deliver, alone } = this.#ports
    let left = true
    this.#sending = true
    try {
      if (await due()) await alone(deliver)
      left = await due()
    } catch (error) {
      console.error('what waits on this device could not be read', error)
    }
    this.#sending = false
    if (left && !this.#stopped) this.#later()
  }
}

/** What came of a question; one that hangs is none. */
export async function answerTo<T>(
  asked: Promise<T>,
  causeOf: (error: unknown) => Cause,
  maxMs: number = SEND_ANSWER_MAX_MS,
): Promise<{ readonly value: T } | { readonly cause: Cause }> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<{ cause: Cause }>((resolve) => {
    timer = setTimeout(() => resolve({ cause: 'NETWORK' }), maxMs)
  })
  const answer = asked.then(
    (value) => ({ value }),
    (error: unknown) => ({ cause: causeOf(error) }),
  )
  return Promise.race([answer, late]).finally(() => clearTimeout(timer))
}
