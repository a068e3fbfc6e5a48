/** Commands on the posts of a calendar (DOMAIN A.12). Each is a row, and names the text that was on the screen of whoever gave it. */
import type { Transaction } from 'kysely'
import { isRefusal, refusal, type Refusal } from '@auzolan/shared/codes.ts'
import type { DocumentId } from '@auzolan/shared/ids.ts'
import {
  EMERGENCY_REVIEW_MS,
  POST_NOTES_MAX,
  POST_PUBLISHED_AHEAD_MS,
  POST_PUBLISHED_BEHIND_MS,
} from '@auzolan/shared/limits.ts'
import {
  LANGUAGE_REVIEWERS,
  commandedPost,
  isUnreviewed,
  mayCommandPost,
  needsReason,
  shownStatus,
  type PostCommand,
  type PostStatus,
} from '@auzolan/shared/posts/life.ts'
import {
  isEmergency,
  languageSha256,
  postSha256,
  wholePost,
  type WholePost,
} from '@auzolan/shared/posts/post.ts'
import type {
  LanguageReview,
  LanguageReviewed,
  PostOrder,
  PostStates,
} from '@auzolan/shared/protocol/posts.ts'
import { isReason } from '@auzolan/shared/workflow.ts'
import type { Claims } from '../access/claims.ts'
import type { Told } from '../compaction/keeper.ts'
import type { Names } from '../history/names.ts'
import { record } from '../journal/audit.ts'
import { digestOf } from '../journal/digest.ts'
import type { Journal, Rows, Tables } from '../journal/journal.ts'
import { READINGS_MAX } from '../journal/while-still.ts'
import type { Standing, Standings } from '../review/standing.ts'
import type { Calendars } from './calendars.ts'
import type { PostAuthors } from './post-authors.ts'
import type { PostGates } from './post-gates.ts'
import { tellCommanded } from './post-notices.ts'
import { ideaRow, looked, publishedOf, reviewsOf, stateOf, type PostRow } from './post-row.ts'

export interface PostPorts {
  readonly journal: Journal
  readonly standings: Standings
  readonly calendars: Calendars
  readonly authors: PostAuthors
  readonly gates: PostGates
  readonly names: Names
  /** So that everybody who has written is known, up to the place it gives. */
  readonly catchUp: (document: DocumentId) => Promise<Told | null>
  readonly now: () => Date
}

export class Posts {
  readonly #ports: PostPorts
  constructor(ports: PostPorts) {
    this.#ports = ports
  }

  /** For the team. */
  async states(claims: Claims, id: DocumentId): Promise<PostStates | Refusal> {
    const { journal, standings, authors, names } = this.#ports
    const { rows } = journal
    const standing = await standings.of(rows, id, claims)
    if (isRefusal(standing)) return standing
    if (!standing.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const found = await rows.selectFrom('post_state').selectAll().where('document', '=', id).execute()
    const written = await authors.of(rows, id)
    const named = await names.of([...new Set([...written.values()].flat())])
    return {
      states: found.map(stateOf),
      authors: Object.fromEntries(
        [...written].map(([post, people]) => [
          post,
          people.map((person) => ({ id: person, name: named(person) })),
        ]),
      ),
    }
  }

  /** Does what is ordered, or says why not. */
  async order(
    claims: Claims,
    id: DocumentId,
    post: string,
    command: PostCommand,
    order: PostOrder,
  ): Promise<Refusal | null> {
    const { authors, gates } = this.#ports
    return this.#with(claims, id, post, async (rows, standing, whole, before, at) => {
      if (!mayCommandPost(command, standing.roles)) return refusal('NOT_ALLOWED', `may not ${command}`)
      const sha256 = postSha256(whole)
      const emergency = isEmergency(whole.post)
      const from = shownStatus(before, sha256)
      const status = commandedPost(from, command, emergency)
      if (isRefusal(status)) return status
      const refused =
        misses(command, order) ??
        (NAMES_TEXT.includes(command) && order.sha256 !== sha256
          ? refusal('CHANGED_MEANWHILE', 'another text is there now')
          : null) ??
        (isVerdict(command, from) ? await this.#mayDecide(rows, claims, id, whole) : null) ??
        (command === 'return' && from === 'published' && !isUnreviewed(stateOf(before))
          ? refusal('ILLEGAL_MOVE', 'what is out was looked at')
          : null) ??
        (command === 'publish' ? notPublished(whole, before, order, sha256, emergency, at) : null) ??
        (await gates.refused(rows, id, standing, command, {
          whole,
          status: from,
          reviews: reviewsOf(before),
          emergency,
        }))
      if (refused) return refused
      const next = changed(command, status, { sha256, emergency }, order, before, claims, at)
      await tellCommanded(
        rows,
        at,
        {
          id,
          team: standing.team,
          title: standing.title,
          post: { id: post, title: whole.post.title.trim() },
          authors: (await authors.of(rows, id)).get(post) ?? [],
          by: { id: claims.person, name: claims.name },
        },
        command,
        before.review_by === null && (next.review_by ?? null) !== null,
      )
      return {
        ...before,
        ...next,
        note: order.note,
        action: `post.${command}`,
        detail: { from, to: status, sha256 },
      }
    })
  }

