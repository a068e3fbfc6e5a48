/**
 * Brings decisions from the desk to the server, each until it has an answer. Before it sends one it asks how the review
 * stands: as long as nobody answers that, the decision has surely not left, and can be taken back.
 */
import {
  DECISION_ANSWER_MAX_MS,
  DECISION_RETRY_MAX_MS,
  DECISION_RETRY_MIN_MS,
} from '@auzolan/shared/limits.ts'
import type { DecisionGiven, Review } from '@auzolan/shared/protocol/review.ts'
import type { Cause } from '../session/connection.ts'
import type { Desk, QueuedDecision } from './desk.ts'

export interface SenderPorts {
  readonly desk: Pick<Desk, 'decisions' | 'become' | 'strip' | 'settle'>
  readonly review: (document: string) => Promise<Review>
  readonly decide: (document: string, given: DecisionGiven) => Promise<void>
  readonly causeOf: (error: unknown) => Cause
  /** Runs the work while no other tab of this person sends. */
  readonly alone: (work: () => Promise<void>) => Promise<void>
  readonly answerMaxMs?: number
  readonly retryMinMs?: number
}

/** What says nothing about the decision: it waits. Everything else is an answer to it. */
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

export class Sender {
  readonly #ports: SenderPorts
  #work: Promise<void> = Promise.resolve()
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending = false
  #pauseMs: number
  #stopped = false

  constructor(ports: SenderPorts) {
    this.#ports = ports
    this.#pauseMs = this.#shortest
  }

  /** Tries everything that waits, at once. Never fails: what cannot be sent stays on the desk and is tried again. */
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
    return this.#ports.retryMinMs ?? DECISION_RETRY_MIN_MS
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#next(), this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, DECISION_RETRY_MAX_MS)
  }

  #next(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    return (this.#work = this.#work.then(() => this.#round()))
  }

  async #round(): Promise<void> {
    if (this.#stopped) return
    let left = true
    this.#sending = true
    try {
      if (await this.#any())
        await this.#ports.alone(async () => {
          for (const one of await this.#ports.desk.decisions()) if (isDue(one)) await this.#deliver(one)
        })
      left = await this.#any()
    } catch (error) {
      console.error('decisions on this device could not be read', error)
    }
    this.#sending = false
    if (left && !this.#stopped) this.#later()
  }

  async #any(): Promise<boolean> {
    return (await this.#ports.desk.decisions()).some(isDue)
  }

  async #deliver(decision: QueuedDecision): Promise<void> {
    const { desk, review, decide } = this.#ports
    const { document, given, state } = decision
    const standing = await this.#answer(review(document))
    if ('value' in standing && hasArrived(standing.value, given.id)) return desk.settle(decision)
    if ('cause' in standing && isNoAnswer(standing.cause)) {
      const { cause } = standing
      if (state.kind === 'waiting' && state.cause !== cause)
        await desk.become(decision, { kind: 'waiting', cause }, ['waiting'])
      return
    }
    // From here on it may have arrived. One that was taken back meanwhile is not sent.
    if (!(await desk.become(decision, { kind: 'asked' }))) return
    const said = await this.#answer(decide(document, given))
    if ('value' in said) return desk.settle(decision)
    const { cause } = said
    if (cause === 'NETWORK') return
    if (isNoAnswer(cause)) await desk.become(decision, { kind: 'waiting', cause })
    else if (cause === 'NOT_FOUND' || cause === 'ACCESS_ENDED') await desk.strip(decision, cause)
    else await desk.become(decision, { kind: 'refused', cause })
  }

  /** What came of a question; one that hangs is none. */
  async #answer<T>(asked: Promise<T>): Promise<{ readonly value: T } | { readonly cause: Cause }> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<{ cause: Cause }>((resolve) => {
      timer = setTimeout(
        () => resolve({ cause: 'NETWORK' }),
        this.#ports.answerMaxMs ?? DECISION_ANSWER_MAX_MS,
      )
    })
    const answer = asked.then(
      (value) => ({ value }),
      (error: unknown) => ({ cause: this.#ports.causeOf(error) }),
    )
    return Promise.race([answer, late]).finally(() => clearTimeout(timer))
  }
}

const isDue = ({ state }: QueuedDecision): boolean => state.kind !== 'refused'

/** Also when the text has gone on since: then it is the one that this person decided on last. */
const hasArrived = ({ version, since }: Review, id: string): boolean =>
  [...version.decisions, ...(since?.decisions ?? [])].some((one) => one.id === id)
