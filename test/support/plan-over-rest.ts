/** A new plan made as a page makes it: a team, a Nextcloud group that writes in it, then the plan. */
export async function planOverRest(
  url: string,
  token: string,
  group: string,
  title: object,
): Promise<string> {
  const call = async (method: string, path: string, body: object): Promise<string> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return text === '' ? '' : (JSON.parse(text) as { id: string }).id
  }
  const team = await call('POST', '/teams', { name: { eu: group } })
  const principal = { kind: 'group', id: group }
  await call('PUT', `/teams/${team}/members`, { principal, name: group, roles: ['editor'] })
  return call('POST', '/documents', { type: 'plan', title, team: { kind: 'team', id: team } })
}
