/** The log of moderation, as the screen asks the server for it. */
import type { Moderated } from '@auzolan/shared/protocol/moderation.ts'
import { get, send } from './api.ts'

/** Where a moderation is posted: by `entering`, which keeps it on the device until it has arrived. */
export const moderationAt = (id: string): string => `/documents/${encodeURIComponent(id)}/moderation`

export const getModeration = (id: string): Promise<readonly Moderated[]> => get(moderationAt(id))
export const confirmModeration = (id: string, row: string): Promise<void> =>
  send('POST', `${moderationAt(id)}/${encodeURIComponent(row)}/confirm`)
