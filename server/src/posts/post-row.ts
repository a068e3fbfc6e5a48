/** What has become of a post, as its row keeps it. */
import type { Selectable } from 'kysely'
import type { PostStatus } from '@auzolan/shared/posts/life.ts'
import type { LanguageReview, PostPublished, PostState } from '@auzolan/shared/protocol/posts.ts'
import type { Tables } from '../journal/journal.ts'

export type PostRow = Omit<Selectable<Tables['post_state']>, 'status'> & { readonly status: PostStatus }

/** Of a post with which nobody has done anything yet. */
export const ideaRow = (document: string, post: string): PostRow => ({
  document,
  post,
  status: 'idea',
  approved: null,
  approver: null,
  approver_name: null,
  approved_at: null,
  reviews: '[]',
  published: '[]',
  review_by: null,
  note: '',
  person: '',
  person_name: '',
  at: '',
})

export const reviewsOf = ({ reviews }: Pick<PostRow, 'reviews'>): LanguageReview[] =>
  JSON.parse(reviews) as LanguageReview[]
/** All notes, the last one last; of some from before it is not known what went out. */
export const publishedOf = ({
  published,
  review_by,
}: Pick<PostRow, 'published' | 'review_by'>): PostPublished[] =>
  (JSON.parse(published) as PostPublished[]).map((note) => ({
    ...{ sha256: null, emergency: false, reviewed: review_by === null },
    ...note,
  }))

/** Somebody has looked at these of the texts that are out; the day by which it had to be is over with the last one. */
export function looked(before: PostRow, which: (sha256: string | null) => boolean): Partial<PostRow> {
  const published = publishedOf(before).map((note) => ({
    ...note,
    reviewed: note.reviewed || which(note.sha256),
  }))
  return {
    published: JSON.stringify(published),
    review_by: published.every(({ reviewed }) => reviewed) ? null : before.review_by,
  }
}

export const stateOf = (row: PostRow | Selectable<Tables['post_state']>): PostState => ({
  post: row.post,
  status: row.status as PostStatus,
  approved: row.approved,
  approvedBy: row.approver === null ? null : { id: row.approver, name: row.approver_name ?? row.approver },
  reviews: reviewsOf(row),
  published: [...new Map(publishedOf(row).map((note) => [note.profile, note])).values()],
  unreviewed: [
    ...new Set(publishedOf(row).flatMap(({ sha256, reviewed }) => (reviewed || !sha256 ? [] : [sha256]))),
  ],
  by: { id: row.person, name: row.person_name },
  at: row.at,
  note: row.note,
  reviewBy: row.review_by,
})
