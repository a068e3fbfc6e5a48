/** Behind a proxy the server may be reached as `/auzolan/…` or, if the proxy strips it, as `/…`: both work. */

/** `/auzolan`, and the path of the public address when it is another one; the longer first. */
export function prefixesFor(publicUrl: string | null): readonly string[] {
  const own = publicUrl === null ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '')
  return [...new Set([own, '/auzolan'])].filter((p) => p !== '').sort((a, b) => b.length - a.length)
}

/**
 * Path without the prefix, and `?…` if there is one. Not by `new URL`: it throws for targets anybody can send
 * (`//`), and on an upgrade that would end the process.
 */
export function splitTarget(target: string, prefixes: readonly string[]): [path: string, query: string] {
  const at = target.indexOf('?')
  const [path, query] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)]
  const prefix = prefixes.find((p) => path === p || path.startsWith(`${p}/`))
  return [prefix === undefined ? path : path.slice(prefix.length) || '/', query]
}
