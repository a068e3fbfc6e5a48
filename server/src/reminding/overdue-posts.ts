/** Tells, once each, of posts that went out in an emergency a day ago without anybody having looked at them since (DOMAIN A.12). */
import type { DocumentId } from '@auzolan/shared/ids.ts'
import { wholePost } from '@auzolan/shared/posts/post.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import type { Journal, Rows } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Calendars } from '../posts/calendars.ts'
import type { PostAuthors } from '../posts/post-authors.ts'
import { postNoticeKey, tellOverdue } from '../posts/post-notices.ts'
import { isTimeToTell } from './hours.ts'

export interface OverduePostsPorts {
  readonly journal: Journal
  readonly organisation: DescribedOrganisation
  readonly calendars: Calendars
  readonly authors: PostAuthors
  readonly now: () => Date
}

export class OverduePosts {
  readonly #ports: OverduePostsPorts
  constructor(ports: OverduePostsPorts) {
    this.#ports = ports
  }

  /** Gives how many were told of. */
  async look(): Promise<number> {
    const { journal, organisation, now } = this.#ports
    if (!isTimeToTell(now(), await organisation.read())) return 0
    let told = 0
    for (const { document, post } of await overdue(journal.rows, now()).execute())
      if (await this.#tell(document as DocumentId, post)) told += 1
    return told
  }

  async #tell(id: DocumentId, post: string): Promise<boolean> {
    const { journal, calendars, authors, now } = this.#ports
    const whole = wholePost((await calendars.read(id)).calendar, post)
    // It was deleted from the calendar.
    if (!whole) return false
    return journal.transact(async (rows) => {
      // Asked again in here: somebody may have looked at it meanwhile.
      const row = await overdue(rows, now())
        .where('document', '=', id)
        .where('post', '=', post)
        .executeTakeFirst()
      const key = postNoticeKey(id, post, 'post_overdue')
      if (!row || (await rows.selectFrom('told').select('n').where('key', '=', key).executeTakeFirst()))
        return false
      await tellOverdue(rows, now().toISOString(), {
        id,
        team: row.team_id,
        title: JSON.parse(row.title) as Translated<string>,
        post: { id: post, title: whole.post.title.trim() },
        authors: (await authors.of(rows, id)).get(post) ?? [],
        by: null,
      })
      return true
    })
  }
}

const overdue = (rows: Rows, now: Date) =>
  rows
    .selectFrom('post_state')
    .innerJoin('document', 'document.id', 'post_state.document')
    .select(['post_state.document', 'post_state.post', 'document.team_id', 'document.title'])
    .where('post_state.status', '=', 'published')
    .where('review_by', '<=', now.toISOString())
    .where('archived', '=', 0)
    .where('trashed_at', 'is', null)
