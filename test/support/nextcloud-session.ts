/** Somebody who is signed in to a real Nextcloud, without a browser: what their page would send along. */

export interface NextcloudSession {
  readonly cookie: string
  readonly requesttoken: string
}

/** As the login form does; `ask` is `fetch`, or one that a test has not replaced. */
export async function signIn(
  url: string,
  user: string,
  password: string,
  ask: typeof fetch = fetch,
): Promise<NextcloudSession> {
  const jar = new Map<string, string>()
  const cookie = (): string => [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  const get = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { cookie: cookie(), origin: new URL(url).origin }
    const answer = await ask(url + path, { ...init, redirect: 'manual', headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      jar.set(name!, value!)
    }
    return answer
  }
  const form = await (await get('/index.php/login')).text()
  const body = new URLSearchParams({
    user,
    password,
    requesttoken: /data-requesttoken="([^"]+)"/.exec(form)![1]!,
  })
  const entered = await get('/index.php/login', { method: 'POST', body })
  if (entered.status !== 303) throw new Error(`${user} could not log in: ${entered.status}`)
  const { token } = (await (await get('/index.php/csrftoken')).json()) as { token: string }
  return { cookie: cookie(), requesttoken: token }
}
