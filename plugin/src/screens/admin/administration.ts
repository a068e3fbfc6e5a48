/** What Nextcloud lets an administrator ask and change about the connection. */
import { loadState } from '@nextcloud/initial-state'
import { generateOcsUrl } from '@nextcloud/router'
import { requestHost } from '../../http.ts'
import type { Finding } from './finding.ts'

export interface Settings {
  readonly serverUrl: string
  readonly internalUrl: string
  /** Whose Files approved versions are archived in, and where there; empty: nowhere. */
  readonly archiveAccount: string
  readonly archiveFolder: string
  /** Keys that config.php decides. */
  readonly fixed: readonly string[]
  /** The stored public address in its plain form: what the policy of this page lets the browser try. */
  readonly probe: string
}
/** What is copied to the server and to the proxy. */
export interface Installation {
  readonly environment: string
  readonly proxies: { readonly [proxy: string]: string }
}
interface Ocs<T> {
  readonly ocs: { readonly data: T }
}

export const settings = loadState<Settings>('auzolan', 'admin', {
  serverUrl: '',
  internalUrl: '',
  archiveAccount: '',
  archiveFolder: '',
  fixed: [],
  probe: '',
})

const route = (what: string): string => generateOcsUrl(`/apps/auzolan/api/v1/admin/${what}`)

export async function diagnose(): Promise<readonly Finding[]> {
  const { ocs } = await requestHost<Ocs<{ checks: Finding[] }>>('GET', route('diagnostics'))
  return ocs.data.checks
}

/** The public address in its plain form. */
export async function save(serverUrl: string, internalUrl: string): Promise<string> {
  await confirmPassword()
  const data = { serverUrl, internalUrl }
  const { ocs } = await requestHost<Ocs<{ serverUrl: string }>>('PUT', route('settings'), { data })
  return ocs.data.serverUrl
}

export async function connect(rotate = false): Promise<Installation> {
  await confirmPassword()
  const { ocs } = await requestHost<Ocs<Installation>>('POST', route('connect'), { data: { rotate } })
  return ocs.data
}

export interface ArchivePlace {
  readonly account: string
  readonly folder: string
}
/** @throws with the reason of Nextcloud when it cannot be written there; then nothing was changed */
export async function saveArchive(place: ArchivePlace): Promise<ArchivePlace> {
  await confirmPassword()
  const { ocs } = await requestHost<Ocs<ArchivePlace>>('PUT', route('archive'), { data: place })
  return ocs.data
}

interface PasswordConfirmation {
  requirePasswordConfirmation(done: () => void, options: object, refused: () => void): void
}

/** Nextcloud's own dialog; it asks only when the last time is half an hour ago. */
function confirmPassword(): Promise<void> {
  const dialog = (window as { OC?: { PasswordConfirmation?: PasswordConfirmation } }).OC?.PasswordConfirmation
  if (!dialog) return Promise.resolve()
  return new Promise((resolve, reject) =>
    dialog.requirePasswordConfirmation(resolve, {}, () => reject(new Error('not confirmed'))),
  )
}

/** What Nextcloud said when it refused. */
export function reason(error: unknown): string {
  const data = (error as { response?: { data?: { ocs?: { meta?: { message?: string } } } } }).response?.data
  return data?.ocs?.meta?.message ?? ''
}
