/** Publishing, archiving and who may see a document, as the screens ask the server for them. */
import type { Visibility } from '@auzolan/shared/grants.ts'
import type { Publication } from '@auzolan/shared/protocol/moves.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

export const getPublication = (id: string): Promise<Publication> => get(`${at(id)}/publication`)
export const publishVersion = (id: string, version: number): Promise<void> =>
  send('POST', `${at(id)}/publication`, { version })
export const chooseVisibility = (id: string, visibility: Visibility): Promise<void> =>
  send('PUT', `${at(id)}/visibility`, { visibility })
export const archiveDocument = (id: string, reason: string): Promise<void> =>
  send('POST', `${at(id)}/archive`, { reason })
export const reopenDocument = (id: string): Promise<void> => send('POST', `${at(id)}/reopen`)
/** What was done to the document, as a table for a spreadsheet. */
export const getAudit = (id: string): Promise<string> => get(`${at(id)}/audit?format=csv`)
