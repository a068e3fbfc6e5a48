/** Tells those who coordinate a plan that a block has waited too long for a second person (DOMAIN P-23): each block once, until it is confirmed. */
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { BLOCK_REVIEWED_DAYS } from '@auzolan/shared/limits.ts'
import { blockReviewBy } from '@auzolan/shared/protocol/moderation.ts'
import type { Organisation } from '@auzolan/shared/protocol/organisation.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { addDays, localTime } from '@auzolan/shared/working-days.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import { post } from '../outbox/outbox.ts'
import { membersOf } from '../teams/team-rows.ts'
import { isTimeToTell } from './hours.ts'

export interface UnconfirmedBlocksPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly now: () => Date
}

/** Taken back when it is confirmed. */
export const blockKey = (document: string, row: string): string => `block/${document}/${row}`

export class UnconfirmedBlocks {
  readonly #ports: UnconfirmedBlocksPorts
  constructor(ports: UnconfirmedBlocksPorts) {
    this.#ports = ports
  }

  /** Gives how many notices were written. */
  async look(): Promise<number> {
    const { journal, organisation, now } = this.#ports
    const described = await organisation.read()
    if (!isTimeToTell(now(), described)) return 0
    // Days are of the organisation: a day more is looked at than is over.
    const before = `${addDays(localTime(now(), described.timeZone).day, 1 - BLOCK_REVIEWED_DAYS)}T00:00:00.000Z`
    const waiting = await unconfirmed(journal.rows)
      .where('moderation.at', '<', before)
      .select('moderation.id')
      .execute()
    let told = 0
    for (const { id } of waiting) told += await this.#remind(id, described)
    return told
  }

  #remind(row: string, { timeZone }: Organisation): Promise<number> {
    const { journal, now } = this.#ports
    const instant = now()
    return journal.transact(async (rows) => {
      // Asked again in here: somebody may have confirmed it meanwhile.
      const block = await unconfirmed(rows)
        .where('moderation.id', '=', row)
        .select(['moderation.at', 'document.id as document', 'document.team_id', 'document.title'])
        .executeTakeFirst()
      if (!block) return 0
      const due = blockReviewBy(block.at, timeZone)
      if (localTime(instant, timeZone).day <= due) return 0
      const key = blockKey(block.document, row)
      const told = await rows.selectFrom('told').select('n').where('key', '=', key).executeTakeFirst()
      const members = await membersOf(rows, [block.team_id as TeamId])
      const to = (members.get(block.team_id) ?? [])
        .filter(({ roles, ended }) => roles.includes('coordinator') && !ended)
        .map(({ principal }) => principal)
      if (told || to.length === 0) return 0
      await post(rows, instant.toISOString(), {
        kind: 'notify',
        notice: {
          key,
          kind: 'block',
          to,
          document: block.document as DocumentId,
          title: JSON.parse(block.title) as Translated<string>,
          version: null,
          // Whoever blocked, too: it may be the only one who coordinates.
          by: null,
          due,
        },
      })
      return 1
    })
  }
}

const unconfirmed = (rows: Rows) =>
  rows
    .selectFrom('moderation')
    .innerJoin('document', 'document.id', 'moderation.document')
    .where('moderation.action', '=', 'block')
    .where('moderation.confirmed_by', 'is', null)
    .where('document.archived', '=', 0)
    .where('document.trashed_at', 'is', null)
