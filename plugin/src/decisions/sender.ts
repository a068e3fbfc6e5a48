/**
 * Brings decisions from the desk to the server, each until it has an answer. Before it sends one it asks how the review
 * stands: as long as nobody answers that, the decision has surely not left, and can be taken back.
 */
import type { DecisionGiven, Review } from '@auzolan/shared/protocol/review.ts'
import type { Cause } from '../session/connection.ts'
import { Pace, answerTo, isDue, isNoAnswer } from '../sending/pace.ts'
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

export class Sender {
  readonly #ports: SenderPorts
  readonly #pace: Pace

  constructor(ports: SenderPorts) {
    this.#ports = ports
    const { desk, alone, retryMinMs } = ports
    this.#pace = new Pace({
      due: async () => (await desk.decisions()).some(isDue),
      deliver: async () => {
        for (const one of await desk.decisions()) if (isDue(one)) await this.#deliver(one)
      },
      alone,
      retryMinMs,
    })
  }

  /** Tries everything that waits, at once. Never fails: what cannot be sent stays on the desk and is tried again. */
  send(): Promise<void> {
    return this.#pace.send()
  }

  /** Another tab has something that waits: it is tried here too, after a while. */
  notice(): void {
    this.#pace.notice()
  }

  stop(): void {
    this.#pace.stop()
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

  #answer<T>(asked: Promise<T>): ReturnType<typeof answerTo<T>> {
    return answerTo(asked, this.#ports.causeOf, this.#ports.answerMaxMs)
  }
}

/** Also when the text has gone on since: then it is the one that this person decided on last. */
const hasArrived = ({ version, since }: Review, id: string): boolean =>
  [...version.decisions, ...(since?.decisions ?? [])].some((one) => one.id === id)
