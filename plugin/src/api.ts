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
import { apiToken, serverUrl } from './host.ts'

export type TeamChoice = { readonly kind: 'person' } | { readonly kind: 'group'; readonly id: string }

export const listDocuments = (): Promise<DocumentSummary[]> => get('/documents')
export const getEnvelope = (id: string): Promise<DocumentEnvelope> =>
  get(`/documents/${encodeURIComponent(id)}`)
export const getOrganisation = (): Promise<Organisation> => get('/organisation')

export async function createPlan(title: Translated<string>, team: TeamChoice): Promise<string> {
  const { data } = await axios.post<{ id: string }>(
    `${serverUrl}/api/v1/documents`,
    { type: 'plan', title, team },
    { headers: await headers() },
  )
  return data.id
}

/** Why a call failed: the server's own code, or `NETWORK` when nobody answered. */
export function causeOf(error: unknown): RefusalCode | 'NETWORK' | 'SIGN_IN' {
  if (!isAxiosError(error) || !error.response) return 'NETWORK'
  const code = (error.response.data as Partial<Problem> | undefined)?.code
  if (typeof code === 'string') return code as RefusalCode
  return error.response.status === 401 || error.response.status === 412 ? 'SIGN_IN' : 'NETWORK'
}

async function get<T>(path: string): Promise<T> {
  const { data } = await axios.get<T>(`${serverUrl}/api/v1${path}`, { headers: await headers() })
  return data
}

const headers = async (): Promise<{ Authorization: string }> => ({
  Authorization: `Bearer ${await apiToken()}`,
})
