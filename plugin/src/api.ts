/** The REST interface of the sync server, as the screens use it. */
import axios, { isAxiosError } from '@nextcloud/axios'
import type { RefusalCode } from '@auzolan/shared/codes.ts'
import type {
  DocumentEnvelope,
  DocumentSummary,
  Organisation,
  Problem,
} from '@auzolan/shared/protocol/rest.ts'
import type { Translated } from '@auzolan/shared/schema/fields.ts'
import { apiToken, forgetApiToken, serverUrl } from './host.ts'
import type { Cause } from './session/connection.ts'

export type TeamChoice = { readonly kind: 'person' } | { readonly kind: 'team'; readonly id: string }

export const listDocuments = (): Promise<DocumentSummary[]> => get('/documents')
export const getEnvelope = (id: string): Promise<DocumentEnvelope> =>
  get(`/documents/${encodeURIComponent(id)}`)
export const getOrganisation = (): Promise<Organisation> => get('/organisation')

export async function createPlan(title: Translated<string>, team: TeamChoice): Promise<string> {
  const { id } = await signed((headers) =>
    axios.post<{ id: string }>(`${serverUrl}/api/v1/documents`, { type: 'plan', title, team }, { headers }),
  )
  return id
}

/** Why a call failed: the server's own code, or `NETWORK` when nobody answered. */
export function causeOf(error: unknown): Cause {
  if (!isAxiosError(error) || !error.response) return 'NETWORK'
  const { status, data } = error.response
  const answer = data as (Partial<Problem> & { readonly ocs?: object }) | undefined
  if (typeof answer?.code === 'string') return answer.code as RefusalCode
  // Nextcloud refuses a request token that has run out with 412 as well, but in an answer of another form.
  if (status === 412) return answer?.ocs ? 'NOT_CONNECTED' : 'SIGN_IN'
  return status === 401 ? 'SIGN_IN' : 'NETWORK'
}

export const get = <T>(path: string): Promise<T> =>
  signed((headers) => axios.get<T>(`${serverUrl}/api/v1${path}`, { headers }))

/** A call that changes something; the answer, if it has one. */
export const send = <T = void>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<T> =>
  signed((headers) => axios.request<T>({ method, url: `${serverUrl}/api/v1${path}`, data: body, headers }))

/** A token the server refuses is not shown to it again: the secret may have been put right in the meantime. */
async function signed<T>(
  call: (headers: { Authorization: string }) => Promise<{ readonly data: T }>,
): Promise<T> {
  const token = await apiToken()
  try {
    return (await call({ Authorization: `Bearer ${token}` })).data
  } catch (error) {
    if (isAxiosError(error) && error.response?.status === 401) forgetApiToken()
    throw error
  }
}
