/** What stops a post that was approved from going out as things stand now; looked at again only when something of it has changed. */
import { createHash } from 'node:crypto'
import type { Message } from '@auzolan/shared/checks/finding.ts'
import { postGate } from '@auzolan/shared/checks/post/gate.ts'
import { PostChecks } from '@auzolan/shared/checks/post.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { STOPPED_KEPT_MAX } from '@auzolan/shared/limits.ts'
import { canonicalPost, type WholePost } from '@auzolan/shared/posts/post.ts'
import type { PostState } from '@auzolan/shared/protocol/posts.ts'
import { Remembered } from '@auzolan/shared/remembered.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Rows } from '../journal/journal.ts'
import type { Standing } from '../review/standing.ts'
import type { PostGates } from './post-gates.ts'

/** What each check that stops it asks for, said positively; nothing when it may go out. */
export type StoppedBy = (whole: WholePost, state: PostState) => readonly Message[]

export class Stopped {
  readonly #gates: PostGates
  /** By everything it depends on: a check takes a third of a millisecond, and months of many plans are looked at again and again. */
  readonly #known = new Remembered<readonly Message[]>(STOPPED_KEPT_MAX)
  constructor(gates: PostGates) {
    this.#gates = gates
  }

  async in(
    rows: Rows,
    document: DocumentId,
    standing: Pick<Standing, 'flow' | 'languages'>,
  ): Promise<StoppedBy> {
    const context = await this.#gates.context(rows, document, standing)
    const checks = new PostChecks(context)
    // A right ends and a consent begins with a day; what depends on the hour warns, and stops nothing.
    const today = localTime(context.now, context.organisation.timeZone).day
    const around = sha256(JSON.stringify({ ...context, now: today }, listed))
    return (whole, state) => {
      const reviews = state.reviews.map(({ language, sha256 }) => [language, sha256])
      return this.#known.of(sha256(JSON.stringify([around, whole, state.status, reviews])), () => {
        const outcomes = checks.of(whole, state)
        const failing = new Set(postGate(outcomes, 'schedule', false).map(({ check }) => check))
        return outcomes.filter(({ check }) => failing.has(check)).map(({ subject }) => subject)
      })
    }
  }
}

/** Sets and maps are nothing in JSON. */
const listed = (_: string, value: unknown): unknown =>
  value instanceof Set || value instanceof Map ? [...(value as Iterable<unknown>)] : value

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
/** As `postSha256`, which browsers work out too and for which it takes many times as long. */
export const hashOf = (whole: WholePost): string => sha256(canonicalPost(whole))
