/**
 * Whose tokens are void before their time: Nextcloud says that somebody's account or groups have changed, and every
 * token it signed until then says something that may no longer be true.
 */
import { API_TOKEN_MAX_AGE_S, CLOCK_JUMP_MAX_S, CLOCK_LEEWAY_S } from '@auzolan/shared/limits.ts'
import type { Journal } from '../journal/journal.ts'
import type { Claims } from './claims.ts'

export interface Change {
  /** People whose account or groups have changed. */
  readonly people: readonly string[]
  /** Groups that have changed as a whole, e.g. were deleted. */
  readonly groups: readonly string[]
  /** Nextcloud Teams that have changed as a whole. */
  readonly teams: readonly string[]
  /** People who may not come back: disabled or deleted. */
  readonly ended: readonly string[]
  /** Groups and Nextcloud Teams that were deleted; they are among those that have changed as well. */
  readonly endedGroups: readonly string[]
  readonly endedTeams: readonly string[]
}

type Key = `${'person' | 'group' | 'team'}:${string}`

export class Revocations {
  readonly #journal: Journal
  readonly #now: () => Date
  /** By Nextcloud's clock, which also dates the tokens; Unix seconds. */
  readonly #before = new Map<Key, number>()

  private constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  static async load(journal: Journal, now: () => Date): Promise<Revocations> {
    const revocations = new Revocations(journal, now)
    for (const { kind, id, before } of await journal.rows.selectFrom('revocation').selectAll().execute())
      revocations.#before.set(`${kind}:${id}`, before)
    return revocations
  }

  /** Voids what was signed at or before `before` (Unix seconds of Nextcloud's clock); also across a restart. */
  async add({ people, groups, teams, ended }: Change, before: number): Promise<void> {
    const rows = [
      ...[...people, ...ended].map((id) => ({ kind: 'person' as const, id, before })),
      ...groups.map((id) => ({ kind: 'group' as const, id, before })),
      ...teams.map((id) => ({ kind: 'team' as const, id, before })),
    ]
    for (const row of rows) {
      const key: Key = `${row.kind}:${row.id}`
      // News that come late, or once more, take nothing back.
      row.before = Math.max(before, this.#voidUntil(key))
      this.#before.set(key, row.before)
    }
    const past = before - API_TOKEN_MAX_AGE_S - 2 * CLOCK_LEEWAY_S - CLOCK_JUMP_MAX_S
    for (const [key, at] of this.#before) if (at < past) this.#before.delete(key)
    await this.#journal.transact(async (tx) => {
      await tx.deleteFrom('revocation').where('before', '<', past).execute()
      for (const row of rows)
        await tx
          .insertInto('revocation')
          .values(row)
          .onConflict((c) => c.columns(['kind', 'id']).doUpdateSet({ before: row.before }))
          .execute()
    })
  }

  isVoid(claims: Claims): boolean {
    const void_ = (key: Key): boolean => claims.issuedAt <= this.#voidUntil(key)
    return (
      void_(`person:${claims.person}`) ||
      claims.groups.some((g) => void_(`group:${g}`)) ||
      claims.teams.some((t) => void_(`team:${t}`))
    )
  }

  /**
   * News from what is the future now came before the clocks were set back. Taken at its word it would lock people out for
   * as long as the clocks were wrong; it means everything signed until now.
   */
  #voidUntil(key: Key): number {
    const before = this.#before.get(key) ?? -1
    const now = Math.floor(this.#now().getTime() / 1000)
    if (before <= now + CLOCK_LEEWAY_S) return before
    this.#before.set(key, now)
    return now
  }
}

/** Whether a change is about somebody with these claims. */
export const concerns = ({ people, groups, teams, ended }: Change, claims: Claims): boolean =>
  people.includes(claims.person) ||
  ended.includes(claims.person) ||
  claims.groups.some((g) => groups.includes(g)) ||
  claims.teams.some((t) => teams.includes(t))
