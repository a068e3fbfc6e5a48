/** What Nextcloud tells of accounts, groups and Teams, and the order in which it is taken. */
import type { Mentioned } from '../comments/mentioned.ts'
import type { SeenMarks } from '../history/seen.ts'
import type { Delegating } from '../review/delegating.ts'
import type { Teams } from '../teams/teams.ts'
import type { Change, News, Revocations } from './revocations.ts'

export interface NewsPorts {
  /** Those who are here, and what is remembered of them. */
  readonly revoke: (change: Change) => void
  readonly revocations: Revocations
  /** Other nodes read on. */
  readonly tellNodes: () => void
  readonly delegating: Delegating
  readonly seen: SeenMarks
  readonly mentioned: Mentioned
  readonly teams: Teams
}

/** @returns takes news of a moment by Nextcloud's clock, Unix seconds; again after a failure it does what is left */
export const takesNews =
  ({ revoke, revocations, tellNodes, delegating, seen, mentioned, teams }: NewsPorts) =>
  async (news: News, at: number): Promise<void> => {
    // At once for those who are here; the rows make it last.
    revoke(news)
    await revocations.add(news, at)
    // Not later: until they have read it, other nodes let people in who are shut out here.
    tellNodes()
    await delegating.giversChanged()
    await seen.forget(news.ended)
    await mentioned.forget(news.ended)
    await teams.principalsGone([
      ...news.endedGroups.map((id) => ({ kind: 'group' as const, id })),
      ...news.endedTeams.map((id) => ({ kind: 'team' as const, id })),
    ])
  }
