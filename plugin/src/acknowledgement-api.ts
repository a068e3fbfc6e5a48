/** "I have read it", as the screens ask the server for it. */
import type { Acknowledgement } from '@auzolan/shared/protocol/acknowledgement.ts'
import { get, send } from './api.ts'

const at = (id: string, n: number): string =>
  `/documents/${encodeURIComponent(id)}/versions/${n}/acknowledgement`

export const getAcknowledgement = (id: string, n: number): Promise<Acknowledgement> => get(at(id, n))
export const haveRead = (id: string, n: number): Promise<void> => send('PUT', at(id, n))
