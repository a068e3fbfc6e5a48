/** What waits for a person in the calendars of their teams: posts to decide on, and those whose people have changed their mind. */
import type { DocumentId, TeamId } from '@auzolan/shared/ids.ts'
import { WRITERS } from '@auzolan/shared/grants.ts'
import { usesOf } from '@auzolan/shared/posts/consent-uses.ts'
import { mayCommandPost, statusOf, type PostFacts } from '@auzolan/shared/posts/life.ts'
import { postSha256, wholePost } from '@auzolan/shared/posts/post.ts'
import type { PostTask } from '@auzolan/shared/protocol/review.ts'
import type { Calendar } from '@auzolan/shared/schema/calendar.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { localTime } from '@auzolan/shared/working-days.ts'
import type { Claims } from '../access/claims.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Teams } from '../teams/teams.ts'
import type { Calendars } from './calendars.ts'
import type { PostAuthors } from './post-authors.ts'

export interface PostTaskPorts {
  readonly journal: Journal
  readonly teams: Teams
  readonly organisation: DescribedOrganisation
  readonly calendars: Calendars
  readonly authors: PostAuthors
}

export class PostTasks {
  readonly #ports: PostTaskPorts
  constructor(ports: PostTaskPorts) {
    this.#ports = ports
  }

  /** Of a plan one thing of each kind, whatever number of posts it is about; what is urgent is alone. */
  async list(claims: Claims): Promise<PostTask[]> {
    const { journal, teams } = this.#ports
    const roles = await teams.rolesOf(claims)
    const documents = await journal.rows
      .selectFrom('document')
      .select(['id', 'team_id', 'title'])
      .where('team_id', 'in', ['', ...roles.keys()])
      .where('kind', '=', 'document')
      .where('archived', '=', 0)
      .where('trashed_at', 'is', null)
      .execute()
    const tasks: PostTask[] = []
    for (const { id, team_id, title } of documents) {
      const mine = roles.get(team_id as TeamId) ?? []
      const about = { document: id, title: JSON.parse(title) as Translated<string> }
      try {
        if (mayCommandPost('approve', mine))
          tasks.push(...(await this.#toDecide(claims, id as DocumentId, about)))
        if (mine.some((role) => WRITERS.includes(role)))
          tasks.push(...(await this.#toTakeOut(id as DocumentId, about)))
      } catch {
        // A log that is being repaired must not hide what waits elsewhere.
      }
    }
    return tasks
  }

  async #toDecide(
    { person }: Claims,
    id: DocumentId,
    about: Pick<PostTask, 'document' | 'title'>,
  ): Promise<PostTask[]> {
    const { journal, calendars, authors, organisation } = this.#ports
    const found = await journal.rows
      .selectFrom('post_state')
      .selectAll()
      .where('document', '=', id)
      .where((row) =>
        row.or([
          row('status', 'in', ['in_review', 'approved', 'scheduled']),
          row.and([row('status', '=', 'published'), row('review_by', 'is not', null)]),
        ]),
      )
      .orderBy('at')
      .execute()
    if (found.length === 0) return []
    const written = await authors.of(journal.rows, id)
    const { calendar } = await calendars.read(id)
    const { timeZone } = await organisation.read()
    const waiting: { post: string; postTitle: string; by: PostTask['by']; since: string }[] = []
    const tasks: PostTask[] = []
    for (const row of found) {
      if (written.get(row.post)?.includes(person)) continue
      const whole = wholePost(calendar, row.post)
      if (!whole) continue
      const one = {
        post: row.post,
        postTitle: whole.post.title.trim(),
        by: { id: row.person, name: row.person_name },
        since: row.at,
      }
      const status = statusOf(row as PostFacts, () => postSha256(whole))
      if (status === 'in_review') waiting.push(one)
      else if (status === 'published')
        tasks.push({
          kind: 'post_emergency',
          ...about,
          ...one,
          posts: 1,
          due: localTime(new Date(row.review_by!), timeZone).day,
        })
    }
    const [first] = waiting
    if (first) tasks.push({ kind: 'post_review', ...about, ...first, posts: waiting.length, due: null })
    return tasks
  }

  /** Whoever was seen or named in them has taken the consent back (DOMAIN P-31). */
  async #toTakeOut(id: DocumentId, about: Pick<PostTask, 'document' | 'title'>): Promise<PostTask[]> {
    const { journal, calendars } = this.#ports
    const withdrawn = await journal.rows
      .selectFrom('consent')
      .select(['id', 'person', 'person_name', 'at'])
      .where('document', '=', id)
      .where('withdrawn_on', 'is not', null)
      .orderBy('at')
      .execute()
    const [first] = withdrawn
    if (!first) return []
    const { calendar } = await calendars.read(id)
    const posts = await this.#standing(id, calendar, withdrawn)
    const [post] = posts
    if (!post) return []
    const by = { id: first.person, name: first.person_name }
    const one = { post: post.id, postTitle: post.title.trim(), by, since: first.at }
    return [{ kind: 'post_consent', ...about, ...one, posts: posts.length, due: null }]
  }

  /** What was called off or taken back shows nobody. */
  async #standing(id: DocumentId, calendar: Calendar, withdrawn: readonly { readonly id: string }[]) {
    const gone = await this.#ports.journal.rows
      .selectFrom('post_state')
      .select('post')
      .where('document', '=', id)
      .where('status', 'in', ['cancelled', 'withdrawn'])
      .execute()
    const off = new Set(gone.map(({ post }) => post))
    const ids = withdrawn.map((one) => one.id)
    return usesOf(calendar, ids).filter((post) => !off.has(post.id))
  }
}
