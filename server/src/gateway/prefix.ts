/** Behind a proxy the server may be reached as `/auzolan/…` or, if the proxy strips it, as `/…`: both work. */
const PREFIX = '/auzolan'

/**
 * Path without the prefix, and `?…` if there is one. Not by `new URL`: it throws for targets anybody can send
 * (`//`), and on an upgrade that would end the process.
 */
export function splitTarget(target: string): [path: string, query: string] {
  const at = target.indexOf('?')
  const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)]
  if (path === PREFIX) return ['/', query]
  return [path.startsWith(`${PREFIX}/`) ? path.slice(PREFIX.length) : path, query]
}
