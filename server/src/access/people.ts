/**
 * Who somebody is when a token could not say it all: people in so many groups that these do not fit are asked for at
 * Nextcloud, many in one question, and remembered for a minute.
 */
import { z } from 'zod'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import {
  PEOPLE_PER_QUESTION_MAX,
  QUESTION_GATHER_MS,
  STANDING_KNOWN_MS,
  STANDING_UNKNOWN_MS,
} from '@auzolan/shared/limits.ts'
import type { Change } from './revocations.ts'

export interface Belonging {
  readonly groups: readonly string[]
  readonly teams: readonly string[]
}

/** Asks Nextcloud about these people; `null` when it gives no answer. */
export type AskPeople = (ids: readonly string[]) => Promise<unknown>

const Users = z.object({
  // PHP writes an empty table as a list.
  users: z.union([
    z.record(
      z.string(),
      z.object({
        enabled: z.boolean(),
        groups: z.array(z.string()).default([]),
        teams: z.array(z.string()).default([]),
      }),
    ),
    z.array(z.never()).transform(() => ({})),
  ]),
})
type Users = z.infer<typeof Users>['users']

export class People {
  readonly #ask: AskPeople
  readonly #elapsed: () => number
  readonly #known = new Map<string, { readonly belonging: Promise<Belonging | Refusal>; until: number }>()
  #question: { readonly ids: string[]; readonly answer: Promise<Users | null> } | null = null

  /** @param elapsed milliseconds, monotonic */
  constructor(ask: AskPeople, elapsed = (): number => performance.now()) {
    this.#ask = ask
    this.#elapsed = elapsed
  }

  /** `ACCESS_ENDED` for whoever Nextcloud does not know or let in any more, `TRY_AGAIN` when it does not say. */
  belonging(person: string): Promise<Belonging | Refusal> {
    const now = this.#elapsed()
    const known = this.#known.get(person)
    if (known && known.until > now) return known.belonging
    for (const [id, { until }] of this.#known) if (until <= now) this.#known.delete(id)
    const belonging = this.#find(person)
    const entry = { belonging, until: now + STANDING_KNOWN_MS }
    this.#known.set(person, entry)
    void belonging.then((found) => {
      // No answer is no knowledge; but a Nextcloud that is down must not be asked for each request either.
      if (isRefusal(found) && found.refused === 'TRY_AGAIN')
        entry.until = Math.min(entry.until, this.#elapsed() + STANDING_UNKNOWN_MS)
    })
    return belonging
  }

  /** As Nextcloud says now, whatever it said a moment ago. */
  askNow(person: string): Promise<Belonging | Refusal> {
    this.#known.delete(person)
    return this.belonging(person)
  }

  /** Forgets whom this may be about; a question under way counts no more for them either. */
  drop({ people, groups, teams, ended }: Change): void {
    // Whose groups are remembered is not known before the answer is here: a group that changed may be anybody's.
    if (groups.length + teams.length > 0) this.#known.clear()
    for (const id of [...people, ...ended]) this.#known.delete(id)
    this.#question = null
  }

  async #find(person: string): Promise<Belonging | Refusal> {
    const users = await this.#gather(person)
    if (!users) return refusal('TRY_AGAIN', 'Nextcloud does not say which groups somebody is in')
    const user = (users as Record<string, { enabled: boolean } & Belonging>)[person]
    if (!user?.enabled)
      return refusal('ACCESS_ENDED', 'Nextcloud knows no such account, or it may not use this')
    return { groups: user.groups, teams: user.teams }
  }

  #gather(person: string): Promise<Users | null> {
    if (!this.#question || this.#question.ids.length >= PEOPLE_PER_QUESTION_MAX) {
      const ids: string[] = []
      const answer = new Promise<void>((resolve) => setTimeout(resolve, QUESTION_GATHER_MS)).then(
        async () => {
          if (this.#question?.ids === ids) this.#question = null
          const parsed = Users.safeParse(await this.#ask(ids))
          return parsed.success ? parsed.data.users : null
        },
      )
      this.#question = { ids, answer }
    }
    this.#question.ids.push(person)
    return this.#question.answer
  }
}
