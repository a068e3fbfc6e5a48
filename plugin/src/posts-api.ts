/** Commands on posts, as the screens ask the server for them. */
import type { PostCommand } from '@auzolan/shared/posts/life.ts'
import type { LanguageReviewed, PlannedPosts, PostOrder, PostStates } from '@auzolan/shared/protocol/posts.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}/posts`

/** Of all plans whose calendars one reads. */
export const getPlannedPosts = (from: string, to: string): Promise<PlannedPosts> =>
  get(`/calendar?${new URLSearchParams({ from, to }).toString()}`)
export const getPostStates = (id: string): Promise<PostStates> => get(at(id))
export const orderPost = (id: string, post: string, command: PostCommand, order: PostOrder): Promise<void> =>
  send('POST', `${at(id)}/${encodeURIComponent(post)}/${command}`, order)
export const reviewLanguage = (
  id: string,
  post: string,
  language: string,
  reviewed: LanguageReviewed,
): Promise<void> =>
  send('POST', `${at(id)}/${encodeURIComponent(post)}/languages/${encodeURIComponent(language)}`, reviewed)
