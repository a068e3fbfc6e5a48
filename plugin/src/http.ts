/**
 * Requests to the host and to the sync server, as JSON unless asked otherwise. The browser's own `XMLHttpRequest` under one
 * function: it says how much of a file has left, which `fetch` does not, and a client library would be a tenth of the first load.
 */
import { fetchRequestToken, getRequestToken } from '@nextcloud/auth'

export interface Carried {
  /** Bytes travel as they are, everything else as JSON. */
  readonly data?: object
  /** A list is repeated under its name with brackets, as Nextcloud reads it. */
  readonly params?: { readonly [name: string]: string | number | readonly (string | number)[] }
  readonly headers?: { readonly [name: string]: string }
  readonly responseType?: 'blob'
  readonly onUploadProgress?: (event: ProgressEvent) => void
}
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface Answer {
  readonly status: number
  data: unknown
  readonly headers: { readonly [name: string]: string }
}

/** Nobody answered, or somebody did and refused. */
export class HttpError extends Error {
  readonly response: Answer | undefined
  constructor(url: string, response?: Answer) {
    // Never with what stands behind the question mark.
    super(`${response ? `status ${response.status}` : 'no answer'} from ${url.replace(/\?.*/, '')}`)
    this.response = response
  }
}

/** @throws HttpError */
export async function request<T>(method: Method, url: string, carried: Carried = {}): Promise<T> {
  const answer = await exchange(method, url, carried)
  if (answer.status >= 200 && answer.status < 300) return answer.data as T
  throw new HttpError(url, answer)
}

/** Of the host, which wants to see that its own page asks. @throws HttpError */
export async function requestHost<T>(method: Method, url: string, carried: Carried = {}): Promise<T> {
  const withToken = (requesttoken: string): Promise<T> =>
    request(method, url, {
      ...carried,
      headers: { ...carried.headers, requesttoken, 'X-Requested-With': 'XMLHttpRequest' },
    })
  try {
    return await withToken(getRequestToken() ?? '')
  } catch (error) {
    if (!isOutdatedToken(error)) throw error
    // A page that has long been open; Nextcloud did nothing with it.
    return withToken(await fetchRequestToken())
  }
}

const isOutdatedToken = (error: unknown): boolean =>
  error instanceof HttpError &&
  error.response?.status === 412 &&
  (error.response.data as { readonly message?: unknown } | null)?.message === 'CSRF check failed'

function exchange(
  method: Method,
  url: string,
  { data, params = {}, headers = {}, responseType, onUploadProgress }: Carried,
): Promise<Answer> {
  const query = new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) =>
      typeof value === 'object' ? value.map((one) => [`${name}[]`, String(one)]) : [[name, String(value)]],
    ),
  ).toString()
  const address = query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`
  const isBytes = data instanceof Blob
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open(method, address)
    const all = {
      Accept: 'application/json, text/plain, */*',
      ...(data && !isBytes ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    }
    for (const [name, value] of Object.entries(all)) call.setRequestHeader(name, value)
    if (responseType) call.responseType = responseType
    // Whoever listens to this makes the browser ask a server elsewhere first.
    if (onUploadProgress) call.upload.onprogress = onUploadProgress
    call.onload = () =>
      resolve({
        status: call.status,
        data: responseType ? call.response : parsed(call.responseText),
        headers: headersOf(call),
      })
    call.onerror = call.onabort = call.ontimeout = () => reject(new HttpError(url))
    call.send(data === undefined ? null : isBytes ? data : JSON.stringify(data))
  })
}

/** A web server on the way answers with a page of its own. */
function parsed(text: string): unknown {
  try {
    return text === '' ? '' : JSON.parse(text)
  } catch {
    return text
  }
}

const headersOf = (call: XMLHttpRequest): { [name: string]: string } =>
  Object.fromEntries(
    call
      .getAllResponseHeaders()
      .trim()
      .split(/\r\n/)
      .map((line): [string, string] => {
        const at = line.indexOf(':')
        return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
      }),
  )
