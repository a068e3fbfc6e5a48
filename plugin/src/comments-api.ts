/** What there is about comments beside the comments themselves, as the screens ask the server for it. */
import type { Commenter, Thread } from '@auzolan/shared/comments/threads.ts'
import type { Commenting } from '@auzolan/shared/grants.ts'
import type { Mention } from '@auzolan/shared/protocol/notices.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const getCommenters = (id: string): Promise<{ readonly [client: string]: Commenter }> =>
  get(`${at(id)}/commenters`)
export const getThreads = (id: string): Promise<readonly Thread[]> => get(`${at(id)}/comments`)
/** Where one was named in a comment and has not looked since. */
export const listMentions = (): Promise<readonly Mention[]> => get('/mentions')
export const mentionsSeen = (id: string): Promise<void> => send('DELETE', `${at(id)}/mentions`)
export const acceptSuggestion = (id: string, event: string): Promise<void> =>
  send('POST', `${at(id)}/suggestions/${encodeURIComponent(event)}/accepted`)
export const setCommenting = (id: string, commenting: Commenting): Promise<void> =>
  send('PUT', `${at(id)}/commenting`, { commenting })
