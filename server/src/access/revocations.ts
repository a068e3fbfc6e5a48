/**
 * Whose tokens are void before their time, and whose accounts have ended: Nextcloud says that somebody's account or groups have changed,
 * and every token it signed until then says something that may no longer be true.
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
}

/** As Nextcloud tells it. */
export interface News extends Change {
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
  /** As the rows say, whatever the clocks say: by them is known what another node has added. */
  readonly #stored = new Map<Key, number>()

  private constructor(journal: Journal, now: () => Date) {
    this.#journal = journal
    this.#now = now
  }

  static async load(journal: Journal, now: () => Date): Promise<Revocations> {
    const revocations = new Revocations(journal, now)
    for (const { kind, id, before } of await journal.rows.selectFrom('revocation').selectAll().execute())
      revocations.#take(`${kind}:${id}`, before)
    return revocations
  }

  /** Reads what other nodes have added; `null` when there is nothing new. */
  async fromOthers(): Promise<Change | null> {
    const rows = await this.#journal.rows.selectFrom('revocation').selectAll().execute()
    const keys = new Set<Key>(rows.map(({ kind, id }): Key => `${kind}:${id}`))
    for (const key of this.#stored.keys()) if (!keys.has(key)) this.#stored.delete(key)
    const fresh = rows.filter(({ kind, id, before }) => (this.#stored.get(`${kind}:${id}`) ?? -1) < before)
    if (fresh.length === 0) return null
    const named = (of: 'person' | 'group' | 'team'): string[] =>
      fresh.flatMap(({ kind, id }) => (kind === of ? id : []))
    const people = named('person')
    const ended = await this.#journal.rows
      .selectFrom('ended')
      .select('person')
      .where('person', 'in', people.length > 0 ? people : [''])
      .execute()
    // Not before all of it is known: what is taken is read no second time.
    for (const { kind, id, before } of fresh) this.#take(`${kind}:${id}`, before)
    return { people, groups: named('group'), teams: named('team'), ended: ended.map(({ person }) => person) }
  }

  /**
   * Voids what was signed at or before `before` (Unix seconds of Nextcloud's clock); also across a restart. Accounts that have ended
   * cannot act for a team until their person is seen again [T6]: written in one, so that no node reads the one without the other.
   */
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
      this.#take(key, row.before)
    }
    const past = before - API_TOKEN_MAX_AGE_S - 2 * CLOCK_LEEWAY_S - CLOCK_JUMP_MAX_S
    for (const [key, at] of this.#before) if (at < past) this.#before.delete(key)
    const [latest, at] = [this.#latest(), this.#now().toISOString()]
    await this.#journal.transact(async (tx) => {
      await tx.deleteFrom('revocation').where('before', '<', past).execute()
      for (const row of rows)
        await tx
          .insertInto('revocation')
          .values(row)
          .onConflict((c) =>
            c
              .columns(['kind', 'id'])
              .doUpdateSet({ before: row.before })
              // Later news that another node has taken stay; what is the future is no later news.
              .where((now) =>
                now.or([now('revocation.before', '<', row.before), now('revocation.before', '>', latest)]),
              ),
          )
          .execute()
      for (const person of ended)
        await tx
          .insertInto('ended')
          .values({ person, at })
          // It may have been given back meanwhile, without its person having come by.
          .onConflict((c) => c.column('person').doUpdateSet({ at }))
          .execute()
    })
  }

  /**
   * Every token from before the news is void, so whoever shows one has got the account back. The rows are asked: news that another node has
   * taken may not be known here yet.
   */
  async welcomeBack({ person, issuedAt }: Claims): Promise<void> {
    const there = await this.#journal.rows
      .selectFrom('ended')
      .select('person')
      .where('person', '=', person)
      .executeTakeFirst()
    if (!there) return
    const latest = this.#latest()
    await this.#journal.transact(async (tx) => {
      const since = await tx
        .selectFrom('revocation')
        .select('before')
        .where('kind', '=', 'person')
        .where('id', '=', person)
        .where('before', '>=', issuedAt)
        .where('before', '<=', latest)
        .executeTakeFirst()
      if (!since) await tx.deleteFrom('ended').where('person', '=', person).execute()
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

  #take(key: Key, before: number): void {
    this.#stored.set(key, before)
    this.#before.set(key, Math.max(before, this.#before.get(key) ?? -1))
  }

  /**
   * News from what is the future now came before the clocks were set back. Taken at its word it would lock people out for
   * as long as the clocks were wrong; it means everything signed until now.
   */
  #voidUntil(key: Key): number {
    const before = this.#before.get(key) ?? -1
    if (before <= this.#latest()) return before
    const now = this.#latest() - CLOCK_LEEWAY_S
    this.#before.set(key, now)
    return now
  }

  /** What is later is of the future. */
  #latest(): number {
    return Math.floor(this.#now().getTime() / 1000) + CLOCK_LEEWAY_S
  }
}

/** Whether a change is about somebody with these claims. */
export const concerns = ({ people, groups, teams, ended }: Change, claims: Claims): boolean =>
  people.includes(claims.person) ||
  ended.includes(claims.person) ||
  claims.groups.some((g) => groups.includes(g)) ||
  claims.teams.some((t) => teams.includes(t))
