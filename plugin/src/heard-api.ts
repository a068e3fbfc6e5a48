/** What is said of us, as the screen asks the server for it; for those who listen. */
import type { MentionCorrected, MentionsHeard } from '@auzolan/shared/protocol/heard.ts'
import { get, send } from './api.ts'

/** Where a mention is posted: by `entering`, which keeps it on the device until it has arrived. */
export const heardAt = (document: string, mention = ''): string =>
  `/documents/${encodeURIComponent(document)}/heard${mention && `/${encodeURIComponent(mention)}`}`

/** @param from ISO date; `null` for everything */
export const getHeard = (document: string, from: string | null): Promise<MentionsHeard> =>
  get(`${heardAt(document)}${from === null ? '' : `?${new URLSearchParams({ from }).toString()}`}`)
export const correctMention = (
  document: string,
  mention: string,
  corrected: MentionCorrected,
): Promise<void> => send('PUT', heardAt(document, mention), corrected)
export const removeMention = (document: string, mention: string): Promise<void> =>
  send('DELETE', heardAt(document, mention))