  /** Somebody who has not written it has read what it says in one language (DOMAIN P-13, P-42). */
  async review(
    claims: Claims,
    id: DocumentId,
    post: string,
    language: string,
    { sha256 }: LanguageReviewed,
  ): Promise<Refusal | null> {
    const { authors } = this.#ports
    return this.#with(claims, id, post, async (rows, standing, whole, before, at) => {
      if (!LANGUAGE_REVIEWERS.some((role) => standing.roles.includes(role)))
        return refusal('NOT_ALLOWED', 'may not review a language')
      if (!standing.languages.includes(language)) return refusal('NOT_FOUND', 'no such language')
      if (await authors.wrote(rows, id, whole, claims.person)) return refusal('OWN_TEXT', 'wrote it')
      if (languageSha256(whole, language) !== sha256)
        return refusal('CHANGED_MEANWHILE', 'another text is there now')
      const by = { id: claims.person, name: claims.name }
      const others = reviewsOf(before).filter((one) => one.language !== language)
      const reviews: LanguageReview[] = [...others, { language, by, at, sha256 }]
      return {
        ...before,
        reviews: JSON.stringify(reviews),
        note: '',
        action: 'post.language',
        detail: { language, sha256 },
      }
    })
  }

  /** One transaction around a decision about a post that stands in the calendar as the person could see it. */
  async #with(
    claims: Claims,
    id: DocumentId,
    post: string,
    decide: (
      rows: Transaction<Tables>,
      standing: Standing,
      whole: WholePost,
      before: PostRow,
      at: string,
    ) => Promise<Next | Refusal>,
  ): Promise<Refusal | null> {
    const { journal, standings, now } = this.#ports
    // Before anything is read for them: whether they may know of it at all.
    const seen = await standings.of(journal.rows, id, claims)
    if (isRefusal(seen)) return seen
    if (!seen.inTeam) return refusal('NOT_ALLOWED', 'for the team')
    const whole = await this.#known(id, post)
    if (isRefusal(whole)) return whole
    const at = now().toISOString()
    return journal.transact(async (rows) => {
      const standing = await standings.of(rows, id, claims)
      if (isRefusal(standing)) return standing
      if (standing.flow.archived) return refusal('ILLEGAL_MOVE', 'in an archived document')
      const row = await rows
        .selectFrom('post_state')
        .selectAll()
        .where('document', '=', id)
        .where('post', '=', post)
        .executeTakeFirst()
      const next = await decide(
        rows,
        standing,
        whole,
        row ? { ...row, status: row.status as PostStatus } : ideaRow(id, post),
        at,
      )
      if (isRefusal(next)) return next
      const { action, detail, ...values } = next
      const written = { ...values, person: claims.person, person_name: claims.name, at }
      await rows
        .insertInto('post_state')
        .values(written)
        .onConflict((conflict) => conflict.columns(['document', 'post']).doUpdateSet(written))
        .execute()
      await record(rows, {
        at,
        actor: claims.person,
        action,
        subject: id,
        detail: { post, ...detail, digest: digestOf('post_state', written) },
      })
      return null
    })
  }

  /**
   * The post as it stood after the command came, at a place up to which everybody who has written is known. What is written after that
   * place is an edit after the decision, which names its text: nobody who types, in this post or another, stops it.
   */
  async #known(id: DocumentId, post: string): Promise<WholePost | Refusal> {
    const { calendars, catchUp } = this.#ports
    let told = await catchUp(id)
    for (let attempt = 0; attempt < READINGS_MAX; attempt++) {
      const read = await calendars.read(id)
      const isTold = (): boolean => told !== null && told.epoch === read.epoch && told.seq >= read.seq
      // Somebody wrote while it was read.
      if (!isTold()) told = await catchUp(id)
      if (isTold()) return wholePost(read.calendar, post) ?? refusal('NOT_FOUND', 'no such post')
    }
    return refusal('TRY_AGAIN', 'it is not known who has written it')
  }

  async #mayDecide(rows: Rows, claims: Claims, id: DocumentId, whole: WholePost): Promise<Refusal | null> {
    return (await this.#ports.authors.wrote(rows, id, whole, claims.person))
      ? refusal('OWN_TEXT', 'wrote it')
      : null
  }
}

