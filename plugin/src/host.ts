/** What the page around us (Nextcloud, or the standalone host) tells and offers. */
import { getCurrentUser, getRequestToken } from '@nextcloud/auth'
import { loadState } from '@nextcloud/initial-state'
import { generateOcsUrl, generateUrl } from '@nextcloud/router'
import type { Person } from '@auzolan/shared/schema/fields.ts'
import { requestHost } from './http.ts'
import { Ways } from './session/ways.ts'

interface Start {
  /** Address of the sync server as the browser reaches it. */
  readonly serverUrl: string
  readonly configured: boolean
  /** Whether Nextcloud passes requests on to it. */
  readonly relay?: boolean
  /** Whether the posts of one's teams are in the calendars of the host, too. */
  readonly calendars?: boolean
}
interface Ocs<T> {
  readonly ocs: { readonly data: T }
}

export const start = loadState<Start>('auzolan', 'start', { serverUrl: '', configured: false })
export const serverUrl = start.serverUrl.replace(/\/+$/, '')
/** Below it Nextcloud passes on to the server what is below `/api/v1` there; `null` when it does not. */
export const relayUrl = start.relay === true ? generateUrl('/apps/auzolan/relay') : null
export const ways = new Ways({ serverUrl, relayUrl })
export const hasCalendars = start.calendars === true
/** Names what this device keeps. Not by the server's address: that may change, or become known, and the work must stay. */
export const home =
  relayUrl === null ? serverUrl : new URL(generateUrl('/apps/auzolan'), location.origin).href
/** Of the page as it is now: Nextcloud renews it. */
export const requestToken = (): string => getRequestToken() ?? ''

export const me: Person = {
  id: getCurrentUser()?.uid ?? '',
  name: getCurrentUser()?.displayName ?? getCurrentUser()?.uid ?? '',
}

/** An administrator of Nextcloud; the server asks the token, this only decides what is offered. */
export const isAdministrator = getCurrentUser()?.isAdmin === true

export const avatarUrl = (person: string): string => generateUrl('/avatar/{person}/64', { person })

/** Where our pages begin: Nextcloud may or may not have `index.php` in its addresses. */
export function appBase(): string {
  const generated = generateUrl('/apps/auzolan')
  const pretty = generated.replace('/index.php/', '/')
  return location.pathname.startsWith(pretty) ? pretty : generated
}

/** The promise is kept, so that all who ask at once share one question. */
let token: { readonly value: Promise<string>; until: number } | null = null

/** A signed statement of who we are, for the sync server; fetched again shortly before it ends. */
export function apiToken(): Promise<string> {
  if (token && Date.now() < token.until) return token.value
  const fetched = requestHost<Ocs<{ token: string; expiresIn: number }>>(
    'GET',
    generateOcsUrl('/apps/auzolan/api/v1/token'),
  )
  const asked = { value: fetched.then(({ ocs }) => ocs.data.token), until: Infinity }
  token = asked
  void fetched.then(
    ({ ocs }) => (asked.until = Date.now() + (ocs.data.expiresIn - 30) * 1000),
    () => token === asked && forgetApiToken(),
  )
  return asked.value
}

export function forgetApiToken(): void {
  token = null
}

/** A pass for one socket to one document. */
export async function fetchTicket(document: string): Promise<string> {
  const { ocs } = await requestHost<Ocs<{ ticket: string }>>(
    'POST',
    generateOcsUrl('/apps/auzolan/api/v1/ticket'),
    { data: { document } },
  )
  return ocs.data.ticket
}

/** People whose name contains the text, as the host's own search finds them. */
export async function searchPeople(text: string): Promise<Person[]> {
  const { ocs } = await requestHost<Ocs<{ id: string; label: string; source: string }[]>>(
    'GET',
    generateOcsUrl('/core/autocomplete/get'),
    { params: { search: text, itemType: ' ', itemId: ' ', 'shareTypes[]': 0, limit: 10 } },
  )
  return ocs.data.filter((p) => p.source === 'users').map((p) => ({ id: p.id, name: p.label }))
}
