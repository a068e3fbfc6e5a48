/** The log of moderation, as the screen asks the server for it. */
import type { Moderated, ModerationGiven } from '@auzolan/shared/protocol/moderation.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}/moderation`

export const getModeration = (id: string): Promise<readonly Moderated[]> => get(at(id))
export const logModeration = (id: string, given: ModerationGiven): Promise<void> =>
  send('POST', at(id), given)
export const confirmModeration = (id: string, row: string): Promise<void> =>
  send('POST', `${at(id)}/${encodeURIComponent(row)}/confirm`)
