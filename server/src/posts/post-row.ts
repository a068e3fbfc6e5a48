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
export const publishedOf = ({ published }: Pick<PostRow, 'published'>): PostPublished[] =>
  JSON.parse(published) as PostPublished[]

export const stateOf = (row: Selectable<Tables['post_state']>): PostState => ({
  post: row.post,
  status: row.status as PostStatus,
  approved: row.approved,
  approvedBy: row.approver === null ? null : { id: row.approver, name: row.approver_name ?? row.approver },
  reviews: reviewsOf(row),
  published: publishedOf(row),
  by: { id: row.person, name: row.person_name },
  at: row.at,
  note: row.note,
  reviewBy: row.review_by,
})
