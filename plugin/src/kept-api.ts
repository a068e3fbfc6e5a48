/** What is kept and where, and the log of what was done, for administrators of Nextcloud. */
import type { DataAndServer } from '@auzolan/shared/protocol/kept.ts'
import { carry, get } from './api.ts'

export const getDataAndServer = (): Promise<DataAndServer> => get('/administration/data')

/** As it is sent: a JSON that a program checks must keep its signs. */
export const getWholeAudit = (format: 'csv' | 'json'): Promise<string> =>
  carry<string>('GET', '/audit', { params: { format }, responseType: 'text' })
