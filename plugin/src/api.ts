/** The REST interface of the sync server, as the screens use it. */
import type { DocumentJson } from '@auzolan/shared/schema/fields.ts'
import axios, { isAxiosError } from '@nextcloud/axios'
import type { AxiosRequestConfig } from 'axios'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type {
  DocumentEnvelope,
  DocumentSummary,
  Organisation,
  Problem,
} from '@auzolan/shared/protocol/rest.ts'
import { apiToken, forgetApiToken, relayUrl, serverUrl, ways } from './host.ts'
import { setTimeZone } from './l10n.ts'
import type { Cause } from './session/connection.ts'
import type { Way } from './session/ways.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type TeamChoice = { readonly kind: 'person' } | { readonly kind: 'team'; readonly id: string }

export const listDocuments = (): Promise<DocumentSummary[]> => get('/documents')
/** What a version would have beside the text if it were frozen now. */
export const getAttached = (id: string): Promise<DocumentJson> =>
  get(`/documents/${encodeURIComponent(id)}/attached`)
export const getEnvelope = (id: string): Promise<DocumentEnvelope> =>
  get(`/documents/${encodeURIComponent(id)}`)
export async function getOrganisation(): Promise<Organisation> {
  const organisation = await get<Organisation>('/organisation')
  setTimeZone(organisation.timeZone)
  return organisation
}

/** A small question to the server by way of Nextcloud, to see whether it arrives. */
export const askThroughNextcloud = (): Promise<unknown> => over('relay', 'GET', '/organisation')

/** Why a call failed: the server's own code, or `NETWORK` when nobody answered. */
export function causeOf(error: unknown): Cause {
  if (!isAxiosError(error) || !error.response) return 'NETWORK'
  const { status, data } = error.response
  const answer = data as (Partial<Problem> & { readonly ocs?: object }) | undefined
  if (typeof answer?.code === 'string') return answer.code as RefusalCode
  // Nextcloud refuses a request token that has run out with 412 as well, but in an answer of another form.
  if (status === 412) return answer?.ocs ? 'NOT_CONNECTED' : 'SIGN_IN'
  // A web server on the way, which lets less through than ours.
  if (status === 413) return 'TOO_LARGE'
  return status === 401 ? 'SIGN_IN' : 'NETWORK'
}

export const get = <T>(path: string): Promise<T> => call<T>('GET', path)

/** A call that changes something; the answer, if it has one. */
export const send = <T = void>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> =>
  call<T>(method, path, { data: body })

/** What a call carries beside its address: a file does not travel as JSON, and somebody waits for it to arrive. */
export type Carried = Pick<
  AxiosRequestConfig,
  'data' | 'params' | 'headers' | 'responseType' | 'onUploadProgress'
>
export const carry = <T>(method: Method, path: string, carried: Carried): Promise<T> =>
  call<T>(method, path, carried)

/** Straight to the server, or through Nextcloud, whichever is open. */
async function call<T>(method: Method, path: string, carried: Carried = {}): Promise<T> {
  const way = await ways.current()
  try {
    return await over<T>(way, method, path, carried)
  } catch (error) {
    // Nobody answered. What only reads may be asked again on the other way; what writes may have arrived.
    if (causeOf(error) !== 'NETWORK' || (await ways.again()) === way || method !== 'GET') throw error
    return over<T>(await ways.current(), method, path, carried)
  }
}

async function over<T>(way: Way, method: Method, path: string, carried: Carried = {}): Promise<T> {
  // Nextcloud knows who we are, and signs for us.
  if (way === 'relay') return (await axios.request<T>({ ...carried, method, url: `${relayUrl}${path}` })).data
  const straight = async (): Promise<T> => {
    const headers = { ...carried.headers, Authorization: `Bearer ${await apiToken()}` }
    return (await axios.request<T>({ ...carried, method, url: `${serverUrl}/api/v1${path}`, headers })).data
  }
  try {
    return await straight()
  } catch (error) {
    if (!isAxiosError(error) || error.response?.status !== 401) throw error
    // A token ends before its time when somebody's groups change, or the secret is put right. Nothing was done with it.
    forgetApiToken()
    return straight()
  }
}
