/** The posts of all plans whose calendars somebody reads, each in one line: for whoever looks for what stands in whose way. */
import { parsePlan } from '@auzolan/shared/checks/run.ts'
import { isRefusal } from '@auzolan/shared/codes.ts'
import { channelId, type DocumentId } from '@auzolan/shared/ids.ts'
import { statusOf, type PostStatus } from '@auzolan/shared/posts/life.ts'
import { asWritten, isEmergency, languagesIn, wholePosts } from '@auzolan/shared/posts/post.ts'
import { outAtOf, placed } from '@auzolan/shared/posts/placed.ts'
import type { PlannedPost, PlannedPosts, PostState } from '@auzolan/shared/protocol/posts.ts'
import type { Calendar, Post } from '@auzolan/shared/schema/calendar.ts'
import type { Access } from '../access/access.ts'
import type { Claims } from '../access/claims.ts'
import type { Documents, StoredDocument } from '../documents/documents.ts'
import type { Journal } from '../journal/journal.ts'
import type { DescribedOrganisation } from '../organisation/described.ts'
import type { Standings } from '../review/standing.ts'
import type { Versions } from '../review/versions.ts'
import type { Calendars } from './calendars.ts'
import { stateOf } from './post-row.ts'
import { hashOf, type Stopped, type StoppedBy } from './stopped.ts'

export interface OverviewPorts {
  readonly journal: Journal
  readonly access: Access
  readonly documents: Documents
  readonly versions: Versions
  readonly calendars: Calendars
  readonly standings: Standings
  readonly stopped: Stopped
  readonly organisation: DescribedOrganisation
}
type Profiles = ReadonlyMap<string, PlannedPost['profiles'][number]>

const isToGo = (status: PostStatus): boolean => status === 'approved' || status === 'scheduled'

export class PostsOverview {
  readonly #ports: OverviewPorts
  /** Profiles by plan, as long as nobody has written in its text: reading one costs. */
  readonly #profiles = new Map<DocumentId, { readonly key: string; readonly profiles: Profiles }>()
  constructor(ports: OverviewPorts) {
    this.#ports = ports
  }

  async list(claims: Claims, from: string, to: string): Promise<PlannedPosts> {
    const { access, documents, organisation } = this.#ports
    const { timeZone } = await organisation.read()
    const posts: PlannedPost[] = []
    let unread = 0
    for (const { id, kind, archived } of await documents.listFor(claims)) {
      if (kind !== 'document' || archived) continue
      const entered = await access.enter(claims, id as DocumentId)
      // Also whoever coordinates the plan above, to see what stands in whose way: when and where, and no text.
      if (isRefusal(entered) || entered.roles.length === 0) continue
      try {
        posts.push(...(await this.#of(entered.document, from, to, timeZone)))
      } catch {
        // A log that is being repaired must not hide the others.
        unread += 1
      }
    }
    return { posts, unread }
  }

  async #of(document: StoredDocument, from: string, to: string, timeZone: string): Promise<PlannedPost[]> {
    const { calendar } = await this.#ports.calendars.read(document.id)
    if (calendar.posts.length === 0) return []
    const states = await this.#states(document.id)
    const outAt = (post: Post): string | null => outAtOf(states.get(post.id)?.published ?? [])
    const there = calendar.posts.filter((post) => {
      const { day } = placed(post, outAt(post), timeZone)
      return day !== null && from <= day && day <= to
    })
    if (there.length === 0) return []
    const profiles = await this.#profilesOf(document)
    const stoppedBy = there.some(({ id }) => isToGo(states.get(id)?.status ?? 'idea'))
      ? await this.#stopped(document)
      : null
    return wholePosts({ ...calendar, posts: there } satisfies Calendar).map((whole): PlannedPost => {
      const { post } = whole
      const state = states.get(post.id)
      const status = asWritten(
        whole,
        statusOf(state, () => hashOf(whole)),
      )
      return {
        document: document.id,
        plan: document.title,
        post: post.id,
        title: post.title,
        day: post.day,
        time: post.time,
        zone: post.zone,
        outAt: outAt(post),
        profiles: post.profileIds.flatMap((id) => profiles.get(id) ?? []),
        department: post.departmentId,
        owner: post.owner?.id ?? null,
        languages: languagesIn(post, document.languages),
        status,
        stopped: state !== undefined && isToGo(status) && (stoppedBy?.(whole, state) ?? []).length > 0,
        emergency: isEmergency(post),
      }
    })
  }

  async #states(document: DocumentId): Promise<ReadonlyMap<string, PostState>> {
    const rows = await this.#ports.journal.rows
      .selectFrom('post_state')
      .selectAll()
      .where('document', '=', document)
      .execute()
    return new Map(rows.map((row) => [row.post, stateOf(row)]))
  }

  async #stopped({ id, languages }: StoredDocument): Promise<StoppedBy | null> {
    const { journal, standings, stopped } = this.#ports
    const flow = await standings.flow(id)
    return flow && stopped.in(journal.rows, id, { flow, languages })
  }

  async #profilesOf({ id, languages }: StoredDocument): Promise<Profiles> {
    const { journal, versions } = this.#ports
    const head = await journal.rows
      .selectFrom('channel')
      .select(['epoch', 'seq'])
      .where('id', '=', channelId(id, 'content'))
      .executeTakeFirst()
    const key = JSON.stringify([head, languages])
    const known = this.#profiles.get(id)
    if (known?.key === key) return known.profiles
    const frozen = await versions.freeze(id)
    if (isRefusal(frozen)) return new Map()
    const profiles = new Map(
      parsePlan(frozen.json, languages).profiles.profiles.map((one) => [
        one.id,
        { network: one.network ?? '', name: one.displayName, handle: one.handle },
      ]),
    )
    this.#profiles.set(id, { key, profiles })
    return profiles
  }
}