type Next = PostRow & { readonly action: string; readonly detail: object }

/** Whoever gives these says which text they mean. */
const NAMES_TEXT: readonly PostCommand[] = ['submit', 'approve', 'schedule', 'publish']

/** Whoever has written it gives none of these; sending back what is not out yet is no verdict. */
const isVerdict = (command: PostCommand, from: PostStatus): boolean =>
  command === 'approve' || (command === 'return' && from === 'published')

/** What an order lacks, whatever the post is. */
function misses(command: PostCommand, { note, neutral, published }: PostOrder): Refusal | null {
  if (needsReason(command) && !isReason(note)) return refusal('INVALID_INPUT', 'a reason is missing')
  if (command === 'approve' && neutral !== true)
    return refusal('INVALID_INPUT', 'P-47 whether it is free of opinion and advertising')
  if (command === 'publish' && !published) return refusal('INVALID_INPUT', 'where it is out')
  return null
}

/** Why it cannot be noted as out: not on that profile, not yet, or not with this text. */
function notPublished(
  { post }: WholePost,
  before: PostRow,
  { published }: PostOrder,
  sha256: string,
  emergency: boolean,
  now: string,
): Refusal | null {
  if (!published) return null
  if (!post.profileIds.includes(published.profile)) return refusal('INVALID_INPUT', 'not one of its profiles')
  if (Date.parse(published.at) > Date.parse(now) + POST_PUBLISHED_AHEAD_MS)
    return refusal('INVALID_INPUT', 'out in the future')
  if (Date.parse(published.at) < Date.parse(now) - POST_PUBLISHED_BEHIND_MS)
    return refusal('INVALID_INPUT', 'out too long ago')
  if (publishedOf(before).length >= POST_NOTES_MAX) return refusal('INVALID_INPUT', 'too many notes')
  return before.approved === sha256 || emergency
    ? null
    : refusal('CHANGED_MEANWHILE', 'not the approved text')
}

function changed(
  command: PostCommand,
  status: PostStatus,
  { sha256, emergency }: { readonly sha256: string; readonly emergency: boolean },
  { published }: PostOrder,
  before: PostRow,
  { person, name }: Claims,
  at: string,
): Partial<PostRow> {
  switch (command) {
    case 'approve':
      return {
        status,
        approved: sha256,
        approver: person,
        approver_name: name,
        approved_at: at,
        // What was out is what is looked at: the approval of another text says nothing of it.
        ...looked(before, (out) => out === null || out === sha256),
      }
    case 'publish': {
      const reviewed = before.approved === sha256
      const note = { ...published!, by: { id: person, name }, sha256, emergency, reviewed }
      return {
        status,
        published: JSON.stringify([...publishedOf(before), note]),
        ...(reviewed || before.review_by !== null
          ? {}
          : { review_by: new Date(Date.parse(at) + EMERGENCY_REVIEW_MS).toISOString() }),
      }
    }
    case 'withdraw':
      // Nothing of it is out any more.
      return { status, review_by: null }
    case 'return':
    case 'draft':
      return {
        status,
        approved: null,
        approver: null,
        approver_name: null,
        approved_at: null,
        // Looked at after it went out, and not right.
        ...(status === 'published' ? looked(before, () => true) : {}),
      }
    default:
      return { status }
  }
}
