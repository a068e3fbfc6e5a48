/** The history of a document, as the screens ask the server for it. */
import type { ChangedDocument, Happening, Touches, VersionNamed } from '@auzolan/shared/protocol/history.ts'
import type { Version, VersionSummary } from '@auzolan/shared/protocol/review.ts'
import type { ApprovalFile } from '@auzolan/shared/receipt-file.ts'
import { get, send } from './api.ts'

const at = (id: string): string => `/documents/${encodeURIComponent(id)}`

/** The newest first. */
export const listVersions = (id: string): Promise<VersionSummary[]> => get(`${at(id)}/versions`)
/** What was done with it beside sending and deciding, the newest first. */
export const listHappened = (id: string): Promise<Happening[]> => get(`${at(id)}/happened`)
export const getVersion = (id: string, n: number): Promise<Version> => get(`${at(id)}/versions/${n}`)
/** @param decision of several approvals, whose */
export const getApproval = (id: string, n: number, decision: string): Promise<ApprovalFile> =>
  get(`${at(id)}/versions/${n}/approval?decision=${encodeURIComponent(decision)}`)
/** The keys that receipts are signed with, past ones included. */
export const listKeys = (): Promise<{ readonly publicKey: string }[]> => get('/keys')
/** Who changed what after version `from` (0: since the beginning) and up to version `to` (`null`: until now). */
export const getTouches = (id: string, from: number, to: number | null): Promise<Touches> =>
  get(`${at(id)}/touched?from=${from}${to === null ? '' : `&to=${to}`}`)
export const keepVersion = (id: string, named: VersionNamed): Promise<{ version: number }> =>
  send('POST', `${at(id)}/versions`, named)
/** @param seq how far in the log */
export const markSeen = (id: string, seq: number): Promise<void> => send('PUT', `${at(id)}/seen`, { seq })
export const listChanges = (language: string): Promise<ChangedDocument[]> =>
  get(`/changes?language=${encodeURIComponent(language)}`)
